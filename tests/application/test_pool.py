"""Where one audit cannot go on, or nothing can be stored any more, nobody waits for the others."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator
from pathlib import Path

import pytest

from rules.registry import RegistryRow
from rules.verdict import Verdict
from storage.database import open_database
from storage.errors import DatabaseFull, EvidenceUnwritable
from storage.records import AuditResult, Site
from tests.application.test_second_look import ENGINE, Visits, plan
from xuncha.audit.auditor import Job
from xuncha.audit.pool import pool_of
from xuncha.scan import run as scanning
from xuncha.scan.run import Progress, run_scan

LONG = 60
"""Seconds after which somebody did wait."""


async def test_an_audit_that_cannot_go_on_ends_those_that_could() -> None:
    let_go: list[int] = []

    async def jobs() -> AsyncIterator[Job]:
        for number in range(9):
            url = f"http://www.s{number}.gov.cn/"
            yield Job(site=Site(site_id=number, registered=True, row=RegistryRow(url=url, host=f"www.s{number}.gov.cn")))

    async def audit(job: Job) -> AuditResult:
        if job.site.site_id == 2:
            raise EvidenceUnwritable("evidence_full", folder="evidence")
        try:
            return await asyncio.Event().wait()  # type: ignore[return-value]
        finally:
            let_go.append(job.site.site_id)

    async with asyncio.timeout(LONG):
        with pytest.raises(EvidenceUnwritable):
            async for _ in pool_of(4, audit)(jobs()):
                pass
    assert set(let_go) == {0, 1, 3}


def test_a_disk_that_is_full_is_named_though_no_other_site_is_finished(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with open_database(tmp_path / "scan.db") as database:
        scan_id, ids = plan(database, 2)
        visits = Visits({site_id: [Verdict.PASS] for site_id in ids})

        async def pool(jobs: AsyncIterator[Job]) -> AsyncGenerator[AuditResult, None]:
            async for result in visits.work(jobs):
                yield result
                await asyncio.Event().wait()

        def full(*_: object) -> None:
            raise DatabaseFull("database_full", place="x.db")

        async def scan() -> None:
            async with asyncio.timeout(LONG):
                await run_scan(
                    database, scan_id, engine=ENGINE, pool=pool, discovery_pool=pool, discover=0, second_look_after=0, progress=Progress()
                )

        monkeypatch.setattr(scanning, "record_audits", full)
        with pytest.raises(DatabaseFull):
            asyncio.run(scan())
