"""A year of the country's nights in one database, and what its reports then take: `python benchmarks/year.py --folder DIR`.

23,269 invented sites, those of `history.py`. The first night and the last one are stored by the program, audit for audit; each night
between is the first one, copied row by row within the database, with its own scan and times, and as much of it as the weekly care leaves
of a night of that age. Then everything is asked that an operator asks: by the commands, each in a process of its own, and where there is
none by the functions that the daemon calls. The database and what the commands wrote stay in the folder.
"""

import argparse
import json
import os
import sqlite3
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from hashlib import blake2b
from pathlib import Path

from history import BATCH, COUNTRY, DEFAULTS, FAILING, KNOCKS_A_DAY, moment, register, sizes, store_night
from processes import cost_of

from crawler.china_time import china_day
from storage.database import Database, open_database
from storage.evidence.retention import thin
from storage.findings.retention import thin_findings
from storage.history import histories_of, knock_days_of
from storage.records import Scan, Site
from storage.registry.sites import list_sites
from storage.scans import latest_finished_scan
from storage.seen_sites import iterate_seen_sites
from xuncha.daemon.health import state_of
from xuncha.notify.summary import summary_of
from xuncha.scan.run import KNOCK_WINDOW

NIGHTS = 365
LAST = NIGHTS - 1
SINCE_CARE = 7
"""Nights that no weekly care has seen yet."""
QUARTER = "2018Q4"
ENTRIES = 104
"""New on the lists of a site within the year, two a week."""


def main() -> None:
    """Build the year and ask."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--sites", type=int, default=COUNTRY)
    parser.add_argument("--built", action="store_true", help="ask the year that an earlier run has built there")
    arguments = parser.parse_args()
    arguments.folder.mkdir(parents=True, exist_ok=True)
    place = arguments.folder / "year.db"
    if not arguments.built:
        place.unlink(missing_ok=True)
        _build(place, arguments.sites)
    _ask_commands(place, arguments.folder)
    with open_database(place) as database:
        _ask_functions(database)
        _care(database, place)


@contextmanager
def _timed(what: str) -> Iterator[None]:
    began = time.monotonic()
    yield
    print(f"{what:66}{time.monotonic() - began:8.1f} s", flush=True)


def _build(place: Path, count: int) -> None:
    with open_database(place) as database:
        sites = register(database, count)
        with _timed("the first night, stored by the program"):
            store_night(database, sites, 0, fails=_fails)
    with _timed(f"{NIGHTS - 2} nights copied, {ENTRIES} entries a site added"):
        _copy_nights(place)
    with open_database(place) as database, _timed("the last night, stored by the program"):
        store_night(database, sites, LAST, fails=_fails_at_last)
    print(f"{place.stat().st_size / 1e9:.1f} GB, {SINCE_CARE} nights after the last care")


def _fails(site: Site) -> bool:
    return site.site_id % FAILING == 0


def _fails_at_last(site: Site) -> bool:
    """In the last night half of the failing sites are others."""
    return (site.site_id + site.site_id // FAILING % 2) % FAILING == 0


def _copy_nights(place: Path) -> None:
    connection = sqlite3.connect(place, isolation_level=None)
    for pragma in ("synchronous = OFF", "cache_size = -1000000"):
        connection.execute(f"PRAGMA {pragma}")
    for night in range(1, LAST):
        connection.execute("BEGIN")
        _copy_night(connection, night)
        connection.execute("COMMIT")
        print(f"night {night + 1}", end="\r", file=sys.stderr)
    connection.execute("BEGIN")
    connection.executemany("INSERT INTO observed_items VALUES (?, ?, ?, ?, ?, ?, ?)", _entries(connection))
    connection.execute("COMMIT")
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def _copy_night(connection: sqlite3.Connection, night: int) -> None:
    """Copy the first scan: what stays of every night, and what stays of one of this age."""
    age, failing = LAST - night - SINCE_CARE, f"AND site_id % {FAILING} = 0"
    was, now = (f"{moment(each):%Y-%m-%d}" for each in (0, night))
    values = {"scan": night + 1, "was": was, "now": now, "day": str(china_day(moment(night))), "name": f"scan-{night + 1}"}

    def run(statement: str) -> None:
        connection.execute(statement, values)

    def copy(table: str, key: str, where: str = "", **changed: str) -> None:
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        times = {name: f"replace({name}, :was, :now)" for name in columns if name.endswith("_at") or name == "as_of"}
        chosen = ", ".join({**times, **changed}.get(name, f'"{name}"') for name in columns)
        run(f"INSERT INTO {table} SELECT {chosen} FROM {table} WHERE {key} = 1 {where}")

    copy("scans", "id", id=":scan")
    copy("scan_sites", "scan_id", scan_id=":scan")
    copy("audits", "scan_id", scan_id=":scan")
    copy("findings", "scan_id", id="NULL", scan_id=":scan")
    run(
        "INSERT INTO problems (finding_id, site_id, rule, state, observed_at, decided_by, note)"
        " SELECT findings.id, site_id, rule, 'candidate', observed_at, '', '' FROM findings JOIN audits USING (scan_id, site_id)"
        " WHERE scan_id = :scan AND findings.verdict = 'fail'"
    )
    if age <= DEFAULTS.findings_days:
        copy("quiet_findings", "scan_id", scan_id=":scan")
    copy("evidence_files", "scan_id", id="NULL", scan_id=":scan", name=":name")
    file = "(SELECT MAX(id) FROM evidence_files)"
    copy("kept_audits", "scan_id", "" if age <= DEFAULTS.retention_days else failing, scan_id=":scan", file_id=file)
    run(f"INSERT INTO knocks SELECT id, :day, {KNOCKS_A_DAY}, 0, 0 FROM sites")


def _entries(connection: sqlite3.Connection) -> Iterator[tuple[object, ...]]:
    """Yield the entries that the sites published, as rows: each in the first column, seen in the night after."""
    for site_id, url in connection.execute("SELECT id, url FROM sites").fetchall():
        rows = []
        for number in range(ENTRIES):
            night = 1 + number * (LAST - 1) // ENTRIES
            day = china_day(moment(night - 1))
            address = f"{url}c0/{day:%Y%m}/t{day:%Y%m%d}_{number}.html"
            key = blake2b(address.encode(), digest_size=16).digest()
            seen = moment(night)
            dates = json.dumps([[str(day), seen.isoformat()]])
            title = f"青禾县部署第{number}类工作第{night}次会议召开"
            rows.append((site_id, key, address, title, f"{url}c0/", f"{seen:%Y-%m-%d %H:%M:%S.%f}", dates))
        yield from sorted(rows, key=lambda row: row[1])


def _ask_commands(place: Path, folder: Path) -> None:
    backup, site = folder / "backup.db", f"http://www.s{FAILING - 1}.gov.cn/"
    backup.unlink(missing_ok=True)
    commands: dict[str, tuple[object, ...]] = {
        "problems list": ("problems", "list"),
        "problems list --quarter": ("problems", "list", "--quarter", QUARTER),
        "export problems, xlsx": ("export", "problems", "--format", "xlsx", "--details", "--out", folder / "problems.xlsx"),
        "export problems, csv": ("export", "problems", "--format", "csv", "--out", folder / "problems.csv"),
        "export verdicts": ("export", "verdicts", "--out", folder / "verdicts.jsonl"),
        "bulletin": ("bulletin", QUARTER, "--out", folder / "bulletin"),
        "diff of two nights": ("diff", NIGHTS - 1, NIGHTS, "--json"),
        "evidence show": ("evidence", "show", f"{site}:columns_empty", "--scan", NIGHTS - 1),
        "db backup": ("db", "backup", backup),
    }
    print(f"{'command':28}{'seconds':>10}{'CPU':>8}{'MB':>8}")
    os.environ["XUNCHA_DB"] = str(place)
    for name, words in commands.items():
        cost = cost_of([sys.executable, "-m", "xuncha", *words])
        print(f"{name:28}{cost.seconds:10.1f}{cost.cpu:8.1f}{cost.memory[0] * 1.048576:8.0f}", flush=True)
    backup.unlink()


def _ask_functions(database: Database) -> None:
    scan = latest_finished_scan(database)
    assert scan is not None
    ids = [site.site_id for site in list_sites(database)]
    batches = [ids[start : start + BATCH] for start in range(0, len(ids), BATCH)]
    since, until = china_day(scan.as_of - KNOCK_WINDOW), china_day(scan.as_of)
    questions: dict[str, Callable[[], object]] = {
        "which scan is the newest finished": lambda: latest_finished_scan(database),
        "/healthz and /metrics": lambda: state_of(database.place, (), scan.as_of, scan.as_of),
        "the history of one site": lambda: histories_of(database, ids[:1], scan.as_of),
        "the histories of all sites, as a scan reads them": lambda: [histories_of(database, batch, scan.as_of) for batch in batches],
        "the knocks of all sites in 31 days": lambda: [knock_days_of(database, batch, since, until) for batch in batches],
        "what registry rules look at": lambda: sum(1 for _ in iterate_seen_sites(database, scan.scan_id)),
        "the summary of the night": lambda: summary_of(database, scan),
    }
    for name, question in questions.items():
        with _timed(name):
            question()


def _care(database: Database, place: Path) -> None:
    """Carry out the weekly care; of the evidence only its plan and its index, for there are no files."""
    newest: Scan | None = latest_finished_scan(database)
    assert newest is not None
    never = datetime(2000, 1, 1, tzinfo=newest.as_of.tzinfo)
    with _timed("care: the plan of what evidence to keep"):
        list(thin(database, place.parent, before=never, thinned_at=newest.as_of))
    with _timed(f"care: the index of {SINCE_CARE} nights' evidence"), sqlite3.connect(place, timeout=60) as connection:
        old = (NIGHTS - DEFAULTS.retention_days, FAILING)
        connection.execute("DELETE FROM kept_audits WHERE scan_id <= ? AND site_id % ? <> 0", old)
    connection.close()
    with _timed(f"care: findings of {SINCE_CARE} nights"):
        thin_findings(database, newest.as_of - timedelta(days=DEFAULTS.findings_days))
    with _timed("care: vacuum"):
        database.vacuum()
    for table, size in sorted(sizes(place).items(), key=lambda entry: -entry[1]):
        print(f"{table:30}{size / 1e6:10.0f} MB")
    print(f"{place.stat().st_size / 1e9:.1f} GB after the care")


if __name__ == "__main__":
    main()
