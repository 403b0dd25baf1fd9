"""Patterns that are looked for in markup around words that each of their matches contains: all words of all patterns in one pass."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from typing import ClassVar

from ahocorasick_rs import AhoCorasick

_REACH = 400


class Sign:
    """A pattern, and the words one of which every match contains, in lower case: the needles that are looked for first."""

    _known: ClassVar[dict[str, None]] = {}

    def __init__(self, pattern: re.Pattern[str], needles: tuple[str, ...]) -> None:
        self.pattern = pattern
        self.needles = needles
        Sign._known.update(dict.fromkeys(needles))
        Sign.all_needles.cache_clear()

    @staticmethod
    @cache
    def all_needles() -> tuple[tuple[str, ...], AhoCorasick]:
        """Return the needles of all signs, and what finds them all in one pass."""
        needles = tuple(Sign._known)
        return needles, AhoCorasick(needles)


class Searched:
    """A text in which signs are looked for around their needles; all needles of all signs are found at once."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._places = _places(_lower(text))

    def first(self, sign: Sign) -> re.Match[str] | None:
        """Return the first match around a needle; a match does not begin or end further than `_REACH` characters from it."""
        for needle in sign.needles:
            for start, end in _surroundings(self._places.get(needle, ())):
                if match := sign.pattern.search(self._text, start, end):
                    return match
        return None


def _lower(text: str) -> str:
    """Return a text with the letters from A to Z in lower case: every place in it stays the same place."""
    return text.encode("utf-8", "surrogatepass").lower().decode("utf-8", "surrogatepass")


def _places(text: str) -> dict[str, list[int]]:
    """Return where the needles begin in a text, in order."""
    needles, automaton = Sign.all_needles()
    places: dict[str, list[int]] = defaultdict(list)
    for number, start, _ in automaton.find_matches_as_indexes(text, overlapping=True):
        places[needles[number]].append(start)
    return places


def _surroundings(places: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Yield the stretches of a text around the places of a needle, those that overlap joined into one."""
    start, end = 0, -1
    for place in places:
        if 0 <= end < place:
            yield start, end
            end = -1
        if end < 0:
            start = max(0, place - _REACH)
        end = place + _REACH
    if end >= 0:
        yield start, end
