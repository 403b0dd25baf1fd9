"""The columns a page shows: the main list of a column page, and the named lists of a homepage."""

import re
from collections.abc import Sequence

from crawler.facts.column_class import classify
from crawler.facts.columns_blocks import read_blocks
from crawler.facts.columns_emptiness import Emptiness, footer_start, read_emptiness
from crawler.facts.columns_trail import Trail, read_trail
from crawler.facts.document import Document
from crawler.facts.items import ItemList, merge_parts, read_lists
from crawler.facts.outline import Outline, read_outline
from crawler.facts.pager import read_pager
from crawler.facts.records import Column

__all__ = ["read_blocks", "read_column"]

_ASIDE = re.compile(r"\b(?:side|sidebar|aside|hot|rank\w*|recommend\w*|related|about|foot\w*|friend\w*|menu\w*|nav\w*)\b")
_SHORT_NAME = 7
_LEAST_SCORE = 0.25


def read_column(document: Document) -> Column | None:
    """Return the main list of a column page, or None where the page has no such list and does not look like a column without entries.

    A column without entries is `empty` only where the page itself says so and no script could fill it; otherwise it is `script_filled`.
    Dates are China days as printed; a date without a year is never in the future of `document.as_of`.
    """
    trail = document.derived(read_trail)
    pager = document.derived(read_pager)
    name = _name(document, trail)
    best = _main_list(document, trail, name)
    column_class = classify(name or "")
    if best is not None:
        return Column(
            name=name, column_class=column_class, items=best.items, total=pager.total, page_number=pager.page, excerpt=pager.excerpt
        )
    emptiness = read_emptiness(document)
    if emptiness.state is Emptiness.UNKNOWN:
        return None
    return Column(
        name=name,
        column_class=column_class,
        total=pager.total,
        page_number=pager.page,
        empty=emptiness.state is Emptiness.EMPTY,
        script_filled=emptiness.state is Emptiness.SCRIPT_FILLED,
        excerpt=emptiness.excerpt,
    )


def _name(document: Document, trail: Trail | None) -> str | None:
    """Return the column's name: from the breadcrumb, the ColumnName tag, or the title, in this order (tags are often left from a template)."""
    if trail is not None and trail.names:
        return trail.names[-1]
    if named := document.meta_content("ColumnName"):
        return named
    first = re.split(r"[-_—|–>]", document.title)[0].strip()
    return first or None


def _main_list(document: Document, trail: Trail | None, name: str | None) -> ItemList | None:
    outline = document.derived(read_outline)
    after = trail.stop if trail else 0
    footer = footer_start(outline, after)
    lists = merge_parts(outline, [found for found in document.derived(read_lists) if found.start < footer])
    scored = [(_score(outline, found, after, name, trail is not None), found) for found in lists]
    score, best = max(scored, key=lambda pair: pair[0], default=(0.0, None))
    return best if score >= _LEAST_SCORE else None


def _score(outline: Outline, found: ItemList, after: int, name: str | None, has_trail: bool) -> float:
    """Weigh how likely a list is the page's main one: many entries, long titles, dates, after the breadcrumb, under the column's name."""
    lengths = [min(len(item.title), 30) for item in found.items]
    named = bool(name) and name in outline.texts[max(0, found.start - 5) : found.start]
    if found.dated:
        score = sum(1 + length / 30 for length in lengths)
    elif _is_menu(found, lengths, name, named, has_trail and found.start >= after):
        return 0.0
    else:
        score = sum(lengths) / 60
    if named:
        score *= 3
    if found.start < after:
        score *= 0.2
    return score * 0.3 if _aside(outline, found) else score


def _is_menu(found: ItemList, lengths: Sequence[int], name: str | None, named: bool, below_trail: bool) -> bool:
    """Tell whether a list without dates is a menu, a row of buttons or the like, and no list of entries."""
    average = sum(lengths) / len(lengths)
    if any(item.title == name for item in found.items) and average < 12:
        return True
    if below_trail and named:
        return False
    return average < _SHORT_NAME or len(found.items) < 2


def _aside(outline: Outline, found: ItemList) -> bool:
    """Tell whether a list stands in a part of the page that is named as a side part."""
    return any(_ASIDE.search(outline.names(element)) for element in outline.ancestors(found.container)[:3])
