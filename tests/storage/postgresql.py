"""A real PostgreSQL server for the tests, started once by them, with a database of its own for each test."""

import itertools
import subprocess
import warnings
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import psycopg
import pytest

_NUMBERS = itertools.count(1)


class PostgresServer:
    """A running server, reached through a socket in its own folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = quote(str(folder), safe="")

    def new_database(self) -> str:
        """Create an empty database and return its address."""
        name = f"xuncha_{next(_NUMBERS)}"
        with psycopg.connect(f"postgresql://postgres@/postgres?host={self._folder}", autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")  # type: ignore[call-overload]
        return f"postgresql+psycopg://postgres@/{name}?host={self._folder}"


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[PostgresServer]:
    """Start a server; tests that need it are skipped, loudly, where none can be had."""
    folder = tmp_path_factory.mktemp("pg")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            import pgserver

            try:
                server = pgserver.get_server(folder, cleanup_mode="delete")
            except subprocess.TimeoutExpired:  # it gives the server ten seconds, which a busy machine does not: it is up by now
                server = pgserver.get_server(folder, cleanup_mode="delete")
    except Exception as error:
        pytest.skip(f"no PostgreSQL server can be started here: {type(error).__name__} {error}")
    # What these tests store need not outlive a power failure: nothing waits for the disk.
    server.psql("ALTER SYSTEM SET fsync = off; ALTER SYSTEM SET full_page_writes = off")
    server.psql("SELECT pg_reload_conf()")
    yield PostgresServer(folder)
    server.cleanup()
