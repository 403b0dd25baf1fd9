"""A scan looks twice before it names a site: the second look comes later, waits its time, and survives a kill."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.snapshot import Reach
from rules.dossier import SeenSite
from rules.engine import Engine
from rules.registry import RegistryRow
from rules.standard import DEFAULT_STANDARD, find_standard
from rules.verdict import Finding, Severity, Verdict, site_verdict
from storage.audits import iterate_verdicts
from storage.database import Database, open_database
from storage.errors import DatabaseFull
from storage.findings.first_looks import count_first_looks
from storage.records import AuditResult, Scan, ScanStatus, Site
from storage.registry.sites import insert_registered, list_sites
from storage.scans import find_scan, plan_scan
from xuncha.audit.auditor import Job
from xuncha.scan import run as scanning
from xuncha.scan.run import Progress, run_scan

AS_OF = datetime(2018, 3, 1, tzinfo=UTC)
ENGINE = Engine(find_standard(DEFAULT_STANDARD))


def finding(verdict: Verdict) -> Finding:
    return Finding(
        rule="columns_empty",
        rule_version=1,
        standard=DEFAULT_STANDARD,
        verdict=verdict,
        severity=Severity.VETO,
        problem="多个栏目为空白" if verdict is Verdict.FAIL else "",
        reason="查看结果",
        reason_code="seen",
        clause="某条",
        remedy="",
    )


class Visits:
    """A pool whose looks at each site come out as told, and when it made them."""

    def __init__(self, told: dict[int, list[Verdict]], before: Callable[[Job], None] = lambda _: None) -> None:
        self.at: dict[int, list[datetime]] = {site_id: [] for site_id in told}
        self._told = told
        self._before = before

    async def work(self, jobs: AsyncIterator[Job]) -> AsyncGenerator[AuditResult, None]:
        async for job in jobs:
            self._before(job)
            yield self._look(job.site)

    def _look(self, site: Site) -> AuditResult:
        at, row = self.at[site.site_id], site.row
        found = (finding(self._told[site.site_id][len(at)]),)
        at.append(datetime.now(UTC))
        return AuditResult(
            site_id=site.site_id,
            url=row.url,
            host=row.host,
            reach=Reach.OK,
            verdict=site_verdict(found),
            pages=1,
            started_at=at[-1],
            finished_at=at[-1],
            observed_at=AS_OF,
            findings=found,
            seen=SeenSite(site_id=site.site_id, row=None, url=row.url, host=row.host, final_host=row.host, reach=Reach.OK),
        )


@pytest.fixture
def place(tmp_path: Path) -> str:
    return str(tmp_path / "scan.db")


def plan(database: Database, count: int) -> tuple[int, list[int]]:
    rows = [RegistryRow(url=f"http://www.s{n}.gov.cn/", host=f"www.s{n}.gov.cn", site_code=f"13{n:08d}") for n in range(count)]
    with database.writing() as connection:
        insert_registered(connection, rows, AS_OF)
    ids = [site.site_id for site in list_sites(database)]
    return plan_scan(database, as_of=AS_OF, standard=DEFAULT_STANDARD, site_ids=ids, started_at=AS_OF, settings={}), ids


def scan(database: Database, scan_id: int, visits: Visits, progress: Progress, after: float = 0.0) -> Scan:
    pool = visits.work
    work = run_scan(
        database, scan_id, engine=ENGINE, pool=pool, discovery_pool=pool, discover=0, second_look_after=after, progress=progress
    )
    return asyncio.run(work)


def verdicts(database: Database, scan_id: int) -> dict[int, Verdict]:
    return {audit.site.site_id: audit.verdict for audit in iterate_verdicts(database, scan_id)}


def test_a_scan_whose_last_results_cannot_be_stored_is_not_finished(place: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_database(place) as database:
        scan_id, ids = plan(database, 2)

        def full(*_: object) -> None:
            raise DatabaseFull("database_full", place="x.db")

        monkeypatch.setattr(scanning, "record_audits", full)
        monkeypatch.setattr(scanning, "BATCH_SECONDS", 0.0)
        with pytest.raises(DatabaseFull):
            scan(database, scan_id, Visits({site_id: [Verdict.PASS] for site_id in ids}), Progress())
        assert find_scan(database, scan_id).status is ScanStatus.RUNNING
        monkeypatch.undo()
        assert scan(database, scan_id, Visits({site_id: [Verdict.PASS] for site_id in ids}), Progress()).done == len(ids)


def test_a_site_is_named_only_where_two_looks_agree(place: str) -> None:
    with open_database(place) as database:
        scan_id, (sound, shaky, failing) = plan(database, 3)
        fail, good = Verdict.FAIL, Verdict.PASS
        visits, progress = Visits({sound: [good], shaky: [fail, good], failing: [fail, fail]}), Progress()
        scan(database, scan_id, visits, progress)
        assert verdicts(database, scan_id) == {sound: Verdict.PASS, shaky: Verdict.INCONCLUSIVE, failing: Verdict.FAIL}
        assert {site_id: len(at) for site_id, at in visits.at.items()} == {sound: 1, shaky: 2, failing: 2}
        assert (progress.planned, progress.done, progress.pages, progress.reach[Reach.OK]) == (5, 5, 5, 3)


def test_the_second_look_waits_its_time(place: str) -> None:
    with open_database(place) as database:
        scan_id, (site,) = plan(database, 1)
        visits = Visits({site: [Verdict.FAIL, Verdict.FAIL]})
        scan(database, scan_id, visits, Progress(), after=0.6)
        first, second = visits.at[site]
        assert (second - first).total_seconds() >= 0.6


def test_a_scan_killed_between_the_looks_makes_the_missing_ones(place: str) -> None:
    with open_database(place) as database:
        scan_id, ids = plan(database, 3)
        told = {site_id: [Verdict.FAIL, Verdict.FAIL] for site_id in ids}

        def die_at_the_second_look(job: Job) -> None:
            if len(visits.at[ids[1]]) and visits.at[ids[0]][1:] and job.site.site_id == ids[1]:
                raise KeyboardInterrupt

        visits = Visits(told, die_at_the_second_look)
        with pytest.raises(KeyboardInterrupt):
            scan(database, scan_id, visits, Progress())
    with open_database(place) as reopened:
        waiting = count_first_looks(reopened, scan_id)
        assert waiting == len(ids) - len(verdicts(reopened, scan_id)) and waiting >= 2
        again = Visits({site_id: [Verdict.FAIL] for site_id in ids})
        progress = Progress()
        scan(reopened, scan_id, again, progress)
        assert sum(len(at) for at in again.at.values()) == waiting
        assert verdicts(reopened, scan_id) == dict.fromkeys(ids, Verdict.FAIL)
        assert (progress.planned, progress.done) == (3 + waiting, 3 + waiting)
