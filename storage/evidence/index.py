"""The index of the archive: which file holds the block of an audit, and what the archive holds of a site already."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from storage.compression import compress, decompress
from storage.database import PAGE, Database
from storage.evidence.packing import packed, references_in, unpacked
from storage.evidence.records import KeptAudit, KeptResponse, Reference
from storage.evidence.tables import evidence_files, kept_audits, kept_responses

_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(tuple[KeptResponse, ...])


def add_kept_audits(connection: Connection, scan_id: int, kept: Mapping[int, KeptAudit | None]) -> None:
    """Index the blocks of audits, by site id, within a transaction that is already open for writing."""
    blocks = {site_id: block for site_id, block in kept.items() if block is not None}
    if not blocks:
        return
    files = _file_ids(connection, scan_id, {block.file for block in blocks.values()})
    rows = [
        {
            "scan_id": scan_id,
            "site_id": site_id,
            "look": block.look,
            "file_id": files[block.file],
            "offset": block.offset,
            "length": block.length,
            "content": packed(block),
        }
        for site_id, block in blocks.items()
    ]
    connection.execute(sa.insert(kept_audits), rows)
    _know_responses(connection, scan_id, blocks)


def _know_responses(connection: Connection, scan_id: int, blocks: Mapping[int, KeptAudit]) -> None:
    """Replace what is known of these sites by what their newest blocks hold or refer to."""
    connection.execute(sa.delete(kept_responses).where(kept_responses.c.site_id.in_(blocks)))
    rows = []
    for site_id, block in blocks.items():
        place = (scan_id, block.look)
        responses = [msgspec.structs.replace(response, origin=response.origin or place) for response in block.responses]
        rows.append({"site_id": site_id, "scan_id": scan_id, "responses": compress(_encoder.encode(responses))})
    connection.execute(sa.insert(kept_responses), rows)


def forget_responses(connection: Connection, scan_id: int, site_ids: Sequence[int]) -> None:
    """Let nothing be referred to any longer that these sites' blocks of a scan held: it is no longer there."""
    for start in range(0, len(site_ids), PAGE):
        of_scan = kept_responses.c.scan_id == scan_id
        connection.execute(sa.delete(kept_responses).where(of_scan, kept_responses.c.site_id.in_(site_ids[start : start + PAGE])))


def _file_ids(connection: Connection, scan_id: int, names: Collection[str]) -> dict[str, int]:
    """Return the ids of a scan's files; those new to the index are added."""
    query = sa.select(evidence_files.c.name, evidence_files.c.id).where(evidence_files.c.scan_id == scan_id)
    known = {row.name for row in connection.execute(query)}
    new = [{"scan_id": scan_id, "name": name} for name in sorted(names) if name not in known]
    if new:
        connection.execute(sa.insert(evidence_files), new)
    return {row.name: row.id for row in connection.execute(query)}


def _block(row: Any) -> KeptAudit:
    account, bodies, references = unpacked(row.content)
    return KeptAudit(
        file=row.name, offset=row.offset, length=row.length, account=account, look=row.look, bodies=bodies, references=references
    )


def _blocks_query(*where: Any) -> sa.Select[Any]:
    files = evidence_files.c.id == kept_audits.c.file_id
    return sa.select(kept_audits, evidence_files.c.name).join(evidence_files, files).where(*where)


def known_responses(database: Database, site_ids: Collection[int]) -> dict[int, tuple[KeptResponse, ...]]:
    """Return what the latest block of each site holds or refers to; every response names the audit that holds its body.

    Raises StorageError.
    """
    known: dict[int, tuple[KeptResponse, ...]] = {}
    ids = list(site_ids)
    for start in range(0, len(ids), PAGE):
        query = sa.select(kept_responses).where(kept_responses.c.site_id.in_(ids[start : start + PAGE]))
        with database.reading() as connection:
            known |= {row.site_id: _decoder.decode(decompress(row.responses)) for row in connection.execute(query)}
    return known


def iterate_kept(database: Database, scan_id: int) -> Iterator[tuple[int, tuple[KeptAudit, ...]]]:
    """Stream the blocks of a scan, by site id: those of the first look and of the second, where there was one. Raises StorageError."""
    query = sa.select(kept_audits.c.site_id).where(kept_audits.c.scan_id == scan_id).distinct().order_by(kept_audits.c.site_id)
    last = 0
    while True:
        with database.reading() as connection:
            page = list(connection.scalars(query.where(kept_audits.c.site_id > last).limit(PAGE)))
            found = _of_sites(connection, scan_id, page)
        yield from found.items()
        if len(page) < PAGE:
            return
        last = page[-1]


def iterate_references(database: Database, scan_id: int, scans: Collection[int]) -> Iterator[tuple[int, Reference]]:
    """Stream what the blocks of a scan refer to in other scans, each with its site id. Raises StorageError.

    For those who want nothing else of millions of blocks.
    """
    key = (kept_audits.c.site_id, kept_audits.c.look)
    query = sa.select(*key, kept_audits.c.content).where(kept_audits.c.scan_id == scan_id).order_by(*key).limit(PAGE)
    last = (0, 0)
    while True:
        with database.reading() as connection:
            page = connection.execute(query.where(sa.tuple_(*key) > last)).all()
        for row in page:
            yield from ((row.site_id, reference) for reference in references_in(row.content, scans))
        if len(page) < PAGE:
            return
        last = (page[-1].site_id, page[-1].look)


def kept_of_site(database: Database, scan_id: int, site_id: int) -> tuple[KeptAudit, ...]:
    """Return the blocks of one site in a scan, the first look's first. Raises StorageError."""
    with database.reading() as connection:
        return _of_sites(connection, scan_id, [site_id]).get(site_id, ())


def _of_sites(connection: Connection, scan_id: int, site_ids: Collection[int]) -> dict[int, tuple[KeptAudit, ...]]:
    query = _blocks_query(kept_audits.c.scan_id == scan_id, kept_audits.c.site_id.in_(site_ids))
    by_site: dict[int, list[KeptAudit]] = defaultdict(list)
    for row in connection.execute(query.order_by(kept_audits.c.site_id, kept_audits.c.look)):
        by_site[row.site_id].append(_block(row))
    return {site_id: tuple(blocks) for site_id, blocks in by_site.items()}


def find_kept(database: Database, scan_id: int, site_id: int, look: int) -> KeptAudit | None:
    """Return the block of one look at a site. Raises StorageError."""
    return next((block for block in kept_of_site(database, scan_id, site_id) if block.look == look), None)
