"""The manifest of a scan's evidence: the digest of every file and one of all, kept in the database: nothing was changed since.

Beside the files lies the same list in the format of `sha256sum`, for those who check without this program.
"""

import hashlib
import os
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

import sqlalchemy as sa

from storage.database import Database
from storage.errors import EvidenceUnwritable
from storage.evidence.names import first_stem, list_name, stem_of
from storage.evidence.tables import evidence_files, evidence_manifests, kept_audits
from storage.tables import scans

ADDED, LIST_BESIDE = "added", "list_beside"


class Damage(NamedTuple):
    """A file that is not as it was: its name, and one of `missing`, `shorter`, `longer`, `changed`, `added`, `list`, `list_beside`.

    `list`: the digests in the database do not agree with the one of them all; `list_beside`: the list that lies beside the files does not.
    """

    file: str
    kind: str


class Verified(NamedTuple):
    """What a check of one scan's evidence says."""

    scan_id: int
    stem: str
    names: tuple[str, ...]
    """Of its files, as far as the index knows them."""
    bytes: int
    sealed: bool
    """Whether there is a manifest to check by: a scan that still runs, or was killed, has none."""
    root: str
    damages: tuple[Damage, ...]

    @property
    def named_by_number(self) -> bool:
        """Tell whether a file of it has its name from the first versions."""
        return any(not name.startswith(self.stem) for name in self.names)


def seal(database: Database, scan_id: int, folder: Path, sealed_at: datetime) -> None:
    """Write down the digests of a finished scan's files. Raises EvidenceUnwritable, StorageError.

    What a killed writer left behind the last indexed block is cut off first, and a file without such a block removed: nothing refers to
    it, and other readers stumble over it.
    """
    ends, stem = _ends(database, scan_id), stem_in(database, scan_id)
    try:
        for name in shards(folder, stem) - ends.keys():
            (folder / name).unlink()
        if not ends:
            return
        digests = {name: _trimmed(folder / name, end) for name, end in ends.items()}
        write_list(folder / list_name(stem), _store(database, scan_id, digests, sealed_at))
    except OSError as error:
        raise EvidenceUnwritable("evidence_unsealable", folder=folder, why=error.strerror) from error


def _ends(database: Database, scan_id: int) -> dict[str, int]:
    """Return where the last indexed block of each file ends."""
    end = sa.func.max(kept_audits.c.offset + kept_audits.c.length).label("end")
    query = (
        sa.select(evidence_files.c.name, end)
        .join(kept_audits, kept_audits.c.file_id == evidence_files.c.id)
        .where(evidence_files.c.scan_id == scan_id)
        .group_by(evidence_files.c.name)
    )
    with database.reading() as connection:
        return {row.name: row.end for row in connection.execute(query)}


def stem_in(database: Database, scan_id: int) -> str:
    """Return what the names of a scan's files begin with. Raises StorageError."""
    with database.reading() as connection:
        return stem_of(scan_id, connection.execute(sa.select(scans.c.started_at).where(scans.c.id == scan_id)).scalar_one())


def shards(folder: Path, stem: str) -> set[str]:
    """Return the names of the archive files that lie there under a scan's name, whoever put them there."""
    return {path.name for path in folder.glob(f"{stem}-*")}


def strangers(database: Database, folder: Path) -> tuple[str, ...]:
    """Return the names of files in the folder that belong to no scan of the database. Raises StorageError."""
    with database.reading() as connection:
        stems = tuple(stem_of(row.id, row.started_at) for row in connection.execute(sa.select(scans.c.id, scans.c.started_at)))
        known = set(connection.scalars(sa.select(evidence_files.c.name)))
        roots = connection.execute(sa.select(evidence_manifests.c.scan_id, evidence_manifests.c.root)).all()
    known |= {path.name for row in roots if (path := _first_list(folder, row.scan_id, row.root))}
    found = (path.name for path in folder.glob("*") if path.is_file())
    return tuple(sorted(name for name in found if name not in known and not name.startswith(stems)))


def _trimmed(path: Path, end: int) -> tuple[int, str]:
    with path.open("r+b") as file:
        if os.fstat(file.fileno()).st_size > end:
            file.truncate(end)
        os.fsync(file.fileno())
        return end, hashlib.file_digest(file, "sha256").hexdigest()


def _store(database: Database, scan_id: int, digests: dict[str, tuple[int, str]], sealed_at: datetime) -> str:
    """Store sizes and digests by file name, and the digest of the list, which is returned."""
    text = list_text((name, digest) for name, (_, digest) in digests.items())
    with database.writing() as connection:
        for name, (size, digest) in digests.items():
            of_file = sa.and_(evidence_files.c.scan_id == scan_id, evidence_files.c.name == name)
            connection.execute(sa.update(evidence_files).where(of_file).values(bytes=size, sha256=digest))
        root = hashlib.sha256(text.encode()).hexdigest()
        connection.execute(sa.delete(evidence_manifests).where(evidence_manifests.c.scan_id == scan_id))
        connection.execute(sa.insert(evidence_manifests).values(scan_id=scan_id, root=root, sealed_at=sealed_at))
    return text


def write_list(path: Path, text: str) -> None:
    """Write the list that `sha256sum --check` takes. Raises OSError."""
    path.write_text(text, encoding="ascii")


def list_text(digests: Iterable[tuple[str, str]]) -> str:
    """Return the list of files, given as name and digest, whose own digest the database keeps."""
    return "".join(f"{digest}  {name}\n" for name, digest in sorted(digests))


def scans_with_evidence(database: Database) -> tuple[int, ...]:
    """Return the scans of which evidence is kept, oldest first. Raises StorageError."""
    with database.reading() as connection:
        return tuple(connection.scalars(sa.select(evidence_files.c.scan_id).distinct().order_by(evidence_files.c.scan_id)))


def verify(database: Database, scan_id: int, folder: Path) -> Verified:
    """Compare a scan's evidence with its manifest, file by file and byte by byte. Raises StorageError."""
    with database.reading() as connection:
        root = connection.scalar(sa.select(evidence_manifests.c.root).where(evidence_manifests.c.scan_id == scan_id))
        files = connection.execute(
            sa.select(evidence_files).where(evidence_files.c.scan_id == scan_id).order_by(evidence_files.c.name)
        ).all()
    stem = stem_in(database, scan_id)
    if root is None:
        return Verified(scan_id, stem, tuple(row.name for row in files), 0, False, "", ())
    sealed = [row for row in files if row.sha256 is not None]
    damages = [Damage(row.name, kind) for row in sealed if (kind := _damage(folder / row.name, row.bytes, row.sha256))]
    damages += [Damage(name, ADDED) for name in sorted(shards(folder, stem) - {row.name for row in sealed})]
    text = list_text((row.name, row.sha256) for row in sealed)
    if hashlib.sha256(text.encode()).hexdigest() != root:
        damages.append(Damage(list_name(stem), "list"))
    elif _digest(folder / list_name(stem)) != root and not _first_list(folder, scan_id, root):
        damages.append(Damage(list_name(stem), LIST_BESIDE))
    return Verified(scan_id, stem, tuple(row.name for row in sealed), sum(row.bytes for row in sealed), True, root, tuple(damages))


def forget_first_list(folder: Path, state: Verified) -> None:
    """Remove the list of a scan's evidence that goes by its first name, once there is a new one. Raises OSError."""
    if path := _first_list(folder, state.scan_id, state.root):
        path.unlink()


def _first_list(folder: Path, scan_id: int, root: str) -> Path | None:
    """Return the list that the first versions wrote; another database's, by the same name, is told by its digest."""
    path = folder / list_name(first_stem(scan_id))
    return path if _digest(path) == root else None


def _digest(path: Path) -> str | None:
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return None


def _damage(path: Path, size: int, digest: str) -> str | None:
    try:
        with path.open("rb") as file:
            found = os.fstat(file.fileno()).st_size
            if found != size:
                return "shorter" if found < size else "longer"
            return None if hashlib.file_digest(file, "sha256").hexdigest() == digest else "changed"
    except OSError:
        return "missing"
