"""Audits: one site within one scan, written once, streamed back in pages of sites."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from crawler.snapshot import Reach, ReachReason
from rules.verdict import Finding, Verdict, site_verdict
from storage.audit_pages import audit_pages
from storage.database import PAGE, Database
from storage.errors import NotStored
from storage.evidence.index import add_kept_audits
from storage.findings.first_looks import add_first_looks, first_looks_among
from storage.findings.rows import add_findings, findings_by_site, remove_findings, restore_decisions
from storage.history import add_knocks, add_observations
from storage.records import AuditResult, Site, StoredAudit
from storage.registry.sites import sites_by_id
from storage.seen_sites import add_links, packed_seen
from storage.tables import audits, scan_sites, sites

_AUDIT_FIELDS = (
    "site_id",
    "url",
    "host",
    "reach",
    "reach_reason",
    "reach_detail",
    "verdict",
    "title",
    "final_url",
    "final_host",
    "pages",
    "requests",
    "seconds",
    "started_at",
    "finished_at",
)


def record_audits(database: Database, scan_id: int, results: Sequence[AuditResult]) -> int:
    """Store finished audits in one transaction: audit, findings, problems, history, knocks, and the mark that the site is done.

    A site that is done already is left as it is, so that a batch may safely come twice. Returns how many were stored.
    Raises NotStored for a site outside the scan's plan, StorageError.
    """
    by_site = {result.site_id: result for result in results}
    with database.writing() as connection:
        pending = _pending(connection, database.place, scan_id, by_site)
        new = [result for site_id, result in by_site.items() if site_id in pending]
        if not new:
            return 0
        connection.execute(sa.insert(audits), [_audit_values(scan_id, result) for result in new])
        add_links(connection, scan_id, new)
        observed = {result.site_id: result.observed_at for result in new}
        add_findings(connection, scan_id, {result.site_id: result.findings for result in new}, observed)
        add_first_looks(connection, scan_id, new)
        add_kept_audits(connection, scan_id, {result.site_id: result.evidence for result in new})
        add_observations(connection, new)
        add_knocks(connection, [knock for result in new for knock in result.knocks])
        planned = sa.and_(scan_sites.c.scan_id == scan_id, scan_sites.c.site_id.in_(pending))
        connection.execute(sa.update(scan_sites).where(planned).values(done=True))
    return len(new)


def _pending(connection: Connection, place: str, scan_id: int, site_ids: Collection[int]) -> set[int]:
    query = sa.select(scan_sites.c.site_id, scan_sites.c.done).where(scan_sites.c.scan_id == scan_id, scan_sites.c.site_id.in_(site_ids))
    planned = {row.site_id: row.done for row in connection.execute(query)}
    for site_id in site_ids:
        if site_id not in planned:
            raise NotStored("site_not_planned", scan=scan_id, place=place, site=site_id)
    return {site_id for site_id, done in planned.items() if not done}


def _audit_values(scan_id: int, result: AuditResult) -> dict[str, Any]:
    values = {name: getattr(result, name) for name in _AUDIT_FIELDS}
    return {"scan_id": scan_id, "observed_at": result.observed_at, "seen": packed_seen(result), **values}


def record_registry_findings(
    database: Database,
    scan_id: int,
    found: Mapping[int, Sequence[Finding]],
) -> None:
    """Store what registry rules found, by site id: it replaces these sites' earlier findings of all these rules, and their verdicts.

    What a person decided on a problem stays where the site still fails for the same reason. Raises NotStored for a site
    without an audit in this scan, StorageError.
    """
    site_ids = list(found)
    rules = {finding.rule for of_site in found.values() for finding in of_site}
    for start in range(0, len(site_ids), PAGE):
        page = {site_id: tuple(found[site_id]) for site_id in site_ids[start : start + PAGE]}
        with database.writing() as connection:
            query = sa.select(audits.c.site_id, audits.c.observed_at).where(audits.c.scan_id == scan_id, audits.c.site_id.in_(page))
            observed = {row.site_id: row.observed_at for row in connection.execute(query)}
            for site_id in page:
                if site_id not in observed:
                    raise NotStored("no_audit", scan=scan_id, place=database.place, site=site_id)
            decided = remove_findings(connection, scan_id, list(page), rules)
            add_findings(connection, scan_id, page, observed)
            restore_decisions(connection, scan_id, decided)
            rejudge(connection, scan_id, page)


def rejudge(connection: Connection, scan_id: int, site_ids: Collection[int]) -> None:
    """Give audited sites the verdict that follows from their findings as they are now stored."""
    all_findings = findings_by_site(connection, scan_id, site_ids, evidence=False)
    same = sa.and_(audits.c.scan_id == scan_id, audits.c.site_id == sa.bindparam("of_site"))
    verdicts = [{"of_site": site_id, "now": site_verdict(of_site)} for site_id, of_site in all_findings.items()]
    if verdicts:
        connection.execute(sa.update(audits).where(same).values(verdict=sa.bindparam("now")), verdicts)


def find_audit(database: Database, scan_id: int, site_id: int) -> StoredAudit | None:
    """Return one site's audit with all its evidence. Raises StorageError."""
    query = sa.select(audits).where(audits.c.scan_id == scan_id, audits.c.site_id == site_id)
    with database.reading() as connection:
        return next(iter(_stored(connection, scan_id, connection.execute(query).all(), evidence=True)), None)


def addresses_that_answered(database: Database, scan_id: int, most: int) -> list[str]:
    """Return addresses of sites that this scan saw the content of, the latest last. Raises StorageError."""
    query = sa.select(audits.c.url).where(audits.c.scan_id == scan_id, audits.c.reach == Reach.OK)
    with database.reading() as connection:
        return list(reversed(connection.scalars(query.order_by(audits.c.finished_at.desc()).limit(most)).all()))


def iterate_verdicts(database: Database, scan_id: int, *, evidence: bool = False) -> Iterator[StoredAudit]:
    """Stream the finished audits of a scan, also of one that is still running or was killed, by site id.

    A site that waits for its second look is not finished. Raises StorageError.
    """

    def read(connection: Connection, rows: Sequence[Any]) -> list[StoredAudit]:
        waiting = first_looks_among(connection, scan_id, [row.site_id for row in rows])
        return _stored(connection, scan_id, [row for row in rows if row.site_id not in waiting], evidence=evidence)

    return audit_pages(database, scan_id, read)


def count_verdicts(database: Database, scan_id: int) -> dict[str, int]:
    """Count the registered sites of a scan by verdict: for those who ask every few seconds. Raises StorageError."""
    of_scan = sa.select(audits.c.verdict, sa.func.count().label("sites")).join(sites, sites.c.id == audits.c.site_id)
    query = of_scan.where(audits.c.scan_id == scan_id, sites.c.registered.is_(True)).group_by(audits.c.verdict)
    with database.reading() as connection:
        return {row.verdict: row.sites for row in connection.execute(query)}


def _stored(connection: Connection, scan_id: int, rows: Sequence[Any], *, evidence: bool) -> list[StoredAudit]:
    site_ids = [row.site_id for row in rows]
    by_id = sites_by_id(connection, site_ids)
    found = findings_by_site(connection, scan_id, site_ids, evidence=evidence)
    return [_stored_audit(row, by_id[row.site_id], found.get(row.site_id, ())) for row in rows]


def _stored_audit(row: Any, site: Site, found: tuple[Finding, ...]) -> StoredAudit:
    values = {name: getattr(row, name) for name in _AUDIT_FIELDS if name != "site_id"}
    values["reach"] = Reach(row.reach)
    values["reach_reason"] = ReachReason(row.reach_reason) if row.reach_reason else None
    values["verdict"] = Verdict(row.verdict)
    return StoredAudit(scan_id=row.scan_id, site=site, findings=found, **values)
