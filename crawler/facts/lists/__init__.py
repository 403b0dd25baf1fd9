"""Lists of entries found by repeated structure, their rows and pagers."""
