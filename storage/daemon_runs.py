"""What the daemon has begun and ended: it knows after a restart what is due."""

from collections.abc import Collection
from datetime import datetime
from enum import StrEnum

import sqlalchemy as sa

from crawler.facts.records import Record
from storage.database import Database
from storage.tables import daemon_runs


class RunOutcome(StrEnum):
    """How a run of a job ended."""

    DONE = "done"
    LEFT_OUT = "left_out"
    """It says nothing of the sites: our own network was at fault."""
    FAILED = "failed"


class DaemonRun(Record, frozen=True, kw_only=True):
    """One run of a job; times in UTC. Without an outcome it is under way, or was killed."""

    job: str
    due: datetime
    started_at: datetime
    finished_at: datetime | None = None
    outcome: RunOutcome | None = None
    detail: str = ""


def begin_run(database: Database, job: str, due: datetime, started_at: datetime) -> None:
    """Note that a run begins, in the place of an earlier one for the same time. Raises StorageError."""
    same = (daemon_runs.c.job == job, daemon_runs.c.due == due)
    with database.writing() as connection:
        connection.execute(sa.delete(daemon_runs).where(*same))
        connection.execute(sa.insert(daemon_runs).values(job=job, due=due, started_at=started_at, detail=""))


def end_run(database: Database, job: str, due: datetime, finished_at: datetime, outcome: RunOutcome, detail: str) -> None:
    """Note how a run ended. Raises StorageError."""
    same = (daemon_runs.c.job == job, daemon_runs.c.due == due)
    with database.writing() as connection:
        connection.execute(sa.update(daemon_runs).where(*same).values(finished_at=finished_at, outcome=outcome, detail=detail))


def last_runs(database: Database, now: datetime) -> dict[str, DaemonRun]:
    """Return the latest run of each job that was due by now, by job. Raises StorageError.

    A later one was begun while the clock was ahead: it must hide none of those that are begun since.
    """
    latest = sa.select(daemon_runs.c.job, sa.func.max(daemon_runs.c.due, type_=daemon_runs.c.due.type).label("due"))
    newest = latest.where(daemon_runs.c.due <= now).group_by(daemon_runs.c.job).subquery()
    same = sa.and_(daemon_runs.c.job == newest.c.job, daemon_runs.c.due == newest.c.due)
    with database.reading() as connection:
        rows = connection.execute(sa.select(daemon_runs).join(newest, same)).all()
    return {row.job: _run(row) for row in rows}


def forget_runs(database: Database, before: datetime, jobs: Collection[str]) -> None:
    """Delete the runs of these jobs that were due before a time: hourly rounds are of no interest after a while. Raises StorageError."""
    old = (daemon_runs.c.due < before, daemon_runs.c.job.in_(jobs))
    with database.writing() as connection:
        connection.execute(sa.delete(daemon_runs).where(*old))


def _run(row: sa.Row[tuple[object, ...]]) -> DaemonRun:
    return DaemonRun(
        job=row.job,
        due=row.due,
        started_at=row.started_at,
        finished_at=row.finished_at,
        outcome=RunOutcome(row.outcome) if row.outcome else None,
        detail=row.detail,
    )
