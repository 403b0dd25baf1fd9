"""The columns of a site as its column pages show them: the common ground of the rules on stale and empty columns."""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise
from urllib.parse import urlsplit

from crawler.china_time import china_day
from crawler.facts.columns.classes import classify
from crawler.facts.records import Column, ColumnClass, Item, NavigationLink
from crawler.snapshot import Page, PageRole
from rules.dossier import Dossier
from rules.evidence import of_page
from rules.sightings import NOT_SEEN, Sighting, Sightings, same_address
from rules.verdict import Evidence, EvidenceKind
from rules.windows import days_before, last_day_of, months_before

TOPIC_ADDRESS = re.compile(r"/(?:zt|ztzl|ztbd|ztlm|zhuanti\w*|specials?|topics?)/", re.IGNORECASE)
"""Where special topics are kept, by their usual names: 专题 (zhuanti, zt), 专题专栏 (ztzl), 专题报道 (ztbd)."""

NO_NAME = re.compile(r"\W*(?:(?:查看|点击)?(?:更多|全部|详细|详情|进入)|more)?\W*", re.IGNORECASE)
"""Texts of links that do not say which column they lead to."""

YEAR = re.compile(r"\W*(20\d\d)\s*年?度?\W*")
"""The name of a link to what a column holds of one year."""

WINDOWED = {
    ColumnClass.NEWS: "动态、要闻类",
    ColumnClass.NOTICES: "通知公告类",
    ColumnClass.POLICY: "政策文件类",
    ColumnClass.PLANS: "人事、规划计划类",
}
"""The classes that have a window, as the clause calls them."""

ENOUGH_REFUTED = 2
"""Columns whose pages say less than the rest of the site, from which on no page of the visit is taken at its word."""


class ColumnState(StrEnum):
    """What can be said of a column's freshness."""

    FRESH = "fresh"
    STALE = "stale"
    EMPTY = "empty"
    UNSEEN = "unseen"
    """Filled by scripts, undated, or not opened: nothing can be said."""


NOT_UPDATED = (ColumnState.STALE, ColumnState.EMPTY)
"""A blank column is one form of a column that was not updated for long (standards.md 1.3)."""


@dataclass(frozen=True, slots=True)
class SiteColumn:
    """A column of the site, from its own page."""

    name: str
    column_class: ColumnClass
    page: Page
    column: Column | None
    opened: tuple[Page, ...] = ()
    """Those articles of its list that were opened."""
    newest: date | None = None
    """The latest day, up to that of judgement, that its list prints or one of its opened articles."""
    later: bool = False
    """Something in it was published after the day of judgement, and before the visit: how old it was on that day cannot be told."""
    elsewhere: Sighting = NOT_SEEN
    """What front pages and earlier scans show of it."""

    @property
    def addresses(self) -> frozenset[str]:
        """Return where the column was asked for, and where it was found."""
        return frozenset({self.page.url, self.page.final_url})

    def evidence(self, limit: date | None = None) -> Evidence:
        """Return the column as evidence: its name, newest date, the day it was to be updated after, and size; or that it is empty."""
        if self.column is None or self.column.empty:
            text = self.column.excerpt if self.column and self.column.excerpt else "栏目内没有任何信息"
        else:
            newest = f"最新一条日期为{self.newest}" if self.newest else "列表和打开的信息都没有日期"
            due = f"（{WINDOWED[self.column_class]}栏目应有{limit}以后的信息）" if limit and self.column_class in WINDOWED else ""
            text = f"{newest}{due}，本页共{len(self.column.items)}条"
        return of_page(EvidenceKind.COLUMN, self.page, text, self.name)


def site_columns(dossier: Dossier) -> tuple[SiteColumn, ...]:
    """Return the columns whose own pages were asked for, each once, first pages only; what belongs to a special topic is one itself.

    A column has several addresses (in the navigation, behind "more", as the channel above that shows it first): one list is one column.
    """
    # Those that could not be read come last: of two addresses of one column, that which was read tells what is in it.
    seen = sorted(dossier.snapshot.pages, key=lambda page: page.facts is None)
    today = china_day(dossier.as_of)
    sightings = Sightings(seen, dossier.history, today)
    articles = {url: page for page in seen if page.role is PageRole.ARTICLE for url in (page.url, page.final_url)}
    fronts = {url for page in seen if page.role is PageRole.HOME for url in (page.url, page.final_url)}
    found: dict[str, SiteColumn] = {}
    topics: set[str] = set()
    for page in seen:
        column = page.facts.column if page.facts else None
        if not _is_column(page) or (column and column.page_number and column.page_number > 1):
            continue
        name = _name_of(page, column)
        column_class = _class_of(page, name, column, topics)
        if column_class is ColumnClass.TOPIC:
            topics |= {page.url, page.final_url} - fronts
        opened = tuple(articles[item.url] for item in (column.items if column else ()) if item.url in articles)
        later = any(shows_later_day(shown, today) for shown in (page, *opened))
        elsewhere = sightings.of((page.url, page.final_url))
        known = SiteColumn(name, column_class, page, column, opened, _newest(column, opened, today), later, elsewhere)
        found.setdefault(page.final_url or page.url, known)
    return _each_once(found.values())


def _name_of(page: Page, column: Column | None) -> str:
    printed = column.name if column else None
    named = page.link_text if not NO_NAME.fullmatch(page.link_text) else ""
    return named or printed or page.link_text or page.final_url


def _each_once(columns: Iterable[SiteColumn]) -> tuple[SiteColumn, ...]:
    """Leave out columns that show the first entries of another one's list, or the very page of another one: they are that column."""
    kept: list[SiteColumn] = []
    for column in columns:
        again = next((place for place, other in enumerate(kept) if _is_same(column, other)), None)
        if again is None:
            kept.append(column)
        elif len(_items(column)) > len(_items(kept[again])):
            kept[again] = column
    return tuple(kept)


def _is_same(one: SiteColumn, other: SiteColumn) -> bool:
    first, second = sorted((_items(one), _items(other)), key=len)
    if first:
        return all(_entry(item) == _entry(same) for item, same in zip(first, second, strict=False))
    return bool(one.page.sha256) and one.page.sha256 == other.page.sha256


def _items(column: SiteColumn) -> tuple[Item, ...]:
    return column.column.items if column.column else ()


def _entry(item: Item) -> tuple[str, str | None, date | None]:
    return item.title, item.url, item.date


def distinct(columns: Iterable[SiteColumn]) -> tuple[SiteColumn, ...]:
    """Return columns without entries by their names, each once: two of one name may be one column under two addresses."""
    found: dict[str, SiteColumn] = {}
    for column in columns:
        found.setdefault(column.name, column)
    return tuple(found.values())


def shows_later_day(page: Page, today: date) -> bool:
    """Tell whether a page shows that something was published after the day of judgement and up to the visit, which was later."""
    last = last_day_of(page.fetched_at, today)
    if page.facts is None or last == today:
        return False
    lists = (*page.facts.blocks, *((page.facts.column,) if page.facts.column else ()))
    days = (*(_latest_day(item, last) for column in lists for item in column.items), page.facts.publish_date)
    return any(day is not None and today < day <= last for day in days)


def _latest_day(item: Item, last: date) -> date | None:
    """Return the day of an entry; one that is printed without its year is of the latest year that does not put it after `last`."""
    if item.date is None or not item.year_inferred:
        return item.date or item.future_date
    following = months_before(item.date, -12)
    return following if following <= last else item.date


def _is_column(page: Page) -> bool:
    """Tell whether a page was asked for as a column, or is one that a homepage without content of its own leads to."""
    return page.role is PageRole.COLUMN or (page.role is PageRole.CHANNEL and page.facts is not None and page.facts.column is not None)


def _newest(column: Column | None, opened: Iterable[Page], today: date) -> date | None:
    printed = (page.facts.publish_date for page in opened if page.facts and page.facts.publish_date)
    return max((day for day in (*printed, *(column.dates if column else ())) if day <= today), default=None)


def _class_of(page: Page, name: str, column: Column | None, topics: Collection[str]) -> ColumnClass:
    if page.found_on in topics or TOPIC_ADDRESS.search(urlsplit(page.final_url or page.url).path):
        return ColumnClass.TOPIC
    shown = column.column_class if column else ColumnClass.OTHER
    return classify(name) if shown is ColumnClass.OTHER else shown


def columns_unopened(home: Page, pages: Iterable[Page]) -> tuple[NavigationLink, ...]:
    """Return the columns that the homepage names on the site's own host and that were never asked for, each address once."""
    asked = {same_address(url) for page in pages for url in (page.url, page.final_url)}
    links: dict[str, NavigationLink] = {}
    for link in _named_on(home):
        if urlsplit(link.url).hostname == urlsplit(home.final_url).hostname and same_address(link.url) not in asked:
            links.setdefault(same_address(link.url), link)
    return tuple(links.values())


def _named_on(home: Page) -> Iterator[NavigationLink]:
    if home.facts:
        yield from home.facts.navigation
        yield from (
            NavigationLink(text=block.name or "", url=block.url, column_class=block.column_class)
            for block in home.facts.blocks
            if block.url
        )


def settled(judged: Iterable[tuple[SiteColumn, date, ColumnState]], *, front_shows: bool) -> list[tuple[SiteColumn, ColumnState]]:
    """Return columns, judged against their limits, with their states: what the rest of the site refutes is not as its own page says.

    Where that is so of several, no page is taken at its word; nor is one that is empty where the front pages show no entry either.
    """
    states: list[tuple[SiteColumn, ColumnState]] = []
    refuted = 0
    for column, limit, state in judged:
        is_newer = column.elsewhere.newest is not None and column.elsewhere.newest >= limit and state in NOT_UPDATED
        refuted += is_newer or is_refuted(column)
        if is_newer:
            states.append((column, ColumnState.FRESH))
        elif state is ColumnState.EMPTY and (is_refuted(column) or not front_shows):
            states.append((column, ColumnState.UNSEEN))
        else:
            states.append((column, state))
    if refuted < ENOUGH_REFUTED:
        return states
    return [(column, ColumnState.UNSEEN if state in NOT_UPDATED else state) for column, state in states]


def is_refuted(column: SiteColumn) -> bool:
    """Tell whether a column's page shows nothing while the rest of the site shows, or has shown, entries of it."""
    return is_empty(column) and column.elsewhere.any_entry


def is_empty(column: SiteColumn) -> bool:
    """Tell whether the column's page, read to its end, shows an empty list that no script could fill (空白栏目, standards.md 1.3)."""
    seen = column.column
    return bool(seen and seen.empty and not seen.retired and not seen.script_filled and not seen.items and column.page.is_whole)


def freshness_limit(column_class: ColumnClass, today: date, *, news_days: int, notice_months: int, plan_months: int) -> date | None:
    """Return the day before which a column of that class is stale; None for classes without a window (topics, archives)."""
    match column_class:
        case ColumnClass.NEWS:
            return days_before(today, news_days)
        case ColumnClass.NOTICES | ColumnClass.POLICY:
            return months_before(today, notice_months)
        case ColumnClass.PLANS:
            return months_before(today, plan_months)
        case _:
            return None


def state_of(column: SiteColumn, limit: date, undated_articles: int = 0) -> ColumnState:
    """Return a column's state against the limit of its class.

    One fresh date proves that a column is fresh; that it is stale takes a page seen to its end, whose list is dated and has its newest
    entries on this page. `undated_articles`: so many articles without any date, and none with one, make a list without dates one that is
    not updated, as the clause has it; 0 where the clause does not say so.
    """
    if is_empty(column):
        return ColumnState.EMPTY
    seen = column.column
    if seen is None or seen.script_filled or not seen.items:
        return ColumnState.UNSEEN
    if column.newest and column.newest >= limit:
        return ColumnState.FRESH
    if column.later or seen.retired or not column.page.is_whole or _leads_to_a_later_year(column):
        return ColumnState.UNSEEN
    if not column.newest and are_undated(column.opened, undated_articles):
        return ColumnState.STALE
    is_dated = len(seen.dates) * 2 >= len(seen.items)
    return ColumnState.STALE if is_dated and _begins_with_the_newest(seen) else ColumnState.UNSEEN


def _leads_to_a_later_year(column: SiteColumn) -> bool:
    """Tell whether the page leads on to a year that its own list, that of an earlier year, does not reach: its newest entries are there."""
    years = [int(match[1]) for link in column.page.facts.links if (match := YEAR.fullmatch(link.text))] if column.page.facts else []
    return column.newest is not None and any(column.newest.year < year <= column.page.fetched_at.year for year in years)


def are_undated(articles: Iterable[Page], enough: int) -> bool:
    """Tell whether at least `enough` (0: never) of these articles show no day anywhere, and none shows one."""
    shown = [page.facts.undated for page in articles if page.facts and page.is_whole]
    return 0 < enough <= len(shown) and all(shown)


def _begins_with_the_newest(column: Column) -> bool:
    """Tell whether the newest entry must be on this page: the list runs down in time, but for a few pinned ones, or is all here."""
    steps = [earlier >= later for earlier, later in pairwise(column.dates)]
    return column.total == len(column.items) or sum(steps) * 3 >= len(steps) * 2
