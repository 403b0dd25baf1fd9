"""Replay: archived audits carried out again, by the same code, without a network."""
