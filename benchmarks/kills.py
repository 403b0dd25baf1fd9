"""Kill -9 at random moments: `python benchmarks/kills.py --kills 20`.

The demo world is scanned by the daemon with two worker processes, and again and again the daemon or one of its workers is killed; a killed
daemon is started anew. At the end it is checked that every site was judged, that no site whose audit was finished was visited again in
vain, that the verdicts are those of a scan that nobody disturbed, and that the evidence is whole and replays to the same findings.
"""

import argparse
import asyncio
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from xuncha.demo.server import DemoServer, serve
from xuncha.demo.world import AS_OF, load_world, registry_csv

ENVIRONMENT = {
    **os.environ,
    "LC_ALL": "en_US.UTF-8",
    "XUNCHA_SECOND_LOOK_AFTER": "1",
    "XUNCHA_DISCOVER": "3",
    "XUNCHA_KNOCK_MINUTES": "0",
    "XUNCHA_DELAY": "0.05",
    "XUNCHA_MAX_PAGES": "12",
    "XUNCHA_DEADLINE": "20",
}
LONGEST = 600.0
"""Seconds after which the scan should have come to its end."""


def main() -> None:
    """Scan once in peace and once under kills, and compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--concurrency", type=int, default=4)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, _served() as server:
        folder = Path(name)
        (folder / "registry.csv").write_text(registry_csv(load_world()), encoding="utf-8")
        for database in ("calm.db", "killed.db"):
            _xuncha(folder, "sites", "import", "registry.csv", "--db", database)
        calm, _ = _scan(folder, server, "calm.db", arguments.concurrency, kills=0, chance=random.Random(0))
        print(f"undisturbed: {calm:.0f} s")
        chance = random.Random(arguments.seed)
        seconds, killed = _scan(folder, server, "killed.db", arguments.concurrency, kills=arguments.kills, chance=chance)
        print(f"killed {killed['daemon']} times the daemon, {killed['worker']} times a worker process: {seconds:.0f} s")
        _check(folder)
        if sum(killed.values()) < arguments.kills:
            raise SystemExit("the scan was over before all kills were done; give a larger world or a smaller --concurrency")


@contextmanager
def _served() -> Iterator[DemoServer]:
    """Serve the demo world from a thread."""
    loop, ready, done = asyncio.new_event_loop(), threading.Event(), asyncio.Event()
    servers: list[DemoServer] = []

    async def keep() -> None:
        async with serve(load_world(), AS_OF, slowness=0.05) as server:
            servers.append(server)
            ready.set()
            await done.wait()

    thread = threading.Thread(target=lambda: loop.run_until_complete(keep()), daemon=True)
    thread.start()
    ready.wait(60)
    yield servers[0]
    loop.call_soon_threadsafe(done.set)
    thread.join(10)


def _xuncha(folder: Path, *arguments: str) -> str:
    command = [sys.executable, "-m", "xuncha", *arguments]
    result = subprocess.run(command, cwd=folder, env=ENVIRONMENT, capture_output=True, text=True, check=False)
    if result.returncode:
        raise SystemExit(f"{' '.join(arguments)}: {result.stderr}")
    return result.stdout


def _scan(
    folder: Path, server: DemoServer, database: str, concurrency: int, *, kills: int, chance: random.Random
) -> tuple[float, dict[str, int]]:
    """Have the daemon carry out one scan under kills; return how long it took, and how often what was killed."""
    began, killed = time.monotonic(), {"daemon": 0, "worker": 0}
    finished: list[tuple[int, set[str]]] = []
    process = _daemon(folder, server, database, concurrency, "--now")
    while not _is_over(folder / database):
        if time.monotonic() - began > LONGEST:
            raise SystemExit("the scan does not come to its end")
        time.sleep(chance.uniform(0.2, 2.5) if kills else 0.5)
        if sum(killed.values()) >= kills or not (workers := _workers(process.pid)) or _is_over(folder / database):
            continue
        finished.append((len(server.visits), _finished_hosts(folder / database)))
        if chance.random() < 0.5:
            process.send_signal(signal.SIGKILL)
            process.wait()
            killed["daemon"] += 1
            process = _daemon(folder, server, database, concurrency)
        else:
            os.kill(chance.choice(workers), signal.SIGKILL)
            killed["worker"] += 1
    process.send_signal(signal.SIGTERM)
    process.wait(30)
    again = {visit.host for before, hosts in finished for visit in server.visits[before:] if visit.host in hosts}
    if again:
        raise SystemExit(f"visited again although finished before a kill: {sorted(again)}")
    return time.monotonic() - began, killed


def _daemon(folder: Path, server: DemoServer, database: str, concurrency: int, *more: str) -> "subprocess.Popen[bytes]":
    mappings = [word for mapping in server.resolve for word in ("--resolve", mapping)]
    command = [sys.executable, "-m", "xuncha", "run", "--db", database, "--workers", "2", "--concurrency", str(concurrency)]
    log = (folder / f"{database}.log").open("ab")
    return subprocess.Popen([*command, *mappings, *more, "--log-format", "json"], cwd=folder, env=ENVIRONMENT, stderr=log)


def _workers(parent: int) -> list[int]:
    """Return the worker processes of a daemon: those that its server of processes has forked."""
    try:
        servers = [child for child in _children(parent) if b"forkserver" in Path(f"/proc/{child}/cmdline").read_bytes()]
        return [worker for server in servers for worker in _children(server)]
    except OSError:
        return []


def _children(parent: int) -> list[int]:
    return [int(child) for task in Path(f"/proc/{parent}/task").iterdir() for child in (task / "children").read_text().split()]


def _rows(place: Path, query: str) -> list[tuple[object, ...]]:
    try:
        with closing(sqlite3.connect(f"file:{place}?mode=ro", uri=True, timeout=10)) as database:
            return database.execute(query).fetchall()
    except sqlite3.OperationalError:
        return []


def _is_over(place: Path) -> bool:
    sealed = "SELECT COUNT(*) FROM evidence_manifests"
    ended = "SELECT COUNT(*) FROM daemon_runs WHERE job = 'scan' AND outcome = 'done'"
    return [_rows(place, query) for query in (sealed, ended)] == [[(1,)], [(1,)]]


def _finished_hosts(place: Path) -> set[str]:
    """Return the hosts of sites that are done, and wait for no second look."""
    query = "SELECT host FROM audits WHERE site_id NOT IN (SELECT site_id FROM first_looks)"
    return {str(host) for (host,) in _rows(place, query)}


def _check(folder: Path) -> None:
    """Compare the two scans, and verify and replay the evidence of the killed one. Raises SystemExit for what is not as it should be."""
    scans = _rows(folder / "killed.db", "SELECT id, status FROM scans")
    planned = _rows(folder / "killed.db", "SELECT COUNT(*), SUM(done) FROM scan_sites")
    audited = _rows(folder / "killed.db", "SELECT COUNT(*), COUNT(DISTINCT site_id) FROM audits")
    print(f"scans {scans}, sites planned and done {planned[0]}, audits and sites audited {audited[0]}")
    calm, killed = (_verdicts(folder, name) for name in ("calm.db", "killed.db"))
    differing = sorted(host for host in calm.keys() | killed.keys() if calm.get(host) != killed.get(host))
    print(f"{len(killed)} sites judged; other verdicts than undisturbed: {differing or 'none'}")
    verified = _xuncha(folder, "evidence", "verify", "--db", "killed.db").strip()
    print(verified)
    compared = json.loads(_xuncha(folder, "replay", "1", "--db", "killed.db", "--against", "stored", "--json"))
    print(f"replay of {compared['sites']} sites: {len(compared['changes'])} findings differ from those stored")
    if scans != [(1, "finished")] or planned[0][0] != planned[0][1] or audited[0] != (planned[0][0],) * 2:
        raise SystemExit("a site was lost or judged twice")
    if differing or compared["changes"]:
        raise SystemExit("the kills have changed what was found")


def _verdicts(folder: Path, database: str) -> dict[str, object]:
    lines = _xuncha(folder, "export", "verdicts", "--db", database).splitlines()
    rows = [json.loads(line) for line in lines]
    return {row["host"]: (row["reach"], row["verdict"], row["rules"], row["pages"]) for row in rows}


if __name__ == "__main__":
    main()
