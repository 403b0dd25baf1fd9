"""Plain text out of page text: whitespace, width and excerpts."""

import re

EXCERPT_LENGTH = 200
"""The longest excerpt kept as evidence, in characters."""

_WIDE = {chr(0xFEE0 + code): chr(code) for code in range(0x21, 0x7F)} | {"∶": ":", "﹕": ":", "﹣": "-"}
_WIDE_CHARACTER = re.compile(f"[{''.join(map(re.escape, _WIDE))}]")

_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})|\\x([0-9a-fA-F]{2})|\\([/\"'])")


def collapse(text: str) -> str:
    """Return a text with every run of whitespace, full-width and no-break spaces included, as one space."""
    return " ".join(text.split())


def half_width(text: str) -> str:
    """Return a text of the same length with full-width letters, digits and signs, and the ratio sign used for a colon, as plain ones."""
    for character in set(_WIDE_CHARACTER.findall(text)):
        text = text.replace(character, _WIDE[character])
    return text


def excerpt(text: str, start: int, end: int, length: int = EXCERPT_LENGTH) -> str:
    """Return the surroundings of a passage, at most `length` characters, whitespace collapsed."""
    room = max(0, length - (end - start)) // 2
    return collapse(text[max(0, start - room) : end + room])[:length]


def without_escapes(script: str) -> str:
    """Return a script with the backslash escapes of its strings undone, as far as they stand for characters of text or markup."""
    return _ESCAPE.sub(_unescaped, script) if "\\" in script else script


def _unescaped(match: re.Match[str]) -> str:
    code = match.group(1) or match.group(2)
    return chr(int(code, 16)) if code else match.group(3)
