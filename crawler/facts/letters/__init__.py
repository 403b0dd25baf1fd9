"""Letters from the public, their answers, and the channels they come in by."""
