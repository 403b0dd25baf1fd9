"""Retention of findings: what failed, or warned, is kept for good; that a rule passed is of no interest after some weeks."""

from datetime import datetime

import sqlalchemy as sa

from storage.database import Database
from storage.records import ScanStatus
from storage.tables import quiet_findings, scans

SITES_AT_ONCE = 2_000
"""Rows of how many sites go in one transaction: a scan that writes waits no longer than that."""


def thin_findings(database: Database, before: datetime) -> int:
    """Delete what did not fail and did not warn in finished scans with an as-of time before `before`; return of how many audits.

    The verdicts of the sites stay, and the newest finished scan stays whole however old it is. Raises StorageError.
    """
    newest = sa.select(sa.func.max(scans.c.id)).where(scans.c.status == ScanStatus.FINISHED).scalar_subquery()
    old = sa.select(scans.c.id).where(scans.c.as_of < before, scans.c.status == ScanStatus.FINISHED, scans.c.id != newest)
    with database.reading() as connection:
        ids = connection.execute(old.order_by(scans.c.id)).scalars().all()
    return sum(_thin(database, scan_id) for scan_id in ids)


def _thin(database: Database, scan_id: int) -> int:
    of_scan, gone = quiet_findings.c.scan_id == scan_id, 0
    while True:
        with database.writing() as connection:
            page = sa.select(quiet_findings.c.site_id).where(of_scan).order_by(quiet_findings.c.site_id).limit(SITES_AT_ONCE)
            sites = connection.scalars(page).all()
            if not sites:
                return gone
            connection.execute(sa.delete(quiet_findings).where(of_scan, quiet_findings.c.site_id <= sites[-1]))
        gone += len(sites)
