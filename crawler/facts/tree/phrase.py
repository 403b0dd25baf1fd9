"""Patterns that are looked for all over a page, as fast as the regular expression engine can.

The engine runs over a text in a loop of its own only where a pattern plainly begins with one of a few characters. Where it begins with
alternatives in groups, all of them are tried at every character, which takes five times as long. With which characters a pattern begins is
read from what the compiler of the standard library makes of it (`re._parser`, the same from Python 3.11 to 3.14).
"""

import re
from collections.abc import Callable, Iterator
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser  # type: ignore[attr-defined]
from typing import Any

_ZERO_WIDTH = (codes.AT, codes.ASSERT, codes.ASSERT_NOT)
_REPEATS = (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT)
_CATEGORIES = {codes.CATEGORY_DIGIT: r"\d", codes.CATEGORY_SPACE: r"\s", codes.CATEGORY_WORD: r"\w"}
_INLINE_FLAGS = (("i", re.IGNORECASE), ("m", re.MULTILINE), ("s", re.DOTALL))


class Phrase:
    """A pattern to be searched for: what is found is what the pattern alone would find.

    Every match must begin with one of some characters that the pattern names; ValueError where it may begin with any, or be empty.
    """

    __slots__ = ("_beginning", "occurs", "pattern")

    def __init__(self, pattern: str, flags: re.RegexFlag = re.NOFLAG) -> None:
        self.pattern = re.compile(pattern, flags)
        inline = "".join(letter for letter, flag in _INLINE_FLAGS if flags & flag)
        # The engine's loop looks for the class; looking behind it, the whole pattern is tried at the same place.
        self._beginning = re.compile(rf"[{beginnings(self.pattern)}](?<=(?{inline}:(?={pattern}))[\s\S])")
        self.occurs: Callable[[str], object] = self._beginning.search
        """Something true where there is a match anywhere."""

    def search(self, text: str, start: int = 0) -> re.Match[str] | None:
        """Return the first match, from a position on."""
        found = self._beginning.search(text, start)
        return self.pattern.match(text, found.start()) if found else None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        """Yield the matches, none of which overlap, in order."""
        match = self.search(text)
        while match:
            yield match
            match = self.search(text, match.end())


def beginnings(pattern: re.Pattern[str]) -> str:
    """Return the characters with which a match of a pattern can begin, as they are written in a class.

    Raises ValueError where a match may be empty or begin with any character.
    """
    found, may_be_empty = _first(_parser.parse(pattern.pattern, pattern.flags))
    if may_be_empty:
        raise ValueError(f"{pattern.pattern} may match nothing")
    letters = {character for character in found if len(character) == 1}
    if pattern.flags & re.IGNORECASE:
        letters |= {case for letter in letters for case in (letter.lower(), letter.upper()) if len(case) == 1}
    return "".join(sorted(map(re.escape, letters))) + "".join(sorted(found - letters))


def _first(sequence: Any) -> tuple[set[str], bool]:
    """Return the first characters of a sequence, and whether it may match nothing."""
    found: set[str] = set()
    for operation, argument in sequence:
        if operation in _ZERO_WIDTH:
            continue
        first, may_be_empty = _first_of(operation, argument)
        found |= first
        if not may_be_empty:
            return found, False
    return found, True


def _first_of(operation: Any, argument: Any) -> tuple[set[str], bool]:
    if operation is codes.LITERAL:
        return {chr(argument)}, False
    if operation is codes.IN:
        return {character for member in argument for character in _members(*member)}, False
    if operation is codes.BRANCH:
        branches = [_first(branch) for branch in argument[1]]
        return set().union(*(first for first, _ in branches)), any(may_be_empty for _, may_be_empty in branches)
    if operation is codes.SUBPATTERN:
        return _first(argument[3])
    if operation in _REPEATS:
        least, _, repeated = argument
        first, may_be_empty = _first(repeated)
        return first, may_be_empty or least == 0
    raise ValueError(f"a match that begins with {operation} may begin with any character")


def _members(operation: Any, argument: Any) -> set[str]:
    if operation is codes.LITERAL:
        return {chr(argument)}
    if operation is codes.RANGE:
        return {chr(code) for code in range(argument[0], argument[1] + 1)}
    if operation is codes.CATEGORY and argument in _CATEGORIES:
        return {_CATEGORIES[argument]}
    raise ValueError(f"a class with {operation} {argument} may begin with any character")
