"""Which scan is spoken of where none is named: the newest finished one. Whoever reads is told of a newer one that is not finished."""

from collections.abc import Callable
from datetime import datetime

from crawler.china_time import CHINA, china_day
from reports.period import Period
from storage.database import Database
from storage.records import Scan, ScanStatus
from storage.scans import latest_finished_scan, latest_scan
from xuncha.errors import UsageFault
from xuncha.messages import say

MONTHS_OF_A_QUARTER = 3
Tell = Callable[[str], None]
"""Takes a sentence for the user."""


def chosen_scan(database: Database, tell: Tell, quarter: str | None = None, *, unfinished: bool = False) -> Scan:
    """Return the newest finished scan, of a quarter (`2018Q1`) if one is named; where none is finished, the newest one.

    With `unfinished` it is the newest one in any case, for whoever wants to see what a running scan has found so far.
    Raises UsageFault when there is none at all, FiguresError for a quarter that is none.
    """
    period = Period.parse(quarter) if quarter else None
    scan = scan_within(database, period, tell, unfinished=unfinished)
    if scan is None:
        place = database.place
        raise UsageFault(say("no_scan_in_quarter", database=place, quarter=quarter) if quarter else say("no_scan", database=place))
    return scan


def scan_within(database: Database, period: Period | None, tell: Tell, *, unfinished: bool = False) -> Scan | None:
    """Return the scan that stands for a quarter, or for now, as `chosen_scan` does; None where there is none."""
    since, until = _span(period)
    newest = latest_scan(database, since, until)
    if newest is None or newest.status is not ScanStatus.RUNNING:
        return newest
    finished = None if unfinished else latest_finished_scan(database, since, until)
    if finished is None:
        tell(say("scan_not_finished", scan=newest.scan_id, done=newest.done, planned=newest.planned))
        return newest
    day = china_day(finished.as_of)
    tell(say("newer_scan_not_finished", scan=finished.scan_id, day=day, newer=newest.scan_id, done=newest.done, planned=newest.planned))
    return finished


def _span(period: Period | None) -> tuple[datetime | None, datetime | None]:
    return (_start(period), _start(period.following)) if period else (None, None)


def _start(period: Period) -> datetime:
    return datetime(period.year, (period.quarter - 1) * MONTHS_OF_A_QUARTER + 1, 1, tzinfo=CHINA)
