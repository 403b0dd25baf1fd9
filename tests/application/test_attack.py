"""A scan whose sites all attack it: every site ends with one verdict, memory stays within bounds, and a signal still stops it."""

import contextlib
import gzip
import json
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from benchmarks.processes import peak_memory, tree
from tests.application.conftest import ENVIRONMENT, SITES, Run, Served, verdicts
from tests.crawler.plays import HEAD, PAGE, brotli_bomb, encoded, flood, page, silence
from tests.crawler.servers import Call, Play, serving
from tests.patience import patience
from tests.threads import in_thread

ATTACKS: tuple[Callable[[], Play], ...] = (
    lambda: flood(HEAD + b"\r\n", b"<p>" * 10_000),
    lambda: flood(HEAD, b"X-More: 1\r\n" * 1000),
    lambda: encoded("gzip", gzip.compress(bytes(64 << 20), 6)),
    lambda: encoded("br", brotli_bomb()),
    lambda: page(PAGE.replace("</body>", "<div>" * 60_000)),
    lambda: page("<html><body>" + "".join(f"<a href=/{n}>{n}</a>" for n in range(100_000))),
    lambda: page("<table><tr><td>" * 100_000),
    lambda: page(PAGE),
)
AT_ONCE = 40


@contextmanager
def served_by(plays: list[Play]) -> Iterator[tuple[int, list[Call]]]:
    """Serve from a thread, each site by the play of its number; give the port and what has been asked."""

    async def play(call: Call) -> None:
        await plays[int(call.headers["host"].split(".")[0][1:]) % len(plays)](call)

    with in_thread(serving(play, robots="")) as server:
        yield server.port, server.calls


def start(folder: Path, port: int, *options: object) -> "subprocess.Popen[str]":
    """Start a scan of as many sites as are visited at once."""
    (folder / "sites.csv").write_text("url\n" + "".join(f"http://s{n}.gov.cn/\n" for n in range(AT_ONCE)), encoding="utf-8")
    fixed = ["--sites", "sites.csv", "--resolve", f"*.gov.cn=127.0.0.1:{port}", "--concurrency", AT_ONCE, "--delay", 0, "--discover", 0]
    command = [sys.executable, "-m", "xuncha", "scan", "--quiet", *map(str, (*fixed, *options))]
    return subprocess.Popen(command, cwd=folder, env=ENVIRONMENT, stderr=subprocess.PIPE, text=True)


def test_under_attack_every_site_has_one_verdict_and_memory_stays_within_a_gigabyte(xuncha: Run, tmp_path: Path) -> None:
    peaks: dict[int, float] = {}
    with served_by([make() for make in ATTACKS]) as (port, _):
        process = start(tmp_path, port, "--deadline", 10, "--max-pages", 3)
        while process.poll() is None:
            peaks.update({pid: peak for pid in tree(process.pid) if (peak := peak_memory(pid))})
            time.sleep(0.1)
        _, stderr = process.communicate()
    assert process.returncode == 0, stderr
    assert "Traceback" not in stderr
    hosts = [json.loads(line)["host"] for line in xuncha("export", "verdicts").stdout.splitlines()]
    assert sorted(hosts) == sorted(f"s{n}.gov.cn" for n in range(AT_ONCE))
    assert sum(peaks.values()) < 1024


@pytest.mark.parametrize("workers", [1, 2])
def test_a_signal_stops_a_scan_that_waits_for_silent_sites(tmp_path: Path, workers: int) -> None:
    with served_by([silence]) as (port, calls):
        process = start(tmp_path, port, "--workers", workers)
        while len(calls) < AT_ONCE:
            assert process.poll() is None
            time.sleep(0.05)
        process.send_signal(signal.SIGTERM)
        _, stderr = process.communicate(timeout=patience(5))
    assert process.returncode == 143
    assert "--resume" in stderr
    assert "Traceback" not in stderr


def test_a_lock_that_another_process_holds_is_waited_for(xuncha: Run, registry: Path, served: Served, tmp_path: Path) -> None:
    assert xuncha("sites", "import", registry.name).returncode == 0
    command = [sys.executable, "-m", "xuncha", "scan", "--quiet", "--max-pages", "1", "--discover", "0", *served.options]
    process = subprocess.Popen(command, cwd=tmp_path, env=ENVIRONMENT, stderr=subprocess.PIPE, text=True)
    with contextlib.closing(sqlite3.connect(tmp_path / "xuncha.db", isolation_level=None, timeout=30)) as other:
        while not other.execute("SELECT 1 FROM scans").fetchall():
            assert process.poll() is None
            time.sleep(0.02)
        other.execute("BEGIN IMMEDIATE")
        time.sleep(3)
        held_up = process.poll() is None
        other.execute("COMMIT")
    _, stderr = process.communicate(timeout=patience(60))
    assert (process.returncode, held_up) == (0, True), stderr
    assert len(verdicts(xuncha, "xuncha.db")) == SITES
