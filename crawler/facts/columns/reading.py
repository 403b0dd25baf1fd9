"""The columns a page shows: the main list of a column page, and the named lists of a homepage."""

import re

from crawler.facts.columns.blocks import channel_lists, read_blocks
from crawler.facts.columns.breadcrumb import Breadcrumb, read_breadcrumb
from crawler.facts.columns.classes import classify
from crawler.facts.columns.emptiness import Emptiness, EmptinessReading, read_emptiness
from crawler.facts.columns.main import Surroundings, main_list
from crawler.facts.columns.script_records import read_records, stated_total
from crawler.facts.columns.waiting import waits_for_script
from crawler.facts.lists.items import ItemList, read_lists
from crawler.facts.lists.pager import read_pager
from crawler.facts.records import Column, Item
from crawler.facts.tree.document import Document
from crawler.facts.tree.visibility import is_hidden

_RETIRED = re.compile(
    r"(?:本|该|此)栏目[^。；\n]{0,40}?(?:(?:停止|暂停|不再|终止)(?:信息)?更新|停用|归档|整合|并入|合并|撤[销并]|(?:迁移|转移|调整|搬迁|移)[至到])"
    r"|(?:归档|历史)栏目|(?:停止|不再)更新[^。；\n]{0,12}(?:仅?供|留作)[^。；\n]{0,12}(?:查阅|查询|参考|浏览)"
)
"""How a page says that its column is kept as it is."""

__all__ = ["read_blocks", "read_column"]


def read_column(document: Document) -> Column | None:
    """Return the main list of a column page, or None where the page has no such list and does not look like a column without entries.

    A column without entries is `empty` only where the page itself says so and no script could fill it; otherwise it is `script_filled`.
    Dates are China days as printed; a date without a year is never in the future of the day of judgement.
    """
    breadcrumb = document.derived(read_breadcrumb)
    after = breadcrumb.stop if breadcrumb else 0
    pager = document.derived(read_pager)
    name = _name(document, breadcrumb)
    records = document.derived(read_records)
    if records is not None:
        found, total = main_list(records, Surroundings(0, False, name, None)), stated_total(document)
    else:
        found, total = main_list(document, Surroundings(after, breadcrumb is not None, name, pager.total)), pager.total
    if found is not None:
        paged = records is not None or pager.page is not None or pager.total is not None
        return Column(
            name=name,
            column_class=classify(name or ""),
            items=found.items if paged else _with_sister_lists(document, found, after),
            total=total,
            script_filled=records is None
            and found.dated
            and (waits_for_script(document, found.start) or is_hidden(document.outline, found.container)),
            page_number=pager.page,
            retired=_is_retired(document),
            excerpt=pager.excerpt,
        )
    emptiness = read_emptiness(document)
    if emptiness.state is Emptiness.UNKNOWN and _awaits_list(document, breadcrumb):
        emptiness = EmptinessReading(Emptiness.SCRIPT_FILLED)
    if emptiness.state is Emptiness.UNKNOWN:
        return None
    return Column(
        name=name,
        column_class=classify(name or ""),
        total=pager.total,
        page_number=pager.page,
        empty=emptiness.state is Emptiness.EMPTY,
        script_filled=emptiness.state is Emptiness.SCRIPT_FILLED,
        retired=_is_retired(document),
        excerpt=emptiness.excerpt,
    )


def _is_retired(document: Document) -> bool:
    """Tell whether the page says so itself; the title of an entry, or a link of the menu, is about another column."""
    text = document.text
    if "更新" not in text and "栏目" not in text:
        return False
    said = [match.group() for match in _RETIRED.finditer(text)]
    return any(not any(words in link.name for link in document.outline.links) for words in said)


def _awaits_list(document: Document, breadcrumb: Breadcrumb | None) -> bool:
    """Tell whether a list that stands beside the page's own is all there is until a script has run."""
    beside = next((found for found in document.derived(read_lists) if breadcrumb and found.dated and found.start >= breadcrumb.stop), None)
    return beside is not None and waits_for_script(document, beside.start)


def _with_sister_lists(document: Document, found: ItemList, after: int) -> tuple[Item, ...]:
    """Return the entries of all lists of a channel page, where the list found is only one of several with a "more" link of their own.

    The channel is as fresh as its freshest part.
    """
    lists = channel_lists(document, after)
    if len(lists) < 2 or not any(part.start == found.start for part in lists):
        return found.items
    return tuple(item for part in lists for item in part.items)


def _name(document: Document, breadcrumb: Breadcrumb | None) -> str | None:
    """Return the column's name: from the breadcrumb, the ColumnName tag, or the title, in this order as tags are left from templates."""
    if breadcrumb is not None and breadcrumb.names:
        return breadcrumb.names[-1]
    if named := document.meta_content("ColumnName"):
        return named
    first = re.split(r"[-_—|–>]", document.title)[0].strip()
    return first or None
