"""A fresh database for each test, on SQLite and on PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.database import Database, open_database
from tests.storage.postgresql import PostgresServer, postgres

__all__ = ["postgres"]


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Database]:
    """An empty database at the newest schema, once of each kind."""
    if request.param == "sqlite":
        location: str | Path = tmp_path / "xuncha.db"
    else:
        server: PostgresServer = request.getfixturevalue("postgres")
        location = server.new_database()
    with open_database(location) as opened:
        yield opened


@pytest.fixture
def sqlite_database(tmp_path: Path) -> Iterator[Database]:
    """An empty SQLite database, for what only a file can show."""
    with open_database(tmp_path / "xuncha.db") as opened:
        yield opened
