"""The years of dates that are printed without one: from the day of judgement and from their neighbours in the list."""

import datetime as dt
from collections.abc import Sequence
from functools import partial

from crawler.facts.dates.listed import ListedDate
from crawler.facts.dates.printed import year_of
from crawler.facts.tree.judgement_day import JudgementDay

_RUN = 3
"""So many steps down in time show that a list is in order, and that what comes first is not pinned there."""


def years_of(dates: Sequence[ListedDate], day: JudgementDay) -> list[dt.date | None]:
    """Return the dates of a list in order, each date without a year given the latest year that does not put it after the day of judgement.

    In a list that runs down in time, a day later in the year than the one before belongs to an earlier year.
    """
    found: list[dt.date | None] = []
    run = 0
    previous: dt.date | None = None
    for listed in dates:
        date = listed.date
        if date is None and listed.yearless is not None:
            of_year = partial(year_of, listed.yearless)
            date = of_year(previous) if previous and run >= _RUN else day.latest(of_year)
        if date and previous:
            run = run + 1 if date <= previous else 0
        previous = date or previous
        found.append(date)
    return found
