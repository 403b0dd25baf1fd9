"""What is due when: pure arithmetic on China time, which knows no summer time, whatever zone the machine is in."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import NamedTuple

from crawler.china_time import CHINA

CARE_TIME = time(5, 30)
CARE_WEEKDAY = 6
"""Sunday, counted from Monday as 0."""
QUARTER_TIME = time(6, 0)
QUARTER_DAY = 2
"""Drafts are written on the second day of January, April, July and October: the last night of the quarter is scanned by then."""


RETRY = timedelta(hours=1)
"""After which a scan that failed is tried again: a disk was full, a server away."""


class JobName(StrEnum):
    """What the daemon does."""

    SCAN = "scan"
    KNOCK = "knock"
    """A round of reachability visits."""
    CARE = "care"
    """Retention and vacuum."""
    QUARTER = "quarter"
    """The draft of the bulletin."""


class Timetable(NamedTuple):
    """When the daemon works: the China time of the nightly scan, and the minutes between two rounds of knocks (0: no knocks)."""

    nightly: time
    knock_minutes: int


class PastRun(NamedTuple):
    """The latest run of a job: what it was due for, and whether it came to its end."""

    due: datetime
    finished: bool
    failed_at: datetime | None = None
    """When it ended, of one that failed."""


class Due(NamedTuple):
    """A job, and the moment it was due."""

    job: JobName
    moment: datetime


def due_jobs(now: datetime, past: Mapping[JobName, PastRun], since: datetime, timetable: Timetable) -> tuple[Due, ...]:
    """Return what is due at `now`, a job at most once however many of its times were missed. All times carry a zone.

    `past` holds the latest run of each job that was due by now, `since` is when the daemon was first started: nothing before it is caught
    up. A scan that did not come to its end is due again, one that failed after an hour; a round of knocks that is late by more than half
    its interval is left out.
    """
    found = []
    for job in JobName:
        run = past.get(job)
        if run is not None and job is JobName.SCAN and _is_unsettled(run, now):
            found.append(Due(job, run.due))
            continue
        slot = latest_slot(job, now, timetable)
        if slot is not None and slot > (run.due if run else since) and not _is_too_late(job, slot, now, timetable):
            found.append(Due(job, slot))
    return tuple(found)


def _is_unsettled(run: PastRun, now: datetime) -> bool:
    """Tell whether a scan has to be gone on with: it was killed, or it failed an hour ago."""
    return not run.finished or (run.failed_at is not None and now - run.failed_at >= RETRY)


def latest_slot(job: JobName, now: datetime, timetable: Timetable) -> datetime | None:
    """Return the last time at or before `now` for which a job is planned, in UTC; None for a job that is switched off."""
    local = now.astimezone(CHINA)
    slots: Iterator[datetime]
    match job:
        case JobName.SCAN:
            days = (local.date() - timedelta(days=back) for back in range(2))
            slots = (_china(day, timetable.nightly) for day in days)
        case JobName.CARE:
            sunday = local.date() - timedelta(days=(local.weekday() - CARE_WEEKDAY) % 7)
            slots = (_china(sunday - timedelta(days=back), CARE_TIME) for back in (0, 7))
        case JobName.QUARTER:
            firsts = (date(local.year - back, month, QUARTER_DAY) for back in range(2) for month in (10, 7, 4, 1))
            slots = (_china(day, QUARTER_TIME) for day in firsts)
        case JobName.KNOCK:
            if not timetable.knock_minutes:
                return None
            minutes = (local.hour * 60 + local.minute) // timetable.knock_minutes * timetable.knock_minutes
            slots = iter((_china(local.date(), time(minutes // 60, minutes % 60)),))
    return next(slot for slot in slots if slot <= now)


def _is_too_late(job: JobName, slot: datetime, now: datetime, timetable: Timetable) -> bool:
    """Tell whether a round of knocks would crowd the next one: visits have to be spaced over the day."""
    return job is JobName.KNOCK and now - slot > timedelta(minutes=timetable.knock_minutes) / 2


def quarter_before(moment: datetime) -> str:
    """Return the name of the quarter that ended before a moment, such as 2018Q1 for 2 April 2018."""
    local = moment.astimezone(CHINA)
    quarter = (local.month - 1) // 3
    return f"{local.year}Q{quarter}" if quarter else f"{local.year - 1}Q4"


def _china(day: date, at: time) -> datetime:
    return datetime.combine(day, at, CHINA).astimezone(UTC)
