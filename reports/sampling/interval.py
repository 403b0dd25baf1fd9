"""The exact (Clopper-Pearson) confidence interval of a pass rate, for the internal edition."""

from collections.abc import Callable
from math import exp, lgamma, log

CONFIDENCE_PERCENT = 95
_TAIL = (1 - CONFIDENCE_PERCENT / 100) / 2
_HALVINGS = 60
_NEGLIGIBLE = 1e-18


def exact_interval(passed: int, decided: int) -> tuple[float, float]:
    """Return the 95 % interval of a share, both ends between 0 and 1. Without any observation nothing is known: 0 to 1.

    The lower end is the rate under which `passed` or more of `decided` come about in 2.5 % of all cases, the upper one that under
    which as many or fewer do (Clopper and Pearson, Biometrika 26, 1934).
    """
    lower = 0.0 if not passed else _root(lambda rate: upper_tail(passed, decided, rate) - _TAIL)
    upper = 1.0 if passed >= decided else _root(lambda rate: _TAIL - upper_tail(decided - passed, decided, 1 - rate))
    return lower, upper


def upper_tail(least: int, trials: int, rate: float) -> float:
    """Return the probability of `least` or more successes in `trials` at a rate strictly between 0 and 1."""
    if least <= 0:
        return 1.0
    if least < rate * trials:
        # Past the peak the terms grow towards it: the other tail is the short one.
        return 1.0 - upper_tail(trials - least + 1, trials, 1 - rate)
    odds = rate / (1 - rate)
    term = exp(lgamma(trials + 1) - lgamma(least + 1) - lgamma(trials - least + 1) + least * log(rate) + (trials - least) * log(1 - rate))
    total = 0.0
    for successes in range(least, trials + 1):
        total += term
        term *= odds * (trials - successes) / (successes + 1)
        if term < total * _NEGLIGIBLE:
            break
    return total


def interval_text(passed: int, decided: int) -> str:
    """Return the interval in percent with one decimal, both ends rounded outwards, like `92.3%—97.4%`."""
    lower, upper = exact_interval(passed, decided)
    low, high = int(100 * lower * 10), min(1_000, -int(-100 * upper * 10 // 1))
    return f"{low / 10:.1f}%—{high / 10:.1f}%"


def _root(rising: Callable[[float], float]) -> float:
    """Return where a rising function crosses zero between 0 and 1."""
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        middle = (low + high) / 2
        if rising(middle) < 0:
            low = middle
        else:
            high = middle
    return high
