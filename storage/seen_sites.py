"""What registry rules need to know of the sites of a scan, and the links that lead to sites nobody registered."""

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from rules.domains import without_www
from rules.dossier import GovernmentLink, SeenSite
from storage.audit_pages import audit_pages
from storage.database import PAGE, Database
from storage.records import AuditResult
from storage.registry.sites import sites_by_id, stored_links
from storage.tables import audits, found_links, sites


def packed_seen(result: AuditResult) -> SeenSite:
    """Return what is kept of a seen site beside the columns of its audit and its links."""
    return msgspec.structs.replace(
        result.seen, site_id=result.site_id, row=None, url="", host="", final_host="", title="", government_links=()
    )


def _whole(row: Any) -> SeenSite:
    seen: SeenSite = row.seen
    return msgspec.structs.replace(seen, url=row.url, host=row.host, final_host=row.final_host, title=row.title)


def add_links(connection: Connection, scan_id: int, results: Sequence[AuditResult]) -> None:
    """Keep where these sites link to until the scan has looked there, within a transaction that is already open for writing."""
    linked = [
        {"scan_id": scan_id, "site_id": result.site_id, "links": result.seen.government_links}
        for result in results
        if result.seen.government_links
    ]
    if linked:
        connection.execute(sa.insert(found_links), linked)


def iterate_links(database: Database, scan_id: int) -> Iterator[GovernmentLink]:
    """Stream where the sites of a running scan link to, by site id. Raises StorageError."""
    query = sa.select(found_links.c.site_id, found_links.c.links).where(found_links.c.scan_id == scan_id)
    last = 0
    while True:
        with database.reading() as connection:
            rows = connection.execute(query.where(found_links.c.site_id > last).order_by(found_links.c.site_id).limit(PAGE)).all()
        for row in rows:
            yield from row.links
        if len(rows) < PAGE:
            return
        last = rows[-1].site_id


def forget_links(database: Database, scan_id: int) -> None:
    """Drop the links, which are most of what an audit brings, once they have led to the discovered sites. Raises StorageError."""
    with database.writing() as connection:
        connection.execute(sa.delete(found_links).where(found_links.c.scan_id == scan_id))


def iterate_seen_sites(database: Database, scan_id: int) -> Iterator[SeenSite]:
    """Stream what registry rules need to know of the audited sites, by site id.

    Registry rules take what they are given for the whole registry. So a discovered site that the registry knows, by host or
    printed code, through a site outside this scan (not sampled, or not reached yet) is left out: it is not unregistered.
    Raises StorageError.
    """
    with database.reading() as connection:
        hosts, codes = _outside(connection, scan_id)

    def read(connection: Connection, rows: Sequence[Any]) -> list[SeenSite]:
        by_id = sites_by_id(connection, [row.site_id for row in rows])
        links = stored_links(connection, [row.site_id for row in rows])
        page = []
        for row in rows:
            site, seen = by_id[row.site_id], _whole(row)
            if site.registered:
                page.append(msgspec.structs.replace(seen, row=site.row))
            elif hosts.isdisjoint(map(without_www, (site.row.host, seen.final_host))) and codes.isdisjoint(
                map(str.lower, seen.printed_codes)
            ):
                page.append(msgspec.structs.replace(seen, linked_from=seen.linked_from or links[row.site_id]))
        return page

    yield from audit_pages(database, scan_id, read)


def _outside(connection: Connection, scan_id: int) -> tuple[frozenset[str], frozenset[str]]:
    """Return hosts without `www.` and ports, and site codes, lower case, of the registered sites that this scan has not audited."""
    audited = sa.select(audits.c.site_id).where(audits.c.scan_id == scan_id)
    query = sa.select(sites.c.host, sites.c.site_code).where(sites.c.registered.is_(True), sites.c.id.not_in(audited))
    rows = connection.execute(query).all()
    return frozenset(without_www(row.host) for row in rows), frozenset(row.site_code.lower() for row in rows if row.site_code)
