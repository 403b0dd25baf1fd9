"""Probes of a site's search box: which queries tell whether it works, and what comes of them."""
