"""The tab bars of service guides: which panel belongs to which heading of a bar."""

import re
from collections.abc import Sequence
from itertools import pairwise

from selectolax.lexbor import LexborNode

from crawler.facts.tree.document import Document

_POSSIBLE_TABS = "li, a, td, th, dt, span, div, p, h2, h3, h4"
_NAMES = re.compile(r"[A-Za-z][\w\-]*")
_POINTING_ATTRIBUTES = (
    "href",
    "onclick",
    "onmouseover",
    "data-target",
    "data-id",
    "data-tab",
    "data-for",
    "rel",
    "target",
    "aria-controls",
)
_LEVELS_UP = 4


def panels_of(document: Document, headings: Sequence[str]) -> list[LexborNode | None] | None:
    """Return for every heading of a bar the element that holds its content, or None where that cannot be told from the markup.

    A tab points to its panel by name (href="#part2", onclick="change('part2')"), or the panels stand after the bar, as many as the tabs.
    None for the whole bar: it heads a table of several rows.
    """
    tabs = _tabs(document, headings)
    if tabs is None:
        return [None] * len(headings)
    bar = tabs[0].parent
    named = [_named_panel(document, tab, bar) for tab in tabs]
    if any(named):
        return named
    if bar is not None and bar.tag == "tr":
        return _cells_below(tabs, bar)
    return _panels_in_order(tabs, bar)


def _tabs(document: Document, headings: Sequence[str]) -> list[LexborNode] | None:
    """Return the elements of a bar that print the headings: siblings of one parent, in the order of the headings."""
    for first in document.tree.css(_POSSIBLE_TABS):
        if document.text_of(first) != headings[0]:
            continue
        tab: LexborNode | None = first
        for _ in range(_LEVELS_UP):
            if tab is None or tab.parent is None:
                break
            siblings = {document.text_of(child): child for child in tab.parent.iter(include_text=False)}
            if all(heading in siblings for heading in headings):
                return [siblings[heading] for heading in headings]
            tab = tab.parent
    return None


def _named_panel(document: Document, tab: LexborNode, bar: LexborNode | None) -> LexborNode | None:
    for node in (tab, *tab.css("a, span")):
        values = (node.attributes.get(attribute) or "" for attribute in _POINTING_ATTRIBUTES)
        for name in _NAMES.findall(" ".join(value for value in values if "/" not in value)):
            panel = document.tree.css_first(f'[id="{name}"]')
            if panel is not None and panel != node and panel.parent != bar:
                return panel
    return None


def _cells_below(tabs: list[LexborNode], row: LexborNode) -> list[LexborNode | None] | None:
    """Return the cells of the one row below a row of headings; None where there are several rows."""
    rows = [other for other in (row.parent.iter(include_text=False) if row.parent else ()) if other.tag == "tr"]
    below = rows[[other.mem_id for other in rows].index(row.mem_id) + 1 :]
    if len(below) != 1:
        return None if below else [None] * len(tabs)
    places = [cell.mem_id for cell in row.iter(include_text=False)]
    values = list(below[0].iter(include_text=False))
    if len(values) != len(places):
        return [None] * len(tabs)
    return [values[places.index(tab.mem_id)] for tab in tabs]


def _panels_in_order(tabs: list[LexborNode], bar: LexborNode | None) -> list[LexborNode | None]:
    """Return the panels by position: the first element after the bar with as many children as the bar, or as many elements after it."""
    nothing: list[LexborNode | None] = [None] * len(tabs)
    if bar is None:
        return nothing
    items = list(bar.iter(include_text=False))
    places = [item.mem_id for item in items]
    block: LexborNode | None = bar
    for _ in range(_LEVELS_UP):
        if block is None or block.tag == "body":
            return nothing
        after = _elements_after(block)
        for panels in (list(after[0].iter(include_text=False)) if after else [], after):
            if len(panels) == len(items) and _alike(panels):
                return [panels[places.index(tab.mem_id)] for tab in tabs]
        block = block.parent
    return nothing


def _elements_after(node: LexborNode) -> list[LexborNode]:
    found, following = [], node.next
    while following is not None:
        if following.tag not in ("-text", "-comment", "script"):
            found.append(following)
        following = following.next
    return found


def _alike(panels: list[LexborNode]) -> bool:
    return all(one.tag == other.tag for one, other in pairwise(panels))
