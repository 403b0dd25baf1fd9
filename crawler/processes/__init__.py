"""Processes of our own at the other end of a line, which are killed when overdue."""
