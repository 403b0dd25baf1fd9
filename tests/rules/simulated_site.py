"""One invented site through the year 2018: what its editors do on which day, and what a visit of that day brings back."""

from datetime import date, datetime, timedelta
from enum import StrEnum
from itertools import count
from urllib.parse import urlsplit

import msgspec

from crawler.china_time import CHINA
from crawler.facts.records import Column, ColumnClass, DateCandidate, DateSource, Item, NavigationLink, PageFacts, PageType, Record
from crawler.snapshot import Coverage, Page, PageRole, Reach, ReachReason, SiteSnapshot, Target

URL = "http://www.qinghe.gov.cn.test/"
NEWS = ("工作动态", "部门动态", "乡镇动态", "图片新闻", "领导活动", "今日要闻")
COLUMNS = {**dict.fromkeys(NEWS, ColumnClass.NEWS), "通知公告": ColumnClass.NOTICES, "规划计划": ColumnClass.PLANS}
LISTED, SHOWN_AT_HOME, OPENED = 15, 5, 2
"""Entries a column's list shows, the homepage shows of it, and articles of it that a visit opens."""


class Weather(StrEnum):
    """How a visit finds the site's server."""

    OPEN = "open"
    DOWN = "down"
    WALLED = "walled"


class Article(Record, frozen=True, kw_only=True):
    """An article as it truly is: the day it was uploaded beside the day it prints."""

    title: str
    column: str
    number: int
    uploaded: date
    printed: date


class SimulatedSite:
    """The site's articles and its layout. Editors change it a day at a time, visits only look."""

    def __init__(self, opened: date) -> None:
        """Begin with two months of honest articles before the day on which the first visit comes."""
        self.articles: list[Article] = []
        self._numbers = count(1)
        self._moved: date | None = None
        self.publish("规划计划", opened - timedelta(days=60))
        self.publish("通知公告", opened - timedelta(days=60))
        for back in range(60, 0, -1):
            self.publish_as_usual(opened - timedelta(days=back))

    def publish(self, column: str, uploaded: date, printed: date | None = None) -> None:
        """Add an article; without another date it prints the day of its upload."""
        number = next(self._numbers)
        title = f"清河县{column}第{number}号信息"
        self.articles.append(Article(title=title, column=column, number=number, uploaded=uploaded, printed=printed or uploaded))

    def publish_as_usual(self, day: date) -> None:
        """Add what honest editors add on a day: an item in every news column each third day, a notice each twentieth."""
        for position, column in enumerate(NEWS):
            if (day.toordinal() + position) % 3 == 0:
                self.publish(column, day)
        if day.toordinal() % 20 == 0:
            self.publish("通知公告", day)

    def forge_a_catch_up(self, day: date) -> None:
        """Date the two newest articles of each news column anew and fill the gap before with articles that pretend to be older."""
        for column in NEWS:
            for age, article in enumerate(self._listed(column)[:2], 1):
                self.articles[self.articles.index(article)] = msgspec.structs.replace(article, printed=day - timedelta(days=age))
            for age in (10, 17, 24):
                self.publish(column, day, printed=day - timedelta(days=age))

    def redesign(self, day: date) -> None:
        """Move everything to new addresses, which carry the day of the move as the addresses of a new system do."""
        self._moved = day

    def visit(self, at: datetime, weather: Weather) -> SiteSnapshot:
        """Return what a visit brings back."""
        pages = self._pages(at) if weather is Weather.OPEN else (Page(role=PageRole.HOME, url=URL, final_url=URL, fetched_at=at),)
        reach, reason = {
            Weather.OPEN: (Reach.OK, None),
            Weather.DOWN: (Reach.DOWN, ReachReason.CONNECT),
            Weather.WALLED: (Reach.BLOCKED, ReachReason.CHALLENGE),
        }[weather]
        host = urlsplit(URL).hostname or ""
        seen = len(COLUMNS) if weather is Weather.OPEN else 0
        return SiteSnapshot(
            target=Target(url=URL),
            host=host,
            started_at=at,
            finished_at=at,
            reach=reach,
            reach_reason=reason,
            final_url=URL,
            final_host=host,
            title="清河县人民政府",
            pages=pages,
            coverage=Coverage(homepage_seen=weather is Weather.OPEN, columns_found=seen, columns_seen=seen),
        )

    def _pages(self, at: datetime) -> tuple[Page, ...]:
        lists = {column: self._listed(column) for column in COLUMNS}
        blocks = tuple(self._column(column, articles[:SHOWN_AT_HOME]) for column, articles in lists.items())
        links = tuple(NavigationLink(text=column, url=self._address(column), column_class=COLUMNS[column]) for column in COLUMNS)
        home = _page(PageRole.HOME, URL, at, PageType.HOME, title="清河县人民政府", blocks=blocks, navigation=links)
        columns = [
            _page(PageRole.COLUMN, self._address(column), at, PageType.COLUMN, column, column=self._column(column, articles))
            for column, articles in lists.items()
        ]
        opened = [self._article_page(article, at) for articles in lists.values() for article in articles[:OPENED]]
        return (home, *columns, *opened)

    def _listed(self, column: str) -> list[Article]:
        of_column = (article for article in self.articles if article.column == column)
        return sorted(of_column, key=lambda article: (article.printed, article.number), reverse=True)[:LISTED]

    def _column(self, column: str, articles: list[Article]) -> Column:
        items = tuple(
            Item(title=article.title, url=self._article_address(article), date=article.printed, date_source=DateSource.LIST)
            for article in articles
        )
        return Column(name=column, column_class=COLUMNS[column], items=items, url=self._address(column))

    def _article_page(self, article: Article, at: datetime) -> Page:
        stored = DateCandidate(date=self._stored(article), source=DateSource.URL)
        return _page(PageRole.ARTICLE, self._article_address(article), at, PageType.ARTICLE, publish_date=article.printed, dates=(stored,))

    def _address(self, column: str) -> str:
        position = list(COLUMNS).index(column)
        return f"{URL}channel/{position}/index.html" if self._moved else f"{URL}lm{position}/"

    def _article_address(self, article: Article) -> str:
        stored = self._stored(article)
        if self._moved:
            return f"{URL}art/{stored:%Y/%m/%d}/art_{article.number}.html"
        return f"{self._address(article.column)}t{stored:%Y%m%d}_{article.number}.html"

    def _stored(self, article: Article) -> date:
        return max(article.uploaded, self._moved or article.uploaded)


def _page(role: PageRole, url: str, at: datetime, page_type: PageType, link_text: str = "", **facts: object) -> Page:
    read = msgspec.structs.replace(PageFacts(url=url, encoding="utf-8", page_type=page_type, text_length=900), **facts)
    return Page(role=role, url=url, final_url=url, status=200, facts=read, fetched_at=at, sha256="0a1b", link_text=link_text)


def morning(day: date) -> datetime:
    """Return nine o'clock in China, when the nightly scan of that day judges."""
    return datetime(day.year, day.month, day.day, 9, tzinfo=CHINA)
