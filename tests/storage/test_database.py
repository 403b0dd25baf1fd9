"""Opening a database: created and upgraded by migrations, and one clear sentence for whatever stands in the way."""

import re
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy.exc import OperationalError
from storage_samples import AS_OF, registered_sites

import storage.evidence.tables  # noqa: F401  (for the comparison with all tables)
from storage.columns import UtcTime
from storage.database import Database, open_database
from storage.driver_errors import storage_error
from storage.errors import AlreadyRunning, DatabaseFull, DatabaseLocked, DatabaseUnavailable, NewerSchema, StorageError
from storage.records import Knock, KnockOutcome
from storage.registry.sites import list_sites
from storage.schema import VERSION_TABLE, current_revision, migrate
from storage.tables import SCHEMA_REVISION, metadata, scans
from tests.patience import patience
from tests.storage.postgresql import PostgresServer


def test_a_new_database_is_at_the_newest_schema_and_matches_the_tables(database: Database) -> None:
    with database.reading() as connection:
        assert current_revision(connection) == SCHEMA_REVISION
        assert compare_metadata(MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE}), metadata) == []


def test_the_migrations_go_down_to_nothing_and_up_again(database: Database) -> None:
    with database.writing() as connection:
        migrate(connection, database.place, "base")
        assert sa.inspect(connection).get_table_names() == [VERSION_TABLE]
    with open_database(database.place) as reopened:
        assert list(list_sites(reopened)) == []


def test_what_is_stored_is_there_when_the_database_is_opened_again(sqlite_database: Database) -> None:
    sites = registered_sites(sqlite_database, 3)
    with open_database(f"sqlite:///{sqlite_database.place}") as reopened:
        assert list(list_sites(reopened)) == sites


def test_sqlite_is_opened_with_a_log_and_foreign_keys(sqlite_database: Database) -> None:
    with sqlite_database.reading() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
        assert connection.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1


def test_a_failed_transaction_leaves_nothing(database: Database) -> None:
    with pytest.raises(RuntimeError), database.writing() as connection:
        connection.execute(sa.insert(scans), {"as_of": AS_OF, "standard": "s", "status": "running", "started_at": AS_OF, "settings": {}})
        raise RuntimeError
    with database.reading() as connection:
        assert connection.scalar(sa.select(sa.func.count()).select_from(scans)) == 0


def test_instants_need_a_time_zone_and_come_back_in_utc(database: Database) -> None:
    with pytest.raises(ValueError, match="needs a time zone"):
        UtcTime().process_bind_param(AS_OF.replace(tzinfo=None), sa.create_engine("sqlite://").dialect)
    with database.reading() as connection:
        assert connection.scalar(sa.select(sa.literal(AS_OF, UtcTime))) == AS_OF


HOLD_THE_LOCK = """
import sqlite3, sys
connection = sqlite3.connect(sys.argv[1])
connection.execute("BEGIN IMMEDIATE")
print("held", flush=True)
sys.stdin.readline()
connection.close()
"""


@pytest.fixture
def other_process(sqlite_database: Database) -> Iterator[subprocess.Popen[str]]:
    """Another program that holds the write lock of the database until it is told to let go."""
    command = [sys.executable, "-c", HOLD_THE_LOCK, sqlite_database.place]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None and process.stdout.readline() == "held\n"
        yield process
        assert process.stdin is not None
        process.stdin.close()


def test_a_lock_that_stays_is_told_in_one_sentence(sqlite_database: Database, other_process: subprocess.Popen[str]) -> None:
    with open_database(sqlite_database.place, lock_wait=0.2) as impatient:
        started = time.monotonic()
        with pytest.raises(DatabaseLocked, match="is locked by another process") as caught:
            registered_sites(impatient, 1)
        assert 0.2 <= time.monotonic() - started < patience(5)
        assert sqlite_database.place in str(caught.value)
        assert list(list_sites(impatient)) == [], "reading goes on while another process writes"


def test_a_lock_that_is_let_go_is_waited_for(sqlite_database: Database, other_process: subprocess.Popen[str]) -> None:
    assert other_process.stdin is not None
    other_process.stdin.write("\n")
    other_process.stdin.flush()
    assert len(registered_sites(sqlite_database, 1)) == 1


def test_a_file_that_is_no_database_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "notes.txt"
    path.write_text("这不是数据库" * 100, encoding="utf-8")
    before = path.read_bytes()
    with pytest.raises(DatabaseUnavailable, match="is not an SQLite database"):
        open_database(path)
    assert path.read_bytes() == before


def test_a_database_of_another_program_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "mail.db"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE letters (id INTEGER)")
    other.close()
    with pytest.raises(DatabaseUnavailable, match="is a database of another program"):
        open_database(path)
    other = sqlite3.connect(path)
    assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("letters",)]
    other.close()


def test_a_database_of_a_newer_program_is_refused(database: Database) -> None:
    with database.writing() as connection:
        connection.execute(sa.text(f"UPDATE {VERSION_TABLE} SET version_num = '9999'"))
    with pytest.raises(NewerSchema, match="newer version of xuncha"):
        open_database(database.place)


def test_places_where_no_database_can_be(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnavailable, match="is a folder"):
        open_database(tmp_path)
    with pytest.raises(DatabaseUnavailable, match="missing does not exist"):
        open_database(tmp_path / "missing" / "xuncha.db")
    with pytest.raises(DatabaseUnavailable, match="kind mysql is not supported"):
        open_database("mysql://root:secret@localhost/xuncha")
    for address in ("://xuncha", "postgresql+psycopg://xuncha@localhost:port/xuncha"):
        with pytest.raises(DatabaseUnavailable, match="cannot be read; expected a file path"):
            open_database(address)
    for option in ("timeout=long", "timeout=1&timeout=2", "wait=9"):
        with pytest.raises(DatabaseUnavailable, match="takes timeout=SECONDS alone"):
            open_database(f"sqlite:///{tmp_path}/xuncha.db?{option}")


def test_a_server_that_does_not_answer_is_named_without_the_password() -> None:
    with pytest.raises(DatabaseUnavailable, match="does not answer") as caught:
        open_database("postgresql+psycopg://xuncha:secret@127.0.0.1:1/xuncha")
    assert "secret" not in str(caught.value)


def test_a_full_disk_is_told_and_keeps_what_was_stored(sqlite_database: Database) -> None:
    sites = registered_sites(sqlite_database, 1)
    with pytest.raises(DatabaseFull, match="no room left"), sqlite_database.writing() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")
        row = {"as_of": AS_OF, "standard": "s" * 1_000_000, "status": "running", "started_at": AS_OF, "settings": {}}
        connection.execute(sa.insert(scans), row)
    assert list(list_sites(sqlite_database)) == sites


def test_a_mistake_of_the_program_is_still_one_sentence(database: Database) -> None:
    from storage.history import record_knocks

    with pytest.raises(StorageError, match=r"refused the work: .*(?i:foreign key constraint)"):
        record_knocks(database, [Knock(site_id=99, at=AS_OF, outcome=KnockOutcome.OPENED)])


@pytest.mark.parametrize(
    ("sqlstate", "kind"),
    [
        ("55P03", DatabaseLocked),
        ("53100", DatabaseFull),
        ("28P01", DatabaseUnavailable),
        ("3D000", DatabaseUnavailable),
        ("22001", StorageError),
    ],
)
def test_the_codes_of_postgresql_mean_the_same_errors(sqlstate: str, kind: type[StorageError]) -> None:
    cause = SimpleNamespace(sqlstate=sqlstate)
    error = storage_error(OperationalError("", None, cause), "the database")  # type: ignore[arg-type]
    assert type(error) is kind


def test_processes_that_create_the_same_database_at_once_agree(tmp_path: Path) -> None:
    code = "import sys; from storage.database import open_database; open_database(sys.argv[1]).close()"
    processes = [
        subprocess.Popen([sys.executable, "-c", code, str(tmp_path / "new.db")], stderr=subprocess.PIPE, text=True) for _ in range(3)
    ]
    assert [(process.communicate()[1], process.returncode) for process in processes] == [("", 0)] * 3


def test_only_one_process_at_a_time_gets_a_work(database: Database) -> None:
    with open_database(database.place if "://" in database.place else Path(database.place)) as other:
        with database.only_one("scan"):
            with pytest.raises(AlreadyRunning, match="Another process is at work"), other.only_one("scan"):
                pass
            with other.only_one("daemon"):
                pass
        with other.only_one("scan"):
            pass


def test_a_vacuum_gives_free_space_back(database: Database) -> None:
    registered_sites(database, 5)
    database.vacuum()
    assert len(list(list_sites(database))) == 5


def test_a_backup_is_one_moment_of_a_database_that_is_written_to(sqlite_database: Database, tmp_path: Path) -> None:
    sites = registered_sites(sqlite_database, 3)
    with sqlite_database.writing() as connection:
        connection.execute(sa.insert(scans), {"as_of": AS_OF, "standard": "s", "status": "running", "started_at": AS_OF, "settings": {}})
        sqlite_database.backup(tmp_path / "copy.db")
    with open_database(tmp_path / "copy.db") as copy, copy.reading() as connection:
        assert list(list_sites(copy)) == sites
        assert connection.execute(sa.select(scans)).all() == [], "what was not yet written is not in the copy"


def test_a_backup_that_cannot_be_made_is_told(sqlite_database: Database, tmp_path: Path) -> None:
    (tmp_path / "there.db").touch()
    with pytest.raises(DatabaseUnavailable, match="exists; name a new one"):
        sqlite_database.backup(tmp_path / "there.db")
    with pytest.raises(DatabaseUnavailable, match="cannot be written"):
        sqlite_database.backup(tmp_path / "missing" / "x.db")


def test_postgresql_is_backed_up_by_its_own_tool(postgres: PostgresServer, tmp_path: Path) -> None:
    with open_database(postgres.new_database()) as database, pytest.raises(DatabaseUnavailable, match="pg_dump"):
        database.backup(tmp_path / "x.db")


def test_a_server_that_turns_a_connection_away_is_quoted(postgres: PostgresServer) -> None:
    missing = re.sub("xuncha_[0-9]+", "nowhere", postgres.new_database())
    with pytest.raises(DatabaseUnavailable, match='turns the connection away: database "nowhere" does not exist'):
        open_database(missing)
