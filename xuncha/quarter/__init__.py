"""A quarter: which scan stands for it, its samples, and what is published of it."""
