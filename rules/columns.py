"""The columns of a site as its column pages show them: the common ground of the rules on stale and empty columns."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from urllib.parse import urlsplit

from crawler.facts.columns.classes import classify
from crawler.facts.records import Column, ColumnClass, NavigationLink
from crawler.snapshot import Page, PageRole
from rules.evidence import of_page
from rules.verdict import Evidence, EvidenceKind
from rules.windows import days_before, months_before


class ColumnState(StrEnum):
    """What can be said of a column's freshness."""

    FRESH = "fresh"
    STALE = "stale"
    EMPTY = "empty"
    UNSEEN = "unseen"
    """Filled by scripts, undated, or not opened: nothing can be said."""


@dataclass(frozen=True, slots=True)
class SiteColumn:
    """A column of the site, from its own page."""

    name: str
    column_class: ColumnClass
    page: Page
    column: Column | None

    @property
    def newest(self) -> date | None:
        """Return the latest printed date in its list."""
        return self.column.newest if self.column else None

    def evidence(self) -> Evidence:
        """Return the column as evidence: its name, newest date and size, or that it is empty."""
        if self.column is None or self.column.empty:
            text = self.column.excerpt if self.column and self.column.excerpt else "栏目内没有任何信息"
        else:
            text = f"最新一条日期为{self.newest}，本页共{len(self.column.items)}条"
        return of_page(EvidenceKind.COLUMN, self.page, text, self.name)


def site_columns(pages: Iterable[Page]) -> tuple[SiteColumn, ...]:
    """Return the columns whose own pages were asked for, each once, first pages only."""
    found: dict[str, SiteColumn] = {}
    for column in _columns(pages):
        found.setdefault(column.page.final_url or column.page.url, column)
    return tuple(found.values())


def _columns(pages: Iterable[Page]) -> Iterator[SiteColumn]:
    for page in pages:
        if page.role is not PageRole.COLUMN:
            continue
        column = page.facts.column if page.facts else None
        if column and column.page_number and column.page_number > 1:
            continue
        name = page.link_text or (column.name if column else None) or page.final_url
        shown = column.column_class if column else ColumnClass.OTHER
        yield SiteColumn(name, classify(name) if shown is ColumnClass.OTHER else shown, page, column)


def columns_unopened(home: Page, pages: Iterable[Page]) -> tuple[NavigationLink, ...]:
    """Return the columns that the homepage names on the site's own host and that were never asked for, each address once."""
    asked = {_address(url) for page in pages for url in (page.url, page.final_url)}
    links: dict[str, NavigationLink] = {}
    for link in _named_on(home):
        if urlsplit(link.url).hostname == urlsplit(home.final_url).hostname and _address(link.url) not in asked:
            links.setdefault(_address(link.url), link)
    return tuple(links.values())


def _named_on(home: Page) -> Iterator[NavigationLink]:
    if home.facts:
        yield from home.facts.navigation
        yield from (
            NavigationLink(text=block.name or "", url=block.url, column_class=block.column_class)
            for block in home.facts.blocks
            if block.url
        )


def _address(url: str) -> str:
    return url.partition("#")[0].removeprefix("https://").removeprefix("http://").rstrip("/")


def is_empty(column: SiteColumn) -> bool:
    """Tell whether the column's page, read to its end, shows an empty list that no script could fill (空白栏目, standards.md 1.3)."""
    seen = column.column
    return bool(seen and seen.empty and not seen.script_filled and not seen.items and column.page.is_whole)


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


def state_of(column: SiteColumn, limit: date) -> ColumnState:
    """Return a column's state against the limit of its class.

    A list in which most entries carry no date says nothing: the dates stand on the articles, which were not all read. A page that broke off
    may prove that a column is fresh, never that it is stale.
    """
    if is_empty(column):
        return ColumnState.EMPTY
    seen = column.column
    if seen is None or seen.script_filled or not seen.items or len(seen.dates) * 2 < len(seen.items):
        return ColumnState.UNSEEN
    if seen.newest and seen.newest >= limit:
        return ColumnState.FRESH
    return ColumnState.STALE if column.page.is_whole else ColumnState.UNSEEN
