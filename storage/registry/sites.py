"""The sites of the database: the registered ones, and those discovered through links."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from rules.domains import without_www
from rules.registry import SITE_CODE, RegistryRow, Status
from storage.database import PAGE, Database
from storage.records import DiscoveredSite, Site
from storage.registry.urls import BadUrl, normalise_url
from storage.tables import sites


def list_sites(
    database: Database,
    *,
    registered: bool | None = True,
    region: str | None = None,
    status: Status | None = None,
) -> Iterator[Site]:
    """Stream the sites in the order of their import. None leaves a filter out. Raises StorageError."""
    wanted = {"registered": registered, "region": region, "status": status}
    query = sa.select(sites).where(*(sites.c[name] == value for name, value in wanted.items() if value is not None))
    last = 0
    while True:
        with database.reading() as connection:
            page = [_site(row) for row in connection.execute(query.where(sites.c.id > last).order_by(sites.c.id).limit(PAGE))]
        yield from page
        if len(page) < PAGE:
            return
        last = page[-1].site_id


def find_site(database: Database, name: str) -> Site | None:
    """Find a site by its site code, its address, or its host; a registered one before a discovered one. Raises StorageError."""
    order = [sites.c.registered.desc(), sites.c.id]
    if SITE_CODE.fullmatch(name.strip()):
        condition = sa.func.lower(sites.c.site_code) == name.strip().lower()
    else:
        try:
            url, host = normalise_url(name)
        except BadUrl:
            return None
        condition = sa.or_(sites.c.url == url, sites.c.host == host)
        order.insert(1, sa.case((sites.c.url == url, 0), else_=1))
    with database.reading() as connection:
        row = connection.execute(sa.select(sites).where(condition).order_by(*order).limit(1)).first()
    return _site(row) if row else None


def add_discovered_sites(database: Database, found: Iterable[DiscoveredSite], found_at: datetime) -> tuple[Site, ...]:
    """Keep sites that only links led to, one a host, and return those of them that the registry does not know.

    A host that differs from a registered one by `www.` or its port alone is registered. Raises StorageError.
    """
    with database.writing() as connection:
        registered = registered_hosts(connection)
        by_host: dict[str, DiscoveredSite] = {}
        for site in found:
            if without_www(site.host) not in registered:
                by_host.setdefault(without_www(site.host), site)
        known = _discovered_by_host(connection)
        new = [
            {
                **_values(RegistryRow(url=site.url, host=site.host)),
                "registered": False,
                "linked_from": site.linked_from[:5],
                "imported_at": found_at,
            }
            for host, site in by_host.items()
            if host not in known
        ]
        if new:
            connection.execute(sa.insert(sites), new)
            known = _discovered_by_host(connection)
    return tuple(known[host] for host in by_host)


def name_discovered_sites(database: Database, titles: Mapping[int, str]) -> None:
    """Name discovered sites, by id, after the titles of their homepages; registered ones keep their names. Raises StorageError."""
    values = [{"key": site_id, "title": title} for site_id, title in titles.items()]
    if values:
        named = sa.update(sites).where(sites.c.id == sa.bindparam("key"), sites.c.registered.is_(False)).values(name=sa.bindparam("title"))
        with database.writing() as connection:
            connection.execute(named, values)


def _discovered_by_host(connection: Connection) -> dict[str, Site]:
    rows = connection.execute(sa.select(sites).where(sites.c.registered.is_(False)))
    return {without_www(row.host): _site(row) for row in rows}


def registered_hosts(connection: Connection) -> frozenset[str]:
    """Return the hosts that the registry knows, without `www.` and ports."""
    return frozenset(without_www(host) for host in connection.scalars(sa.select(sites.c.host).where(sites.c.registered.is_(True))))


def sites_by_id(connection: Connection, site_ids: Collection[int]) -> dict[int, Site]:
    """Return sites by their ids, at most a page of them."""
    return {row.id: _site(row) for row in connection.execute(sa.select(sites).where(sites.c.id.in_(site_ids)))}


def all_registered(connection: Connection) -> dict[int, Site]:
    """Return all registered sites by id."""
    return {row.id: _site(row) for row in connection.execute(sa.select(sites).where(sites.c.registered.is_(True)))}


def insert_registered(connection: Connection, rows: Iterable[RegistryRow], imported_at: datetime) -> None:
    """Insert new registered sites."""
    values = [{**_values(row), "registered": True, "linked_from": (), "imported_at": imported_at} for row in rows]
    if values:
        connection.execute(sa.insert(sites), values)


def update_registered(connection: Connection, rows: Iterable[tuple[int, RegistryRow]], imported_at: datetime) -> None:
    """Rewrite registered sites by id."""
    values = [{**_values(row), "imported_at": imported_at, "key": site_id} for site_id, row in rows]
    if values:
        # First out of each other's way: two sites of one file may have swapped addresses or codes.
        park = sa.update(sites).where(sites.c.id == sa.bindparam("key"))
        connection.execute(
            park.values(url=sa.bindparam("parked"), site_code=None),
            [{"key": site_id, "parked": f"moving:{site_id}"} for site_id, _ in rows],
        )
        connection.execute(park, values)


def _values(row: RegistryRow) -> dict[str, Any]:
    return {name: getattr(row, name) for name in RegistryRow.__struct_fields__}


def _site(row: Any) -> Site:
    registered = {name: getattr(row, name) for name in RegistryRow.__struct_fields__}
    return Site(site_id=row.id, registered=row.registered, row=msgspec.convert(registered, RegistryRow))


def stored_links(connection: Connection, site_ids: Collection[int]) -> dict[int, tuple[str, ...]]:
    """Return the pages that led to discovered sites."""
    query = sa.select(sites.c.id, sites.c.linked_from).where(sites.c.id.in_(site_ids), sites.c.registered.is_(False))
    return {row.id: row.linked_from for row in connection.execute(query)}
