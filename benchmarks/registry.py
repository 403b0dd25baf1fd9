"""What the registry rules cost after a scan of the whole country: `python benchmarks/registry.py`.

A database is filled with stored audits of as many invented sites as the country has, a part of them unregistered; then the registry rules
run over it in a process of their own, as at the end of a scan. Measured are its time and the most memory it held.
"""

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from random import Random

import msgspec

from crawler.facts.records import Place
from crawler.snapshot import Reach
from rules.dossier import GovernmentLink, PrintedCode, SeenSite
from rules.engine import Engine
from rules.registry import Level, RegistryRow
from rules.standard import DEFAULT_STANDARD, find_standard
from rules.verdict import Verdict
from storage.audits import iterate_verdicts, record_audits
from storage.database import Database, open_database
from storage.records import AuditResult, DiscoveredSite, Site
from storage.registry.sites import add_discovered_sites, insert_registered, list_sites
from storage.scans import plan_scan
from xuncha.scan.run import judge_registry

COUNTRY = 23_269
"""Running government websites of the first quarter of 2018."""
UNREGISTERED_PERCENT = 2
LINKS = 30
"""Other government hosts that a homepage links to."""
DIVISION = 20
"""Sites of one division."""
AS_OF = datetime(2018, 3, 1, tzinfo=UTC)
BATCH = 500


def main() -> None:
    """Fill a database, judge it in a process of its own, and print what that took."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sites", type=int, default=COUNTRY)
    parser.add_argument("--judge", metavar="DB", help="judge a database that is filled already, in this process")
    arguments = parser.parse_args()
    if arguments.judge:
        measure(arguments.judge)
        return
    with tempfile.TemporaryDirectory() as folder:
        place = str(Path(folder) / "registry.db")
        with open_database(place) as database:
            fill(database, arguments.sites)
        subprocess.run([sys.executable, __file__, "--judge", place], check=True)


def measure(place: str) -> None:
    """Run the registry rules over the only scan of a database, and print time, memory and verdicts."""
    with open_database(place) as database:
        before, started = _peak_megabytes(), time.monotonic()
        judge_registry(database, 1, Engine(find_standard(DEFAULT_STANDARD)))
        seconds, peak = time.monotonic() - started, _peak_megabytes()
        audits = iterate_verdicts(database, 1)
        failed = Counter(found.rule for audit in audits for found in audit.findings if found.verdict is Verdict.FAIL)
    print(f"{seconds:.1f} s, {peak:.0f} MB at most ({before:.0f} MB before the first site)")
    for rule, count in sorted(failed.items()):
        print(f"  {rule}: {count} failed")


def _peak_megabytes() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def fill(database: Database, count: int) -> None:
    """Store a registry and one scan of it, with unregistered sites among those that were looked at."""
    chance, strangers = Random(1), count * UNREGISTERED_PERCENT // 100
    with database.writing() as connection:
        insert_registered(connection, [_row(number) for number in range(count)], AS_OF)
    registered = list(list_sites(database))
    found = [DiscoveredSite(url=f"http://www.x{n}.gov.cn/", host=f"www.x{n}.gov.cn", linked_from=(_url(n),)) for n in range(strangers)]
    sites = [*registered, *add_discovered_sites(database, found, AS_OF)]
    scan_id = plan_scan(
        database, as_of=AS_OF, standard=DEFAULT_STANDARD, site_ids=[site.site_id for site in sites], started_at=AS_OF, settings={}
    )
    results = (_audit(site, count, chance) for site in sites)
    while batch := [result for result, _ in zip(results, range(BATCH), strict=False)]:
        record_audits(database, scan_id, batch)


def _url(number: int) -> str:
    return f"http://www.s{number}.gov.cn/"


def _row(number: int) -> RegistryRow:
    within = number % DIVISION
    code = f"13{number // DIVISION:04d}{within:04d}"
    level = Level.COUNTY_PORTAL if within == 0 else Level.COUNTY_BELOW
    name = f"青禾第{number // DIVISION}县第{within}局"
    return RegistryRow(url=_url(number), host=f"www.s{number}.gov.cn", site_code=code, name=name, sponsor=name, level=level)


def _audit(site: Site, count: int, chance: Random) -> AuditResult:
    row = site.row
    code = row.site_code or f"13{chance.randrange(count // DIVISION):04d}0099"
    printed = "1399990001" if chance.random() < 0.01 else code
    seen = SeenSite(
        site_id=site.site_id,
        row=None,
        url=row.url,
        host=row.host,
        final_host=row.host,
        reach=Reach.OK if chance.random() < 0.95 else Reach.DOWN,
        title=row.name or "青禾县某某服务网",
        printed_codes=(printed,),
        codes=(PrintedCode(code=printed, place=Place.TEXT, url=row.url),),
        sponsor=row.sponsor or "青禾县某某服务中心",
        party_mark=True,
        icp=f"冀ICP备{site.site_id:08d}号-1",
        fetched_at=AS_OF,
        sha256=f"{site.site_id:064x}",
        excerpt="主办单位：" + row.sponsor,
        government_links=tuple(_links(count, chance)) if site.registered else (),
    )
    shared = {name: getattr(seen, name) for name in ("site_id", "url", "host", "reach", "title", "final_host")}
    times = dict.fromkeys(("started_at", "finished_at", "observed_at"), AS_OF)
    return msgspec.convert({**shared, **times, "verdict": Verdict.INCONCLUSIVE, "seen": msgspec.to_builtins(seen)}, AuditResult)


def _links(count: int, chance: Random) -> Iterator[GovernmentLink]:
    for _ in range(LINKS):
        number = chance.randrange(count)
        yield GovernmentLink(url=_url(number), host=f"www.s{number}.gov.cn", found_on=_url(number))


if __name__ == "__main__":
    main()
