"""Streaming a scan: its audits page by page, so that no transaction stays open while somebody works on what was read."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage.database import PAGE, Database
from storage.tables import audits

_Read = TypeVar("_Read")


def audit_pages(database: Database, scan_id: int, read: Callable[[Connection, Sequence[Any]], Sequence[_Read]]) -> Iterator[_Read]:
    """Stream what `read` makes of the audits of a scan, page by page; no transaction is open while the caller works on a page."""
    query = sa.select(audits).where(audits.c.scan_id == scan_id).order_by(audits.c.site_id).limit(PAGE)
    last = 0
    while True:
        with database.reading() as connection:
            rows = connection.execute(query.where(audits.c.site_id > last)).all()
            page = read(connection, rows) if rows else ()
        yield from page
        if len(rows) < PAGE:
            return
        last = rows[-1].site_id
