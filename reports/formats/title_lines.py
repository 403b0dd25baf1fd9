"""How a long title is broken into lines: between words, into lines of like length (GB/T 9704-2012, 7.3.1)."""

import re
import unicodedata
from itertools import combinations, pairwise

_LONGEST = 19.5
"""Characters of 22 pt in a line of 156 mm: twenty would fit, but for the space that Word puts between Chinese and figures."""
_MOST_LINES = 4
_WORD_STARTS = re.compile("(?=政府网站|关于|抽查|检查|监管|运行|存在)")


def title_lines(title: str) -> tuple[str, ...]:
    """Return a title on one line where it fits, else on as few as will do, broken before words into lines of like length.

    A title without such places stays whole.
    """
    if _width(title) <= _LONGEST:
        return (title,)
    places = [match.start() for match in _WORD_STARTS.finditer(title) if match.start()]
    for breaks in range(1, min(len(places), _MOST_LINES - 1) + 1):
        broken = [_cut(title, chosen) for chosen in combinations(places, breaks)]
        fitting = [lines for lines in broken if max(map(_width, lines)) <= _LONGEST]
        if fitting:
            return min(fitting, key=lambda lines: max(map(_width, lines)) - min(map(_width, lines)))
    return (title,)


def _cut(title: str, places: tuple[int, ...]) -> tuple[str, ...]:
    return tuple(title[start:end] for start, end in pairwise((0, *places, len(title))))


def _width(text: str) -> float:
    """Return the width in characters: ASCII letters and digits take half of one."""
    return sum(1.0 if unicodedata.east_asian_width(character) in "WFA" else 0.5 for character in text)
