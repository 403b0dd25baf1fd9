"""Kill -9 at random moments: `python benchmarks/kills.py --kills 40`.

A demo world in which scripts write the foot of every other site's pages, and the whole homepage of the others, is scanned by the daemon
with two worker processes. Again and again the daemon, a worker, a browser or the process that drives it is killed; a killed daemon is
started anew. At the end it is checked that every site was judged, that no site whose audit was finished was visited again in vain, that
the evidence is whole and replays to the same findings, that nothing runs on and no file is left behind, and that the verdicts are those of
a scan that nobody disturbed: a page whose rendering was killed, and a site in the hands of three processes that were, may leave questions
open, and accuse nobody.
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path

from daemon_processes import mentioning, victims
from kills_compared import ENVIRONMENT, check, finished_hosts, is_over, xuncha

from tests.threads import in_thread
from xuncha.demo.server import DemoServer, serve
from xuncha.demo.site import Behaviour, Site, Trap
from xuncha.demo.world import AS_OF, World, load_world, registry_csv

LONGEST = 1800.0
"""Seconds after which the scan should have come to its end."""
LEAST_BROWSERS = 3
"""At least every third of the killed is a browser, or drives one."""


def main() -> None:
    """Scan once in peace and once under kills, and compare."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=40)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--concurrency", type=int, default=4)
    arguments = parser.parse_args()
    world = scripted(load_world())
    with tempfile.TemporaryDirectory() as name, in_thread(serve(world, AS_OF, slowness=0.05)) as server:
        folder = Path(name)
        (folder / "temporary").mkdir()
        (folder / "registry.csv").write_text(registry_csv(world), encoding="utf-8")
        for database in ("calm.db", "killed.db"):
            xuncha(folder, "sites", "import", "registry.csv", "--db", database)
        calm, _ = _scan(folder, server, "calm.db", arguments.concurrency, kills=0, chance=random.Random(0))
        print(f"undisturbed: {calm:.0f} s")
        chance = random.Random(arguments.seed)
        seconds, killed = _scan(folder, server, "killed.db", arguments.concurrency, kills=arguments.kills, chance=chance)
        print(f"killed {', '.join(f'{kind} {count}' for kind, count in sorted(killed.items()))}: {seconds:.0f} s")
        check(folder)
        _check_leftovers(folder / "temporary")
        if killed.total() < arguments.kills:
            raise SystemExit("the scan was over before all kills were done; give a larger world or a smaller --concurrency")
        if (killed["browser"] + killed["driver"]) * LEAST_BROWSERS < arguments.kills:
            raise SystemExit("too few of the killed were browsers")


def scripted(world: World) -> World:
    """Return the world with more pages that exist only through scripts."""
    return World(tuple(_scripted(site, place) for place, site in enumerate(world.sites)))


def _scripted(site: Site, place: int) -> Site:
    if site.behaviour is not Behaviour.ANSWERS or site.traps & {Trap.META_REFRESH, Trap.FRAMESET}:
        return site
    return replace(site, traps=site.traps | {Trap.HOMEPAGE_BY_SCRIPT if place % 2 else Trap.SCRIPT_FOOTER})


def _scan(
    folder: Path, server: DemoServer, database: str, concurrency: int, *, kills: int, chance: random.Random
) -> tuple[float, Counter[str]]:
    """Have the daemon carry out one scan under kills; return how long it took, and how often what was killed."""
    began, killed = time.monotonic(), Counter[str]()
    finished: list[tuple[int, set[str]]] = []
    process = _daemon(folder, server, database, concurrency, "--now")
    while not is_over(folder / database):
        if time.monotonic() - began > LONGEST:
            raise SystemExit("the scan does not come to its end")
        time.sleep(chance.uniform(0.2, 2.5) if kills else 0.5)
        alive = victims(process.pid)
        if killed.total() >= kills or not alive["worker"] or is_over(folder / database):
            continue
        finished.append((len(server.visits), finished_hosts(folder / database)))
        kind = _chosen(alive, chance)
        killed[kind] += 1
        if kind == "daemon":
            process.send_signal(signal.SIGKILL)
            process.wait()
            process = _daemon(folder, server, database, concurrency)
        else:
            try:
                os.kill(chance.choice(alive[kind]), signal.SIGKILL)
            except ProcessLookupError:
                killed[kind] -= 1  # it ended by itself in this moment
    process.send_signal(signal.SIGTERM)
    process.wait(30)
    again = {visit.host for before, hosts in finished for visit in server.visits[before:] if visit.host in hosts}
    if again:
        raise SystemExit(f"visited again although finished before a kill: {sorted(again)}")
    return time.monotonic() - began, killed


def _chosen(alive: dict[str, list[int]], chance: random.Random) -> str:
    """Return which kind of process dies. Browsers, which run now and then, come first while they do."""
    browsers = [kind for kind in ("browser", "driver") if alive[kind]]
    return chance.choice(browsers if browsers and chance.random() < 0.6 else ["daemon", "worker"])


def _daemon(folder: Path, server: DemoServer, database: str, concurrency: int, *more: str) -> "subprocess.Popen[bytes]":
    mappings = [word for mapping in server.resolve for word in ("--resolve", mapping)]
    command = [sys.executable, "-m", "xuncha", "run", "--db", database, "--workers", "2", "--concurrency", str(concurrency)]
    log = (folder / f"{database}.log").open("ab")
    environment = ENVIRONMENT | {"TMPDIR": str(folder / "temporary")}
    return subprocess.Popen([*command, *mappings, *more, "--log-format", "json"], cwd=folder, env=environment, stderr=log)


def _check_leftovers(temporary: Path) -> None:
    """Check that browsers whose daemon or worker was killed have ended, and their files are gone."""
    time.sleep(5)
    running, files = mentioning(temporary), sorted(entry.name for entry in temporary.iterdir())
    print(f"left running: {len(running)}; files left: {files or 'none'}")
    if running:
        raise SystemExit("browsers of killed processes run on")


if __name__ == "__main__":
    main()
