"""A fresh database in the test's own folder."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from storage.database import Database, open_database


@pytest.fixture
def database(tmp_path: Path) -> Iterator[Database]:
    """An empty database at the newest schema."""
    with open_database(tmp_path / "xuncha.db") as opened:
        yield opened
