"""What the drivers' errors mean, in one sentence that names the database and says what to do."""

from sqlalchemy.exc import DBAPIError

from storage.errors import DatabaseFull, DatabaseLocked, DatabaseReadOnly, DatabaseUnavailable, StorageError

_SQLITE: tuple[tuple[str, type[StorageError], str], ...] = (
    ("SQLITE_BUSY", DatabaseLocked, "database_locked"),
    ("SQLITE_LOCKED", DatabaseLocked, "database_locked"),
    ("SQLITE_FULL", DatabaseFull, "database_full"),
    ("SQLITE_READONLY", DatabaseReadOnly, "database_unwritable"),
    ("SQLITE_CANTOPEN", DatabaseUnavailable, "database_unwritable"),
    ("SQLITE_PERM", DatabaseUnavailable, "database_unwritable"),
    ("SQLITE_NOTADB", DatabaseUnavailable, "not_a_database"),
    ("SQLITE_CORRUPT", DatabaseUnavailable, "database_damaged"),
    ("SQLITE_IOERR", DatabaseUnavailable, "database_unreadable"),
)
"""By the beginning of SQLite's result code name: the kind of error, and its sentence."""

_POSTGRESQL: tuple[tuple[str, type[StorageError], str], ...] = (
    ("55P03", DatabaseLocked, "database_locked"),
    ("40P01", DatabaseLocked, "database_locked"),
    ("53100", DatabaseFull, "database_full"),
    ("28", DatabaseUnavailable, "database_refuses_user"),
    ("3D000", DatabaseUnavailable, "database_missing"),
    ("42501", DatabaseUnavailable, "database_lacks_right"),
    ("25006", DatabaseReadOnly, "database_read_only"),
)
"""By the beginning of the SQLSTATE code."""


def storage_error(error: DBAPIError, place: str) -> StorageError:
    """Return the storage error that a driver's error means. `place` is how the message names the database."""
    code = str(getattr(error.orig, "sqlite_errorname", None) or getattr(error.orig, "sqlstate", None) or "")
    for beginning, kind, sentence in (*_SQLITE, *_POSTGRESQL):
        if code.startswith(beginning):
            return kind(sentence, place=place)
    detail = str(error.orig).strip().partition("\n")[0]
    if not code and "FATAL" in detail:  # the driver gives no code for what a server answers to a new connection
        return DatabaseUnavailable("database_turns_away", place=place, detail=detail.rpartition("FATAL:")[2].strip())
    if (not code and error.connection_invalidated) or "connect" in detail.lower():
        return DatabaseUnavailable("database_silent", place=place, detail=detail)
    return StorageError("database_refused", place=place, detail=detail)
