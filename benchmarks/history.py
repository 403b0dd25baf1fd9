"""What a year of nights leaves in the database: `python benchmarks/history.py --sites 200 --nights 365`.

Invented sites are scanned night after night through the real storage, with the knocks of each day, the index of their evidence, and the
weekly care that lets old findings and old evidence go. Every tenth site fails a rule; every page has another digest each night, which is
the worst case. Printed are the bytes a site and night by table, the first night left out: it writes down what the site is; the size at the
end; and how long it takes to ask for what reports are made of.
"""

import argparse
import hashlib
import sqlite3
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path

from crawler.snapshot import Reach
from rules.dossier import GovernmentLink, SeenSite
from rules.registry import Level, RegistryRow, region_of
from rules.rule import discover
from rules.standard import DEFAULT_STANDARD, find_standard
from rules.verdict import Evidence, EvidenceKind, Finding, Verdict, site_verdict
from storage.audits import iterate_verdicts, record_audits
from storage.database import Database, open_database
from storage.evidence.packing import kept_audit
from storage.evidence.records import KeptAudit, KeptResponse
from storage.evidence.warc import payload_digest
from storage.findings.problems import iterate_problems
from storage.findings.retention import thin_findings
from storage.history import histories_of, record_knocks
from storage.records import AuditResult, Knock, KnockOutcome, ObservedColumn, ObservedItem, Site
from storage.registry.sites import insert_registered, list_sites
from storage.scans import find_scan, finish_scan, latest_finished_scan, plan_scan
from storage.seen_sites import forget_links, iterate_seen_sites
from xuncha.replay.command import stored_findings
from xuncha.replay.difference import difference
from xuncha.settings import Settings

COUNTRY = 23_269
FIRST_NIGHT = datetime(2017, 12, 31, 17, tzinfo=UTC)
COLUMNS, ENTRIES = 8, 15
KNOCKS_A_DAY = 24
PROVINCES = (11, 12, 13, 14, 15, 21, 22, 23, *range(31, 38), *range(41, 47), *range(50, 55), *range(61, 66))
LINKS = 30
BATCH = 200
FAILING = 10
"""Every tenth site fails a rule."""
PAGES, CHANGED = 48, 10
"""Answers of a site in a night, and those among them that are not the same as before."""
DEFAULTS = Settings()
HISTORY = ("observed_items", "observed_columns", "knocks")
"""Tables that the rules read as the past of a site; the others are the record of the scans."""


def main() -> None:
    """Simulate the nights and print what they left."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sites", type=int, default=2000)
    parser.add_argument("--nights", type=int, default=365)
    parser.add_argument("--publishing", action="store_true", help="every site publishes an entry a day")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "history.db"
        with open_database(str(place)) as database:
            sites = register(database, arguments.sites)
            store_night(database, sites, 0, fails=_fails)
            before, started = sizes(place), time.monotonic()
            for night in range(1, arguments.nights):
                store_night(database, sites, night, fails=_fails, publishing=arguments.publishing)
                if night % 7 == 0:
                    _care(database, place, night)
                print(f"night {night + 1}", end="\r", file=sys.stderr)
            seconds = time.monotonic() - started
            asked = _ask(database)
            database.vacuum()
            after = sizes(place)
    _report(before, after, arguments.sites, arguments.nights - 1, seconds)
    for name, took in asked.items():
        print(f"{name:20}{took:8.2f} s for {arguments.sites} sites")


def _care(database: Database, place: Path, night: int) -> None:
    """Let go what the weekly care lets go; of the evidence only the index, for there are no files."""
    thin_findings(database, FIRST_NIGHT + timedelta(days=night - DEFAULTS.findings_days))
    with sqlite3.connect(place, timeout=30) as connection:
        oldest = night - DEFAULTS.retention_days
        connection.execute("DELETE FROM kept_audits WHERE scan_id <= ? AND site_id % ? <> 0", (oldest, FAILING))
    connection.close()


def _ask(database: Database) -> dict[str, float]:
    """Ask for what reports are made of, and return the seconds that each question took."""
    scan = latest_finished_scan(database)
    assert scan is not None
    before = find_scan(database, scan.scan_id - 1)
    ids = [site.site_id for site in list_sites(database)]
    questions: dict[str, Callable[[], object]] = {
        "verdicts": lambda: sum(1 for _ in iterate_verdicts(database, scan.scan_id)),
        "problem list": lambda: sum(1 for _ in iterate_problems(database, scan.scan_id)),
        "diff of two nights": lambda: difference(stored_findings(database, before), stored_findings(database, scan)),
        "histories": lambda: [histories_of(database, ids[start : start + BATCH], scan.as_of) for start in range(0, len(ids), BATCH)],
        "registry rules' view": lambda: sum(1 for _ in iterate_seen_sites(database, scan.scan_id)),
    }
    asked = {}
    for name, question in questions.items():
        began = time.monotonic()
        question()
        asked[name] = time.monotonic() - began
    return asked


def _report(before: dict[str, int], after: dict[str, int], sites: int, nights: int, seconds: float) -> None:
    grown = {table: (after[table] - before.get(table, 0)) / sites / nights for table in after}
    for table, size in sorted(grown.items(), key=lambda entry: -entry[1]):
        if size >= 0.1:
            print(f"{table:20}{size:10.1f} bytes a site and night")
    history, whole = sum(grown.get(table, 0.0) for table in HISTORY), sum(grown.values())
    print(f"history{history:23.1f} bytes a site and night, {history * COUNTRY * nights / 2**20:.0f} MB for the country and these nights")
    print(f"all{whole:27.1f} bytes a site and night, {whole * COUNTRY * nights / 2**20:.0f} MB for the country and these nights")
    print(f"{seconds / nights / sites * COUNTRY:.0f} s of storing a night for the country")
    total = sum(after.values())
    print(f"{total / 2**20:.0f} MB at the end, after a vacuum; {total / sites * COUNTRY / 2**30:.1f} GB for the country")


def sizes(place: Path) -> dict[str, int]:
    """Return the bytes that each table takes with its indexes."""
    found: dict[str, int] = defaultdict(int)
    connection = sqlite3.connect(place)
    try:
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        owners = dict(connection.execute("SELECT name, tbl_name FROM sqlite_master"))
        for name, size in connection.execute("SELECT name, SUM(pgsize) FROM dbstat GROUP BY name"):
            found[owners.get(name, name)] += size
    finally:
        connection.close()
    return found


def register(database: Database, count: int) -> list[Site]:
    """Put invented sites of all regions into the registry and return them."""
    rows = [
        RegistryRow(
            url=f"http://www.s{n}.gov.cn/",
            host=f"www.s{n}.gov.cn",
            site_code=(code := f"{PROVINCES[n % len(PROVINCES)]}{n:08d}"),
            region=region_of(code),
            name=f"青禾县第{n}局",
            sponsor=f"青禾县第{n}局",
            level=Level.COUNTY_BELOW,
        )
        for n in range(count)
    ]
    with database.writing() as connection:
        insert_registered(connection, rows, FIRST_NIGHT)
    return list(list_sites(database))


def moment(night: int) -> datetime:
    """Return when a night's scan begins, counted from 0: at one o'clock in China."""
    return FIRST_NIGHT + timedelta(days=night)


def _fails(site: Site) -> bool:
    return site.site_id % FAILING == 0


def store_night(database: Database, sites: list[Site], night: int, *, fails: Callable[[Site], bool], publishing: bool = False) -> None:
    """Store a scan of all sites, and the knocks of the day."""
    as_of = moment(night)
    ids = [site.site_id for site in sites]
    scan_id = plan_scan(database, as_of=as_of, standard=DEFAULT_STANDARD, site_ids=ids, started_at=as_of, settings={})
    results = (_audit(site, night, as_of, fails=fails(site), publishing=publishing) for site in sites)
    while batch := list(islice(results, BATCH)):
        record_audits(database, scan_id, batch)
    forget_links(database, scan_id)
    finish_scan(database, scan_id, as_of)
    record_knocks(
        database,
        (Knock(site_id=site_id, at=as_of, outcome=KnockOutcome.OPENED) for site_id in ids for _ in range(KNOCKS_A_DAY)),
    )


def _audit(site: Site, night: int, as_of: datetime, *, fails: bool, publishing: bool) -> AuditResult:
    row = site.row
    findings = tuple(_findings(row.url, as_of, fails=fails))
    newest = night if publishing else 0
    return AuditResult(
        site_id=site.site_id,
        url=row.url,
        host=row.host,
        reach=Reach.OK,
        verdict=site_verdict(findings),
        title=row.name,
        final_url=row.url,
        final_host=row.host,
        pages=48,
        requests=53,
        seconds=12.4,
        started_at=as_of,
        finished_at=as_of + timedelta(seconds=12),
        observed_at=as_of,
        findings=findings,
        seen=_seen(site, as_of),
        items=tuple(_items(row.url, newest)),
        evidence=_kept(row.url, night),
        columns=tuple(ObservedColumn(url=f"{row.url}c{n}/", oldest=date(2017, 9, 1)) for n in range(COLUMNS)),
    )


def _kept(url: str, night: int) -> KeptAudit:
    """Return the index of a site's evidence: most of its answers are those of an earlier night."""
    responses = tuple(
        KeptResponse(
            url=f"{url}c{page % COLUMNS}/t2018_{page}.html",
            digest=payload_digest(f"{url}{page}{night if page < CHANGED else 0}".encode()),
            fetched_at=FIRST_NIGHT + timedelta(days=night if page < CHANGED else 0, seconds=page),
            offset=1000 + page * 1311,
            length=1311,
            origin=None if page < CHANGED else (page, 1),  # each of another night, which is the worst case
        )
        for page in range(PAGES)
    )
    return kept_audit(file=f"scan-{night}", offset=night * 60_000, length=60_000, account=59_000, look=1, responses=responses)


def _items(url: str, newest: int) -> Iterator[ObservedItem]:
    """Yield the lists of a site; one column has a new entry each day."""
    for column in range(COLUMNS):
        latest = newest if column == 0 else 0
        for entry in range(latest, latest - ENTRIES, -1):
            day = date(2018, 1, 1) + timedelta(days=entry)
            title = f"青禾县部署第{column}类工作第{entry + ENTRIES}次会议召开"
            address = f"{url}c{column}/{day:%Y%m}/t{day:%Y%m%d}_{column}{entry + ENTRIES}.html"
            yield ObservedItem(url=address, title=title, date=day, column_url=f"{url}c{column}/")


def _findings(url: str, as_of: datetime, *, fails: bool) -> Iterator[Finding]:
    standard = find_standard(DEFAULT_STANDARD)
    for rule_id, clause in standard.rules.items():
        failed = fails and rule_id == "columns_empty"
        pieces = 6 if failed else 1
        yield Finding(
            rule=rule_id,
            rule_version=1,
            standard=standard.id,
            verdict=Verdict.FAIL if failed else Verdict.PASS,
            severity=clause.severity,
            problem=clause.problem if failed else "",
            reason="31个栏目中有6个没有任何信息" if failed else "查看首页及其他47个页面，没有发现该问题",
            reason_code="many_empty" if failed else "fine",
            clause=clause.clause,
            remedy=discover()[rule_id].document.remedy if failed else "",
            evidence=tuple(_piece(url, number, as_of) for number in range(pieces)),
        )


def _piece(url: str, number: int, as_of: datetime) -> Evidence:
    text, digest = f"最新一条日期为{as_of:%Y-%m-%d}，本页共{number + 15}条", hashlib.sha256(f"{url}{number}{as_of}".encode()).hexdigest()
    return Evidence(kind=EvidenceKind.COLUMN, url=f"{url}c{number}/", label="工作动态", excerpt=text, fetched_at=as_of, sha256=digest)


def _seen(site: Site, as_of: datetime) -> SeenSite:
    row = site.row
    links = tuple(
        GovernmentLink(url=f"http://www.d{n}.gov.cn/", host=f"www.d{n}.gov.cn", found_on=f"{row.url}index.html") for n in range(LINKS)
    )
    return SeenSite(
        site_id=site.site_id,
        row=None,
        url=row.url,
        host=row.host,
        final_host=row.host,
        reach=Reach.OK,
        title=row.name,
        printed_codes=(row.site_code or "",),
        sponsor=row.sponsor,
        party_mark=True,
        icp="冀ICP备05000000号-1",
        fetched_at=as_of,
        sha256="cd" * 32,
        excerpt=f"主办单位：{row.sponsor}",
        government_links=links,
    )


if __name__ == "__main__":
    main()
