"""Findings: what rules said of sites in a scan, what a second look left of it, and what people decided."""
