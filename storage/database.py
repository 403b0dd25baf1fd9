"""Opening a database, and the two ways to talk to it: reading, and writing in one transaction.

SQLite by default (WAL, one writer at a time), PostgreSQL by URL; the same code for both. Every error of the driver leaves here
as a `StorageError` with one sentence.
"""

import contextlib
import fcntl
import os
import shutil
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import quote

import sqlalchemy as sa
from sqlalchemy.engine import URL, Connection, Engine, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError

from storage.driver_errors import storage_error
from storage.errors import AlreadyRunning, DatabaseFull, DatabaseReadOnly, DatabaseUnavailable, NoSuchDatabase
from storage.schema import is_up_to_date, migrate

LOCK_WAIT = 30.0
"""Seconds to wait for a lock that another process holds."""

_PAGES_AT_ONCE = 4_096
"""Of a backup, between which others may write."""

PAGE = 500
"""Rows or sites handled at once wherever a whole table is streamed, so that no read transaction stays open between two pages."""


class VacuumRoom(NamedTuple):
    """Bytes that a vacuum needs beside the database, and those that its disk has free. PostgreSQL's needs none."""

    needed: int
    free: int

    @property
    def lacks(self) -> bool:
        """Tell whether a vacuum would fill the disk."""
        return self.needed > self.free


class Database:
    """An open database. Usable from any thread; to be closed after use, or used as a context manager."""

    def __init__(self, engine: Engine, place: str, *, read_only: bool = False) -> None:
        self._engine = engine
        self.place = place
        """How messages name the database: the path of the file, or the URL without its password."""
        self.read_only = read_only
        """Whether it is a file in a folder that this user cannot write to."""

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        """Give a connection for reading. Raises StorageError."""
        with self._clear_errors(), self._engine.connect() as connection:
            yield connection

    @contextlib.contextmanager
    def writing(self) -> Iterator[Connection]:
        """Give a connection within one transaction: all of it is written, or nothing. Raises StorageError."""
        with self._clear_errors(), self._engine.connect().execution_options(writes=True) as connection, connection.begin():
            yield connection

    def vacuum(self) -> None:
        """Give free space back and renew what the planner knows of the tables. Waits for other writers.

        Raises DatabaseReadOnly and, where the disk has not the room that it takes, DatabaseFull before anything is written; StorageError.
        """
        if self._engine.dialect.name != "sqlite":
            with self._clear_errors(), self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
                connection.exec_driver_sql("VACUUM ANALYZE")
            return
        if self.read_only:
            raise DatabaseReadOnly("database_unwritable", place=self.place)
        room = self.room_for_vacuum()
        if room.lacks:
            raise DatabaseFull("no_room_for_vacuum", place=self.place, needed=room.needed // 1_000_000, free=room.free // 1_000_000)
        folder = str(Path(self.place).absolute().parent).replace("'", "''")
        with self._clear_errors(), self._engine.connect().execution_options(alone=True) as connection:
            # The copy would else lie where the system keeps temporary files, which may be a small disk, or memory.
            for statement in ("PRAGMA optimize", f"PRAGMA temp_store_directory = '{folder}'", "VACUUM"):
                connection.exec_driver_sql(statement)

    def room_for_vacuum(self) -> VacuumRoom:
        """Return what a vacuum needs of the disk: a copy of all that is not free, and the log of its way back. Raises StorageError."""
        if self._engine.dialect.name != "sqlite":
            return VacuumRoom(0, 0)
        with self.reading() as connection:
            pages, free, size = (
                int(connection.exec_driver_sql(f"PRAGMA {name}").scalar_one()) for name in ("page_count", "freelist_count", "page_size")
            )
        return VacuumRoom(2 * (pages - free) * size, shutil.disk_usage(Path(self.place).absolute().parent).free)

    def fault(self) -> str:
        """Return what SQLite finds wrong with its file, the first sentence of it; empty where all is well. Raises StorageError."""
        if self._engine.dialect.name != "sqlite":
            return ""
        with self.reading() as connection:
            told = str(connection.exec_driver_sql("PRAGMA quick_check(1)").scalar())
        return "" if told == "ok" else told

    def backup(self, path: Path) -> None:
        """Copy the database to a new file while it may be written to; what is copied is one moment of it.

        Raises DatabaseUnavailable for a file that exists or cannot be written, and for PostgreSQL, which brings a tool of its own.
        """
        if self._engine.dialect.name != "sqlite":
            raise DatabaseUnavailable("backup_of_postgresql", place=self.place)
        if path.exists():
            raise DatabaseUnavailable("backup_exists", path=path)
        try:
            with contextlib.closing(sqlite3.connect(path)) as copy, self._engine.connect() as connection:
                original = connection.connection.driver_connection
                assert isinstance(original, sqlite3.Connection)
                original.backup(copy, pages=_PAGES_AT_ONCE)
        except sqlite3.Error as error:
            raise DatabaseUnavailable("backup_unwritable", path=path, why=error) from error

    @contextlib.contextmanager
    def only_one(self, work: str) -> Iterator[None]:
        """Hold what one process at a time gets for a work, such as `scan`; whoever dies lets it go.

        Raises AlreadyRunning, StorageError.
        """
        with self._locked_file(work) if self._engine.dialect.name == "sqlite" else self._advisory_lock(work) as mine:
            if not mine:
                raise AlreadyRunning("already_running", place=self.place, work=work)
            yield

    @contextlib.contextmanager
    def _locked_file(self, work: str) -> Iterator[bool]:
        path = Path(f"{self.place}.{work}.lock")
        try:
            file = os.open(path, os.O_CREAT | os.O_RDWR, 0o640)
        except OSError as error:
            raise DatabaseUnavailable("lock_unwritable", path=path, why=error.strerror) from error
        try:
            yield _is_mine(file)
        finally:
            os.close(file)

    @contextlib.contextmanager
    def _advisory_lock(self, work: str) -> Iterator[bool]:
        with self._clear_errors(), self._engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            mine = connection.scalar(sa.text("SELECT pg_try_advisory_lock(hashtext(:work))"), {"work": f"xuncha {work}"})
            try:
                yield bool(mine)
            finally:
                connection.execute(sa.text("SELECT pg_advisory_unlock_all()"))

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    def __enter__(self) -> "Database":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @contextlib.contextmanager
    def _clear_errors(self) -> Iterator[None]:
        try:
            yield
        except DBAPIError as error:
            raise storage_error(error, self.place) from error


def _is_mine(file: int) -> bool:
    """Lock an open file, if nobody else has."""
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True


def open_database(location: str | Path, lock_wait: float = LOCK_WAIT) -> Database:
    """Open the database at a file path or URL; create it, or bring it up to date, where needed.

    `lock_wait` is in seconds. Raises DatabaseUnavailable, DatabaseLocked, DatabaseFull or NewerSchema.
    """
    url = _url_of(location)
    if url.get_backend_name() == "sqlite":
        place = url.database or ""
        _check_folder(Path(place))
        for_reading = _for_reading_only(url)
        database = Database(_sqlite_engine(for_reading or url, lock_wait), place, read_only=for_reading is not None)
    else:
        place = url.render_as_string(hide_password=True)
        database = Database(_postgresql_engine(url, lock_wait), place)
    try:
        with database.reading() as connection:
            current = is_up_to_date(connection, place)
        if not current:
            with database.writing() as connection:
                # Another process may have been faster: alembic then finds nothing to do.
                migrate(connection, place)
    except BaseException:
        database.close()
        raise
    return database


def open_existing_database(location: str | Path, lock_wait: float = LOCK_WAIT) -> Database:
    """Open a database that must be there: a mistyped name is said to be one, and leaves no empty file behind.

    Raises NoSuchDatabase, and what `open_database` raises.
    """
    url = _url_of(location)
    if url.get_backend_name() == "sqlite":
        path = Path(url.database or "")
        _check_folder(path)
        if not path.exists():
            raise NoSuchDatabase("no_such_database", path=path)
    return open_database(location, lock_wait)


def _url_of(location: str | Path) -> URL:
    """Read a location: a URL of one of the two backends, or the path of an SQLite file."""
    text = str(location)
    if "://" not in text:
        return URL.create("sqlite", database=text)
    try:
        url = make_url(text)
    except (ArgumentError, ValueError) as error:
        raise DatabaseUnavailable("bad_database_address") from error
    if url.drivername not in ("sqlite", "postgresql+psycopg"):
        raise DatabaseUnavailable("unsupported_database", kind=url.drivername)
    if url.drivername == "sqlite" and not all(name == "timeout" and _is_seconds(value) for name, value in url.query.items()):
        raise DatabaseUnavailable("bad_database_options")
    return url


def _is_seconds(value: str | tuple[str, ...]) -> bool:
    return isinstance(value, str) and value.replace(".", "", 1).isdecimal()


def _check_folder(path: Path) -> None:
    """Refuse what SQLite would answer with "unable to open database file"."""
    try:
        is_folder, has_folder = path.is_dir(), path.parent.is_dir()
    except OSError as error:
        raise DatabaseUnavailable("database_unreachable", path=path, why=error.strerror) from error
    if is_folder or not path.name:
        raise DatabaseUnavailable("database_is_folder", path=path, example=path / "xuncha.db")
    if not has_folder:
        raise DatabaseUnavailable("database_without_folder", path=path, folder=path.parent)


def _for_reading_only(url: URL) -> URL | None:
    """Return the address of a database whose folder this user cannot write to; None for one that is not there, or in a folder of ours.

    SQLite keeps the log of a database, and an index of the log, beside it, for readers as well. Where whoever may write has it open, both
    are there and can be shared; where there is no log, nobody has it open, and it is read as what it is: a file that does not change.
    Raises DatabaseUnavailable for a log without its index: what it holds cannot be read from here.
    """
    path = Path(url.database or "")
    log, index = Path(f"{path}-wal"), Path(f"{path}-shm")
    if not path.exists() or os.access(path.absolute().parent, os.W_OK, effective_ids=True):
        return None
    in_use = log.exists() and index.exists()
    if not in_use and log.exists() and log.stat().st_size:
        raise DatabaseUnavailable("database_has_log", place=path, log=log.name)
    how = {"mode": "ro", "uri": "true"} | ({} if in_use else {"immutable": "1"})
    return url.set(database=f"file:{quote(str(path))}").update_query_dict(how)


def _sqlite_engine(url: URL, lock_wait: float) -> Engine:
    # An address may say how long it is waited for: `sqlite:///xuncha.db?timeout=120`.
    engine = sa.create_engine(url, connect_args={} if "timeout" in url.query else {"timeout": lock_wait})

    @sa.event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _: Any) -> None:
        # The driver's own transactions start late and as readers, which fails at once under a second writer instead of waiting.
        connection.isolation_level = None
        for pragma in () if url.query.get("mode") == "ro" else ("journal_mode = WAL", "synchronous = NORMAL", "foreign_keys = ON"):
            connection.execute(f"PRAGMA {pragma}")

    @sa.event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        if not options.get("alone", False):
            connection.exec_driver_sql("BEGIN IMMEDIATE" if options.get("writes", False) else "BEGIN")

    return engine


def _postgresql_engine(url: URL, lock_wait: float) -> Engine:
    try:
        return sa.create_engine(url, connect_args={"options": f"-c lock_timeout={int(lock_wait * 1000)}"}, pool_pre_ping=True)
    except ModuleNotFoundError as error:
        raise DatabaseUnavailable("no_psycopg") from error
