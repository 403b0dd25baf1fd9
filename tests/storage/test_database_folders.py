"""A database in a folder of others: what may not be written is read all the same, and what stands in the way is said."""

import os
import re
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from storage_samples import registered_sites

from storage.database import open_database, open_existing_database
from storage.errors import DatabaseReadOnly, DatabaseUnavailable
from storage.registry.sites import list_sites


@contextmanager
def sealed(folder: Path) -> Iterator[None]:
    """Be a user who may read a folder and no more: root would be stopped by nothing."""
    user = os.geteuid()
    folder.chmod(0o555)
    os.seteuid(65534 if user == 0 else user)
    try:
        yield
    finally:
        os.seteuid(user)
        folder.chmod(0o755)


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that every user may enter."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        yield Path(name)


@pytest.fixture
def sealed_folder(open_folder: Path) -> Iterator[Path]:
    with sealed(open_folder):
        yield open_folder


def test_a_database_in_a_folder_that_cannot_be_written_can_be_read(open_folder: Path) -> None:
    path = open_folder / "what? 100%.db"
    with open_database(path) as database:
        registered_sites(database, 2)
    with sealed(open_folder), open_existing_database(path) as database:
        assert database.read_only and len(list(list_sites(database))) == 2 and database.fault() == ""
        for write in (lambda: registered_sites(database, 1), database.vacuum):
            with pytest.raises(DatabaseReadOnly, match=f"{re.escape(str(path))} cannot be written"):
                write()
    assert [each.name for each in open_folder.iterdir()] == [path.name]


def test_what_its_writer_has_only_in_the_log_is_read_as_well(open_folder: Path) -> None:
    path = open_folder / "xuncha.db"
    with open_database(path) as database:
        registered_sites(database, 2)
        for log in ("-wal", "-shm"):
            Path(f"{path}{log}").chmod(0o644)
        with sealed(open_folder), open_existing_database(path) as reader:
            assert len(list(list_sites(reader))) == 2


def test_a_log_that_nobody_can_read_from_there_is_named(open_folder: Path) -> None:
    path = open_folder / "xuncha.db"
    with open_database(path) as database:
        registered_sites(database, 2)
        shutil.copy(f"{path}-wal", open_folder / "kept")
    shutil.move(open_folder / "kept", f"{path}-wal")
    with sealed(open_folder), pytest.raises(DatabaseUnavailable, match=r"xuncha\.db-wal holds changes that are not yet in it"):
        open_existing_database(path)


def test_a_folder_without_the_right_to_write(sealed_folder: Path) -> None:
    with pytest.raises(DatabaseUnavailable, match="cannot be written; check the rights"):
        open_database(sealed_folder / "xuncha.db")


def test_a_folder_that_may_not_be_entered(sealed_folder: Path) -> None:
    with tempfile.TemporaryDirectory() as closed:
        Path(closed).chmod(0)
        with pytest.raises(DatabaseUnavailable, match="cannot be reached: Permission denied"):
            open_database(Path(closed) / "deeper" / "xuncha.db")
