"""The lists of a page and their entries, found by repeated structure: no class names, no fixed markup."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from itertools import zip_longest
from typing import NamedTuple

import msgspec

from crawler.facts.dates.listed import ListedDate, read_listed_dates
from crawler.facts.dates.printed import date_in_url
from crawler.facts.dates.yearless import years_of
from crawler.facts.lists.rows import Row, Span, date_spans, link_spans, publication_columns, rows_of, stretches
from crawler.facts.records import DateSource, Item
from crawler.facts.tree.document import Document
from crawler.facts.tree.outline import Link, Outline
from crawler.facts.tree.titles import is_title

_PINNED = re.compile(r"置顶|\[顶\]|【顶】")
_PINNED_PREFIX = re.compile(r"^[\s·•●]*[\[【（(]?\s*(?:置顶|顶)\s*[\]】）)]?\s*[:：]?\s*(?=\S)")
BULLETS = " \t·•●■◆▪►>»*|　\xa0"
"""Ornaments around titles and between entries."""
_LONGEST_TITLE = 200
_MOST_ITEMS = 500
_LONGEST_SINGLE_ROW = 400
_MOST_PIECES = 12
_MOST_LINKS_OF_A_ROW = 3
"""Beside the title, an entry may lead to its column and to its picture."""

ENTRY_LENGTH = 8
"""Titles of entries are longer than the names in menus, on average."""


class ItemList(NamedTuple):
    """A list of entries: the element that holds it, the positions it covers, its entries in order, and whether dates stand beside them."""

    container: int
    start: int
    stop: int
    items: tuple[Item, ...]
    rows: tuple[Row, ...]
    dated: bool
    place: object
    """What kind of place its rows are: lists of the same place may be parts of one."""


def read_lists(document: Document) -> tuple[ItemList, ...]:
    """Return every list of the page in order, menus and footers included; use it through `document.derived`."""
    outline = document.outline
    dates = publication_columns(outline, document.derived(read_listed_dates))
    lists = _dated_lists(document, outline, dates)
    covered = [(row.start, row.stop) for found in lists for row in found.rows]
    lists += _undated_lists(document, outline, covered)
    return tuple(sorted(_with_known_years(lists), key=lambda found: found.start))


def _with_known_years(lists: Sequence[ItemList]) -> list[ItemList]:
    """Give the dates without a year the year of the same entry where the page prints it in full elsewhere."""
    known = {item.title: item.date for found in lists for item in found.items if item.date and not item.year_inferred}
    return [found._replace(items=tuple(_with_known_year(item, known) for item in found.items)) for found in lists]


def _with_known_year(item: Item, known: Mapping[str, dt.date]) -> Item:
    date = known.get(item.title) if item.year_inferred else None
    if date is None or item.date is None or (date.month, date.day) != (item.date.month, item.date.day):
        return item
    return msgspec.structs.replace(item, date=date, year_inferred=False)


def _dated_lists(document: Document, outline: Outline, dates: Sequence[ListedDate]) -> list[ItemList]:
    spans = date_spans(outline, dates)
    lists = []
    for rows in rows_of(outline, spans):
        titled = _titled_rows(outline, rows, spans, dates)
        if not titled or (len(titled) == 1 and not _stands_alone(outline, titled[0])):
            continue
        items = _dated_items(document, outline, titled, dates)
        complete = _with_undated_siblings(document, outline, titled, items)
        kind = spans[rows[0].number].kind
        lists.append(_list_of(complete, titled[0].container, dated=True, place=kind))
    return lists


def _titled_rows(outline: Outline, rows: Sequence[Row], spans: Sequence[Span], dates: Sequence[ListedDate]) -> list[Row]:
    """Return the rows that carry a title: with a link, else as stretches of their container with a link, else with text."""
    linked = [row for row in rows if row.element >= 0 and outline.holds_title(row.start, row.stop)]
    if len(linked) * 2 > len(rows):
        return linked if len(linked) == len(rows) else [row for row in rows if _row_title(outline, row, dates[row.number])]
    between = [row for row in stretches(outline, rows, spans) if outline.holds_title(row.start, row.stop)]
    if len(between) * 2 > len(rows):
        return between
    return [row for row in rows if _row_title(outline, row, dates[row.number])]


def _stands_alone(outline: Outline, row: Row) -> bool:
    """Tell whether a single row is an entry: a link beside a date in a small part of the page, or a row of an index table.

    The date under the title of an article is none.
    """
    pieces = outline.texts[row.start : row.stop]
    if len(pieces) > _MOST_PIECES or sum(map(len, pieces)) > _LONGEST_SINGLE_ROW:
        return False
    links = outline.titles_between(row.start, row.stop)
    titles = [link for link in links if len(link.name) >= ENTRY_LENGTH] if 1 < len(links) <= _MOST_LINKS_OF_A_ROW else links
    return len(titles) == 1 or (not links and _in_index_table(outline, row))


def _list_of(complete: list[tuple[Row, Item]], container: int, *, dated: bool, place: object) -> ItemList:
    complete = complete[:_MOST_ITEMS]
    rows = tuple(row for row, _ in complete)
    return ItemList(
        container, min(row.start for row in rows), max(row.stop for row in rows), tuple(item for _, item in complete), rows, dated, place
    )


def _row_title(outline: Outline, row: Row, date: ListedDate) -> str:
    """Return the title of a dated row: that of its fullest link, else the text that is left without the date."""
    if links := outline.titles_between(row.start, row.stop):
        best = _best_link(links)
        if date.glued and best.start <= date.start < best.stop:
            return date.rest
        if not (best.start <= date.start < best.stop):
            return best.name
        title = _without(outline, best.start, best.stop, date)
        return title if is_title(title) else date.rest
    return date.rest or _without(outline, row.start, row.stop, date)


def _without(outline: Outline, start: int, stop: int, date: ListedDate) -> str:
    """Return the first substantial text of a range that is not the date."""
    for position in range(start, stop):
        text = outline.texts[position]
        if not (date.start <= position < date.stop) and is_title(text) and len(text.strip(BULLETS)) > 2:
            return text
    return ""


def _best_link(links: Sequence[Link]) -> Link:
    """Return the link with the longest name, the first of equals: names of columns and 详细 are shorter than titles."""
    return max(links, key=lambda link: min(len(link.name), 60))


def _dated_items(document: Document, outline: Outline, rows: Sequence[Row], dates: Sequence[ListedDate]) -> list[Item]:
    items = []
    for row, date in zip(rows, years_of([dates[row.number] for row in rows], document.day), strict=True):
        listed = dates[row.number]
        links = outline.titles_between(row.start, row.stop)
        url = document.resolve(_best_link(links).href) if links else None
        shown = Shown(date, listed.source, inferred=listed.yearless is not None or listed.relative)
        if listed.yearless and url and (told := date_in_url(url)) and (told.month, told.day) == listed.yearless:
            shown = Shown(told, listed.source)
        items.append(_item(document, row, _row_title(outline, row, listed), url, shown))
    return items


class Shown(NamedTuple):
    """The date of an entry: where it was read, and whether its year was not printed."""

    date: dt.date | None
    source: DateSource
    inferred: bool = False


def _item(document: Document, row: Row, title: str, url: str | None, shown: Shown) -> Item:
    outline = document.outline
    text = outline.text_between(row.start, min(row.stop, row.start + 40))[:_LONGEST_TITLE]
    future = shown.date is not None and not document.day.has_come(shown.date)
    date = None if future else shown.date
    return Item(
        title=(_PINNED_PREFIX.sub("", title) if "顶" in text else title).strip(BULLETS)[:_LONGEST_TITLE],
        url=url,
        date=date,
        date_source=shown.source if shown.date else None,
        future_date=shown.date if future else None,
        year_inferred=shown.inferred and date is not None,
        pinned="顶" in text and _PINNED.search(text) is not None,
        text=text,
    )


_INDEX_HEADINGS = re.compile(r"索引号|索引码|信息名称|文件名称|名\s*称|标\s*题|生成日期|发布日期|公开日期|成文日期")


def _in_index_table(outline: Outline, row: Row) -> bool:
    """Tell whether a row stands in a table with a heading row such as 索引号, 名称, 生成日期."""
    return (
        row.element >= 0 and outline.tags[row.element] == "tr" and len(_INDEX_HEADINGS.findall(outline.text_of(row.container)[:400])) >= 2
    )


def _with_undated_siblings(document: Document, outline: Outline, rows: Sequence[Row], items: Sequence[Item]) -> list[tuple[Row, Item]]:
    """Add the rows of the same kind between and around the dated ones that carry a title but no date."""
    complete = list(zip(rows, items, strict=True))
    if len(rows) < 2 or rows[0].element < 0:
        return complete
    known = {row.element for row in rows}
    tag = outline.tags[rows[0].element]
    first, last = min(known), max(known)
    for element in outline.children(rows[0].container):
        if element in known or outline.tags[element] != tag or not first < element < last:
            continue
        row = Row(outline.starts[element], outline.stops[element], rows[0].container, element, -1)
        if links := outline.titles_between(row.start, row.stop):
            complete.append((row, _undated_item(document, row, links)))
    return sorted(complete, key=lambda pair: pair[0].start)


def _undated_item(document: Document, row: Row, links: Sequence[Link]) -> Item:
    best = _best_link(links)
    url = document.resolve(best.href)
    return _item(document, row, best.name, url, Shown(date_in_url(url) if url else None, DateSource.URL))


def _undated_lists(document: Document, outline: Outline, covered: Sequence[tuple[int, int]]) -> list[ItemList]:
    inside = set[int]()
    for start, stop in covered:
        inside.update(range(start, stop))
    titled = [link for link in outline.titles if link.start not in inside]
    spans = link_spans(outline, _without_companions(outline, titled))
    lists = []
    for rows in rows_of(outline, spans):
        pairs = []
        for row in rows:
            span = spans[row.number]
            if links := outline.titles_between(span.start, span.stop):
                pairs.append((row, _undated_item(document, row, links)))
        if pairs:
            lists.append(_list_of(pairs, rows[0].container, dated=False, place=spans[rows[0].number].kind))
    return lists


_CATEGORY = re.compile(r"[\[【（(［].{1,10}[\]】）)］]")
_NOWHERE = re.compile(r"#|javascript:|$", re.IGNORECASE)


def _without_companions(outline: Outline, links: Sequence[Link]) -> list[Link]:
    """Leave out the links beside a title in one entry: its column before it (`[厅长信箱] 关于…`), or a second one to the same text."""
    kept: list[Link] = []
    for link, following in zip_longest(links, links[1:]):
        if _is_category(outline, link, following):
            continue
        if kept and _is_same_text(kept[-1], link):
            kept[-1] = max(kept[-1], link, key=lambda one: len(one.name))
        else:
            kept.append(link)
    return kept


def _is_category(outline: Outline, link: Link, following: Link | None) -> bool:
    return (
        following is not None
        and bool(_CATEGORY.fullmatch(link.name))
        and len(following.name) > len(link.name)
        and outline.parents[link.element] == outline.parents[following.element]
    )


def _is_same_text(first: Link, second: Link) -> bool:
    """Tell whether two neighbouring links with other words lead to the same text: the title, and the beginning of what it heads."""
    pictured = first.pictured or second.pictured
    return first.href == second.href and first.name != second.name and not pictured and not _NOWHERE.match(first.href)
