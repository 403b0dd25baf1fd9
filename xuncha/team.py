"""The team of a scan: worker processes that take turns, and what becomes of the sites of one that died."""

import asyncio
import itertools
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

from crawler.net.fetcher import Exchange, Request
from storage.records import AuditResult
from xuncha.auditing import Auditor, Job
from xuncha.crew import Crew, crew_of
from xuncha.messages import say
from xuncha.workers import Orders, Worker, WorkerDied

TRIES_ALONE = 2
"""Of a site that was in the hands of a process that died: whoever brings two more down, alone in them, is given up."""

log = logging.getLogger(__name__)


@asynccontextmanager
async def open_crew(auditor: Auditor, orders: Orders) -> AsyncIterator[Crew]:
    """Open a crew for `settings.concurrency` sites at once, in `settings.workers` processes; with one, in this process."""
    settings = orders.settings
    if settings.workers <= 1:
        yield crew_of(settings.concurrency, auditor.audit)
        return
    team = Team(orders, auditor)
    try:
        yield crew_of(settings.concurrency, team.audit)
    finally:
        team.stop()


class Team:
    """Worker processes. The sites of one that died are audited again, one after the other, in a process for such sites alone."""

    def __init__(self, orders: Orders, auditor: Auditor) -> None:
        """Start the processes; `auditor` speaks for sites that nobody can audit."""
        self._orders = orders
        self._auditor = auditor
        self._workers = [Worker(orders) for _ in range(orders.settings.workers)]
        self._turns = itertools.cycle(range(len(self._workers)))
        self._lone: Worker | None = None
        self._lone_turn = asyncio.Lock()

    async def audit(self, job: Job) -> AuditResult:
        """Have a site audited, by another process where the first one dies of it. Raises EvidenceUnwritable."""
        place = next(self._turns)
        worker = self._workers[place]
        try:
            return await worker.audit(job)
        except WorkerDied:
            if self._workers[place] is worker:
                log.warning(say("worker_died"))
                worker.stop()
                self._workers[place] = Worker(self._orders)
        return await self._audit_alone(job)

    async def _audit_alone(self, job: Job) -> AuditResult:
        async with self._lone_turn:
            for _ in range(TRIES_ALONE):
                self._lone = lone = self._lone or Worker(self._orders)
                try:
                    return await lone.audit(job)
                except WorkerDied:
                    lone.stop()
                    self._lone = None
        log.error(say("site_given_up", tries=TRIES_ALONE + 1), extra={"site": job.site.row.url})
        return await replace(self._auditor, fetcher=_NoFetcher(), archive=None).audit(job)

    def stop(self) -> None:
        """End the processes; what they were doing is not finished and will be done again."""
        for worker in (*self._workers, *((self._lone,) if self._lone else ())):
            worker.stop()


class _NoFetcher:
    """Leaves every question about a site open: the fault is the crawler's own."""

    async def fetch(self, request: Request) -> Exchange:
        raise WorkerDied
