"""Numbers, dates and shares as official prose prints them."""

from datetime import date

import pytest

from reports.chinese import date_text, numeral, percent_text


@pytest.mark.parametrize(("number", "text"), [(1, "一"), (9, "九"), (10, "十"), (11, "十一"), (20, "二十"), (32, "三十二")])
def test_headings_are_counted_in_chinese(number: int, text: str) -> None:
    assert numeral(number) == text


def test_dates_are_not_zero_padded() -> None:
    assert date_text(date(2018, 3, 1)) == "2018年3月1日"


@pytest.mark.parametrize(
    ("part", "whole", "decimals", "text"),
    [
        (289, 303, 0, "95"),
        (289, 303, 2, "95.38"),
        (1, 8, 0, "13"),
        (125, 1000, 1, "12.5"),
        (1, 200, 0, "1"),
        (0, 7, 0, "0"),
        (7, 7, 1, "100.0"),
    ],
)
def test_shares_are_rounded_half_up(part: int, whole: int, decimals: int, text: str) -> None:
    assert percent_text(part, whole, decimals) == text


def test_a_share_short_of_the_whole_is_never_printed_as_the_whole() -> None:
    assert percent_text(999, 1000) == "99.9"
    assert percent_text(23268, 23269, 1) == "99.996"
