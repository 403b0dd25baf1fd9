"""Pages that stand in the place of the one asked for: challenges, notices, forwards, spam."""
