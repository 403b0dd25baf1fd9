"""Printed dates read back, whatever form they are in, and no text breaks the readers."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.facts.dates.listed import ListedDate
from crawler.facts.dates.printed import YearlessDate, date_in_url, find_dates, read_date, read_yearless, year_of
from crawler.facts.dates.yearless import years_of
from crawler.facts.records import DateSource
from crawler.facts.tree.judgement_day import JudgementDay
from tests.facts.column_pages import chinese_date

DAYS = st.dates(dt.date(1995, 1, 1), dt.date(2035, 12, 31))
OF_THIS_CENTURY = st.dates(dt.date(2000, 1, 1), dt.date(2035, 12, 31))
FORMS = (
    "%Y-%m-%d",
    "%Y/%m/%d",
    "%Y.%m.%d",
    "%Y年%m月%d日",
    "%Y - %m - %d",
    "[%Y-%m-%d]",
    "（%Y-%m-%d）",
    "%Y-%m-%d %H:%M",
    "%Y年%m月%d日 %H：%M",
    "%Y年%m月%d号",
    "「%Y-%m-%d」",
)
IN_ENGLISH = ("%a %b %d %H:%M:%S CST %Y", "%a, %d %b %Y %H:%M:%S GMT", "%b %d,%Y")
FULL_WIDTH = str.maketrans("0123456789-", "０１２３４５６７８９－")


@given(DAYS, st.sampled_from(FORMS))
def test_every_printed_form_reads_back(day: dt.date, form: str) -> None:
    printed = dt.datetime.combine(day, dt.time(9, 30)).strftime(form)
    assert read_date(printed) == day
    assert [found.date for found in find_dates(f"发布时间：{printed} 来源：县政府办")] == [day]


@given(DAYS)
def test_other_digits_and_compact_forms_read_back(day: dt.date) -> None:
    assert read_date(chinese_date(day)) == day
    assert read_date(day.isoformat().translate(FULL_WIDTH)) == day
    assert read_date(f"{day.year}-{day.month}-{day.day}") == day
    assert read_date(f"{day:%Y%m%d}") == day
    assert read_date(f"{chinese_date(day)[:4]}年{day.month}月{day.day}日") == day
    assert date_in_url(f"/xwzx/bmdt/{day:%Y%m}/t{day:%Y%m%d}_1024.html") == day
    assert date_in_url(f"http://www.qinghe.example/art/{day.year}/{day.month}/{day.day}/art_12_345.html") == day
    assert date_in_url(f"/zwgk/{day:%Y-%m/%d}/content_9.htm") == day


@given(OF_THIS_CENTURY, st.sampled_from(IN_ENGLISH))
def test_what_programs_print_in_english_reads_back(day: dt.date, form: str) -> None:
    printed = dt.datetime.combine(day, dt.time(9, 30)).strftime(form)
    assert read_date(printed) == day
    assert [found.date for found in find_dates(f"发布时间：{printed} 来源：县政府办")] == [day]


@given(OF_THIS_CENTURY, st.sampled_from(("%Y--%m--%d", "%Y·%m·%d", "%Y_%m_%d", "%Y %m-%d")))
def test_a_piece_that_is_only_a_day_may_have_any_sign_in_it(day: dt.date, form: str) -> None:
    assert read_date(day.strftime(form)) == day
    assert find_dates(f"清河公告{day.strftime(form)}号") == []


@given(DAYS, DAYS)
def test_a_date_without_a_year_is_never_in_the_future(day: dt.date, as_of: dt.date) -> None:
    for form in ("%m-%d", "[%m-%d]", "%m/%d", "%m月%d日", "%m月%d"):
        yearless = read_yearless(day.strftime(form))
        assert yearless == YearlessDate(day.month, day.day)
        date = year_of(yearless, as_of)
        assert date is not None and date <= as_of and (date.month, date.day) == (day.month, day.day)


@given(st.lists(DAYS, max_size=30), DAYS)
def test_the_years_of_a_list_are_never_in_the_future(days: list[dt.date], as_of: dt.date) -> None:
    listed = [ListedDate(0, 1, None, YearlessDate(day.month, day.day), DateSource.LIST) for day in days]
    assert all(date is None or date <= as_of for date in years_of(listed, JudgementDay(as_of)))


@given(st.lists(st.integers(0, 100), min_size=1, max_size=20), st.dates(dt.date(2000, 1, 1), dt.date(2030, 1, 1)))
def test_a_list_in_order_gets_its_years_back(gaps: list[int], as_of: dt.date) -> None:
    days = [as_of]
    for gap in gaps:
        days.append(days[-1] - dt.timedelta(days=gap))
    listed = [
        ListedDate(0, 1, day if number < 4 else None, YearlessDate(day.month, day.day), DateSource.LIST) for number, day in enumerate(days)
    ]
    assert years_of(listed, JudgementDay(as_of)) == days


@given(st.text(max_size=80))
def test_no_text_breaks_the_readers(text: str) -> None:
    for found in find_dates(text):
        assert 0 <= found.start < found.end <= len(text)
    read_date(text)
    read_yearless(text)
    date_in_url(text)


@pytest.mark.parametrize(
    "text",
    [
        "2018-13-01",
        "2018-02-30",
        "2018-05-16至2018-05-20",
        "2018年5月16日—20日",
        "1/5",
        "5200760",
        "192.168.2018.5.16",
        "/201805/",
        "13-40",
        "电话 0319-8161234",
    ],
)
def test_what_is_no_day_is_not_read_as_one(text: str) -> None:
    assert (find_dates(text), read_date(text), read_yearless(text), date_in_url(text)) == ([], None, None, None)
