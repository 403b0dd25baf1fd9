"""First looks: failures that wait, as rows, for the second look. Here they are put down and found again."""

from collections.abc import Collection, Iterable

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage.database import Database
from storage.records import AuditResult, FirstLook
from storage.registry.sites import sites_by_id
from storage.tables import first_looks


def add_first_looks(connection: Connection, scan_id: int, results: Iterable[AuditResult]) -> None:
    """Put down the failures that these audits hold back, within a transaction that is already open for writing."""
    rows = [
        {"scan_id": scan_id, "site_id": result.site_id, "looked_at": result.finished_at, "findings": result.held}
        for result in results
        if result.held
    ]
    if rows:
        connection.execute(sa.insert(first_looks), rows)


def first_looks_among(connection: Connection, scan_id: int, site_ids: Collection[int]) -> set[int]:
    """Return those of the sites that wait for their second look."""
    query = sa.select(first_looks.c.site_id).where(first_looks.c.scan_id == scan_id, first_looks.c.site_id.in_(site_ids))
    return set(connection.scalars(query))


def count_first_looks(database: Database, scan_id: int) -> int:
    """Return how many sites of a scan wait for their second look. Raises StorageError."""
    with database.reading() as connection:
        query = sa.select(sa.func.count()).select_from(first_looks).where(first_looks.c.scan_id == scan_id)
        return connection.execute(query).scalar_one()


def waiting_first_looks(database: Database, scan_id: int, after: FirstLook | None, most: int) -> list[FirstLook]:
    """Return sites that wait for their second look, the longest waiting first, from the one after `after` on. Raises StorageError."""
    query = sa.select(first_looks.c.site_id, first_looks.c.looked_at).where(first_looks.c.scan_id == scan_id)
    if after is not None:
        later = first_looks.c.looked_at > after.looked_at
        beside = sa.and_(first_looks.c.looked_at == after.looked_at, first_looks.c.site_id > after.site.site_id)
        query = query.where(sa.or_(later, beside))
    with database.reading() as connection:
        rows = connection.execute(query.order_by(first_looks.c.looked_at, first_looks.c.site_id).limit(most)).all()
        found = sites_by_id(connection, [row.site_id for row in rows])
    return [FirstLook(site=found[row.site_id], looked_at=row.looked_at) for row in rows]
