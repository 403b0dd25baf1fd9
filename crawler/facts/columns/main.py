"""Which of the lists on a page is the main one."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from crawler.facts.columns.headings import MORE, read_heading
from crawler.facts.columns.list_place import footer_start
from crawler.facts.lists.items import ItemList, read_lists
from crawler.facts.lists.kinds import holds_entries, names_offices, offers_utilities
from crawler.facts.lists.parts import merge_parts
from crawler.facts.tree.document import Document
from crawler.facts.tree.outline import Outline
from crawler.facts.tree.visibility import is_hidden

_ASIDE = re.compile(r"\b(?:side|sidebar|aside|hot|rank\w*|recommend\w*|related|about|foot\w*|friend\w*|menu\w*|nav\w*)\b")
_SLIDE_SHOW = re.compile(r"slide|swiper|carousel|lunbo|focus|banner|flash")
BESIDE = re.compile(r"热点|热门|推荐|相关(?:新闻|文章|阅读|信息|链接|内容|资讯)|排行|点击榜|感兴趣|猜你|大家都在")
"""The headings of lists that stand beside whatever the page is."""
_SHORTEST_HEADING, _LONGEST_HEADING = 4, 12
_TITLE_LENGTH = 7
_LEAST_NAMED_LENGTH = 5
_LEAST_SCORE = 0.25
_CLAIMED = 30
_FEWEST_OF_A_MENU = 4
_NEAR_ABOVE = 5
"""How many pieces of text above a list its name may stand."""


class Surroundings(NamedTuple):
    """What is known of the page a list is looked for on: where its breadcrumb ends, its column's name, the entries its pager states."""

    after: int
    has_breadcrumb: bool
    name: str | None
    total: int | None


def main_list(document: Document, page: Surroundings) -> ItemList | None:
    """Return the main list of a page, parts printed apart joined; None where no list is one of entries.

    Where the page itself states that its list has no entries, only a dated list of several entries under the breadcrumb contradicts it.
    """
    outline = document.outline
    footer = footer_start(outline, page.after)
    parts = [found for found in document.derived(read_lists) if found.dated or found.start < footer]
    lists = merge_parts(outline, parts)
    # As many entries as the pager states: then what stands beside them is no part of the list.
    lists += [found for found in parts if found.dated and page.total == len(found.items) > 1 and found not in lists]
    if page.total == 0:
        lists = [
            found for found in lists if found.dated and len(found.items) > 1 and found.start >= page.after and not _aside(outline, found)
        ]
    lists = [found for found in lists if not _stands_beside(outline, found, page)]
    best = _main_of(outline, lists, page)
    if best is None or not is_hidden(outline, best.container):
        return best
    # What is hidden may be a copy, a template or another tab: it is the main list only where nothing that is shown can be.
    return _main_of(outline, [found for found in lists if not is_hidden(outline, found.container)], page) or best


def _main_of(outline: Outline, lists: Sequence[ItemList], page: Surroundings) -> ItemList | None:
    """Return the best of some lists, or that of the column's own name where the best is headed otherwise."""
    best = _best(outline, lists, page)
    if best is None:
        return None
    # Without a breadcrumb only the words right above a list tell that it is the column's own.
    likely = lists if page.has_breadcrumb else [found for found in lists if found.dated and _named(outline, found, page.name, lists)]
    if likely and _is_named_otherwise(outline, best, page, lists):
        own = [found for found in likely if not _is_named_otherwise(outline, found, page, lists)]
        if not page.has_breadcrumb:
            own = [found for found in own if _heading_name(outline, found, page, lists) == page.name]
        if any(_is_under_breadcrumb(outline, found, page) for found in own):
            return _best(outline, own, page)
    return best


def _best(outline: Outline, lists: Sequence[ItemList], page: Surroundings) -> ItemList | None:
    scored = [(_score(outline, found, page, _named(outline, found, page.name, lists)), found) for found in lists]
    score, best = max(scored, key=lambda pair: pair[0], default=(0.0, None))
    return best if score >= _LEAST_SCORE else None


def _is_under_breadcrumb(outline: Outline, found: ItemList, page: Surroundings) -> bool:
    """Tell whether a list is one of entries, no menu, and stands below the breadcrumb in no side part."""
    if found.start < page.after or not holds_entries(found) or _aside(outline, found):
        return False
    return found.dated or not _is_menu(found, _lengths(found), page, named=False)


def _is_named_otherwise(outline: Outline, found: ItemList, page: Surroundings, lists: Sequence[ItemList]) -> bool:
    """Tell whether a heading stands over a list below the breadcrumb that has no two characters in common with the column's name.

    However long such a list is, and dated while the column's own is not, it stands beside that: 最新信息, 通知公告.
    """
    if page.name is None or page.total is not None or found.start < page.after:
        return False
    name = _heading_name(outline, found, page, lists)
    return name is not None and not any(name[at : at + 2] in page.name for at in range(len(name) - 1))


def _heading_name(outline: Outline, found: ItemList, page: Surroundings, lists: Sequence[ItemList]) -> str | None:
    """Return the words of the heading over a list, below the list before it; None where it has none."""
    floor = max((other.stop for other in lists if other.stop <= found.start), default=0)
    heading = read_heading(outline, found, max(floor, page.after))
    return heading.name if heading else None


def _lengths(found: ItemList) -> list[int]:
    return [min(len(item.title), _CLAIMED) for item in found.items]


def _stands_beside(outline: Outline, found: ItemList, page: Surroundings) -> bool:
    """Tell whether a list is headed as one of hot, recommended or related entries, on a page that is not called so."""
    heading = next((text for text in reversed(outline.texts[max(0, found.start - 3) : found.start]) if text and not MORE.match(text)), "")
    if not _SHORTEST_HEADING <= len(heading) <= _LONGEST_HEADING or not BESIDE.search(heading):
        return False
    return found.start >= page.after and page.total != len(found.items) and not (page.name and BESIDE.search(page.name))


def _named(outline: Outline, found: ItemList, name: str | None, lists: Sequence[ItemList]) -> bool:
    """Tell whether the column's name stands above a list, not above another one before it, and not as an entry of a menu."""
    nearest = max(0, found.start - _NEAR_ABOVE)
    if name is None or name not in outline.texts[nearest : found.start]:
        return False
    above = (
        other.stop
        for other in lists
        if nearest < other.stop <= found.start and (other.dated or (found.dated and len(other.items) >= _FEWEST_OF_A_MENU))
    )
    return name in outline.texts[max(above, default=nearest) : found.start]


def _score(outline: Outline, found: ItemList, page: Surroundings, named: bool) -> float:
    """Weigh how likely a list is the page's main one: many entries, long titles, dates, after the breadcrumb, under the column's name."""
    lengths = _lengths(found)
    if found.dated and len(found.items) < 2 and found.start < page.after:
        return 0.0
    if found.dated:
        score = sum(1 + length / _CLAIMED for length in lengths)
    elif _is_menu(found, lengths, page, named) or _is_slide_show(outline, found, page):
        return 0.0
    else:
        score = sum(lengths) / 40
    if named:
        score *= 3
    if found.dated and page.total == len(found.items):
        score *= 40
    if found.start < page.after:
        score *= 0.2
    return score * 0.3 if _aside(outline, found) else score


def _is_menu(found: ItemList, lengths: Sequence[int], page: Surroundings, named: bool) -> bool:
    """Tell whether a list without dates is a menu, a row of buttons or the like, and no list of entries."""
    average = sum(lengths) / len(lengths)
    if found.start < page.after and page.has_breadcrumb:
        return True
    if any(item.title == page.name for item in found.items) and average < 12:
        return True
    if offers_utilities(found) or names_offices(found):
        return True
    if page.total is not None and page.total == len(found.items) and found.start >= page.after:
        return False
    return len(found.items) < 2 or average < (_LEAST_NAMED_LENGTH if page.has_breadcrumb and named else _TITLE_LENGTH)


def _is_slide_show(outline: Outline, found: ItemList, page: Surroundings) -> bool:
    """Tell whether a list without dates is a show of pictures that takes its entries from all over the site."""
    if page.has_breadcrumb or page.total is not None:
        return False
    return any(_SLIDE_SHOW.search(outline.names(element)) for element in outline.ancestors(found.container, 3))


def _aside(outline: Outline, found: ItemList) -> bool:
    """Tell whether a list stands in a part of the page that is named as a side part."""
    return any(_ASIDE.search(outline.names(element)) for element in outline.ancestors(found.container, 3))
