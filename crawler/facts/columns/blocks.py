"""The named lists of a homepage: each with its heading and where its heading or its "more" link leads."""

from typing import NamedTuple

from crawler.facts.columns.classes import classify
from crawler.facts.columns.headings import MORE, Heading, read_heading
from crawler.facts.lists.items import ItemList, read_lists
from crawler.facts.lists.kinds import holds_entries
from crawler.facts.records import Column
from crawler.facts.tree.document import Document
from crawler.facts.tree.outline import Link, Outline


class _Block(NamedTuple):
    """A list of a homepage with its heading and the "more" link that is its own, where it has them."""

    found: ItemList
    heading: Heading | None
    more: Link | None


def read_blocks(document: Document) -> tuple[Column, ...]:
    """Return the named lists of a homepage or channel page, in order.

    A list whose heading could not be told for sure has no name and the class `OTHER`; its `url` is that of a "more" link or heading that is
    its own, else None.
    """
    outline = document.outline
    columns = []
    for found, heading, more in document.derived(_read_parts):
        link = more or (_heading_link(outline, heading) if heading else None)
        name = heading.name if heading else None
        url = document.resolve(link.href) if link else None
        columns.append(Column(name=name, column_class=classify(name or ""), items=found.items, url=url))
    return tuple(columns)


def channel_lists(document: Document, after: int) -> list[ItemList]:
    """Return the dated lists below a position that are parts of a channel: each has a heading, and leads on by it or by a "more" link."""
    return [
        block.found
        for block in document.derived(_read_parts)
        if block.heading
        and block.found.dated
        and block.found.start >= after
        and (block.more or _heading_link(document.outline, block.heading))
    ]


def _read_parts(document: Document) -> tuple[_Block, ...]:
    outline = document.outline
    lists = [found for found in document.derived(read_lists) if holds_entries(found)]
    blocks = []
    for index, found in enumerate(lists):
        floor = lists[index - 1].stop if index else 0
        ceiling = lists[index + 1].start if index + 1 < len(lists) else len(outline.texts)
        heading = read_heading(outline, found, floor)
        blocks.append(_Block(found, heading, _more_link(outline, found, heading, ceiling)))
    return tuple(blocks)


def _more_link(outline: Outline, found: ItemList, heading: Heading | None, ceiling: int) -> Link | None:
    """Return the "more" link of a list: between its heading and the list, or in the list's own part of the page."""
    if heading is not None and not heading.tab:
        for link in outline.links_between(heading.position, found.start):
            if MORE.match(link.name):
                return link
    for link in outline.links_between(found.stop, ceiling):
        if MORE.match(link.name) and _beside(outline, link.element, found.container):
            return link
    return None


def _heading_link(outline: Outline, heading: Heading) -> Link | None:
    """Return the link that a heading is, if it is one."""
    holders = outline.ancestors(outline.holders[heading.position], 3)
    return next((link for link in outline.links_between(heading.position, heading.position + 1) if link.element in holders), None)


def _beside(outline: Outline, link: int, container: int) -> bool:
    """Tell whether a link after a list stands in the same panel: the part that holds both is at most two levels above the list."""
    return bool(set(outline.ancestors(link, 12)) & set(outline.ancestors(container, 3)))
