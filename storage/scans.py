"""Scans: the plan of a round, how far it is, and what a killed one has still to do."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from itertools import islice
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage.database import PAGE, Database
from storage.errors import NotStored
from storage.records import Scan, ScanStatus, Site
from storage.registry.sites import sites_by_id
from storage.tables import scan_sites, scans

_PLAN_BATCH = 5000


def plan_scan(
    database: Database,
    *,
    as_of: datetime,
    standard: str,
    site_ids: Iterable[int],
    started_at: datetime,
    settings: Mapping[str, Any] | None = None,
    sample_size: int | None = None,
    sample_seed: int | None = None,
) -> int:
    """Write down which sites a new scan is to visit, in this order, and return the scan's id. Raises StorageError."""
    values = {
        "as_of": as_of,
        "standard": standard,
        "status": ScanStatus.RUNNING,
        "started_at": started_at,
        "sample_size": sample_size,
        "sample_seed": sample_seed,
        "settings": dict(settings or {}),
    }
    with database.writing() as connection:
        scan_id = int(connection.execute(sa.insert(scans).values(values).returning(scans.c.id)).scalar_one())
        _add_to_plan(connection, scan_id, site_ids, 0)
    return scan_id


def extend_scan(database: Database, scan_id: int, site_ids: Iterable[int]) -> None:
    """Add sites to the end of a scan's plan, such as those it discovered; sites already planned stay as they are."""
    with database.writing() as connection:
        planned = set(connection.scalars(sa.select(scan_sites.c.site_id).where(scan_sites.c.scan_id == scan_id)))
        last = connection.scalar(sa.select(sa.func.max(scan_sites.c.ordinal)).where(scan_sites.c.scan_id == scan_id)) or 0
        _add_to_plan(connection, scan_id, (site_id for site_id in site_ids if site_id not in planned), last)


def _add_to_plan(connection: Connection, scan_id: int, site_ids: Iterable[int], last: int) -> None:
    rows = (
        {"scan_id": scan_id, "ordinal": ordinal, "site_id": site_id, "done": False}
        for ordinal, site_id in enumerate(dict.fromkeys(site_ids), start=last + 1)
    )
    while batch := list(islice(rows, _PLAN_BATCH)):
        connection.execute(sa.insert(scan_sites), batch)


def pending_sites(database: Database, scan_id: int) -> Iterator[Site]:
    """Stream the sites that a scan has not finished, in the order of its plan. Raises StorageError."""
    query = sa.select(scan_sites.c.ordinal, scan_sites.c.site_id).where(scan_sites.c.scan_id == scan_id, scan_sites.c.done.is_(False))
    last = 0
    while True:
        with database.reading() as connection:
            page = connection.execute(query.where(scan_sites.c.ordinal > last).order_by(scan_sites.c.ordinal).limit(PAGE)).all()
            found = sites_by_id(connection, [row.site_id for row in page])
        yield from (found[row.site_id] for row in page)
        if len(page) < PAGE:
            return
        last = page[-1].ordinal


def finish_scan(database: Database, scan_id: int, finished_at: datetime) -> None:
    """Close a scan. Raises NotStored for an unknown one."""
    with database.writing() as connection:
        change = sa.update(scans).where(scans.c.id == scan_id).values(status=ScanStatus.FINISHED, finished_at=finished_at)
        if connection.execute(change).rowcount != 1:
            raise NotStored("no_scan", place=database.place, scan=scan_id)


def find_scan(database: Database, scan_id: int) -> Scan:
    """Return a scan by its id. Raises NotStored."""
    with database.reading() as connection:
        scan = _one_scan(connection, sa.select(scans).where(scans.c.id == scan_id))
    if scan is None:
        raise NotStored("no_scan", place=database.place, scan=scan_id)
    return scan


def latest_scan(database: Database, since: datetime | None = None, until: datetime | None = None) -> Scan | None:
    """Return the newest scan, running or finished, of those with `since` <= as-of < `until`. Raises StorageError."""
    return _newest(database, *_within(since, until))


def latest_finished_scan(database: Database, since: datetime | None = None, until: datetime | None = None) -> Scan | None:
    """Return the newest finished scan of those with `since` <= as-of < `until`. Raises StorageError."""
    return _newest(database, scans.c.status == ScanStatus.FINISHED, *_within(since, until))


def finished_scan_before(database: Database, scan_id: int) -> Scan | None:
    """Return the newest finished scan that is older than another. Raises StorageError."""
    return _newest(database, scans.c.id < scan_id, scans.c.status == ScanStatus.FINISHED)


def unfinished_scan(database: Database) -> Scan | None:
    """Return the scan that `--resume` goes on with: the newest one, unless it is finished. Raises StorageError."""
    scan = latest_scan(database)
    return scan if scan and scan.status is ScanStatus.RUNNING else None


def _within(since: datetime | None, until: datetime | None) -> list[sa.ColumnElement[bool]]:
    conditions = []
    if since is not None:
        conditions.append(scans.c.as_of >= since)
    if until is not None:
        conditions.append(scans.c.as_of < until)
    return conditions


def _newest(database: Database, *where: sa.ColumnElement[bool]) -> Scan | None:
    with database.reading() as connection:
        return _one_scan(connection, sa.select(scans).where(*where).order_by(scans.c.id.desc()).limit(1))


def _one_scan(connection: Connection, query: sa.Select[Any]) -> Scan | None:
    row = connection.execute(query).first()
    if row is None:
        return None
    counts = connection.execute(
        sa.select(
            sa.func.count().label("planned"),
            sa.func.coalesce(sa.func.sum(sa.case((scan_sites.c.done.is_(True), 1), else_=0)), 0).label("done"),
        ).where(scan_sites.c.scan_id == row.id)
    ).one()
    return Scan(
        scan_id=row.id,
        as_of=row.as_of,
        standard=row.standard,
        status=ScanStatus(row.status),
        started_at=row.started_at,
        finished_at=row.finished_at,
        sample_size=row.sample_size,
        sample_seed=row.sample_seed,
        settings=row.settings,
        planned=counts.planned,
        done=counts.done,
    )
