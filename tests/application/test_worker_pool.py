"""The pool of a scan's workers where a site is the death of every process that takes it."""

from datetime import UTC, datetime

import pytest

from crawler.limits import GatherSettings
from crawler.snapshot import ReachReason
from rules.engine import Engine
from rules.registry import RegistryRow
from rules.standard import DEFAULT_STANDARD, find_standard
from rules.verdict import Verdict
from storage.records import Site
from xuncha.audit.auditor import Auditor, Job
from xuncha.scan import worker_pool
from xuncha.scan.workers import WorkerDied, WorkerSetup
from xuncha.settings import Settings


class Deadly:
    """A worker that dies of whatever it is given: no page is known that does this to a real one."""

    begun = True

    def __init__(self, setup: WorkerSetup) -> None:
        self.setup = setup

    async def audit(self, job: Job) -> None:
        raise WorkerDied

    def stop(self) -> None:
        pass


async def test_a_site_that_brings_every_process_down_is_left_inconclusive(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker_pool, "Worker", Deadly)
    as_of = datetime(2018, 3, 1, tzinfo=UTC)
    auditor = Auditor(
        engine=Engine(find_standard(DEFAULT_STANDARD)), fetcher=worker_pool._NoFetcher(), settings=GatherSettings(), as_of=as_of
    )
    setup = WorkerSetup(Settings(workers=2), GatherSettings(), [], as_of)
    row = RegistryRow(url="http://www.x.gov.cn/", host="www.x.gov.cn", site_code="1300000001", name="x")
    result = await worker_pool.WorkerPool(setup, auditor).audit(Job(site=Site(site_id=1, row=row)))
    assert (result.verdict, result.reach_reason) == (Verdict.INCONCLUSIVE, ReachReason.CRAWLER_ERROR)
    assert not any(finding.verdict is Verdict.FAIL for finding in result.findings)
