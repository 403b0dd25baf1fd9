"""Windows of time, counted in calendar days of China time (standards.md section 7: no extension for holidays)."""

from calendar import monthrange
from datetime import date, datetime, timedelta

from crawler.china_time import china_day

LONGEST_SCAN = 31
"""Days after its day of judgement on which a scan that was killed and resumed may still visit sites."""


def days_before(day: date, days: int) -> date:
    """Return the day that many calendar days earlier."""
    return day - timedelta(days=days)


def months_before(day: date, months: int) -> date:
    """Return the same day that many calendar months earlier, clamped to the end of the month."""
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def last_day_of(visit: datetime, judged: date) -> date:
    """Return the last day that a page visited then may rightly print, where the site is judged as of the day `judged`.

    Scans run past midnight, and go on where they were killed. A visit long after the day of judgement is a deliberate look back.
    """
    visited = china_day(visit)
    return visited if judged < visited <= judged + timedelta(days=LONGEST_SCAN) else judged
