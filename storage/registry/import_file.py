"""Registry files into the database: good rows in one transaction, the others named by line."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from itertools import chain, islice
from pathlib import Path

import msgspec
from sqlalchemy.engine import Connection

from rules.registry import RegistryRow
from storage.database import Database
from storage.errors import RegistryFileError
from storage.records import ImportReport, RejectedRow, RowProblem, Site
from storage.registry.file_rows import HEADERS, Entry, header_of, read_entries
from storage.registry.file_tables import tables_of
from storage.registry.sites import all_registered, insert_registered, update_registered
from storage.wording import wording

_HEADER_SEARCH = 20
"""Lines in which the header is looked for: tables often carry a title and blank lines above it."""


def read_registry(path: Path) -> tuple[list[Entry], list[RejectedRow]]:
    """Read a registry file without importing it: good rows and rejected ones, in the order of the file. Raises RegistryFileError."""
    for lines in tables_of(path):
        for line in islice(lines, _HEADER_SEARCH):
            header = header_of(line, path)
            if header:
                entries, rejected = read_entries(header, lines)
                if not entries and not rejected:
                    raise RegistryFileError("registry_without_sites", path=path)
                return entries, rejected
    expected = "、".join(HEADERS.values())
    raise RegistryFileError("registry_without_header", path=path, expected=expected)


def import_registry(database: Database, path: Path, imported_at: datetime | None = None) -> ImportReport:
    """Import a registry file (.csv or .xlsx): the good rows go in, in one transaction, the others are reported by line.

    A site that is known by its code, or else by its address, is rewritten; a cell without a value leaves what is known.
    `imported_at` is now unless given. Raises RegistryFileError, StorageError.
    """
    entries, rejected = read_registry(path)
    return import_rows(database, entries, rejected, imported_at or datetime.now(UTC))


def import_rows(database: Database, entries: Iterable[Entry], rejected: Iterable[RejectedRow], imported_at: datetime) -> ImportReport:
    """Import rows that were read from a file, in one transaction. Raises StorageError."""
    with database.writing() as connection:
        known, new, taken = _matched(connection, list(entries))
        update_registered(connection, known, imported_at)
        insert_registered(connection, new, imported_at)
    lines = sorted(chain(rejected, taken), key=lambda row: row.line)
    return ImportReport(imported=len(new), updated=len(known), rejected=tuple(lines))


def _matched(connection: Connection, entries: list[Entry]) -> tuple[list[tuple[int, RegistryRow]], list[RegistryRow], list[RejectedRow]]:
    """Tell apart rows of known sites, rows of new ones, and rows whose address another known site keeps."""
    sites = all_registered(connection)
    targets = _targets(entries, sites)
    taken: list[RejectedRow] = []
    while clashes := _clashes(entries, targets, sites):
        taken += clashes
        refused = {row.line for row in clashes}
        entries = [entry for entry in entries if entry.line not in refused]
    known = [(targets[entry.line].site_id, _merged(targets[entry.line].row, entry)) for entry in entries if entry.line in targets]
    return known, [entry.row for entry in entries if entry.line not in targets], taken


def _targets(entries: list[Entry], sites: Mapping[int, Site]) -> dict[int, Site]:
    """Find the known site of each row by line: by code first, then by address where no other row has the site's code."""
    by_code = {site.row.site_code.lower(): site for site in sites.values() if site.row.site_code}
    by_url = {site.row.url: site for site in sites.values()}
    targets = {entry.line: by_code[code] for entry in entries if (code := (entry.row.site_code or "").lower()) in by_code}
    claimed = {site.site_id for site in targets.values()}
    for entry in entries:
        site = by_url.get(entry.row.url)
        if entry.line not in targets and site and site.site_id not in claimed:
            targets[entry.line] = site
    return targets


def _clashes(entries: list[Entry], targets: Mapping[int, Site], sites: Mapping[int, Site]) -> list[RejectedRow]:
    """Return the rows whose address belongs to a known site that stays where it is."""
    moved = {targets[entry.line].site_id for entry in entries if entry.line in targets}
    staying = {site.row.url: site for site in sites.values() if site.site_id not in moved}
    return [_taken(entry, staying[entry.row.url].row) for entry in entries if entry.row.url in staying]


def _taken(entry: Entry, other: RegistryRow) -> RejectedRow:
    called = other.site_code or other.name or other.host
    text = wording("row_address_taken", url=entry.row.url, called=called)
    return RejectedRow(line=entry.line, reason=RowProblem.URL_TAKEN, text=text, value=entry.row.url)


def _merged(known: RegistryRow, entry: Entry) -> RegistryRow:
    given = {field: getattr(entry.row, field) for field in entry.given}
    given.setdefault("region", known.region or entry.row.region)
    return msgspec.structs.replace(known, **given, extra={**known.extra, **entry.row.extra})
