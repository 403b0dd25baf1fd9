"""The daemon as it runs for weeks: it knocks, resumes what was killed, tells its health, and stops cleanly."""

import asyncio
import json
import os
import random
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec import structs

from crawler.limits import GatherSettings
from crawler.net.resolver import parse_mapping
from storage.daemon_runs import RunOutcome, begin_run, end_run, last_runs
from storage.database import open_database
from storage.history import knock_days_of
from storage.registry.sites import list_sites
from tests.application.conftest import ENVIRONMENT, SITES, Run, Served, verdicts
from tests.application.test_notify import robot
from tests.patience import patience
from xuncha.daemon.health import metrics, state_of
from xuncha.daemon.jobs import JOBS, Work, care, knock, quarter
from xuncha.daemon.schedule import Due, JobName
from xuncha.daemon.service import Service, timetable_of
from xuncha.settings import Settings

NOW = datetime(2018, 4, 2, 0, 5, tzinfo=UTC)


@pytest.fixture
def work(xuncha: Run, registry: Path, served: Served, tmp_path: Path) -> Work:
    """Return what jobs are given, with the demo world's registry in the database."""
    assert xuncha("sites", "import", registry.name).returncode == 0
    settings = Settings(db=str(tmp_path / "xuncha.db"), output=str(tmp_path / "out"))
    mappings = [parse_mapping(text) for text in served.server.resolve]
    return Work(settings=settings, limits=GatherSettings(delay=0, deadline=20), mappings=mappings, now=lambda: NOW)


async def test_a_round_of_knocks_visits_every_running_site_once(work: Work) -> None:
    ended = await knock(work, Due(JobName.KNOCK, NOW))
    assert ended.outcome is RunOutcome.DONE, ended
    with open_database(work.settings.db) as database:
        sites = list(list_sites(database))
        day = NOW.date()
        counted = knock_days_of(database, [site.site_id for site in sites], day, day)
    visits = [sum((each.opened, each.failed, each.unsure)) for site in sites for each in counted[site.site_id]]
    assert visits == [1] * len(sites)
    assert sum(each.opened for days in counted.values() for each in days) > len(sites) / 2


async def test_care_vacuums_and_a_quarter_without_a_scan_is_a_sentence(work: Work) -> None:
    assert (await care(work, Due(JobName.CARE, NOW))).outcome is RunOutcome.DONE
    with pytest.raises(Exception, match="2018Q1"):
        await quarter(work, Due(JobName.QUARTER, NOW))


async def test_a_scan_that_fails_is_told_once_for_the_same_cause(work: Work, tmp_path: Path) -> None:
    with robot(b"") as (address, taken):
        settings = structs.replace(work.settings, db=str(tmp_path / "empty.db"), webhook=address)
        service = Service(replace(work, settings=settings), timetable_of(settings))
        for _ in range(2):
            service.start(Due(JobName.SCAN, NOW))
            await asyncio.gather(*service._running.values())
    with open_database(settings.db) as database:
        run = last_runs(database, NOW)["scan"]
    assert run.outcome is RunOutcome.FAILED
    (told,) = (json.loads(body) for _, body in taken)
    assert run.detail in told["text"]


async def test_a_clock_that_was_ahead_repeats_nothing_and_silences_nobody(work: Work) -> None:
    clock = [NOW.replace(hour=8, minute=59)]
    watched = replace(work, now=lambda: clock[0])
    service = Service(watched, timetable_of(watched.settings))
    rounds = []
    for hour, minute in ((7, 30), (8, 1), (10, 20), (9, 10), (9, 11), (8, 2), (10, 21)):
        clock[0] = NOW.replace(hour=hour, minute=minute)
        await service.look()
        await asyncio.gather(*service._running.values())
        with open_database(work.settings.db) as database:
            ended = last_runs(database, clock[0]).get("knock")
        rounds.append((ended.started_at.hour, ended.started_at.minute) if ended else None)
    assert rounds == [None, (8, 1), (10, 20), (9, 10), (9, 10), (8, 1), (10, 20)], "the round of each hour is made once"


async def test_a_night_that_was_killed_at_its_very_end_is_not_scanned_again(xuncha: Run, work: Work, served: Served) -> None:
    due = Due(JobName.SCAN, NOW)
    settings = structs.replace(work.settings, discover=0, second_look_after=0, max_pages=1, resolve=tuple(served.server.resolve))
    done = replace(work, settings=settings, limits=structs.replace(work.limits, max_pages=1))
    first = await JOBS[JobName.SCAN](done, due)
    visits = len(served.server.visits)
    assert (await JOBS[JobName.SCAN](done, due)).scan == first.scan == 1
    assert len(served.server.visits) == visits


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def daemon(served: Served, folder: Path, *more: str) -> "subprocess.Popen[str]":
    options = [word for mapping in served.server.resolve for word in ("--resolve", mapping)]
    command = [sys.executable, "-m", "xuncha", "run", "--delay", "0.05", "--max-pages", "4", *options, *more]
    environment = {**ENVIRONMENT, "XUNCHA_DISCOVER": "0", "XUNCHA_KNOCK_MINUTES": "0"}
    return subprocess.Popen(command, cwd=folder, env=environment, stderr=subprocess.PIPE, text=True)


def lines_until(process: "subprocess.Popen[str]", word: str) -> Iterator[dict[str, object]]:
    """Yield the lines of a daemon's JSON log up to the one whose event holds a word."""
    assert process.stderr is not None
    for line in process.stderr:
        if not line.startswith("{"):
            continue  # the progress of the scan
        record = json.loads(line)
        yield record
        if word in record["event"]:
            return
    raise AssertionError(f"the daemon ended without saying {word!r}")


def test_a_daemon_that_is_killed_goes_on_where_it_was_and_judges_no_site_twice(
    xuncha: Run, registry: Path, served: Served, tmp_path: Path
) -> None:
    assert xuncha("sites", "import", registry.name).returncode == 0
    chance = random.Random(7)
    for attempt in range(3):
        process = daemon(served, tmp_path, *(["--now"] if attempt == 0 else []), "--concurrency", "2", "--log-format", "json")
        list(lines_until(process, "begins: scan"))
        time.sleep(chance.random())
        process.send_signal(signal.SIGKILL)
        process.communicate()
    process = daemon(served, tmp_path, "--log-format", "json")
    try:
        records = list(lines_until(process, "ended: scan"))
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=patience(10))
    assert process.returncode == 143
    assert [record.get("job") for record in records if "begins: scan" in str(record["event"])] == ["scan"]
    assert len(verdicts(xuncha, "xuncha.db")) == SITES
    with open_database(tmp_path / "xuncha.db") as database:
        assert last_runs(database, datetime.now(UTC))["scan"].outcome is RunOutcome.DONE


def test_a_port_that_is_taken_is_named(xuncha: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = xuncha("run", "--health-port", port)
    assert result.returncode == 1 and len(result.stderr.splitlines()) == 1
    assert str(port) in result.stderr and "--health-port" in result.stderr


def test_a_daemon_scans_and_tells_its_health_and_stops_on_a_signal(xuncha: Run, registry: Path, served: Served, tmp_path: Path) -> None:
    assert xuncha("sites", "import", registry.name).returncode == 0
    port = free_port()
    process = daemon(served, tmp_path, "--now", "--health-port", str(port), "--log-format", "json")
    try:
        logged = list(lines_until(process, "ended: scan"))
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=patience(10)) as answer:
            told = json.load(answer)
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=patience(10)) as answer:
            printed = answer.read().decode()
        with pytest.raises(urllib.error.HTTPError, match="404"):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/elsewhere", timeout=10)
    finally:
        process.send_signal(signal.SIGTERM)
        _, last = process.communicate(timeout=patience(10))
    assert process.returncode == 143
    assert [json.loads(line)["level"] for line in last.splitlines()] == ["info"], last  # that it stops
    assert len({record["site"] for record in logged if "site" in record}) == len(verdicts(xuncha, "xuncha.db")) == SITES
    assert [path.suffix for path in (tmp_path / "xuncha-output").iterdir()] == [".xlsx"]
    assert told["healthy"] and sum(told["verdicts"].values()) == SITES
    assert 'xuncha_scan_sites{verdict="inconclusive"}' in printed and "xuncha_healthy 1.0" in printed


def test_a_failed_or_missed_night_is_not_healthy(tmp_path: Path) -> None:
    location = str(tmp_path / "x.db")
    with open_database(location) as database:
        begin_run(database, "scan", NOW, NOW)
        assert state_of(location, (), NOW, NOW).healthy
        end_run(database, "scan", NOW, NOW, RunOutcome.FAILED, "the disk is full")
    failed = state_of(location, (), NOW, NOW)
    assert not failed.healthy and "the disk is full" in failed.why
    assert state_of(location, ("scan",), NOW, NOW).healthy, "it is being tried again"
    missed = state_of(str(tmp_path / "y.db"), (), NOW, NOW - timedelta(hours=37))
    assert not missed.healthy and "no scan" in missed.why
    gone = state_of(os.devnull, (), NOW, NOW)
    assert not gone.healthy and not gone.database and b"xuncha_database_up 0.0" in metrics(gone)
