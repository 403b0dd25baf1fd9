"""The named lists of a homepage: each with its heading and where its heading or its "more" link leads."""

import re
from collections.abc import Sequence

from crawler.facts.column_class import classify
from crawler.facts.document import Document
from crawler.facts.items import ItemList, read_lists
from crawler.facts.items_rows import is_title
from crawler.facts.outline import Outline, read_outline
from crawler.facts.records import Column

_MORE = re.compile(r"^[\[【（(<«>»+\s]*(?:查看)?(?:更多|more)[\s\S]{0,6}$|^(?:>>|»|＋|\+)+$", re.IGNORECASE)
_LONGEST_HEADING = 14
_REACH = 30
_ENTRY_LENGTH = 8


def read_blocks(document: Document) -> tuple[Column, ...]:
    """Return the named lists of a homepage or channel page, in order.

    Lists of the panels under a row of tabs get the name of their tab. A list whose heading could not be read has no name.
    """
    outline = document.derived(read_outline)
    lists = [found for found in document.derived(read_lists) if _holds_entries(found)]
    blocks = []
    for index, found in enumerate(lists):
        floor = lists[index - 1].stop if index else 0
        ceiling = lists[index + 1].start if index + 1 < len(lists) else len(outline.texts)
        name, position = _tab_name(outline, found) or _heading(outline, found, floor)
        url = _more_link(document, outline, position, found, ceiling)
        blocks.append(Column(name=name, column_class=classify(name or ""), items=found.items, url=url))
    return tuple(blocks)


def _holds_entries(found: ItemList) -> bool:
    """Tell lists of entries from menus: dates beside them, or titles as long as titles are."""
    if found.dated:
        return True
    return len(found.items) >= 2 and sum(min(len(item.title), 30) for item in found.items) >= _ENTRY_LENGTH * len(found.items)


def _heading(outline: Outline, found: ItemList, floor: int) -> tuple[str | None, int]:
    """Return the nearest short text before a list that is no date and no "more", and its position."""
    for position in range(found.start - 1, max(floor, found.start - _REACH) - 1, -1):
        text = outline.texts[position]
        if text and not _MORE.match(text):
            if is_title(text) and len(text) <= _LONGEST_HEADING and not re.search(r"\d{2}", text):
                return text.strip(" :：>》|"), position
            if len(text) > _LONGEST_HEADING:
                break
    return None, found.start


def _tab_name(outline: Outline, found: ItemList) -> tuple[str, int] | None:
    """Return the name of the tab whose panel holds the list: the panels are sisters, and as many short texts stand right before them."""
    element = found.container
    for _ in range(4):
        parent = outline.parents[element]
        if parent < 0:
            return None
        sisters = [
            child
            for child in outline.children(parent)
            if outline.tags[child] == outline.tags[element] and _kind(outline, child) == _kind(outline, element)
        ]
        if len(sisters) >= 2:
            names = _tab_names(outline, sisters)
            if names is not None:
                return names[sisters.index(element)]
        element = parent
    return None


def _kind(outline: Outline, element: int) -> str:
    names = outline.names(element).split()
    return names[0] if names else ""


def _tab_names(outline: Outline, panels: Sequence[int]) -> list[tuple[str, int]] | None:
    names: list[tuple[str, int]] = []
    position = outline.starts[panels[0]] - 1
    while position >= 0 and len(names) <= len(panels):
        text = outline.texts[position]
        if text and not _MORE.match(text):
            if not is_title(text) or len(text) > 10:
                break
            names.append((text, position))
        position -= 1
    return names[::-1] if len(names) == len(panels) else None


def _more_link(document: Document, outline: Outline, position: int, found: ItemList, ceiling: int) -> str | None:
    """Return where the "more" link of a block leads, between its heading and the next list; else where its heading leads."""
    heading: str | None = None
    for link in outline.links:
        if link.start < position or link.start >= ceiling:
            continue
        if found.start <= link.start < found.stop:
            continue
        if _MORE.match(link.name):
            return document.resolve(link.href)
        if link.start <= position < link.stop:
            heading = document.resolve(link.href)
    return heading
