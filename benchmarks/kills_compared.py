"""What the databases of `kills.py` say: how far a scan is, and how one that was killed compares with one that nobody disturbed."""

import json
import os
import sqlite3
import subprocess
import sys
from collections import Counter
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

from crawler.snapshot import ReachReason, RenderOutcome
from storage.database import open_database
from storage.evidence.index import find_kept, iterate_kept
from storage.evidence.reader import Archive

ENVIRONMENT = {
    **os.environ,
    "LC_ALL": "en_US.UTF-8",
    "XUNCHA_SECOND_LOOK_AFTER": "1",
    "XUNCHA_DISCOVER": "3",
    "XUNCHA_KNOCK_MINUTES": "0",
    "XUNCHA_DELAY": "0.05",
    "XUNCHA_MAX_PAGES": "12",
    "XUNCHA_DEADLINE": "120",
}
OPEN = "inconclusive"


def xuncha(folder: Path, *arguments: str) -> str:
    """Run a command in a folder and return what it prints. Raises SystemExit where it fails."""
    command = [sys.executable, "-m", "xuncha", *arguments]
    result = subprocess.run(command, cwd=folder, env=ENVIRONMENT, capture_output=True, text=True, check=False)
    if result.returncode:
        raise SystemExit(f"{' '.join(arguments)}: {result.stderr}")
    return result.stdout


def _rows(place: Path, query: str) -> list[tuple[object, ...]]:
    try:
        with closing(sqlite3.connect(f"file:{place}?mode=ro", uri=True, timeout=10)) as database:
            return database.execute(query).fetchall()
    except sqlite3.OperationalError:
        return []


def is_over(place: Path) -> bool:
    """Tell whether the scan of a database has ended, and its evidence is sealed."""
    sealed = "SELECT COUNT(*) FROM evidence_manifests"
    ended = "SELECT COUNT(*) FROM daemon_runs WHERE job = 'scan' AND outcome = 'done'"
    return [_rows(place, query) for query in (sealed, ended)] == [[(1,)], [(1,)]]


def finished_hosts(place: Path) -> set[str]:
    """Return the hosts of sites that are done, and wait for no second look."""
    query = "SELECT host FROM audits WHERE site_id NOT IN (SELECT site_id FROM first_looks)"
    return {str(host) for (host,) in _rows(place, query)}


def check(folder: Path) -> None:
    """Compare the two scans, and verify and replay the evidence of the killed one. Raises SystemExit for what is not as it should be."""
    scans = _rows(folder / "killed.db", "SELECT id, status FROM scans")
    planned = _rows(folder / "killed.db", "SELECT COUNT(*), SUM(done) FROM scan_sites")
    audited = _rows(folder / "killed.db", "SELECT COUNT(*), COUNT(DISTINCT site_id) FROM audits")
    print(f"scans {scans}, sites planned and done {planned[0]}, audits and sites audited {audited[0]}")
    print(verified := xuncha(folder, "evidence", "verify", "--db", "killed.db").strip())
    compared = json.loads(xuncha(folder, "replay", "1", "--db", "killed.db", "--against", "stored", "--json"))
    print(f"replay of {compared['sites']} sites: {len(compared['changes'])} findings differ from those stored")
    wrong = _compared(folder)
    if scans != [(1, "finished")] or planned[0][0] != planned[0][1] or audited[0] != (planned[0][0],) * 2:
        raise SystemExit("a site was lost or judged twice")
    if wrong or compared["changes"] or not verified:
        raise SystemExit("the kills have changed what was found")


def _compared(folder: Path) -> list[str]:
    """Print how verdicts differ, and return the sites where they may not.

    Excused is what a killed rendering left open, and a site in whose hands three processes were killed: it is left inconclusive.
    """
    calm, killed = (_verdicts(folder, name) for name in ("calm.db", "killed.db"))
    undisturbed, disturbed = (_outcomes(folder, name) for name in ("calm.db", "killed.db"))
    for name, outcomes in (("undisturbed", undisturbed), ("killed", disturbed)):
        print(f"renderings, {name}: {_listed(sum(outcomes.values(), Counter()))}")
    costly = {host for each in (undisturbed, disturbed) for host, outcomes in each.items() if set(outcomes) != {RenderOutcome.RENDERED}}
    given_up = {host for host, row in killed.items() if row["reach_reason"] == ReachReason.CRAWLER_ERROR}
    differing = sorted(host for host in calm.keys() | killed.keys() if calm.get(host) != killed.get(host))
    wrong = [host for host in differing if host not in costly | given_up or not _only_opened(calm.get(host), killed.get(host))]
    print(
        f"{len(killed)} sites judged; {len(costly & killed.keys())} lost a rendering, {len(given_up)} three processes: {sorted(given_up)}"
    )
    print(f"not as undisturbed: {len(differing)}, of which not excused: {len(wrong)}")
    for host in wrong:
        print(f"{host}: {calm.get(host)} became {killed.get(host)}")
    return wrong


def _listed(counts: Counter[RenderOutcome]) -> str:
    return ", ".join(f"{outcome} {count}" for outcome, count in sorted(counts.items()))


def _only_opened(calm: dict[str, Any] | None, killed: dict[str, Any] | None) -> bool:
    """Tell whether what differs has become inconclusive, so that nobody is accused who was not before."""
    if calm is None or killed is None:
        return False
    rules = {rule: (verdict, killed["rules"].get(rule)) for rule, verdict in calm["rules"].items()}
    return killed["rules"].keys() == rules.keys() and all(now in (before, OPEN) for before, now in rules.values())


def _verdicts(folder: Path, database: str) -> dict[str, dict[str, Any]]:
    lines = xuncha(folder, "export", "verdicts", "--db", database).splitlines()
    rows = [json.loads(line) for line in lines]
    return {row["host"]: {name: row[name] for name in ("reach", "reach_reason", "verdict", "rules", "pages")} for row in rows}


def _outcomes(folder: Path, name: str) -> dict[str, Counter[RenderOutcome]]:
    """Return what came of the renderings of each host, by the accounts of its audits; pictures are not among them."""
    hosts = dict(_rows(folder / name, "SELECT site_id, host FROM audits"))
    found: dict[str, Counter[RenderOutcome]] = {}
    with open_database(str(folder / name)) as database:
        archive = Archive(folder / f"{Path(name).stem}-evidence", partial(find_kept, database))
        for site_id, blocks in iterate_kept(database, 1):
            accounts = (archive.block(site_id, block).account for block in blocks)
            outcomes = Counter(kept.outcome for account in accounts for kept in account.renderings if kept.reason is not None)
            if outcomes:
                found[str(hosts[site_id])] = outcomes
    return found
