"""Single pages: what the program sees on them, for a person and as JSON."""
