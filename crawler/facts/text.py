"""Plain text out of page text: whitespace, width and excerpts."""

import unicodedata

EXCERPT_LENGTH = 200
"""The longest excerpt kept as evidence, in characters."""


def collapse(text: str) -> str:
    """Return a text with every run of whitespace, full-width and no-break spaces included, as one space."""
    return " ".join(text.split())


def half_width(text: str) -> str:
    """Return a text in compatibility form (NFKC): full-width digits, letters and colons become plain ones."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


def excerpt(text: str, start: int, end: int, length: int = EXCERPT_LENGTH) -> str:
    """Return the surroundings of a passage, at most `length` characters, whitespace collapsed."""
    room = max(0, length - (end - start)) // 2
    return collapse(text[max(0, start - room) : end + room])[:length]
