"""Entries whose dates lack a year, count back from the visit, or stand in the address alone."""

import datetime as dt

import pytest

from crawler.facts.columns.reading import read_column
from crawler.facts.records import DateSource
from tests.facts.column_pages import AS_OF, FAMILIES, Entry, entries, page, rows

PLAIN = FAMILIES["date after the link"]


def test_a_pinned_entry_without_a_year_makes_no_later_entry_a_year_older() -> None:
    items = [Entry("关于清理规范中介服务的通知", dt.date(2018, 1, 5), "/1.html"), *entries(6)]
    column = read_column(page(rows(lambda e: f"<li><a href='{e.href}'>{e.title}</a><i>{e.printed('%m-%d')}</i></li>", items)))
    assert column is not None
    assert column.newest == dt.date(2018, 5, 28)


@pytest.mark.parametrize(
    ("printed", "days"),
    [
        ("刚刚", 0),
        ("5分钟前", 0),
        ("3小时前", 0),
        ("今天 09:10", 0),
        ("[今日]", 0),
        ("昨天", 1),
        ("昨日 18:00", 1),
        ("前天", 2),
        ("[3天前]", 3),
        ("12 天前", 12),
        ("一周前", 7),
        ("2个月前", 56),
    ],
)
def test_days_counted_back_from_the_visit_are_read_and_are_no_printed_date(printed: str, days: int) -> None:
    """An entry dated so keeps the list fresh, and is never compared with what another visit saw."""
    items = entries()
    newest = f"<li><a href='{items[0].href}'>{items[0].title}</a><span>{printed}</span></li>"
    column = read_column(
        page("<ul>" + newest + "".join(f"<li><a href='{e.href}'>{e.title}</a><span>{e.printed()}</span></li>" for e in items[1:]) + "</ul>")
    )
    assert column is not None
    assert len(column.items) == 8
    assert (column.items[0].date, column.items[0].year_inferred) == (AS_OF - dt.timedelta(days=days), True)
    assert not any(item.year_inferred for item in column.items[1:])


@pytest.mark.parametrize("printed", ["今天", "明天", "3天后", "三年前", "昨天的会议"])
def test_other_words_of_time_are_no_days(printed: str) -> None:
    items = entries()
    column = read_column(page(rows(lambda e: f"<li><a href='{e.href}'>{e.title}</a><span>{printed}</span></li>", items)))
    assert column is not None
    assert [item.date for item in column.items] == [None] * 8


def test_the_address_tells_the_year_of_a_date_without_one() -> None:
    old = entries(5, newest=dt.date(2016, 5, 28))
    column = read_column(
        page(
            rows(
                lambda e: f"<li><a href='/tzgg/{e.date:%Y%m}/t{e.date:%Y%m%d}_{e.href[-9:]}'>{e.title}</a><i>{e.printed('%m-%d')}</i></li>",
                old,
            )
        )
    )
    assert column is not None
    assert [item.date for item in column.items] == [item.date for item in old]
    assert not any(item.year_inferred for item in column.items)


def test_undated_entries_are_dated_by_their_addresses() -> None:
    column = read_column(page(rows(lambda e: f"<li><a href='/tzgg/{e.date:%Y-%m/%d}/{e.href[-9:]}'>{e.title}</a></li>", entries())))
    assert column is not None
    assert column.newest == dt.date(2018, 5, 28)
    assert {item.date_source for item in column.items} == {DateSource.URL}


def test_a_date_in_the_future_never_makes_a_list_fresh() -> None:
    items = [Entry("关于举办全县职工运动会的通知", dt.date(2018, 9, 1), "/9.html"), *entries(4, newest=dt.date(2017, 6, 2))]
    column = read_column(page(PLAIN(items)))
    assert column is not None
    assert column.newest == dt.date(2017, 6, 2)
    assert (column.items[0].date, column.items[0].future_date) == (None, dt.date(2018, 9, 1))
