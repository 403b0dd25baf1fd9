"""Days of entries that no list prints as usual: in titles of links, in attributes for programs, with English months, in bare numbers."""

import datetime as dt
import re
from collections.abc import Iterator
from functools import partial
from itertools import islice

from crawler.facts.dates.listed import names_other_day
from crawler.facts.dates.printed import MONTHS, YearlessDate, day_of, find_dates, read_date, read_yearless, year_of
from crawler.facts.dates.timestamps import read_stamps, stamps_of
from crawler.facts.tree.document import Document
from crawler.facts.tree.phrase import Phrase
from crawler.facts.tree.signs import Sign

_TITLED = Sign(re.compile(r"\btitle\s*=\s*[\"'][^\"'<>]{0,300}(?:时\s*间|日\s*期)"), ("时间", "日期", "时 间", "日 期"))
_LABELLED = re.compile(r"(?P<label>\w{0,4}(?:时\s*间|日\s*期))\s*[:：∶]\s*(?P<rest>[\d/.年月日: \-]{6,24})")
"""The title that old systems give every link of a list: 文章标题, 作者 and 更新时间, a line each."""
_FOR_PROGRAMS = ("datetime", "data-time", "data-date", "data-pubdate", "data-publishtime")
_PROGRAMS_DAY = Sign(re.compile(rf"\b(?:{'|'.join(_FOR_PROGRAMS)})\s*=", re.IGNORECASE), _FOR_PROGRAMS)
_LONGEST_VALUE = 40
_VALUE = Sign(re.compile(r"(?<!content)=[\"']\s*(20[0-4]\d[-/.年]\d{1,2}[-/.月]\d{1,2})(?!\d)"), ('="20', "='20"))
_SOME_MONTH = Phrase(r"20[0-4]\d\s?[-/.年]\s?(?:1[0-2]|0?[1-9])月?(?![\d\-/.])")
_MONTH_ALONE = re.compile(r"[\[(（]?(?P<year>20[0-4]\d)\s?[-/.年]\s?(?P<month>1[0-2]|0?[1-9])月?[\])）]?")
_MONTH = rf"(?P<month>{'|'.join(MONTHS)})[a-z]{{0,6}}"
_MONTH_WORD = Phrase("|".join(MONTHS), re.IGNORECASE)
_BETWEEN = r"[\s.,\-/|]{0,3}"
_ORDINAL = r"(?:st|nd|rd|th)?"
_ENGLISH_DAY = re.compile(
    rf"[\[(（]?(?:{_MONTH}{_BETWEEN}(?P<day>\d{{1,2}}){_ORDINAL}"
    rf"|(?P<day_first>\d{{1,2}}){_ORDINAL}{_BETWEEN}{_MONTH.replace('month', 'month_last')})"
    rf"(?:{_BETWEEN}(?P<year>20\d\d))?[\])）]?",
    re.IGNORECASE,
)
_IN_NUMBERS = re.compile(
    r"[\[(（]?(?:(?P<first>\d{1,2})(?P<sign>[-/.])(?P<second>\d{1,2})(?:(?P=sign)(?P<year>20\d\d))?"
    r"|(?P<year_first>20\d\d)\s(?P<month>\d{1,2})\s(?P<day>\d{1,2}))[\])）]?"
)
"""Forms in which a single number may be anything, and several below each other are days: `2/28`, `28-02-2018`, `2018 02 28`."""
_FEWEST_IN_NUMBERS = 3
_LONGEST_DAY = 24


def read_unprinted_days(document: Document) -> Iterator[dt.date]:
    """Yield the days, which may be in the future, that are told of entries where the readers of lists do not look.

    A day without a year is given the latest one it may be of: such days only keep a page from being called stale.
    """
    yield from read_stamps(document)
    yield from _in_titles(document)
    yield from _for_programs(document)
    yield from _in_values(document)
    yield from _in_months(document)
    if _MONTH_WORD.occurs(document.text):
        yield from _with_english_months(document)
    yield from _in_numbers(document)


def _in_titles(document: Document) -> Iterator[dt.date]:
    if document.searched.first(_TITLED) is None:
        return
    for link in document.outline.links:
        for match in _LABELLED.finditer(document.outline.attribute(link.element, "title")):
            if not names_other_day(match["label"]):
                yield from (printed.date for printed in find_dates(match["rest"]))


def _for_programs(document: Document) -> Iterator[dt.date]:
    if document.searched.first(_PROGRAMS_DAY) is None:
        return
    outline = document.outline
    for element in outline.with_attributes(*_FOR_PROGRAMS):
        for name in _FOR_PROGRAMS:
            value = outline.attribute(element, name)
            if len(value) <= _LONGEST_VALUE:
                yield from stamps_of(value)
                yield from (printed.date for printed in find_dates(value))


def _in_values(document: Document) -> Iterator[dt.date]:
    """Yield the days with which values of attributes begin, whatever the attributes are called."""
    if document.searched.first(_VALUE) is not None:
        yield from (day for value in _VALUE.pattern.findall(document.markup) for day in (read_date(value),) if day)


def _in_months(document: Document) -> Iterator[dt.date]:
    """Yield the last day that has passed of each month that is printed alone, as the whole date of an entry: `[2018-02]`, `2018年2月`."""
    if not _SOME_MONTH.occurs(document.text):
        return
    for text in document.outline.texts:
        if 5 < len(text) < 11 and (match := _MONTH_ALONE.fullmatch(text)):
            year, month = int(match["year"]), int(match["month"])
            days = (day for number in range(31, 0, -1) if (day := day_of(year, month, number)))
            yield from islice(filter(document.day.has_passed, days), 1)


def _with_english_months(document: Document) -> Iterator[dt.date]:
    """Yield the days that short pieces of text are, alone or two together: `Feb-28`, `28 Feb 2018`, a large `28` over `Feb.2018`."""
    texts = document.outline.texts
    for position, text in enumerate(texts):
        if len(text) > _LONGEST_DAY or not _MONTH_WORD.occurs(text):
            continue
        for piece in (text, "|".join(texts[max(0, position - 1) : position + 1]), "|".join(texts[position : position + 2])):
            if len(piece) <= _LONGEST_DAY and (match := _ENGLISH_DAY.fullmatch(piece)) and (day := _day_of(document, match)):
                yield day
                break


def _in_numbers(document: Document) -> Iterator[dt.date]:
    """Yield the days that pieces of text may be which are numbers only and no list is read by; month and day may stand in either order.

    The first number may be a piece of its own, before the sign and the second.
    """
    texts = document.outline.texts
    pieces: list[re.Match[str]] = []
    for at, text in enumerate(texts):
        if 3 < len(text) < 13:
            if (match := _IN_NUMBERS.fullmatch(text)) and not (read_yearless(text) or read_date(text)):
                pieces.append(match)
        elif 0 < len(text) < 3 and text.isdecimal():
            joined = ("".join(texts[at : at + count]) for count in (2, 3))
            pieces += filter(None, map(_IN_NUMBERS.fullmatch, joined))
    if len(pieces) < _FEWEST_IN_NUMBERS:
        return
    for match in pieces:
        year = match["year"] or match["year_first"]
        first, second = int(match["first"] or match["month"]), int(match["second"] or match["day"])
        for month, day in ((first, second), (second, first)):
            if (date := day_of(int(year or 2000), month, day)) is None:
                continue
            if found_day := date if year else document.day.latest(partial(year_of, YearlessDate(month, day))):
                yield found_day


def _day_of(document: Document, match: re.Match[str]) -> dt.date | None:
    month = MONTHS.index((match["month"] or match["month_last"]).lower()) + 1
    day = int(match["day"] or match["day_first"])
    if match["year"]:
        return day_of(int(match["year"]), month, day)
    if day_of(2000, month, day) is None:
        return None
    return document.day.latest(partial(year_of, YearlessDate(month, day)))
