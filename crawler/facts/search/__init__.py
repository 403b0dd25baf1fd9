"""The search box of a site and the answer of its search."""
