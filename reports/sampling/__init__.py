"""Samples: drawn so that anybody can draw them again, re-checked, and what a rate over one is worth."""
