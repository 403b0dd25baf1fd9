"""Rows: the parts of a page that repeat, one for each date or link of a series.

Dates (or links) that stand at the same kind of place are a series. The row of each is the largest element around it that holds no other of
its series. Where dates and titles are siblings without an element around each pair, a row is the stretch from one date to the next.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Container, Hashable, Iterable, Sequence
from operator import attrgetter
from typing import NamedTuple

from crawler.facts.dates.listed import ListedDate, names_other_day
from crawler.facts.tree.outline import Link, Outline

_CELLS = frozenset({"td", "th"})
_LEADS_SOMEWHERE = re.compile(r"(?!#|javascript:).", re.IGNORECASE)
_MOST_LEVELS = 12
_MOST_COLUMNS = 30
_LONGEST_HEADING = 20
_BEGINNING = re.compile(r"开始|起始")
_PUBLISHED = re.compile(r"\W*(?:信息|网上)?(?:发布|公示|公布|公开)\s?(?:时间|日期)\W*")


class Row(NamedTuple):
    """One row: the positions it covers, the element that holds all rows of its list, its own element, and its number in the series.

    A row that is only a stretch of its container has `element` -1.
    """

    start: int
    stop: int
    container: int
    element: int
    number: int


class Span(NamedTuple):
    """What a row is found by: a range of positions, the element it stands in, and what makes it one of a series."""

    start: int
    stop: int
    element: int
    kind: Hashable


def publication_columns(outline: Outline, dates: Iterable[ListedDate]) -> list[ListedDate]:
    """Return the dates without those in a column of a table that is headed 截止日期, 成文日期 or the like.

    In a table that has no others, the day on which a survey began (开始时间) is that of its publication. Where one is headed 公示日期,
    the days beside it are others: 处罚日期.
    """
    headings: dict[tuple[int, int], str] = {}
    kept: list[ListedDate] = []
    near: dict[int, list[ListedDate]] = {}
    served: dict[int, list[tuple[ListedDate, bool]]] = defaultdict(list)
    for date in dates:
        cell = _cell(outline, outline.holders[date.start])
        if cell is None:
            kept.append(date)
            continue
        place = (outline.parents[outline.parents[cell]], _ordinal(outline, cell))
        if place not in headings:
            headings[place] = _heading(outline, *place)
        if not names_other_day(headings[place]):
            served[place[0]].append((date, _PUBLISHED.fullmatch(headings[place]) is not None))
        elif _BEGINNING.match(headings[place]):
            near.setdefault(place[0], []).append(date)
    for found in served.values():
        surely = [date for date, is_published in found if is_published]
        kept += surely or [date for date, _ in found]
    kept += (date for body, found in near.items() if body not in served for date in found)
    return sorted(kept, key=attrgetter("start")) if served or near else kept


def date_spans(outline: Outline, dates: Sequence[ListedDate]) -> list[Span]:
    """Return what rows are found by, for dates of a page; dates in different columns of a table are different series.

    Where the columns of a table stand in it twice or more, each row holds as many entries.
    """
    spans = []
    beside = {date.start: cell for date in dates if (cell := _cell_of_its_own(outline, date)) is not None}
    cells = frozenset(beside.values())
    in_row = Counter(outline.parents[cell] for cell in cells)
    periods = {row: _period(outline, row, cells) for row, count in in_row.items() if count > 1}
    for date in dates:
        holder = _holder(outline, date)
        cell = beside.get(date.start)
        column = _ordinal(outline, cell) % periods.get(outline.parents[cell], _MOST_COLUMNS + 1) if cell is not None else 0
        kind = (_place(outline, holder, 3), column, date.label, date.glued, date.yearless is not None, date.stop - date.start)
        spans.append(Span(date.start, date.stop, holder, kind))
    return spans


def _holder(outline: Outline, date: ListedDate) -> int:
    """Return the innermost element that holds all pieces of a date."""
    holder = outline.holders[date.start]
    while outline.stops[holder] < date.stop:
        holder = outline.parents[holder]
    return holder


def _cell_of_its_own(outline: Outline, date: ListedDate) -> int | None:
    """Return the table cell a date stands in without a title, or None."""
    cell = _cell(outline, _holder(outline, date))
    return None if cell is None or outline.holds_title(outline.starts[cell], outline.stops[cell]) else cell


def _period(outline: Outline, row: int, dated: Container[int]) -> int:
    """Return after how many cells a row of a table begins anew with a title and a date, under the same headings; else how many it has."""
    cells = outline.children(row, _MOST_COLUMNS)
    kinds = [(outline.holds_title(outline.starts[cell], outline.stops[cell]), cell in dated) for cell in cells]
    if any(titled for titled, _ in kinds):
        for period in range(2, len(cells) // 2 + 1):
            if kinds == kinds[:period] * (len(cells) // period) and _has_headings_anew(outline, row, period):
                return period
    return max(1, len(cells))


def _has_headings_anew(outline: Outline, row: int, period: int) -> bool:
    """Tell whether the first row of a table repeats its headings after so many cells, or has none."""
    headings = [_heading(outline, outline.parents[row], column) for column in range(2 * period)]
    return headings[:period] == headings[period:] or any(any(map(str.isdecimal, heading)) for heading in headings)


def _cell(outline: Outline, element: int) -> int | None:
    """Return the table cell an element is or stands in, at most three levels up."""
    return next((holder for holder in outline.ancestors(element, 4) if outline.tags[holder] in _CELLS), None)


def _heading(outline: Outline, body: int, column: int) -> str:
    """Return the text of a cell of the first row of a table; empty where it is long or there is none."""
    if body < 0:
        return ""
    table = outline.parents[body] if outline.tags[body] in ("tbody", "thead") else body
    row = next((element for element in range(table + 1, min(table + 10, outline.ends[table])) if outline.tags[element] == "tr"), None)
    cells = outline.children(row, column + 1) if row is not None else []
    text = outline.text_of(cells[column])[:_LONGEST_HEADING] if len(cells) > column else ""
    return text if len(text) < _LONGEST_HEADING else ""


def link_spans(outline: Outline, links: Iterable[Link]) -> list[Span]:
    """Return what rows are found by, for links with titles; a picture and the text beside it that lead to one place are one."""
    spans: list[Span] = []
    previous: Link | None = None
    for link in links:
        if previous is not None and spans and _same_entry(previous, link):
            element = _common(outline, spans[-1].element, link.element)
            spans[-1] = Span(spans[-1].start, link.stop, element, _place(outline, element, 4))
            previous = None
            continue
        if link.stop > link.start:
            spans.append(Span(link.start, link.stop, link.element, _place(outline, link.element, 4)))
        previous = link
    return spans


def _same_entry(first: Link, second: Link) -> bool:
    """Tell whether two neighbouring links are the picture and the title of one entry."""
    if first.pictured == second.pictured or second.start - first.stop > 3:
        return False
    return first.name == second.name or (first.href == second.href and _LEADS_SOMEWHERE.match(first.href) is not None)


def rows_of(outline: Outline, spans: Sequence[Span]) -> list[list[Row]]:
    """Return the rows around the spans, one list for each container of each series; their numbers are those of the spans."""
    series: dict[Hashable, list[int]] = defaultdict(list)
    for number, span in enumerate(spans):
        series[span.kind].append(number)
    lists: list[list[Row]] = []
    for members in series.values():
        lists += _series_rows(outline, spans, members)
    return lists


def stretches(outline: Outline, rows: Sequence[Row], spans: Sequence[Span]) -> list[Row]:
    """Return rows that run from one span to the next within the container, for lists whose titles stand beside the row elements.

    A span closes its row where a title stands before the first one, and opens it otherwise.
    """
    container = rows[0].container
    if container < 0:
        return []
    first, last = outline.starts[container], outline.stops[container]
    marks = [spans[row.number] for row in rows]
    if outline.holds_title(first, marks[0].start):
        bounds = [first, *(mark.stop for mark in marks)]
    else:
        bounds = [*(mark.start for mark in marks), last]
    return [Row(bounds[index], bounds[index + 1], container, -1, row.number) for index, row in enumerate(rows)]


def _series_rows(outline: Outline, spans: Sequence[Span], members: Sequence[int]) -> list[list[Row]]:
    heights = []
    for index, number in enumerate(members):
        before = spans[members[index - 1]].stop if index else -1
        after = spans[members[index + 1]].start if index + 1 < len(members) else len(outline.texts) + 1
        heights.append(_height(outline, spans[number].element, before, after))
    if len(members) == 1:
        usual = _height_with_title(outline, spans[members[0]])
    else:
        counted = Counter(heights)
        usual = min(counted, key=lambda height: (-counted[height], height))
    containers: dict[int, list[Row]] = defaultdict(list)
    for height, number in zip(heights, members, strict=True):
        element = spans[number].element
        if height < 0:
            containers[element].append(Row(spans[number].start, spans[number].stop, element, -1, number))
            continue
        for _ in range(min(height, usual)):
            element = outline.parents[element]
        container = outline.parents[element]
        containers[container].append(Row(outline.starts[element], outline.stops[element], container, element, number))
    return list(containers.values())


def _height(outline: Outline, element: int, before: int, after: int) -> int:
    """Return how many levels one can climb without meeting the neighbours in the series; -1 where they stand in the element itself."""
    if outline.starts[element] < before or outline.stops[element] > after:
        return -1
    levels = 0
    while levels < _MOST_LEVELS:
        parent = outline.parents[element]
        if parent <= 0 or outline.starts[parent] < before or outline.stops[parent] > after:
            break
        element = parent
        levels += 1
    return levels


def _height_with_title(outline: Outline, span: Span) -> int:
    """Return how many levels up the first element is that holds a titled link beside the date, or that is a row by its tag."""
    element, levels = span.element, 0
    while levels < 5:
        if outline.tags[element] in ("tr", "li") or outline.holds_title(outline.starts[element], outline.stops[element]):
            return levels
        element = outline.parents[element]
        levels += 1
        if element <= 0:
            break
    return 0


def _place(outline: Outline, element: int, levels: int) -> Hashable:
    """Return what kind of place an element is: its tag and those of the elements around it."""
    tags: list[str] = []
    while element >= 0 and len(tags) < levels:
        tags.append(outline.tags[element])
        element = outline.parents[element]
    return tuple(tags)


def _ordinal(outline: Outline, cell: int) -> int:
    """Return the place of a cell in its row."""
    child, count = outline.parents[cell] + 1, 0
    while child < cell and count < _MOST_COLUMNS:
        child = outline.ends[child]
        count += 1
    return count


def _common(outline: Outline, first: int, second: int) -> int:
    """Return the innermost element that holds both."""
    while first >= 0 and not (first <= second < outline.ends[first]):
        first = outline.parents[first]
    return first
