"""Windows are counted back in calendar days and months of China time."""

from calendar import monthrange
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.china_time import china_day
from rules.windows import days_before, months_before

DAYS = st.dates(min_value=date(1995, 1, 1), max_value=date(2100, 12, 31))
MONTHS = st.integers(min_value=0, max_value=240)


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2018, 3, 1), 6, date(2017, 9, 1)),
        (date(2018, 8, 31), 6, date(2018, 2, 28)),
        (date(2016, 8, 31), 6, date(2016, 2, 29)),
        (date(2020, 2, 29), 12, date(2019, 2, 28)),
        (date(2018, 1, 31), 1, date(2017, 12, 31)),
        (date(2018, 12, 31), 0, date(2018, 12, 31)),
    ],
)
def test_a_month_back_is_the_same_day_or_the_last_of_a_shorter_month(day: date, months: int, expected: date) -> None:
    assert months_before(day, months) == expected


@given(DAYS, MONTHS)
def test_months_are_clamped_to_their_end(day: date, months: int) -> None:
    before = months_before(day, months)
    assert (day.year - before.year) * 12 + day.month - before.month == months
    assert before.day == min(day.day, monthrange(before.year, before.month)[1])


@given(DAYS, DAYS, MONTHS)
def test_a_later_day_never_has_an_earlier_window(one: date, other: date, months: int) -> None:
    earlier, later = sorted((one, other))
    assert months_before(earlier, months) <= months_before(later, months)


@given(DAYS, MONTHS, MONTHS)
def test_more_months_reach_further_back(day: date, few: int, more: int) -> None:
    fewer, longer = sorted((few, more))
    assert months_before(day, longer) <= months_before(day, fewer) <= day


@given(DAYS, st.integers(min_value=0, max_value=4000))
def test_days_before_undoes_days_after(day: date, days: int) -> None:
    assert days_before(day, days) + timedelta(days=days) == day


@pytest.mark.parametrize(
    ("moment", "day"),
    [
        (datetime(2018, 2, 28, 15, 59, 59, tzinfo=UTC), date(2018, 2, 28)),
        (datetime(2018, 2, 28, 16, 0, 0, tzinfo=UTC), date(2018, 3, 1)),
        (datetime(2018, 3, 1, 0, 0, 0, tzinfo=timezone(timedelta(hours=8))), date(2018, 3, 1)),
        (datetime(2017, 12, 31, 8, 0, 0, tzinfo=timezone(timedelta(hours=-8))), date(2018, 1, 1)),
    ],
)
def test_the_day_changes_at_midnight_in_china(moment: datetime, day: date) -> None:
    assert china_day(moment) == day


@given(st.integers(min_value=0, max_value=50_000_000), st.integers(min_value=-12, max_value=14))
def test_the_zone_a_moment_is_written_in_does_not_matter(minutes: int, hours: int) -> None:
    in_utc = datetime(1995, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    assert china_day(in_utc.astimezone(timezone(timedelta(hours=hours)))) == china_day(in_utc)
