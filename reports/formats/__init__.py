"""The formats: each renders the one document tree, or the tables behind it, and adds no words of its own."""
