"""Facts read before: what the readers made of a page, kept beside the archive, so that a page that did not change is read once.

A file of its own for each version of the readers; nothing rests on it, and it may be deleted at any time.
"""

import sqlite3
from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import date, datetime, timedelta
from pathlib import Path

from storage.compression import CompressionError, compress, decompress

FACTS_FOLDER = "facts"
"""Within the folder of the archive."""
KEPT_UNUSED = timedelta(days=2)
"""So long a page is kept that its site no longer shows: the second look of a night may meet it again."""
_SUFFIX = ".facts"
_LOCK_WAIT = 5.0
_SCHEMA = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = OFF",
    "CREATE TABLE IF NOT EXISTS pages (id INTEGER PRIMARY KEY, site INTEGER, key BLOB, day TEXT, facts BLOB)",
    "CREATE UNIQUE INDEX IF NOT EXISTS pages_of_site ON pages (site, key)",
)


class FactsCache:
    """An open cache; without a file it forgets everything. A full disk or a lock costs time later, and nothing else."""

    def __init__(self, connection: sqlite3.Connection | None = None) -> None:
        self._connection = connection

    def find(self, site_id: int, key: bytes) -> bytes | None:
        """Return the facts kept of a page of a site; None where there are none, or the cache cannot be read."""
        with suppress(sqlite3.Error, CompressionError):
            row = self._execute("SELECT facts FROM pages WHERE site = ? AND key = ?", site_id, key).fetchone() if self._connection else None
            return decompress(row[0]) if row else None
        return None

    def keep(self, site_id: int, key: bytes, facts: bytes, day: date) -> None:
        """Keep the facts of a page that was read on a day, at once: a transaction left open would make the other processes wait."""
        with suppress(sqlite3.Error):
            if self._connection:
                values = (site_id, key, day.isoformat(), compress(facts))
                self._execute("INSERT OR REPLACE INTO pages (site, key, day, facts) VALUES (?, ?, ?, ?)", *values)

    def forget_unused(self, site_id: int, used: Collection[bytes], day: date) -> None:
        """Forget the pages of a site that it shows no more on a day, but for those of the days just before."""
        with suppress(sqlite3.Error):
            if self._connection:
                old = self._execute("SELECT id, key FROM pages WHERE site = ? AND day < ?", site_id, (day - KEPT_UNUSED).isoformat())
                gone = [(number,) for number, key in old if key not in used]
                self._connection.executemany("DELETE FROM pages WHERE id = ?", gone)

    def _execute(self, statement: str, *values: int | str | bytes) -> sqlite3.Cursor:
        assert self._connection is not None
        return self._connection.execute(statement, values)


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
        for statement in _SCHEMA:
            connection.execute(statement)
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
