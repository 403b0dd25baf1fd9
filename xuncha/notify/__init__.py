"""The nightly summary: what broke, what recovered, what is new, by webhook and by mail."""
