"""The exact interval: checked against exact fractions, and printed outwards."""

from fractions import Fraction
from math import comb

import pytest

from reports.sampling.interval import exact_interval, interval_text


def exact_tail(least: int, trials: int, rate: float) -> Fraction:
    share = Fraction(rate)
    return sum((comb(trials, k) * share**k * (1 - share) ** (trials - k) for k in range(least, trials + 1)), Fraction(0))


@pytest.mark.parametrize(("passed", "decided"), [(1, 4), (3, 4), (9, 10), (14, 16), (289, 303)])
def test_either_end_leaves_two_and_a_half_percent(passed: int, decided: int) -> None:
    lower, upper = exact_interval(passed, decided)
    assert float(exact_tail(passed, decided, lower)) == pytest.approx(0.025, rel=1e-6)
    assert float(1 - exact_tail(passed + 1, decided, upper)) == pytest.approx(0.025, rel=1e-6)


@pytest.mark.parametrize(
    ("passed", "decided", "text"),
    [(289, 303, "92.3%—97.5%"), (4, 4, "39.7%—100.0%"), (0, 4, "0.0%—60.3%"), (0, 0, "0.0%—100.0%"), (22000, 23269, "94.2%—94.9%")],
)
def test_the_ends_are_rounded_outwards(passed: int, decided: int, text: str) -> None:
    assert interval_text(passed, decided) == text
