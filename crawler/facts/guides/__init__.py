"""Service guides and the eight elements they must state."""
