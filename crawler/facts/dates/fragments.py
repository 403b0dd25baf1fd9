"""Dates that are printed in several small pieces: a large day over a small year and month, in either order."""

import datetime as dt
import re
from typing import NamedTuple

from crawler.facts.dates.printed import YearlessDate, day_of, read_yearless
from crawler.facts.tree.outline import Outline

_FRAGMENT = re.compile(r"[\s\d年月日号./\-—,，()（）\[\]【】]{1,10}")
LONGEST_FRAGMENT = 10
_MOST_FRAGMENTS = 8
"""A day in brackets, its numbers and hyphens each by themselves, is seven."""
_UNITS = frozenset("年月日号")
"""Printed as a piece of their own, they belong to the number before."""


class Assembled(NamedTuple):
    """A date that stands in several pieces of text: how many they are, and the day, without its year where none of them is one."""

    pieces: int
    date: dt.date | None
    yearless: YearlessDate | None


def read_fragments(outline: Outline, position: int) -> Assembled | None:
    """Return the date whose first piece stands at a position, the longest of several; None where the pieces there are none."""
    if not 0 < len(outline.texts[position]) <= LONGEST_FRAGMENT:
        return None
    if position + 1 == len(outline.texts) or len(outline.texts[position + 1]) > LONGEST_FRAGMENT:
        return None
    pieces: list[str] = []
    for text in outline.texts[position : position + _MOST_FRAGMENTS]:
        if not text or not _FRAGMENT.fullmatch(text):
            break
        pieces.append(text.strip(" ()（）[]【】,，-./"))
    if len(pieces) < 2 or not _near(outline, position):
        return None
    for length in range(len(pieces), 1, -1):
        date, yearless = _assemble(_with_units(pieces[:length]))
        if date or yearless:
            return Assembled(length, date, yearless)
    return None


def _with_units(pieces: list[str]) -> list[str]:
    """Return the pieces of a date without its ornaments, each 年, 月 and 日 with the number it follows."""
    joined: list[str] = []
    for piece in pieces:
        if piece in _UNITS and joined:
            joined[-1] += piece
        elif piece not in ("-", "/", ".", ""):
            joined.append(piece)
    return joined


def _near(outline: Outline, position: int) -> bool:
    """Tell whether the first two pieces stand in the same small part of the page; a year over entries is no piece of one."""
    around = outline.ancestors(_outermost(outline, position), 3)
    below = outline.ancestors(_outermost(outline, position + 1), 3)
    shared = next((level for level, element in enumerate(below) if element in around), None)
    if shared is None:
        return False
    is_heading = _BARE_YEAR.fullmatch(outline.texts[position]) and read_yearless(outline.texts[position + 1])
    return not (is_heading and shared and outline.stops[below[shared - 1]] > position + 2)


def _outermost(outline: Outline, position: int) -> int:
    """Return the largest element that holds a piece of text and nothing else."""
    element = outline.holders[position]
    while (parent := outline.parents[element]) >= 0 and outline.stops[parent] - outline.starts[parent] == 1:
        element = parent
    return element


_BARE_YEAR = re.compile(r"(?:19|20)\d\d年?")
_YEAR = r"((?:19|20)\d\d)年?"
_YEAR_MONTH = re.compile(r"((?:19|20)\d\d)\s?[-/.年]\s?(\d{1,2})月?")
_MONTH_DAY = re.compile(r"(\d{1,2})\s?[-/.月]\s?(\d{1,2})日?")
_ORDERS = (
    (re.compile(rf"{_YEAR}\|(\d{{1,2}})月?\|(\d{{1,2}})[日号]?"), (1, 2, 3)),
    (re.compile(rf"(\d{{1,2}})[日号]?\|(\d{{1,2}})月?\|{_YEAR}"), (3, 2, 1)),
    (re.compile(rf"{_YEAR_MONTH.pattern}\|(\d{{1,2}})[日号]?"), (1, 2, 3)),
    (re.compile(rf"(\d{{1,2}})[日号]?\|{_YEAR_MONTH.pattern}"), (2, 3, 1)),
    (re.compile(rf"{_YEAR}\|{_MONTH_DAY.pattern}"), (1, 2, 3)),
    (re.compile(rf"{_MONTH_DAY.pattern}\|{_YEAR}"), (3, 1, 2)),
    (re.compile(rf"(\d{{1,2}})月?\|(\d{{1,2}})[日号]?\|{_YEAR}"), (3, 1, 2)),
)
"""Which number is which: where two readings give a day, the first counts."""
_MONTH_AND_DAY = (re.compile(r"(\d{1,2})月\|(\d{1,2})[日号]?"), re.compile(r"(\d{1,2})[日号]?\|(\d{1,2})月"))


def _assemble(pieces: list[str]) -> tuple[dt.date | None, YearlessDate | None]:
    joined = "|".join(pieces)
    for form, (year, month, day) in _ORDERS:
        match = form.fullmatch(joined)
        if match and (date := day_of(int(match.group(year)), int(match.group(month)), int(match.group(day)))):
            return date, None
    for form, order in ((_MONTH_AND_DAY[0], (1, 2)), (_MONTH_AND_DAY[1], (2, 1))):
        if match := form.fullmatch(joined):
            month_number, day_number = int(match.group(order[0])), int(match.group(order[1]))
            return None, YearlessDate(month_number, day_number) if day_of(2000, month_number, day_number) else None
    return None, None
