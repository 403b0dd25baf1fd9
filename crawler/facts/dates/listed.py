"""The dates that stand beside, before or in the entries of lists, each with its place in the outline."""

import datetime as dt
import re
from collections.abc import Iterator
from operator import attrgetter
from typing import NamedTuple

from crawler.facts.dates.fragments import LONGEST_FRAGMENT, read_fragments
from crawler.facts.dates.printed import PrintedDate, YearlessDate, find_dates, read_date, read_yearless
from crawler.facts.dates.relative import TODAYS, days_back
from crawler.facts.records import DateSource
from crawler.facts.tree.document import Document
from crawler.facts.tree.outline import Outline

_POSSIBLE = re.compile(r"[\d年昨前刚今]|^[\[(（【]")
"""What every piece of text has with which a date begins: asked first, since most pieces are names and titles."""
_HINT = re.compile(r"\d\s?[-/.年月—–－／．]\s?\d|年|\d日|^[\[(]?20\d{6}[\])]?$|[\da-zT],? 20\d\d|,20\d\d|^\W?20\d\d(?:--|[_\\·~ ])\d")
_MONTH_IN_WORDS = re.compile(r"[A-Za-z]{3}")
_UNSET = re.compile(r"[\[(（]?\s*(?:1970|1900|1901|0001|0000)[-/年.](?:0?1|00)[-/月.](?:0?1|00)日?(?:\s+\d\d?:\d\d(?::\d\d)?)?\s*[\])）]?")
"""What systems print for a day that nobody entered."""
_LONGEST_DETAIL = 40
_LABEL_WORDS = r"([\w·]{0,8}?(?:时\s?间|日\s?期|日间|发布))"
_LABEL = re.compile(rf"{_LABEL_WORDS}\s*[:：∶]\s*[\[(（【]?\s*$")
_LABELLED_SHORT = re.compile(
    rf"^[\[(（【]?\s*{_LABEL_WORDS}\s*[:：∶\s]\s*[\[(（【]?(?P<date>(?:\d\d[-/年])?\d{{1,2}}[-/月]\d{{1,2}}日?)(?=$|[\s|｜\])）】])"
)
"""A date with a year of two digits or none, in one piece with its label."""
_WHOLE_LABEL = re.compile(rf"[\[(（【]?\s*{_LABEL_WORDS}\s*")
_LONGEST_LABEL = 12
_UNTIL = re.compile(r"(?:截止|截至|有效期)(?:到|至|为)?\s*[:：∶]?\s*$")
_NOT_PUBLICATION = re.compile(
    r"截止|截至|开始|起始|结束|终止|到期|有效|废止|失效|实施|施行|生效|成文|印发|签发|落款|报名|开标|开奖|开庭|考试|会议|活动|访谈|直播|出生|成立|入职|任职|办结|回复|答复|处理"
)
_CLOCK_BEFORE = re.compile(r"(?:今天|今日|现在|当前|系统|北京|农历|公元)(?:(?:是|为|时间|日期)+\s*[:：∶]?|\s*[:：∶])\s*$")
_CLOCK_AFTER = re.compile(
    r"\s*(?:[(（]?\s*(?:星期|周|礼拜)[一二三四五六日天]|[(（][一二三四五六日][)）])(?:[\s)）]*\d\d?[:：]\d\d(?:[:：]\d\d)?(?!\d))?"
)
_FEWEST_WITH_WEEKDAY = 3
_AROUND = re.compile(r"^[\s\[\]（）()【】〔〕［］「」『』〈〉<>{}*●■◆▪►|｜丨│·•,，:：;；\-—>~发布更新日期时间于]*$")
_OTHER_DETAILS = re.compile(
    r"^[\s|｜\[【(（]*(?:来源|信息来源|文章来源|作者|发布者|编辑|责任编辑|浏览|点击|阅读|访问|人气|次数|主题分类|分类|类别|发布机构|发布单位|字号|字体)"
)
_MADE = re.compile(r"生成|录入|创建|登记|制作")
_PUBLISHED = re.compile(r"发布|公开|公布|发文")
_NEAR_PIECES = 4
_LEVELS_IN_A_LIST = 4
_BULLETS = " \t·•●■◆▪►>»*-—|　"


def names_other_day(label: str) -> bool:
    """Tell whether a label or the heading of a table column names a day that is not one of publication: 截止日期, 成文日期."""
    return _NOT_PUBLICATION.search(label) is not None


class ListedDate(NamedTuple):
    """A date in the outline: the positions of text it covers, and how it was printed.

    `relative` tells that the page counts back from its own day (昨天, 3天前): `date` then follows from the day of the visit.
    `glued` tells that it shares its piece of text with a title; `rest` is then that title. A date without a year has `date` None, and so
    has one that was never set.
    """

    start: int
    stop: int
    date: dt.date | None
    yearless: YearlessDate | None
    source: DateSource
    label: str = ""
    glued: bool = False
    rest: str = ""
    relative: bool = False
    weekday: bool = False
    """A weekday stands after it, as after the day of the visit that a page prints; lists print it beside every entry."""


def read_listed_dates(document: Document) -> tuple[ListedDate, ...]:
    """Return the dates of a page that may belong to entries of lists, in order; use it through `document.derived`."""
    outline = document.outline
    found: list[ListedDate] = []
    todays: list[int] = []
    position = 0
    for candidate, text in enumerate(outline.texts):
        if candidate < position or not text or not _POSSIBLE.search(text):
            continue
        position = candidate
        if text in TODAYS:
            todays.append(position)
            continue
        listed = _read_pieces(outline, position) or _read_piece(outline, position) or _read_relative(document, position)
        if listed is not None:
            found.append(listed)
            position = listed.stop
    if 0 < sum(listed.weekday for listed in found) < _FEWEST_WITH_WEEKDAY:
        found = [listed for listed in found if not listed.weekday]
    if todays:
        found = sorted((*found, *_todays(document, todays, found)), key=attrgetter("start"))
    return tuple(_without_days_of_making(found))


def _todays(document: Document, positions: list[int], found: list[ListedDate]) -> list[ListedDate]:
    """Return the pieces that are a bare 今天 and stand where another entry of the same list has a printed day."""
    outline = document.outline
    places = {place for listed in found for place in _places(outline, listed.start)}
    return [_counted_back(document, position, 0) for position in positions if not places.isdisjoint(_places(outline, position))]


def _places(outline: Outline, position: int) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield the elements that may hold a list in which a date stands, each with the tags from the date up to it."""
    around = outline.ancestors(outline.holders[position], _LEVELS_IN_A_LIST)
    yield from ((element, tuple(outline.tags[inner] for inner in around[:level])) for level, element in enumerate(around) if level > 1)


def _without_days_of_making(found: list[ListedDate]) -> list[ListedDate]:
    """Leave out the days on which entries were made (生成日期) where they print the days of publication beside them (公开日期)."""
    if not any(_MADE.match(listed.label) for listed in found):
        return found
    near = {
        listed.start + distance for listed in found if _PUBLISHED.match(listed.label) for distance in range(-_NEAR_PIECES, _NEAR_PIECES + 1)
    }
    return [listed for listed in found if listed.start not in near or not _MADE.match(listed.label)]


def _read_piece(outline: Outline, position: int) -> ListedDate | None:
    text = outline.texts[position]
    if not _HINT.search(text):
        return None
    source = DateSource.SCRIPT if position in outline.written else DateSource.LIST
    printed = _last_or_first(find_dates(text), text)
    if printed is None:
        return _read_bare(outline, position, text, source)
    before, after = text[: printed.start], text[printed.end :]
    label = _label_before(outline, position, before)
    if label is None:
        return None
    if clock := _CLOCK_AFTER.match(after):
        after = after[clock.end() :]
    is_detail = bool(_AROUND.match(before) or (len(before) <= _LONGEST_DETAIL and _OTHER_DETAILS.match(before)))
    if (is_detail or label) and (_AROUND.match(after) or _OTHER_DETAILS.match(after)):
        return ListedDate(
            position, position + 1, printed.date, None, source, label, rest="" if is_detail else before, weekday=clock is not None
        )
    if clock:
        return None
    return _read_glued(position, text, printed, source)


def _read_relative(document: Document, position: int) -> ListedDate | None:
    back = days_back(document.outline.texts[position])
    return None if back is None else _counted_back(document, position, back)


def _counted_back(document: Document, position: int, days: int) -> ListedDate:
    return ListedDate(position, position + 1, document.day.back(days), None, DateSource.LIST, relative=True)


def _read_bare(outline: Outline, position: int, text: str, source: DateSource) -> ListedDate | None:
    """Read a piece that is only a date, in a form that would be too weak a sign inside longer text."""
    label = _label_before(outline, position, "")
    if label is None:
        return None
    if date := read_date(text):
        return ListedDate(position, position + 1, date, None, source, label)
    if yearless := read_yearless(text):
        return ListedDate(position, position + 1, None, yearless, source, label)
    if labelled := _LABELLED_SHORT.match(text):
        return _read_short(position, labelled, source)
    if _UNSET.fullmatch(text):
        return ListedDate(position, position + 1, None, None, source, label)
    return _read_glued_yearless(position, text, source)


def _read_short(position: int, labelled: re.Match[str], source: DateSource) -> ListedDate | None:
    date, yearless = read_date(labelled["date"]), read_yearless(labelled["date"])
    if not (date or yearless) or names_other_day(labelled[1]):
        return None
    return ListedDate(position, position + 1, date, yearless, source, labelled[1])


def _last_or_first(dates: list[PrintedDate], text: str) -> PrintedDate | None:
    """Of several dates in one piece, take the one at its end, else the first: titles speak of days as well."""
    if len(dates) > 1 and _AROUND.match(text[dates[-1].end :]):
        return dates[-1]
    return dates[0] if dates else None


def _label_before(outline: Outline, position: int, before: str) -> str | None:
    """Return the label of a date, in its own piece or in the one before; None for labels of what is no publication date.

    The piece before is the title of the entry, as a rule, and titles end in such words too: a label has a colon, or is no link.
    """
    context = before if before.strip(" [(（【") else outline.texts[position - 1] if position else ""
    if _CLOCK_BEFORE.search(context[-20:]) or _UNTIL.search(context[-20:]):
        return None
    is_title = context is not before and position > 0 and outline.tags[outline.holders[position - 1]] == "a"
    match = _LABEL.search(context[-20:]) or (_WHOLE_LABEL.fullmatch(context) if len(context) <= _LONGEST_LABEL and not is_title else None)
    if match is None:
        return ""
    return None if names_other_day(match.group(1)) else match.group(1)


def _read_glued(position: int, text: str, printed: PrintedDate, source: DateSource) -> ListedDate | None:
    """Read a date printed in one piece with the title: `标题(2018-05-16)`, `[2018-05-16]标题`, `标题 2018-05-16`.

    A day in words at the start of a title (2018年5月16日…) is what the title speaks of, and so is one in English at its end.
    """
    before, after = text[: printed.start], text[printed.end :]
    if _MONTH_IN_WORDS.search(text, printed.start, printed.end) and before[-1:] not in ("(", "["):
        return None
    in_words = text[printed.start : printed.end].rstrip().endswith("日")
    if _AROUND.match(after) and (before[-1:] in "(（[【〔［ )）」”" or before[-1:].isalpha()):
        rest = before.rstrip("(（[【〔［ -—")
    elif after and _AROUND.match(before) and (after[0] in ")）]】〕］ " or (after[0].isalpha() and not in_words)):
        rest = after.lstrip(")）]】〕］ -—")
    else:
        return None
    rest = rest.strip(_BULLETS)
    return ListedDate(position, position + 1, printed.date, None, source, glued=True, rest=rest) if len(rest) > 1 else None


_GLUED_YEARLESS = re.compile(
    r"^(?P<first>[\[(（【［]\s*\d{1,2}[-/.月]\d{1,2}日?\s*[\])）】］])?(?P<title>.{4,}?)(?P<last>[\[(（【［]\s*\d{1,2}[-/.月]\d{1,2}日?\s*[\])）】］])?$"
)


def _read_glued_yearless(position: int, text: str, source: DateSource) -> ListedDate | None:
    match = _GLUED_YEARLESS.match(text)
    printed = match and (match["last"] or match["first"])
    yearless = read_yearless(printed) if printed else None
    if match is None or yearless is None:
        return None
    return ListedDate(position, position + 1, None, yearless, source, glued=True, rest=match["title"].strip(_BULLETS))


def _read_pieces(outline: Outline, position: int) -> ListedDate | None:
    assembled = read_fragments(outline, position) if len(outline.texts[position]) <= LONGEST_FRAGMENT else None
    label = _label_before(outline, position, "") if assembled else None
    if assembled is None or label is None:
        return None
    return ListedDate(position, position + assembled.pieces, assembled.date, assembled.yearless, DateSource.LIST, label)
