"""Facts: what one page says, read by pure functions. No I/O, no clock, no settings."""
