"""Facts read before: what the readers made of archived pages, kept beside the archive, so that a second replay reads no page again.

A file of its own for each version of the readers; nothing rests on it, and it may be deleted at any time.
"""

import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path

import msgspec

FACTS_FOLDER = "facts"
"""Within the folder of the archive."""
_SUFFIX = ".facts"
_LOCK_WAIT = 30.0
_FAST = 1
_decoder = msgspec.msgpack.Decoder(dict[bytes, msgspec.Raw])

Pages = dict[bytes, msgspec.Raw]
"""Encoded facts by what they were read from."""


class FactsCache:
    """An open cache; without a file it forgets everything."""

    def __init__(self, connection: sqlite3.Connection | None) -> None:
        self._connection = connection

    def pages(self, name: str) -> Pages:
        """Return what is kept under the name of an audit; nothing where the cache cannot be read."""
        with suppress(sqlite3.Error, zlib.error, msgspec.DecodeError):
            row = self._connection.execute("SELECT pages FROM audits WHERE name = ?", (name,)).fetchone() if self._connection else None
            return _decoder.decode(zlib.decompress(row[0])) if row else {}
        return {}

    def keep(self, name: str, pages: Pages) -> None:
        """Keep the pages of an audit, at once: a transaction left open would make the other processes wait.

        A full disk or a lock costs time later, and nothing else.
        """
        with suppress(sqlite3.Error):
            if self._connection:
                values = (name, zlib.compress(msgspec.msgpack.encode(pages), _FAST))
                self._connection.execute("INSERT OR REPLACE INTO audits (name, pages) VALUES (?, ?)", values)


@contextmanager
def open_facts_cache(path: Path | None) -> Iterator[FactsCache]:
    """Open a cache, and make it where there is none; where it cannot be made, all the work is done anew."""
    connection = _connected(path) if path else None
    if connection is None:
        yield FactsCache(None)
        return
    with closing(connection):
        yield FactsCache(connection)


def _connected(path: Path) -> sqlite3.Connection | None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, timeout=_LOCK_WAIT, isolation_level=None)
        for statement in ("PRAGMA journal_mode = WAL", "PRAGMA synchronous = OFF"):
            connection.execute(statement)
        connection.execute("CREATE TABLE IF NOT EXISTS audits (name TEXT PRIMARY KEY, pages BLOB NOT NULL)")
    except (OSError, sqlite3.Error):
        return None
    return connection


def cache_path(folder: Path, version: str) -> Path:
    """Return the file of a version of the readers. Those of other versions are removed."""
    path = folder / f"{version}{_SUFFIX}"
    with suppress(OSError):
        for other in folder.glob(f"*{_SUFFIX}*"):
            if not other.name.startswith(version):
                other.unlink()
    return path


def forget_facts(folder: Path, before: datetime) -> int:
    """Remove what was not written to since `before`, which carries a zone; return how many bytes that were."""
    freed = 0
    with suppress(OSError):
        for path in folder.glob(f"*{_SUFFIX}*"):
            state = path.stat()
            if state.st_mtime < before.timestamp():
                path.unlink()
                freed += state.st_size
    return freed
