"""Second looks: what they confirm becomes a failure with a case, what they do not confirm stays open."""

from collections.abc import Sequence

import sqlalchemy as sa

from rules.second_look import joined
from storage.audits import rejudge
from storage.database import Database
from storage.evidence.index import add_kept_audits
from storage.findings.rows import add_findings, remove_findings
from storage.history import add_knocks, add_observations
from storage.records import AuditResult
from storage.tables import audits, first_looks


def record_second_looks(database: Database, scan_id: int, results: Sequence[AuditResult]) -> int:
    """Decide, in one transaction, the failures that these sites' first looks held back; count the visits, add to the history.

    A site that waits for no second look is left as it is, so that a batch may safely come twice. Returns how many were decided.
    Raises StorageError.
    """
    by_site = {result.site_id: result for result in results}
    of_batch = sa.and_(first_looks.c.scan_id == scan_id, first_looks.c.site_id.in_(by_site))
    with database.writing() as connection:
        columns = (first_looks.c.site_id, first_looks.c.looked_at, first_looks.c.findings, audits.c.observed_at)
        same_audit = sa.and_(audits.c.scan_id == first_looks.c.scan_id, audits.c.site_id == first_looks.c.site_id)
        first = connection.execute(sa.select(*columns).join(audits, same_audit).where(of_batch)).all()
        for row in first:
            result = by_site[row.site_id]
            again = {finding.rule: finding for finding in result.findings}
            decided = [
                joined(finding, again.get(finding.rule), url=result.url, first_at=row.looked_at, second_at=result.finished_at)
                for finding in row.findings
            ]
            remove_findings(connection, scan_id, [row.site_id], [finding.rule for finding in decided])
            add_findings(connection, scan_id, {row.site_id: decided}, {row.site_id: row.observed_at})
            add_knocks(connection, result.knocks)
        add_observations(connection, [by_site[row.site_id] for row in first])
        add_kept_audits(connection, scan_id, {row.site_id: by_site[row.site_id].evidence for row in first})
        rejudge(connection, scan_id, [row.site_id for row in first])
        connection.execute(sa.delete(first_looks).where(of_batch))
    return len(first)
