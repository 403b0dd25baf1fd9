"""The doctor finds what lacks, says how it is mended, and ends in 1 only where the work cannot be done."""

import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.net.browser.trial import driver_fault
from tests.application.conftest import ENVIRONMENT, Run
from xuncha.doctor import State, examine
from xuncha.settings import Settings

NOW = datetime(2026, 11, 24, tzinfo=UTC)


@pytest.fixture
def config(tmp_path: Path) -> str:
    """Write settings that map all names: nothing of a test is asked of the world."""
    (tmp_path / "xuncha.toml").write_text('resolve = ["*=127.0.0.1:1"]\n', encoding="utf-8")
    return "xuncha.toml"


def test_each_part_has_one_line_in_a_pipe(xuncha: Run, config: str) -> None:
    result = xuncha("doctor", "--config", config)
    rows = [line.split("\t") for line in result.stdout.splitlines()]
    assert [row[0] for row in rows] == ["database", "disk", "Chinese fonts", "browser", "resolver", "clock", "authorities"]
    assert (result.returncode == 1) == any(row[1] == "broken" for row in rows), result.stdout
    assert all(len(row) == 4 for row in rows if row[1] != "well"), "what is not well says how it is mended"


def test_a_database_that_is_none_is_broken(xuncha: Run, config: str, tmp_path: Path) -> None:
    (tmp_path / "xuncha.db").write_text("这不是数据库" * 200, encoding="utf-8")
    result = xuncha("doctor", "--config", config)
    assert result.returncode == 1 and "database\tbroken\t" in result.stdout and "Traceback" not in result.stderr


def test_a_driver_of_the_browser_that_lacks_a_library_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    node = tmp_path / "node"
    node.write_text("#!/bin/sh\necho 'node: error while loading shared libraries: libatomic.so.1' >&2; exit 127\n", encoding="utf-8")
    node.chmod(0o755)
    assert driver_fault() == ""
    monkeypatch.setenv("PLAYWRIGHT_NODEJS_PATH", str(node))
    assert driver_fault().endswith("libatomic.so.1")


def test_a_disk_without_room_for_a_vacuum_is_told_and_nothing_is_vacuumed(tmp_path: Path) -> None:
    """On a small file system of the test's own: 3 MB of rows leave too little of 8 MB for a copy and the way back."""
    script = """
        mount -t tmpfs -o size=8m tmpfs . && cd "$PWD"
        python=$0
        touch x.db && $python -m xuncha db vacuum --db x.db && echo "small: $?"
        $python -c "import sqlite3; c = sqlite3.connect('x.db'); c.execute('create table filling(bytes)')
c.execute('insert into filling values (zeroblob(3000000))'); c.commit()"
        $python -m xuncha doctor --db x.db --config "$1" | grep ^database
        $python -m xuncha db vacuum --db x.db; echo "large: $?"
    """
    if subprocess.run(["unshare", "--mount", "--map-root-user", "true"], capture_output=True, check=False).returncode:
        pytest.skip("no file system can be mounted here")
    (tmp_path / "xuncha.toml").write_text('resolve = ["*=127.0.0.1:1"]\nbrowser = "off"\n', encoding="utf-8")
    (tmp_path / "small").mkdir()
    command = ["unshare", "--mount", "--map-root-user", "sh", "-c", script, sys.executable, str(tmp_path / "xuncha.toml")]
    done = subprocess.run(command, cwd=tmp_path / "small", env=ENVIRONMENT, capture_output=True, text=True, timeout=200, check=False)
    assert "small: 0" in done.stdout and "database\tlacks\tx.db; its weekly vacuum takes 6 MB" in done.stdout, (done.stdout, done.stderr)
    assert "large: 1" in done.stdout and "no room to vacuum the database x.db" in done.stderr and "Traceback" not in done.stderr


def test_a_damaged_database_and_a_wrong_clock_are_told(tmp_path: Path) -> None:
    path = tmp_path / "x.db"
    path.touch()
    checks = list(examine(Settings(db=str(path), resolve=("*=127.0.0.1:1",)), datetime(2009, 1, 1, tzinfo=UTC)))
    assert [check.state for check in checks if check.name in ("clock", "时钟")] == [State.BROKEN]
    assert checks[0].state is State.WELL
    with sqlite3.connect(path) as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
    connection.close()
    content = bytearray(path.read_bytes())
    content[4096 * (pages - 4) :] = b"\xff" * (len(content) - 4096 * (pages - 4))
    path.write_bytes(content)
    assert next(iter(examine(Settings(db=str(path), resolve=("*=127.0.0.1:1",)), NOW))).state is State.BROKEN
