"""How a long title is broken into lines: between words, into lines of like length (GB/T 9704-2012, 7.3.1)."""

import re
import unicodedata

_LONGEST = 20.0
"""Characters of 22 pt in a line of 156 mm."""
_WORD_STARTS = re.compile("(?=政府网站|关于|抽查|检查|监管|运行|存在)")


def title_lines(title: str) -> tuple[str, ...]:
    """Return a title on one line where it fits, else on two, broken before a word; a title without such a place stays whole."""
    if _width(title) <= _LONGEST:
        return (title,)
    breaks = [match.start() for match in _WORD_STARTS.finditer(title) if match.start()]
    fitting = [place for place in breaks if max(_width(title[:place]), _width(title[place:])) <= _LONGEST]
    if not fitting:
        return (title,)
    best = min(fitting, key=lambda place: abs(_width(title[:place]) - _width(title[place:])))
    return title[:best], title[best:]


def _width(text: str) -> float:
    """Return the width in characters: ASCII letters and digits take half of one."""
    return sum(1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.5 for character in text)
