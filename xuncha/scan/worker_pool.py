"""The worker processes of a scan: they take turns at its sites, and the sites of one that died are audited again."""

import asyncio
import itertools
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace

from crawler.net.fetcher import Exchange, Request
from storage.records import AuditResult
from xuncha.audit.auditor import Auditor, Job
from xuncha.audit.pool import Pool, pool_of
from xuncha.errors import Incomplete
from xuncha.messages import say
from xuncha.scan.workers import Worker, WorkerDied, WorkerSetup

TRIES_ALONE = 2
"""Of a site that was in the hands of a process that died: whoever brings two more down, alone in them, is given up."""

MOST_FALSE_STARTS = 5
"""Processes in a row that died, or said they could not, before they took a job: then it is not the sites, and the scan is stopped."""

log = logging.getLogger(__name__)


@asynccontextmanager
async def open_pool(auditor: Auditor, setup: WorkerSetup) -> AsyncIterator[Pool]:
    """Open a pool for `settings.concurrency` sites at once, in `settings.workers` processes; with one, in this process."""
    settings = setup.settings
    if settings.workers <= 1:
        yield pool_of(settings.concurrency, auditor.audit)
        return
    workers = WorkerPool(setup, auditor)
    try:
        yield pool_of(settings.concurrency, workers.audit)
    finally:
        workers.stop()


class WorkerPool:
    """Worker processes. The sites of one that died are audited again, one after the other, in a process for such sites alone."""

    def __init__(self, setup: WorkerSetup, auditor: Auditor) -> None:
        """Start the processes; `auditor` speaks for sites that nobody can audit. Raises Incomplete where none can be started."""
        self._setup = setup
        self._auditor = auditor
        self._false_starts = 0
        self._workers = [self._start() for _ in range(setup.settings.workers)]
        self._turns = itertools.cycle(range(len(self._workers)))
        self._lone: Worker | None = None
        self._lone_turn = asyncio.Lock()

    async def audit(self, job: Job) -> AuditResult:
        """Have a site audited, by another process where the first one dies of it. Raises EvidenceUnwritable, Incomplete."""
        place = next(self._turns)
        worker = self._workers[place]
        try:
            return await worker.audit(job)
        except WorkerDied:
            if self._workers[place] is worker:
                worker.stop()
                self._note_death(worker)
                self._workers[place] = self._start()
        return await self._audit_alone(job)

    async def _audit_alone(self, job: Job) -> AuditResult:
        async with self._lone_turn:
            deaths = 0
            while deaths < TRIES_ALONE:
                self._lone = lone = self._lone or self._start()
                try:
                    return await lone.audit(job)
                except WorkerDied:
                    lone.stop()
                    self._lone = None
                    self._note_death(lone)
                    deaths += lone.begun
        log.error(say("site_given_up", tries=TRIES_ALONE + 1), extra={"site": job.site.row.url})
        return await replace(self._auditor, fetcher=_NoFetcher(), archive=None).audit(job)

    def _start(self) -> Worker:
        try:
            return Worker(self._setup)
        except (OSError, EOFError) as error:
            raise Incomplete(say("workers_do_not_start", why=error or type(error).__name__)) from error

    def _note_death(self, worker: Worker) -> None:
        """Count the processes in a row that never took a job. Raises Incomplete when they are too many."""
        self._false_starts = 0 if worker.begun else self._false_starts + 1
        if worker.begun:
            log.warning(say("worker_died"))
        if self._false_starts >= MOST_FALSE_STARTS:
            raise Incomplete(say("workers_do_not_start", why=worker.why or say("worker_ended", code=worker.exit_code)))

    def stop(self) -> None:
        """End the processes; what they were doing is not finished and will be done again."""
        for worker in (*self._workers, *((self._lone,) if self._lone else ())):
            worker.stop()


class _NoFetcher:
    """Leaves every question about a site open: the fault is the crawler's own."""

    async def fetch(self, request: Request) -> Exchange:
        raise WorkerDied
