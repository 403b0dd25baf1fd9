"""A page parsed once: its tree, its outline, its printed lines, what is visible of it."""
