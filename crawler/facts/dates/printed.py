"""The forms in which dates are printed on pages, read out of short texts."""

import datetime as dt
import re
from operator import attrgetter
from typing import NamedTuple

EARLIEST_YEAR = 1990
"""Earlier years are not publication dates of a web page."""

_SEPARATOR = r"\s?[-/.–—‐−－／．]\s?"
_CLOCK = r"(?P<time>(?:[01]?\d|2[0-3])\s?[:：∶]\s?[0-5]\d(?:\s?[:：∶]\s?[0-5]\d)?)(?:\.\d{1,3}(?!\d))?(?:Z|\+\d\d:?\d\d)?"
_NUMERIC = re.compile(
    rf"(?<![\d.])(?P<year>(?:19|20|１９|２０)\d\d)(?:{_SEPARATOR}|\s?年\s?)(?P<month>\d{{1,2}})(?:{_SEPARATOR}|\s?月\s?)(?P<day>\d{{1,2}}(?!\d)|\d\d(?=\d\d?[:：∶]))(?:\s?[日号])?"
    rf"(?:[\s T]*{_CLOCK})?"
)
_NUMERALS = "〇○零ＯO0一二三四五六七八九"
_CHINESE = re.compile(
    rf"(?P<year>[{_NUMERALS}]{{4}})\s?年\s?(?P<month>[元正一二三四五六七八九十]{{1,2}}|\d{{1,2}})\s?月"
    r"\s?(?P<day>[一二三四五六七八九十廿卅]{1,3}|\d{1,2})\s?[日号]"
)
_COMPACT = re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])(?!\d)")
_MONTH_FIRST = re.compile(
    r"(?<![\d/])(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>(?:19|20)\d\d)(?![\d/])(?:\s+\d{1,2}:\d\d(?::\d\d)?(?:\s?[AP]M)?)?"
)
"""As servers set up in English print it: `5/16/2018 10:22:11 AM`."""
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH_NAME = (
    r"(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?"
    r"|dec(?:ember)?)\.?"
)
_ENGLISH_CLOCK = r"\d\d?:\d\d(?::\d\d)?"
_ENGLISH = tuple(
    re.compile(
        rf"(?<![A-Za-z\d])(?:(?:mon|tue|wed|thu|fri|sat|sun),? )?{form}(?P<year>(?:19|20)\d\d)(?!\d)"
        rf"(?: {_ENGLISH_CLOCK}(?: [A-Z]{{2,3}})?)?",
        re.IGNORECASE,
    )
    for form in (
        rf"{_MONTH_NAME} (?P<day>\d{{1,2}})[\s,]{{1,2}}(?:{_ENGLISH_CLOCK} [A-Z]{{3}} )?",
        rf"(?P<day>\d{{1,2}}) {_MONTH_NAME}[\s,]{{1,2}}",
    )
)
"""As English editions print it: `May 16, 2018`, `16 May 2018`; and as programs do: `Wed May 16 09:30:00 CST 2018`."""
_RANGE_FOLLOWS = re.compile(r"\s*(?:至|到|起|[~～∼—–-]{1,2}|－)\s*(?:\d|今)")
_RANGE_PRECEDES = re.compile(r"\d\s?日?\s*(?:至|到|[~～∼—–]{1,2}|－|--)\s*$")

_YEARLESS = re.compile(
    r"[\[（(【〔［]?\s*(?:(?P<month>\d{2})[-—－](?P<day>\d{1,2})|(?P<month2>\d)[-—－](?P<day2>\d{2})|(?P<month3>\d{2})[/.．／](?P<day3>\d{2})"
    r"|(?P<month4>\d{1,2})\s?月\s?(?P<day4>\d{1,2})\s?[日号]?)\s*[\]）)】〕］]?\s*(?:(?:[01]?\d|2[0-3])[:：∶][0-5]\d)?"
)
_SHORT_YEAR = re.compile(
    r"[\[（(【]?\s*['’]?(?P<year>\d\d)(?:[-/](?P<month>\d{1,2})[-/](?P<day>\d{1,2})|\.(?P<month2>\d\d)\.(?P<day2>\d\d)"
    r"|\s?年\s?(?P<month3>\d{1,2})\s?月\s?(?P<day3>\d{1,2})\s?日)(?!\d)(?:\s+\d{1,2}:\d\d)?\s*[\]）)】]?"
)

_UNUSUAL = re.compile(r"(?P<year>20\d\d)(?P<sign>--|[_\\·~]| )(?P<month>\d{1,2})(?:(?P=sign)|-)(?P<day>\d{1,2})")
"""Signs that part a year, month and day where nothing else stands: `2018--05--16`, `2018·05·16`, `2018 05-16`."""

_URL_DAY = re.compile(
    r"(?:[tT_/-]|(?<=/)(?:[a-z]+_?))(?P<year>(?:19|20)\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>0[1-9]|[12]\d|3[01])(?=[_./-]|$)"
    r"|/(?P<year2>(?:19|20)\d\d)(?:[-/]?(?P<month2>\d{1,2})[-/](?P<day2>\d{1,2})|/(?P<month3>\d\d)(?P<day3>\d\d))/"
)


_LONGEST_DATE = 32
_OPENING, _CLOSING = "[(（【〔［「『〈<{ ", "])）】〕］」』〉>} "


class PrintedDate(NamedTuple):
    """A full date in a text: the day, the clock time as printed, and the range of characters it covers."""

    date: dt.date
    time: str | None
    start: int
    end: int


class YearlessDate(NamedTuple):
    """A month and a day without their year."""

    month: int
    day: int


def find_dates(text: str) -> list[PrintedDate]:
    """Return the full dates in a text, in order; those that open or close a range of days are left out.

    Read are `2018-05-16`, `2018/5/16`, `2018.05.16`, `2018年5月16日`, full-width digits, and Chinese numerals (二〇一八年五月十六日), each
    with an optional clock time with plain, full-width or U+2236 colons; `5/16/2018` as well, the month first unless it can be none, and
    `May 16, 2018`.
    """
    found = [printed for match in _NUMERIC.finditer(text) if (printed := _numeric(match))]
    if "年" in text:
        found += [printed for match in _CHINESE.finditer(text) if (printed := _chinese(match))]
    if "/20" in text or "/19" in text:
        found += [printed for match in _MONTH_FIRST.finditer(text) if (printed := _month_first(match))]
    if " 20" in text or ",20" in text:
        found += [printed for form in _ENGLISH for match in form.finditer(text) if (printed := _english(match))]
    if len(found) > 1:
        found.sort(key=attrgetter("start"))
    return [printed for printed in found if not _in_range(text, printed)]


def read_date(text: str) -> dt.date | None:
    """Return the date a short text consists of, in any full form and as `20180516`, `18-5-16` or `18年5月16日`; None where it is more."""
    if len(text) > _LONGEST_DATE:
        return None
    found = find_dates(text)
    if len(found) == 1:
        return found[0].date if not text[: found[0].start].strip(_OPENING) and not text[found[0].end :].strip(_CLOSING) else None
    stripped = text.strip(_OPENING + _CLOSING)
    if match := _COMPACT.fullmatch(stripped) or _UNUSUAL.fullmatch(stripped):
        return day_of(int(match["year"]), int(match["month"]), int(match["day"]))
    return _short_year(match) if (match := _SHORT_YEAR.fullmatch(text)) else None


def read_short_year(text: str) -> PrintedDate | None:
    """Return the date with a year of two digits (`18-5-16`, `18年5月16日`) that a text begins with, or None."""
    match = _SHORT_YEAR.match(text)
    date = _short_year(match) if match else None
    return PrintedDate(date, None, match.start(), match.end()) if match and date else None


def _short_year(match: re.Match[str]) -> dt.date | None:
    month, day = match["month"] or match["month2"] or match["month3"], match["day"] or match["day2"] or match["day3"]
    return day_of(2000 + int(match["year"]), int(month), int(day))


def read_yearless(text: str) -> YearlessDate | None:
    """Return the month and day that a short text consists of (`[05-16]`, `05/16`, `5月16日`), or None."""
    match = _YEARLESS.fullmatch(text) if len(text) <= 18 else None
    if match is None:
        return None
    month = int(match["month"] or match["month2"] or match["month3"] or match["month4"])
    day = int(match["day"] or match["day2"] or match["day3"] or match["day4"])
    return YearlessDate(month, day) if day_of(2000, month, day) else None


def date_in_url(url: str) -> dt.date | None:
    """Return the day that an address carries (`t20180516_1.html`, `/2018-05/16/`, `/2018/5/16/`, `/20180516/`), or None.

    A month alone (`/201805/`) is no day.
    """
    if "20" not in url and "19" not in url:
        return None
    for match in _URL_DAY.finditer(url):
        month, day = match["month"] or match["month2"] or match["month3"], match["day"] or match["day2"] or match["day3"]
        if date := day_of(int(match["year"] or match["year2"]), int(month), int(day)):
            return date
    return None


def year_of(printed: YearlessDate, not_after: dt.date) -> dt.date | None:
    """Return the latest such day that is not after a given day; None for a day that no year of the last five has."""
    for year in range(not_after.year, not_after.year - 5, -1):
        date = day_of(year, printed.month, printed.day)
        if date and date <= not_after:
            return date
    return None


def day_of(year: int, month: int, day: int) -> dt.date | None:
    """Return a date, or None where there is no such day or its year is before `EARLIEST_YEAR`."""
    if not EARLIEST_YEAR <= year <= 2100:
        return None
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _numeric(match: re.Match[str]) -> PrintedDate | None:
    date = day_of(int(match["year"]), int(match["month"]), int(match["day"]))
    if date is None:
        return None
    time = match["time"]
    return PrintedDate(date, re.sub(r"\s?[:：∶]\s?", ":", time) if time else None, match.start(), match.end())


def _month_first(match: re.Match[str]) -> PrintedDate | None:
    year, month, day = int(match["year"]), int(match["month"]), int(match["day"])
    date = day_of(year, month, day) or day_of(year, day, month)
    return PrintedDate(date, None, match.start(), match.end()) if date else None


def _english(match: re.Match[str]) -> PrintedDate | None:
    date = day_of(int(match["year"]), MONTHS.index(match["month"][:3].lower()) + 1, int(match["day"]))
    return PrintedDate(date, None, match.start(), match.end()) if date else None


def _chinese(match: re.Match[str]) -> PrintedDate | None:
    year = int("".join(_digit(character) for character in match["year"]))
    month, day = (int(part) if part.isdecimal() else _number(part) for part in (match["month"], match["day"]))
    date = day_of(year, month, day)
    return PrintedDate(date, None, match.start(), match.end()) if date else None


def _digit(character: str) -> str:
    return str(max(0, "一二三四五六七八九".find(character) + 1))


def _number(numerals: str) -> int:
    """Return the value of a Chinese numeral under a hundred; 元月 and 正月 are the first."""
    numerals = numerals.replace("元", "一").replace("正", "一").replace("廿", "二十").replace("卅", "三十")
    tens, ten, units = numerals.rpartition("十")
    if not ten:
        return int(_digit(numerals)) if len(numerals) == 1 else 0
    return (int(_digit(tens)) if tens else 1) * 10 + (int(_digit(units)) if units else 0)


def _in_range(text: str, printed: PrintedDate) -> bool:
    """Tell whether a date is one end of a range of days: that is when something happens, not when it was published."""
    return bool(_RANGE_FOLLOWS.match(text, printed.end) or _RANGE_PRECEDES.search(text[max(0, printed.start - 12) : printed.start]))
