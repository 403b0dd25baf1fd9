"""The publication dates of a page: of the article it is, and of the newest entry it shows."""

import datetime as dt
import re
from collections.abc import Sequence
from functools import partial
from itertools import chain

from crawler.facts.columns.script_records import read_records
from crawler.facts.dates.bylines import NOT_PUBLICATION, read_in_pieces, read_under_title, title_lines
from crawler.facts.dates.listed import ListedDate, names_other_day, read_listed_dates
from crawler.facts.dates.printed import PrintedDate, date_in_url, day_of, find_dates, read_short_year, year_of
from crawler.facts.dates.unprinted import read_unprinted_days
from crawler.facts.lists.items import read_lists
from crawler.facts.records import Column, DateCandidate, DateSource, Item
from crawler.facts.tree.document import Document
from crawler.facts.tree.phrase import Phrase
from crawler.facts.tree.text import excerpt, half_width

_LABELLED = Phrase(
    r"(?:(?:信息|文章|网站|网上)?(?:发布|发稿|发表|公开|公布|上传|录入|刊登|挂网|上网|刊发|添加|加入|创建|发文|生成|更新|编辑)\s*(?:时\s*间|日\s*期)"
    r"|最后更新(?:时间)?|稿件(?:时间|日期)|时间发布|信息时间|(?:发布|发表|创建)于|(?<![\w])(?:日\s*期|时\s*间|发布))"
)
_GAP = re.compile(r"\s*[:：∶】]?\s*[\[【(（]?\s*")
_META_NAMES = ("PubDate", "publishdate", "pubtime", "article:published_time", "publish_time", "og:release_date", "dc.date", "releaseDate")
_ANY_DAY = re.compile(
    r"(?<!\d)(?:19|20)\d\d\s*[-/.．—年]\s*\d{1,2}(?!\d)|(?<!\d)20[012]\d[01]\d[0-3]\d|\d{1,2}/\d{1,2}/20\d\d|(?<!\d)\d\d-\d{1,2}-\d{1,2}(?!\d)|[〇○零一二三四五六七八九]{4}年|\d\s*月\s*\d+\s*[日号]"
    r"|^\W{0,2}[01]\d[-/.][0-3]\d\W{0,2}$|[\d一二两三四五六七八九十半几]\s*个?(?:天|日|周|星期|月|年|小时|分钟)\s?[前内]|昨[天日]|前天|上(?:周|个?月)|刚刚",
    re.MULTILINE,
)
_DAY_IN_SCRIPT = re.compile(r"[\"']\s*20\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}")


def read_publication_dates(document: Document) -> tuple[DateCandidate, ...]:
    """Return every date that may be the page's publication date, each with its source and the words around it.

    Read are labels (发布时间：…), the page tags (PubDate), dates without a label under the title, dates a script writes out, and the
    address. Deadlines, ranges of days, dates of writing (成文日期), sign-offs and the clock of the day are none. Dates are China days.
    """
    labelled = _labelled(document)
    days = {candidate.date for candidate in labelled}
    unlabelled = [candidate for candidate in read_under_title(document) if candidate.date not in days]
    days |= {candidate.date for candidate in unlabelled}
    in_pieces = [candidate for candidate in read_in_pieces(document) if candidate.date not in days]
    candidates = [*labelled, *_tagged(document), *unlabelled, *in_pieces, *_written(document)]
    if document.url and (date := date_in_url(document.url)):
        candidates.append(DateCandidate(date=date, source=DateSource.URL, excerpt=document.url[-200:]))
    return tuple(candidates)


def publication_date(candidates: Sequence[DateCandidate]) -> dt.date | None:
    """Return the date of the most trusted candidate (`DateSource` says the order), the first of equals; None without candidates."""
    order = list(DateSource)
    best = min(candidates, key=lambda candidate: order.index(candidate.source), default=None)
    return best.date if best else None


def shows_a_day(document: Document) -> bool:
    """Tell whether anything that may be a day is printed anywhere in the text, in the full title of a link, or by a script.

    Its form does not matter, nor whether any reader takes it for a day.
    """
    shown = (document.text, *(link.name for link in document.outline.links))
    if _ANY_DAY.search(half_width("\n".join(shown))) or any(map(_DAY_IN_SCRIPT.search, document.scripts)):
        return True
    return any(True for _ in read_unprinted_days(document))


def newest_item_date(document: Document, blocks: Sequence[Column], column: Column | None) -> dt.date | None:
    """Return the newest publication date of any entry shown on the page, not after the day of judgement; None where no entry has one.

    Dates printed in full count first; only a page without any is dated by those printed without a year, or carried by addresses (see
    `newest_possible_date`). Dates in the future are left out: they never make a column look fresh.
    """
    items = _shown_items(document, blocks, column)
    printed = [item.date for item in items if item.date and not item.year_inferred and item.date_source is not DateSource.URL]
    return max(printed, default=None) or newest_possible_date(document, blocks, column)


def newest_possible_date(document: Document, blocks: Sequence[Column], column: Column | None) -> dt.date | None:
    """Return the newest day on which any entry shown may have been published, not after the day of judgement.

    Dates printed without a year count with the latest possible one, and the days that addresses carry count as well, and those that stand
    beside no list, as a headline's does, but for the day of the visit, which pages print; and those told in other ways than lists print
    them: a page may be called stale only where this day is too old.
    """
    told = chain((_latest_day(document, listed) for listed in document.derived(read_listed_dates)), read_unprinted_days(document))
    alone = (day for day in told if day and document.day.has_passed(day))
    return max((*(item.date for item in _shown_items(document, blocks, column) if item.date), *alone), default=None)


def _latest_day(document: Document, listed: ListedDate) -> dt.date | None:
    """Return a printed day, one without a year in the latest year it may be of; None for one that is surely not of publication."""
    if names_other_day(listed.label):
        return None
    return listed.date or (document.day.latest(partial(year_of, listed.yearless)) if listed.yearless else None)


def _shown_items(document: Document, blocks: Sequence[Column], column: Column | None) -> list[Item]:
    records = document.derived(read_records)
    lists = (*document.derived(read_lists), *(records.derived(read_lists) if records else ()))
    items = [item for found in lists for item in found.items if item.date]
    items += [item for block in (*blocks, *([column] if column else [])) for item in block.items]
    return items


def _labelled(document: Document) -> list[DateCandidate]:
    """Read dates after a label; those of 发布 and its like before those of a bare 时间 or 日期, those near the title before others."""
    text = document.text
    strong: list[tuple[int, DateCandidate]] = []
    weak: list[tuple[int, DateCandidate]] = []
    for label in _LABELLED.finditer(text):
        gap = _GAP.match(text, label.end())
        start = gap.end() if gap else label.end()
        following = text[start : start + 40]
        printed = _compact(following[:9]) or next(
            (found for found in find_dates(following) if found.start <= 1), read_short_year(following)
        )
        if (
            printed is None
            or NOT_PUBLICATION.search(text[max(0, label.start() - 4) : label.end()].rpartition("\n")[2])
            or _READER.search(text[max(0, label.start() - _LONGEST_NAME) : label.start()].rpartition("\n")[2])
        ):
            continue
        candidate = DateCandidate(
            date=printed.date, source=DateSource.LABEL, excerpt=excerpt(text, label.start(), start + printed.end, 80), time=printed.time
        )
        if not _WEAK.match(label.group()):
            strong.append((label.start(), candidate))
        elif not _is_event(text, label.start(), start + printed.end) and document.day.has_come(printed.date):
            weak.append((label.start(), candidate))
    return _nearest_first(document, strong) + _nearest_first(document, weak)


def _nearest_first(document: Document, found: Sequence[tuple[int, DateCandidate]]) -> list[DateCandidate]:
    """Return the candidates in order, those that stand at the title first: the others are those of lists and readers' words beside it."""
    if len({candidate.date for _, candidate in found}) < 2:
        return [candidate for _, candidate in found]
    lines = document.text.split("\n")
    titles = [sum(len(line) + 1 for line in lines[:number]) for number in title_lines(document, lines)]
    below = {place for place, _ in found if any(0 <= place - title <= _NEAR_BELOW for title in titles)}
    above = {place for place, _ in found if any(0 < title - place <= _NEAR_ABOVE for title in titles)} - below
    return [candidate for _, candidate in sorted(found, key=lambda pair: (pair[0] not in below, pair[0] not in above))]


_READER = re.compile(r"网友|网民|游客|用户|匿名|评论|楼")
_LONGEST_NAME = 20
_NEAR_ABOVE, _NEAR_BELOW = 120, 400
"""Characters between a title and the labels over it, or under it."""
_EVENT_BEFORE = re.compile(r"(?:[一二三四五六七八九十\d][、.．)）]|会议|活动|考试)\s*$")
_EVENT_AFTER = re.compile(r"\s*(?:[(（]?\s*(?:上午|下午|星期|周[一二三四五六日]|全天|\d{1,2}\s*[时点])|至|—|～|~)")


def _is_event(text: str, start: int, stop: int) -> bool:
    """Tell whether a label and the day after it say when something takes place: 一、时间：2018年5月20日（星期日）上午."""
    return bool(_EVENT_BEFORE.search(text[max(0, start - 6) : start].rpartition("\n")[2]) or _EVENT_AFTER.match(text, stop))


_WEAK = re.compile(r"^(?:日\s*期|时\s*间|更新|编辑|生成|发文|加入|发布$)")


def _tagged(document: Document) -> list[DateCandidate]:
    """Read the page tags; the time of making the page (Maketime, createDate) is none of them."""
    found = []
    for name in _META_NAMES:
        content = document.meta_content(name)
        if content and (printed := next(iter(find_dates(content)), None) or _compact(content)):
            found.append(DateCandidate(date=printed.date, source=DateSource.META, excerpt=f"{name}: {content[:60]}", time=printed.time))
    return found


def _compact(content: str) -> PrintedDate | None:
    match = re.match(r"\s*((?:19|20)\d{2})(\d{2})(\d{2})(?!\d)", content)
    date = day_of(*(int(part) for part in match.groups())) if match else None
    return PrintedDate(date, None, 0, 8) if date else None


_WRITTEN = re.compile(
    r"document\.write(?:ln)?\s*\([^;]{0,80}?[\"']([^\"']{0,40}(?:19|20)\d\d[-/年.]\d{1,2}[-/月.]\d{1,2}[^\"']{0,20})[\"']"
)
_BEFORE_WRITTEN = re.compile(r"(?:时\s?间|日\s?期|发布)\s*[:：∶]?\s*$")


def _written(document: Document) -> list[DateCandidate]:
    """Read dates that scripts write: in what they write out, and where a script of one date stands behind a label."""
    outline = document.outline
    found = [
        (match.group(1), match.group()[:120])
        for script in document.scripts
        for match in _WRITTEN.finditer(script)
        if not NOT_PUBLICATION.search(match.group(1))
    ]
    found += [
        (outline.texts[at], outline.text_between(at - 1, at + 1)[-120:])
        for at in outline.written
        if at and _BEFORE_WRITTEN.search(outline.texts[at - 1]) and not NOT_PUBLICATION.search(outline.texts[at - 1])
    ]
    return [
        DateCandidate(date=printed.date, source=DateSource.SCRIPT, excerpt=words, time=printed.time)
        for text, words in dict(found).items()
        for printed in find_dates(text)
    ]
