"""What the drivers' errors mean, in one sentence that names the database and says what to do."""

from sqlalchemy.exc import DBAPIError

from storage.errors import DatabaseFull, DatabaseLocked, DatabaseUnavailable, StorageError

_LOCKED = "The database {place} is locked by another process; wait until it has finished, or end it, and try again."
_FULL = "There is no room left to write to the database {place}; free some space and try again. What was stored before is intact."
_UNWRITABLE = "The database {place} cannot be written; check the rights of the file and its folder."
_NOT_A_DATABASE = "{place} is not an SQLite database; name another file with --db."
_DAMAGED = "The database {place} is damaged; restore it from a backup."
_UNREADABLE = "The database {place} cannot be read or written: the disk reports an error."

_SQLITE: tuple[tuple[str, type[StorageError], str], ...] = (
    ("SQLITE_BUSY", DatabaseLocked, _LOCKED),
    ("SQLITE_LOCKED", DatabaseLocked, _LOCKED),
    ("SQLITE_FULL", DatabaseFull, _FULL),
    ("SQLITE_READONLY", DatabaseUnavailable, _UNWRITABLE),
    ("SQLITE_CANTOPEN", DatabaseUnavailable, _UNWRITABLE),
    ("SQLITE_PERM", DatabaseUnavailable, _UNWRITABLE),
    ("SQLITE_NOTADB", DatabaseUnavailable, _NOT_A_DATABASE),
    ("SQLITE_CORRUPT", DatabaseUnavailable, _DAMAGED),
    ("SQLITE_IOERR", DatabaseUnavailable, _UNREADABLE),
)
"""By the beginning of SQLite's result code name."""

_POSTGRESQL: tuple[tuple[str, type[StorageError], str], ...] = (
    ("55P03", DatabaseLocked, _LOCKED),
    ("40P01", DatabaseLocked, _LOCKED),
    ("53100", DatabaseFull, _FULL),
    ("28", DatabaseUnavailable, "The database {place} refuses the user or the password."),
    ("3D000", DatabaseUnavailable, "The database {place} does not exist on its server; create it first."),
    ("42501", DatabaseUnavailable, "The user of the database {place} lacks the right to do this; grant it, or name another user."),
    ("25006", DatabaseUnavailable, "The database {place} is read-only; name the primary server."),
)
"""By the beginning of the SQLSTATE code."""


def storage_error(error: DBAPIError, place: str) -> StorageError:
    """Return the storage error that a driver's error means. `place` is how the message names the database."""
    code = str(getattr(error.orig, "sqlite_errorname", None) or getattr(error.orig, "sqlstate", None) or "")
    for beginning, kind, sentence in (*_SQLITE, *_POSTGRESQL):
        if code.startswith(beginning):
            return kind(sentence.format(place=place))
    detail = str(error.orig).strip().partition("\n")[0]
    if (not code and error.connection_invalidated) or "connect" in detail.lower():
        return DatabaseUnavailable(f"The database server of {place} does not answer: {detail}")
    return StorageError(f"The database {place} refused the work: {detail}")
