"""Dates, list entries, columns, and the links that name columns."""

import datetime as dt
from enum import StrEnum

from crawler.facts.records.base import Record


class DateSource(StrEnum):
    """Where a date was read. The order of members is the order of trust for an article's publication date."""

    LABEL = "label"
    META = "meta"
    LIST = "list"
    TEXT = "text"
    SCRIPT = "script"
    URL = "url"


class DateCandidate(Record, frozen=True, kw_only=True):
    """A date that may be a publication date. All candidates are kept: the forged-date rule compares them."""

    date: dt.date
    source: DateSource
    excerpt: str = ""
    time: str | None = None
    """`HH:MM` or `HH:MM:SS` as printed, China time."""


class Item(Record, frozen=True, kw_only=True):
    """One entry of a list: title, absolute address where known, publication date where one is shown."""

    title: str
    url: str | None = None
    date: dt.date | None = None
    date_source: DateSource | None = None
    pinned: bool = False
    text: str = ""
    future_date: dt.date | None = None
    """The printed date where it lies after the day of judgement: such an entry has no `date`, and never makes a list look fresh."""
    year_inferred: bool = False
    """The date is not printed in full. Without its year, `date` is the latest such day that was not in the future, perhaps years too young;
    counted back from the visit (昨天, 3天前), it may be a day off, and moves with the visit."""


class ColumnClass(StrEnum):
    """The classes of columns with their own update window (standards.md 1.1 and 1.3)."""

    NEWS = "news"
    """动态、要闻: 2 weeks."""
    NOTICES = "notices"
    """通知公告: 6 months."""
    POLICY = "policy"
    """政策文件: 6 months."""
    PLANS = "plans"
    """人事、规划计划: 1 year."""
    INTERACTION = "interaction"
    SERVICE = "service"
    TOPIC = "topic"
    """专题、历史、归档: no window."""
    OTHER = "other"


class Column(Record, frozen=True, kw_only=True):
    """A named list of items: the main list of a column page, or one block of a homepage."""

    name: str | None = None
    column_class: ColumnClass = ColumnClass.OTHER
    items: tuple[Item, ...] = ()
    total: int | None = None
    """Items in the whole column where a pager states it (共N条)."""
    page_number: int | None = None
    empty: bool = False
    """The page shows an empty list and no script could fill it."""
    script_filled: bool = False
    """The list is filled in by a script: what is in it was not seen."""
    retired: bool = False
    """The page says that the column is no longer kept up, or is kept up elsewhere."""
    excerpt: str = ""
    url: str | None = None
    """For a homepage block: where its "more" link or its heading leads."""

    @property
    def dates(self) -> tuple[dt.date, ...]:
        """Return the dates of the dated items, in the order of the list."""
        return tuple(item.date for item in self.items if item.date)

    @property
    def newest(self) -> dt.date | None:
        """Return the latest date shown in the list."""
        return max(self.dates, default=None)

    @property
    def oldest(self) -> dt.date | None:
        """Return the earliest date shown in the list."""
        return min(self.dates, default=None)


class NavigationLink(Record, frozen=True, kw_only=True):
    """A link that names a column: from the navigation, or a block heading of the homepage."""

    text: str
    url: str
    column_class: ColumnClass = ColumnClass.OTHER
