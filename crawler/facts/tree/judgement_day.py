"""The day a page is judged on, and for which other days it would be read in the same way."""

from collections.abc import Callable
from datetime import date, timedelta

_SURELY_NOT_AGAIN = timedelta(days=364)
"""The same day of another year is further away."""


class JudgementDay:
    """What readers ask of the day of judgement, and the days on which every answer given so far would have been the same.

    Few pages depend much on it: what was published by today was so tomorrow. Facts read once hold on all days from `first` to `last`.
    """

    def __init__(self, as_of: date) -> None:
        """Take the day of judgement, a day of China."""
        self._as_of = as_of
        self.first = date.min
        self.last = date.max

    def has_come(self, day: date) -> bool:
        """Tell whether a printed day is the day of judgement or before it."""
        if day <= self._as_of:
            self._narrow(day, date.max)
            return True
        self._narrow(date.min, day - timedelta(days=1))
        return False

    def has_passed(self, day: date) -> bool:
        """Tell whether a printed day is before the day of judgement."""
        return day < date.max and self.has_come(day + timedelta(days=1))

    def back(self, days: int) -> date:
        """Return the day that was so many days before."""
        self._narrow(self._as_of, self._as_of)
        return self._as_of - timedelta(days=days)

    def latest(self, not_after: Callable[[date], date | None]) -> date | None:
        """Return what a search for the latest day of a kind that comes once a year finds, searched for from the day of judgement."""
        found = not_after(self._as_of)
        if found is None or found + _SURELY_NOT_AGAIN < self._as_of:
            self._narrow(self._as_of, self._as_of)
        else:
            self._narrow(found, found + _SURELY_NOT_AGAIN)
        return found

    def _narrow(self, first: date, last: date) -> None:
        self.first = max(self.first, first)
        self.last = min(self.last, last)
