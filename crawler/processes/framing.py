"""How messages follow each other on the line to a process of our own."""

LENGTH_BYTES = 4
"""Every message is led by its length, big-endian."""


def framed(message: bytes) -> bytes:
    """Return a message led by its length."""
    return len(message).to_bytes(LENGTH_BYTES, "big") + message
