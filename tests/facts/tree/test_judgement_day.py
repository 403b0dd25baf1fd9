"""For which days facts hold: a page is read in the same way on all of them, whatever its dates look like."""

import datetime as dt
from html import escape

import msgspec
from hypothesis import given
from hypothesis import strategies as st

from crawler.facts.page import read_page
from crawler.facts.records import PageFacts

DAY = dt.date(2018, 3, 1)
NEAR = st.integers(-800, 800).map(lambda days: DAY + dt.timedelta(days=days))
FORMS = st.sampled_from(["%Y-%m-%d", "%Y年%m月%d日", "%m-%d", "[%m/%d]", "%m月%d日"])
DATES = st.tuples(NEAR, FORMS).map(lambda both: both[0].strftime(both[1]))
PRINTED = st.one_of(DATES, st.sampled_from(["昨天", "3天前", "今天 10:20", ""]))


def page(printed: list[str], headline: str = "") -> bytes:
    rows = "".join(
        f"<li><a href='/zwgk/t{number}.html'>关于开展第{number}次检查的通知</a><span>{escape(text)}</span></li>"
        for number, text in enumerate(printed)
    )
    return f"<html><head><title>通知公告</title></head><body><p>{headline}</p><ul>{rows}</ul></body></html>".encode()


def read(content: bytes, as_of: dt.date) -> PageFacts:
    return read_page(content, url="http://www.example.gov.cn/zwgk/", as_of=as_of)


def without_days(facts: PageFacts) -> PageFacts:
    return msgspec.structs.replace(facts, holds_from=DAY, holds_until=DAY)


@given(st.lists(PRINTED, min_size=1, max_size=12), PRINTED, NEAR, st.lists(NEAR, min_size=1, max_size=3))
def test_facts_are_the_same_on_all_days_they_hold_for(printed: list[str], headline: str, as_of: dt.date, others: list[dt.date]) -> None:
    content = page(printed, headline)
    facts = read(content, as_of)
    assert facts.holds_from <= as_of <= facts.holds_until
    for other in others:
        day = min(max(other, facts.holds_from), facts.holds_until)
        assert without_days(read(content, day)) == without_days(facts)


def test_what_is_dated_in_full_holds_from_its_newest_day_on() -> None:
    facts = read(page(["2018-02-01", "2018-01-20", "2017-12-03"]), DAY)
    assert (facts.holds_from, facts.holds_until) == (dt.date(2018, 2, 2), dt.date.max)


def test_days_without_a_year_hold_until_they_come_again() -> None:
    facts = read(page(["02-20", "02-19", "02-12"]), DAY)
    assert facts.holds_until == dt.date(2018, 2, 12) + dt.timedelta(days=364)


def test_a_day_to_come_holds_until_the_day_before_it() -> None:
    assert read(page(["2018-03-05", "2018-02-19", "2018-02-12"]), DAY).holds_until == dt.date(2018, 3, 4)


def test_days_counted_from_today_hold_today() -> None:
    facts = read(page(["昨天", "2018-02-19", "2018-02-12"]), DAY)
    assert (facts.holds_from, facts.holds_until) == (DAY, DAY)
