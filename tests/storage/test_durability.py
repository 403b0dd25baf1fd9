"""What is committed outlives the death of the writer, a torn log and a full disk."""

import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from crawler.snapshot import Reach
from storage.audits import iterate_verdicts, record_audits
from storage.database import Database, open_database
from storage.errors import DatabaseFull
from storage.registry.sites import list_sites
from storage.scans import plan_scan
from storage.tables import scans
from tests.storage.storage_samples import AS_OF, audit_of, finding, registered_sites

WRITER = """
import sys
from storage.database import open_database
from storage.scans import plan_scan
from tests.storage.storage_samples import AS_OF, registered_sites
with open_database(sys.argv[1]) as database:
    (site,) = registered_sites(database, 1)
    for count in range(1, 41):
        plan_scan(database, as_of=AS_OF, standard=f"s{count}", site_ids=[site.site_id], started_at=AS_OF)
        print(count, flush=True)
    sys.stdin.read()
"""
COMMITTED = [f"s{count}" for count in range(1, 41)]


@pytest.fixture(scope="module")
def abandoned(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database whose writer was killed after its last commit, with its log not yet taken over."""
    path = tmp_path_factory.mktemp("abandoned") / "xuncha.db"
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, path], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[2]
    ) as process:
        assert process.stdout is not None
        while process.stdout.readline().strip() != str(len(COMMITTED)):
            assert process.poll() is None
        process.send_signal(signal.SIGKILL)
    assert log_of(path).stat().st_size > 100_000
    return path


@pytest.fixture
def killed(abandoned: Path, tmp_path: Path) -> Path:
    """The abandoned database, for one test to open."""
    for path in (abandoned, log_of(abandoned)):
        shutil.copy(path, tmp_path)
    return tmp_path / abandoned.name


def log_of(path: Path) -> Path:
    """Return the log beside a database."""
    return path.with_name(path.name + "-wal")


def planned(database: Database) -> list[str]:
    """Return the standards of the scans that are stored, and see that the file is whole."""
    assert database.fault() == ""
    with database.reading() as connection:
        return list(connection.scalars(sa.select(scans.c.standard).order_by(scans.c.id)))


def test_what_was_committed_outlives_a_kill(killed: Path) -> None:
    with open_database(killed) as database:
        assert planned(database) == COMMITTED


@pytest.mark.parametrize("junk", [b"", bytes(3_000)])
@pytest.mark.parametrize("cut", [1, 100, 5_000, 40_000])
def test_of_a_log_whose_tail_is_lost_the_whole_transactions_are_there(killed: Path, cut: int, junk: bytes) -> None:
    content = log_of(killed).read_bytes()
    log_of(killed).write_bytes(content[:-cut] + junk)
    with open_database(killed) as database:
        left = planned(database)
        assert left == COMMITTED[: len(left)]
        assert len(COMMITTED) > len(left) > 0
        (site,) = list_sites(database)
        plan_scan(database, as_of=AS_OF, standard="after", site_ids=[site.site_id], started_at=AS_OF)
        assert planned(database) == [*left, "after"]


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of two megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", folder], capture_output=True, check=False)
    if mounted.returncode:
        pytest.skip("NO FULL DISK IS TESTED: this user may not mount a file system")
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)


def test_a_disk_that_is_full_is_named_and_the_work_goes_on_once_it_has_room(small_disk: Path) -> None:
    path = small_disk / "xuncha.db"
    with open_database(path) as database:
        sites = registered_sites(database, 20)
        scan_id = plan_scan(database, as_of=AS_OF, standard="s", site_ids=[site.site_id for site in sites], started_at=AS_OF)
        audits = [audit_of(site, finding("homepage_stale")) for site in sites]
        ballast = small_disk / "ballast"
        with ballast.open("wb", buffering=0) as file, pytest.raises(OSError, match="No space left"):
            while True:
                file.write(bytes(4096))
        with pytest.raises(DatabaseFull, match=f"no room left to write to the database {path}"):
            for audit in audits:
                record_audits(database, scan_id, [audit])
        stored = len(list(iterate_verdicts(database, scan_id)))
        assert stored < len(sites)
        ballast.unlink()
        record_audits(database, scan_id, audits)
        assert [audit.reach for audit in iterate_verdicts(database, scan_id)] == [Reach.OK] * len(sites)
        assert database.fault() == ""
