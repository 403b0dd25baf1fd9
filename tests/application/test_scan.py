"""A scan as a user runs it: killed and resumed, interrupted, over several processes."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

import pytest

from rules.verdict import EvidenceKind, Verdict
from storage.audits import iterate_verdicts
from storage.database import open_database
from storage.findings.first_looks import waiting_first_looks
from storage.history import knock_days_of
from tests.application.conftest import ENVIRONMENT, SITES, UNDISTURBED, Run, Served, verdicts
from tests.patience import patience
from xuncha.demo.world import AS_OF, World, registry_csv

TWICE = {"columns_empty", "columns_stale"}
"""Vetoes that are planted in the world, and must be found by two looks."""


def start(tmp_path: Path, *arguments: str, session: bool = False, **variables: str) -> subprocess.Popen[str]:
    """Start a scan in a process of its own, or in a session of its own, with these variables in its environment."""
    command, environment = [sys.executable, "-m", "xuncha", "scan", *arguments], ENVIRONMENT | variables
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(command, cwd=tmp_path, env=environment, start_new_session=session, text=True, **pipes)


def wait_for_finished_sites(database: Path, count: int) -> None:
    """Wait until a running scan has stored some sites."""
    wait_until(database, f"SELECT COUNT(*) >= {count} FROM audits WHERE site_id NOT IN (SELECT site_id FROM first_looks)")


def wait_until(database: Path, question: str) -> None:
    """Wait until the database of a running scan says yes."""
    give_up = time.monotonic() + 200
    while time.monotonic() < give_up:
        with suppress(sqlite3.OperationalError), closing(sqlite3.connect(database)) as connection:
            (answer,) = connection.execute(question).fetchone()
            if answer:
                return
        time.sleep(0.1)
    raise AssertionError("the scan stored nothing in time")


def test_a_killed_scan_resumes_without_loss_or_repetition(
    xuncha: Run, registry: Path, served: Served, undisturbed: dict[str, Any], tmp_path: Path
) -> None:
    slowly = ["--concurrency", "1", "--delay", "0.05"]
    process = start(tmp_path, "--db", "killed.db", "--sites", registry.name, *served.options, *UNDISTURBED, *slowly)
    wait_for_finished_sites(tmp_path / "killed.db", 2)
    process.kill()
    process.communicate()
    finished = verdicts(xuncha, "killed.db")
    assert len(finished) < SITES
    before = len(served.server.visits)
    resumed = xuncha("scan", "--db", "killed.db", "--resume")
    assert resumed.returncode == 0, resumed.stderr
    again = {visit.host for visit in served.server.visits[before:]}
    assert not again & set(finished), "a finished site was fetched again"
    assert verdicts(xuncha, "killed.db") == undisturbed


def test_a_scan_killed_among_the_second_looks_makes_each_once(xuncha: Run, served: Served, tmp_path: Path) -> None:
    faulty = World(tuple(site for site in served.world.sites if site.registered and site.planted & TWICE))
    (tmp_path / "registry.csv").write_text(registry_csv(faulty), encoding="utf-8")
    options = ["--db", "killed.db", "--sites", "registry.csv", *served.options, "--discover", "0"]
    process = start(tmp_path, *options, "--concurrency", "1", "--delay", "0.05")
    wait_until(
        tmp_path / "killed.db", "SELECT COUNT(*) >= 2 FROM findings WHERE verdict = 'fail' AND rule IN ('columns_empty', 'columns_stale')"
    )
    process.kill()
    process.communicate()
    with open_database(str(tmp_path / "killed.db")) as database:
        waiting = {look.site.row.host for look in waiting_first_looks(database, 1, None, 100)}
        assert 0 < len(waiting) < len(faulty.sites)
        before = len(served.server.visits)
        resumed = xuncha("scan", "--db", "killed.db", "--resume")
        assert resumed.returncode == 0, resumed.stderr
        looks = Counter(visit.host for visit in served.server.visits[before:] if visit.target == "/robots.txt")
        assert looks == Counter(waiting)
        for audit in iterate_verdicts(database, 1, evidence=True):
            planted = faulty.site_of(audit.host).planted & TWICE  # type: ignore[union-attr]
            failed = [finding for finding in audit.findings if finding.rule in planted and finding.verdict is Verdict.FAIL]
            assert [finding.rule for finding in failed] == list(planted)
            assert all([piece.kind for piece in finding.evidence].count(EvidenceKind.LOOKS) == 1 for finding in failed)
            (day,) = knock_days_of(database, [audit.site.site_id], AS_OF.date(), AS_OF.date())[audit.site.site_id]
            assert (day.opened, day.failed, day.unsure) == (2, 0, 0), "each look is a visit, and counted once"


@pytest.mark.parametrize(("received", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_signal_stops_a_scan_with_a_hint(
    xuncha: Run, registry: Path, served: Served, tmp_path: Path, received: signal.Signals, status: int
) -> None:
    (tmp_path / "slow.toml").write_text("concurrency = 1\n")
    slowly = ["--config", "slow.toml", *served.options, "--delay", "0.05"]
    process = start(tmp_path, "--db", "stopped.db", "--sites", registry.name, *slowly)
    wait_for_finished_sites(tmp_path / "stopped.db", 1)
    process.send_signal(received)
    _, stderr = process.communicate(timeout=patience(10))
    assert process.returncode == status
    assert stderr.endswith("Go on with: xuncha scan --resume --db stopped.db --config slow.toml\n") and "Traceback" not in stderr


def test_a_new_scan_is_refused_beside_one_that_runs_and_tells_of_one_left_unfinished(
    xuncha: Run, registry: Path, served: Served, tmp_path: Path
) -> None:
    one = ["--db", "stopped.db", "--sample", "1", "--seed", "1", "--max-pages", "1", "--discover", "0", *served.options]
    process = start(tmp_path, "--db", "stopped.db", "--sites", registry.name, *served.options, "--concurrency", "1")
    wait_for_finished_sites(tmp_path / "stopped.db", 1)
    refused = xuncha("scan", *one)
    assert refused.returncode == 1 and "Another process is at work on the database stopped.db (scan)" in refused.stderr
    process.kill()
    process.communicate()
    told = "scan 1 of 2018-03-01 is not finished"
    assert xuncha("scan", *one, "--resolve", "nonsense").returncode == 2, "nothing was begun"
    beside = xuncha("scan", *one)
    assert told in beside.stderr and "xuncha scan --resume --db stopped.db" in beside.stderr and "scan 2 " in beside.stdout
    assert told not in xuncha("scan", *one).stderr


def test_two_worker_processes_judge_as_one(xuncha: Run, registry: Path, served: Served, undisturbed: dict[str, Any]) -> None:
    result = xuncha("scan", "--db", "two.db", "--sites", registry.name, "--workers", 2, *served.options, *UNDISTURBED)
    assert result.returncode == 0, result.stderr
    assert verdicts(xuncha, "two.db") == undisturbed


def test_a_worker_process_that_is_killed_costs_no_site(
    xuncha: Run, registry: Path, served: Served, undisturbed: dict[str, Any], tmp_path: Path
) -> None:
    options = ["--sites", registry.name, *served.options, *UNDISTURBED]
    process = start(tmp_path, "--db", "killed.db", *options, "--workers", "2", "--concurrency", "4", "--delay", "0.1")
    for finished in (1, 3):
        wait_for_finished_sites(tmp_path / "killed.db", finished)
        os.kill(worker_processes(process.pid)[0], signal.SIGKILL)
    _, stderr = process.communicate(timeout=patience(60))
    assert process.returncode == 0, stderr
    assert "a worker process died" in stderr and "Traceback" not in stderr
    assert verdicts(xuncha, "killed.db") == undisturbed
    assert xuncha("evidence", "verify", "--db", "killed.db").returncode == 0


def test_workers_that_cannot_start_stop_the_scan_and_blame_no_site(xuncha: Run, registry: Path, served: Served, tmp_path: Path) -> None:
    broken = tmp_path / "broken"
    broken.mkdir()
    killing = "import os, sys\nif 'forkserver' in str(sys.orig_argv):\n    os.register_at_fork(after_in_child=lambda: os._exit(3))\n"
    (broken / "sitecustomize.py").write_text(killing, encoding="utf-8")
    options = ["--sites", registry.name, *served.options, "--max-pages", "1", "--discover", "0", "--workers", "2"]
    process = start(tmp_path, "--db", "scan.db", *options, PYTHONPATH=str(broken))
    _, stderr = process.communicate(timeout=patience(60))
    assert process.returncode == 1
    # One that dies before it is told its task is heard of by a broken pipe instead of its exit status.
    assert any(f"worker processes do not start ({why}" in stderr for why in ("exit status 3", "[Errno 32]"))
    assert "--resume" in stderr and "Traceback" not in stderr
    assert not verdicts(xuncha, "scan.db")
    assert xuncha("scan", "--db", "scan.db", "--resume").returncode == 0
    assert len(verdicts(xuncha, "scan.db")) == SITES


@pytest.mark.parametrize("received", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_to_all_processes_stops_a_scan_with_workers_within_seconds(
    registry: Path, served: Served, tmp_path: Path, received: signal.Signals
) -> None:
    """So a terminal sends Ctrl-C, and a shutdown SIGTERM: to workers, readers and all."""
    options = ["--sites", registry.name, *served.options, "--workers", "2", "--concurrency", "2", "--delay", "0.05"]
    process = start(tmp_path, "--db", "stopped.db", *options, session=True)
    wait_for_finished_sites(tmp_path / "stopped.db", 1)
    os.killpg(process.pid, received)
    _, stderr = process.communicate(timeout=patience(5))
    assert process.returncode == 128 + received
    assert "--resume" in stderr and "Traceback" not in stderr, stderr


def worker_processes(parent: int) -> list[int]:
    """Return the worker processes of a scan: those that its server of processes has forked. Linux lists the children of each thread."""
    servers = [child for child in children(parent) if b"forkserver" in Path(f"/proc/{child}/cmdline").read_bytes()]
    return [worker for server in servers for worker in children(server)]


def children(parent: int) -> list[int]:
    return [int(child) for task in Path(f"/proc/{parent}/task").iterdir() for child in (task / "children").read_text().split()]


def test_a_sample_is_the_same_for_the_same_seed(xuncha: Run, registry: Path, served: Served) -> None:
    options = [*served.options, "--max-pages", "1", "--discover", "0", "--sample", "4"]
    hosts = []
    for name, seed in (("a.db", 7), ("b.db", 7), ("c.db", 8)):
        assert xuncha("scan", "--db", name, "--sites", registry.name, "--seed", seed, *options).returncode == 0
        hosts.append(set(verdicts(xuncha, name)))
    assert hosts[0] == hosts[1] != hosts[2]


def test_a_scan_of_a_file_leaves_the_other_sites_alone(xuncha: Run, registry: Path, served: Served, tmp_path: Path) -> None:
    assert xuncha("sites", "import", registry.name).returncode == 0
    lines = registry.read_text(encoding="utf-8").splitlines()
    (tmp_path / "two.csv").write_text("\n".join([lines[0], *lines[3:5]]) + "\n", encoding="utf-8")
    result = xuncha("scan", "--sites", "two.csv", *served.options, "--max-pages", "1", "--discover", "0")
    assert result.returncode == 0, result.stderr
    assert len(verdicts(xuncha, "xuncha.db")) == 2


def test_a_scan_of_a_quarter_visits_the_drawn_sample(xuncha: Run, registry: Path, served: Served) -> None:
    assert xuncha("sites", "import", registry.name).returncode == 0
    missing = xuncha("scan", "--quarter", "2018Q1", *served.options)
    assert (missing.returncode, "sample draw" in missing.stderr) == (2, True)
    drawn = xuncha("sample", "draw", "2018Q1", "--size", "8", "--seed", "s", "--least", "1")
    assert drawn.returncode == 0, drawn.stderr
    result = xuncha("scan", "--quarter", "2018Q1", *served.options, "--max-pages", "1", "--discover", "0")
    assert result.returncode == 0, result.stderr
    assert len(verdicts(xuncha, "xuncha.db")) == 8
