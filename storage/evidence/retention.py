"""Retention: what findings rest on is kept, the rest is let go after some time.

An audit with a failed finding is kept whole: that something is absent rests on every page that was seen, and only a whole audit can be
carried out again. Of the other audits stay the bodies that later, kept audits refer to as unchanged.
"""

import hashlib
import os
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from rules.verdict import Verdict
from storage.database import Database
from storage.errors import EvidenceMissing, EvidenceUnwritable
from storage.evidence.index import forget_responses, iterate_kept, iterate_references
from storage.evidence.manifest import ADDED, LIST_BESIDE, forget_first_list, list_text, shards, stem_in, verify, write_list
from storage.evidence.names import list_name, shard_of
from storage.evidence.packing import mark_of, packed
from storage.evidence.records import KeptAudit, KeptBody, Reference
from storage.evidence.tables import evidence_files, evidence_manifests, kept_audits
from storage.records import ScanStatus
from storage.tables import findings, scans

Bodies = defaultdict[tuple[int, int, int], set[bytes]]
"""Bodies that are referred to, by scan, site and look."""


class Thinned(NamedTuple):
    """What was let go of a scan's evidence; sizes in bytes."""

    scan_id: int
    before: int
    after: int
    audits: int
    """Audits kept before."""
    kept: int
    """Audits kept whole."""


class _Plan(NamedTuple):
    """What becomes of a block: kept whole, or only these of its bodies."""

    site_id: int
    block: KeptAudit
    whole: bool
    bodies: tuple[KeptBody, ...]

    @property
    def references(self) -> tuple[Reference, ...]:
        """Return what the block refers to once it is what it becomes."""
        return self.block.references if self.whole else ()

    @property
    def shrinks(self) -> bool:
        """Tell whether anything of the block is let go; of one that was thinned before, there may be nothing left to."""
        return not self.whole and (self.block.account is not None or len(self.bodies) < len(self.block.bodies))


def thin(database: Database, folder: Path, *, before: datetime, thinned_at: datetime, dry_run: bool = False) -> Iterator[Thinned]:
    """Thin the evidence of finished scans with an as-of time before `before`, the oldest last; yield the sizes of each.

    The new file of a scan is whole on the disk before the index is switched to it and the old one removed: a crash costs nothing.
    Raises EvidenceMissing for evidence that is not as it was sealed, EvidenceUnwritable, StorageError.
    """
    old, referred = _old_scans(database, before), Bodies(set)
    for scan_id in _scans(database):
        if scan_id not in old:
            _note_references(referred, iterate_references(database, scan_id, old), old)
            continue
        plans = []
        for plan in _plans(database, scan_id, referred):
            # At once: an earlier look of the same scan, which comes next, may be referred to.
            _note_references(referred, ((plan.site_id, each) for each in plan.references), old)
            plans.append(plan)
        if not dry_run:
            _remove_leftovers(database, folder, scan_id)
        if any(plan.shrinks for plan in plans):
            yield _rewrite(database, folder, scan_id, plans, thinned_at, dry_run=dry_run)


def _scans(database: Database) -> list[int]:
    """Return scans with evidence, the newest first: an audit is referred to by later ones only."""
    with database.reading() as connection:
        return list(connection.scalars(sa.select(kept_audits.c.scan_id).distinct().order_by(kept_audits.c.scan_id.desc())))


def _old_scans(database: Database, before: datetime) -> frozenset[int]:
    query = sa.select(scans.c.id).where(scans.c.as_of < before, scans.c.status == ScanStatus.FINISHED)
    sealed = sa.exists().where(evidence_manifests.c.scan_id == scans.c.id)
    with database.reading() as connection:
        return frozenset(connection.scalars(query.where(sealed)))


def _plans(database: Database, scan_id: int, referred: Bodies) -> Iterator[_Plan]:
    failed = _failed_sites(database, scan_id)
    for site_id, blocks in iterate_kept(database, scan_id):
        # The looks of a scan refer to each other: the later one first.
        for block in reversed(blocks):
            wanted = referred.get((scan_id, site_id, block.look), set())
            bodies = tuple(body for body in block.bodies if mark_of(body.digest) in wanted)
            whole = block.account is not None and site_id in failed
            yield _Plan(site_id, block, whole, block.bodies if whole else bodies)


def _failed_sites(database: Database, scan_id: int) -> set[int]:
    query = sa.select(findings.c.site_id).where(findings.c.scan_id == scan_id, findings.c.verdict == Verdict.FAIL).distinct()
    with database.reading() as connection:
        return set(connection.scalars(query))


def _note_references(referred: Bodies, found: Iterable[tuple[int, Reference]], old: Collection[int]) -> None:
    """Note which bodies of old scans these references of sites name: the others are kept in any case, and are too many to remember."""
    for site_id, reference in found:
        if reference.scan_id in old:
            referred[reference.scan_id, site_id, reference.look].add(reference.mark)


def _rewrite(database: Database, folder: Path, scan_id: int, plans: list[_Plan], thinned_at: datetime, *, dry_run: bool) -> Thinned:
    state = verify(database, scan_id, folder)
    if any(damage.kind not in (ADDED, LIST_BESIDE) for damage in state.damages):
        # Thinning writes a new manifest: what was changed must not pass for what was kept.
        raise EvidenceMissing("evidence_changed", scan=scan_id, file=state.damages[0].file)
    whole = sum(plan.whole for plan in plans)
    if dry_run:
        size = sum(plan.block.length if plan.whole else sum(body.length for body in plan.bodies) for plan in plans)
        return Thinned(scan_id, state.bytes, size, len(plans), whole)
    by_file: dict[str, list[_Plan]] = defaultdict(list)
    for plan in sorted(plans, key=lambda plan: plan.block.offset):
        by_file[plan.block.file].append(plan)
    try:
        written = {name: _write(folder / name, of_file) for name, of_file in by_file.items()}
        new = [each for each in written.values() if each.blocks]
        thinned_sites = [plan.site_id for plan in plans if not plan.whole]
        _switch(database, scan_id, folder / list_name(state.stem), new, thinned_sites, thinned_at)
        forget_first_list(folder, state)
        for name in by_file:
            (folder / name).unlink()
        for each in written.values():
            if not each.blocks:
                each.path.unlink()
    except OSError as error:
        raise EvidenceUnwritable("evidence_unthinnable", folder=folder, why=error.strerror) from error
    return Thinned(scan_id, state.bytes, sum(each.size for each in new), len(plans), whole)


def _remove_leftovers(database: Database, folder: Path, scan_id: int) -> None:
    """Remove the other version of a file that is indexed: an earlier thinning was killed before it could."""
    with database.reading() as connection:
        indexed = set(connection.scalars(sa.select(evidence_files.c.name).where(evidence_files.c.scan_id == scan_id)))
    versions = {shard_of(name) for name in indexed}
    for name in shards(folder, stem_in(database, scan_id)) - indexed:
        if shard_of(name) in versions:
            (folder / name).unlink(missing_ok=True)


class _Written(NamedTuple):
    """A thinned file, and where its blocks lie now."""

    path: Path
    size: int
    sha256: str
    blocks: list[tuple[int, KeptAudit]]


def _write(path: Path, plans: Iterable[_Plan]) -> _Written:
    """Copy what stays of a file to a new one."""
    name = shard_of(path.name)
    taken = len(list(path.parent.glob(f"{name}-thinned-*")))
    target = path.with_name(f"{name}-thinned-{taken + 1:02d}.warc.gz")
    blocks: list[tuple[int, KeptAudit]] = []
    with path.open("rb") as old, target.open("xb") as new:
        ordered = list(plans)
        new.write(old.read(ordered[0].block.offset))  # the warcinfo record, which every file begins with
        for plan in ordered:
            offset = new.tell()
            block, pieces = _reduced(plan)
            for begin, length in pieces:
                old.seek(plan.block.offset + begin)
                new.write(old.read(length))
            if pieces:
                moved = msgspec.structs.replace(block, file=target.name, offset=offset, length=new.tell() - offset)
                blocks.append((plan.site_id, moved))
        new.flush()
        os.fsync(new.fileno())
    with target.open("rb") as written:
        digest = hashlib.file_digest(written, "sha256").hexdigest()
    return _Written(target, target.stat().st_size, digest, blocks)


def _reduced(plan: _Plan) -> tuple[KeptAudit, list[tuple[int, int]]]:
    """Return the block as it will be, and the stretches of the old one that it is made of."""
    if plan.whole:
        return plan.block, [(0, plan.block.length)]
    offset, moved = 0, []
    for body in plan.bodies:
        moved.append(body._replace(offset=offset))
        offset += body.length
    reduced = msgspec.structs.replace(plan.block, account=None, bodies=tuple(moved), references=())
    return reduced, [(body.offset, body.length) for body in plan.bodies]


def _switch(
    database: Database, scan_id: int, listed: Path, written: list[_Written], thinned_sites: Sequence[int], thinned_at: datetime
) -> None:
    """Have the index point to the new files alone, in one transaction; the next audit of a thinned site refers to nothing that is gone."""
    text = list_text((each.path.name, each.sha256) for each in written)
    with database.writing() as connection:
        connection.execute(sa.delete(kept_audits).where(kept_audits.c.scan_id == scan_id))
        connection.execute(sa.delete(evidence_files).where(evidence_files.c.scan_id == scan_id))
        for each in written:
            _add_file(connection, scan_id, each)
        forget_responses(connection, scan_id, thinned_sites)
        values = {"root": hashlib.sha256(text.encode()).hexdigest(), "thinned_at": thinned_at}
        connection.execute(sa.update(evidence_manifests).where(evidence_manifests.c.scan_id == scan_id).values(values))
    write_list(listed, text)


def _add_file(connection: Connection, scan_id: int, written: _Written) -> None:
    values = {"scan_id": scan_id, "name": written.path.name, "bytes": written.size, "sha256": written.sha256}
    file_id = connection.execute(sa.insert(evidence_files).values(values).returning(evidence_files.c.id)).scalar_one()
    rows = [
        {
            "scan_id": scan_id,
            "site_id": site_id,
            "look": block.look,
            "file_id": file_id,
            "offset": block.offset,
            "length": block.length,
            "content": packed(block),
        }
        for site_id, block in written.blocks
    ]
    connection.execute(sa.insert(kept_audits), rows)
