"""A scan: many sites at once, one writer, resumable after any kind of death.

After the registered sites come the discovered ones, then the second looks at what must be found twice, then the registry rules.
"""

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterable, Iterator, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from itertools import islice
from random import Random

import msgspec

from crawler.china_time import china_day
from crawler.snapshot import Reach
from rules.engine import Engine
from rules.second_look import needs_second_look, until_second_look
from rules.verdict import Finding, site_verdict
from storage.audits import record_audits, record_registry_findings
from storage.database import Database
from storage.evidence.index import known_responses
from storage.findings.first_looks import count_first_looks, waiting_first_looks
from storage.findings.second_looks import record_second_looks
from storage.history import histories_of, knock_days_of
from storage.records import AuditResult, DiscoveredSite, FirstLook, Scan, Site
from storage.registry.sites import add_discovered_sites, name_discovered_sites
from storage.scans import extend_scan, find_scan, finish_scan, pending_sites
from storage.seen_sites import forget_links, iterate_links, iterate_seen_sites
from xuncha.audit.auditor import Job
from xuncha.audit.knocking import KNOCK_WINDOW
from xuncha.audit.pool import Pool

READ_AHEAD = 200
"""Sites whose histories are read with one query."""
BATCH_SITES = 100
BATCH_SECONDS = 1.0
"""What a SIGKILL can cost: the audits of a moment, which are then done again."""


log = logging.getLogger(__name__)


class Stage(StrEnum):
    """What a scan is busy with."""

    SITES = "sites"
    DISCOVERED = "discovered"
    AGAIN = "again"
    """Second looks, for which it may have to wait."""
    REGISTRY = "registry"


@dataclass(slots=True)
class Progress:
    """How far a scan is; read by whoever shows it."""

    stage: Stage = Stage.SITES
    planned: int = 0
    done: int = 0
    pages: int = 0
    rendered: int = 0
    reach: Counter[Reach] = field(default_factory=Counter)
    on_change: Callable[["Progress"], None] | None = None

    def enter(self, stage: Stage, planned: int) -> None:
        """Begin another stage, with so many looks planned in all."""
        self.stage, self.planned = stage, planned
        self._changed()

    def count(self, results: Sequence[AuditResult]) -> None:
        """Count finished audits."""
        self.reach.update(result.reach for result in results)
        self.count_again(results)

    def count_again(self, results: Sequence[AuditResult]) -> None:
        """Count finished second looks, at sites whose reach was counted before."""
        self.done += len(results)
        self.pages += sum(result.pages for result in results)
        self.rendered += sum(result.rendered for result in results)
        self._changed()

    def _changed(self) -> None:
        if self.on_change:
            self.on_change(self)


async def run_scan(
    database: Database,
    scan_id: int,
    *,
    engine: Engine,
    pool: Pool,
    discovery_pool: Pool,
    discover: int,
    second_look_after: float,
    progress: Progress,
    before_end: Callable[[Scan], None] = lambda scan: None,
) -> Scan:
    """Carry out what a scan has still to do, do what has to be done before its end, and close it. Sites done before are not visited again.

    What must be found twice (`rules.second_look`) is looked at once more, `second_look_after` seconds or longer after the first look.
    Raises StorageError. When cancelled, what was finished is stored before the cancellation goes on.
    """
    scan = find_scan(database, scan_id)
    progress.planned, progress.done = scan.planned, scan.done
    await _audit_pending(database, scan, pool, progress)
    if discover:
        found = await asyncio.to_thread(_discover, database, scan, discover)
        if found:
            await asyncio.to_thread(extend_scan, database, scan_id, [site.site_id for site in found])
            progress.enter(Stage.DISCOVERED, find_scan(database, scan_id).planned)
            await _audit_pending(database, scan, discovery_pool, progress)
    await _look_again(database, scan, pool, second_look_after, progress)
    progress.enter(Stage.REGISTRY, progress.planned)
    await asyncio.to_thread(judge_registry, database, scan_id, engine)
    await asyncio.to_thread(forget_links, database, scan_id)
    await asyncio.to_thread(before_end, scan)
    await asyncio.to_thread(finish_scan, database, scan_id, datetime.now(UTC))
    return find_scan(database, scan_id)


async def _audit_pending(database: Database, scan: Scan, pool: Pool, progress: Progress) -> None:
    def store(results: Sequence[AuditResult]) -> None:
        record_audits(database, scan.scan_id, [held_back(result) for result in results])
        _log(scan, results)

    await _work_off(pool(_jobs(database, scan)), _Writer(store, progress.count))


async def _look_again(database: Database, scan: Scan, pool: Pool, after: float, progress: Progress) -> None:
    """Visit the sites once more of which something must be found twice: those that a killed scan had visited again are not among them."""

    def store(results: Sequence[AuditResult]) -> None:
        record_second_looks(database, scan.scan_id, results)
        _log(scan, results)

    looks = await asyncio.to_thread(count_first_looks, database, scan.scan_id)
    if looks:
        progress.enter(Stage.AGAIN, progress.planned + looks)
    await _work_off(pool(_jobs_again(database, scan, after)), _Writer(store, progress.count_again))


def _log(scan: Scan, results: Sequence[AuditResult]) -> None:
    """Tell in the daemon's log which sites were looked at, and stored."""
    for result in results:
        log.info("looked at", extra={"scan": scan.scan_id, "site": result.url, "reach": result.reach.value, "pages": result.pages})


def held_back(result: AuditResult) -> AuditResult:
    """Return a first look's result with the failures that need a second look as open questions, kept beside."""
    held = tuple(finding for finding in result.findings if needs_second_look(finding))
    findings = until_second_look(result.findings)
    return msgspec.structs.replace(result, findings=findings, held=held, verdict=site_verdict(findings))


async def _work_off(results: AsyncGenerator[AuditResult, None], writer: "_Writer") -> None:
    """Take all results and store them; where that fails – the disk is full, the database gone – nothing more is waited for."""

    async def take() -> None:
        async with aclosing(results):
            async for result in results:
                await writer.take(result)

    taking, flushing = asyncio.create_task(take()), asyncio.create_task(writer.flush_now_and_then())
    try:
        await asyncio.wait((taking, flushing), return_when=asyncio.FIRST_COMPLETED)
    finally:
        taking.cancel()
        flushing.cancel()
        ends = await asyncio.gather(taking, flushing, return_exceptions=True)
        await writer.flush()
    for trouble in ends:
        if isinstance(trouble, Exception):
            raise trouble


class _Writer:
    """The one writer of a scan: it stores finished audits in batches, at the latest a moment after they are finished."""

    def __init__(self, store: Callable[[Sequence[AuditResult]], None], count: Callable[[Sequence[AuditResult]], None]) -> None:
        self._store = store
        self._count = count
        self._waiting: list[AuditResult] = []
        self._turn = asyncio.Lock()

    async def take(self, result: AuditResult) -> None:
        """Keep a result for the next batch; a full batch is stored at once."""
        self._waiting.append(result)
        if len(self._waiting) >= BATCH_SITES:
            await self.flush()

    async def flush_now_and_then(self) -> None:
        """Store what waits every moment, also while no site is finished. Raises StorageError."""
        while True:
            await asyncio.sleep(BATCH_SECONDS)
            await self.flush()

    async def flush(self) -> None:
        """Store what waits in one transaction, to its end also where whoever asked is cancelled meanwhile. Raises StorageError."""
        storing = asyncio.ensure_future(self._flush())
        # After a cancellation nobody hears how it failed: what could not be stored waits for the next flush, which then fails as well.
        storing.add_done_callback(lambda done: done.cancelled() or done.exception())
        await asyncio.shield(storing)

    async def _flush(self) -> None:
        async with self._turn:
            batch, self._waiting = self._waiting, []
            if not batch:
                return
            try:
                await asyncio.to_thread(self._store, batch)
            except BaseException:
                self._waiting = [*batch, *self._waiting]  # not stored, not lost: whoever flushes next tries again, or fails as well
                raise
            self._count(batch)


async def _jobs(database: Database, scan: Scan) -> AsyncIterator[Job]:
    """Yield the sites still to be done, in the order of the plan."""
    pending = pending_sites(database, scan.scan_id)
    while sites := await asyncio.to_thread(lambda: list(islice(pending, READ_AHEAD))):
        for job in await asyncio.to_thread(_with_past, database, scan.as_of, sites):
            yield job


async def _jobs_again(database: Database, scan: Scan, after: float) -> AsyncIterator[Job]:
    """Yield the sites that wait for their second look, each when its time has come; their history is that of the first look."""
    last: FirstLook | None = None
    while looks := await asyncio.to_thread(waiting_first_looks, database, scan.scan_id, last, READ_AHEAD):
        jobs = await asyncio.to_thread(_with_past, database, scan.as_of, [look.site for look in looks])
        for look, job in zip(looks, jobs, strict=True):
            waited = (datetime.now(UTC) - look.looked_at).total_seconds()
            await asyncio.sleep(min(max(0.0, after - waited), after))
            yield msgspec.structs.replace(job, look=2)
        last = looks[-1]


def _with_past(database: Database, as_of: datetime, sites: Sequence[Site]) -> list[Job]:
    ids = [site.site_id for site in sites]
    histories = histories_of(database, ids, as_of)
    knocks = knock_days_of(database, ids, china_day(as_of - KNOCK_WINDOW), china_day(as_of))
    known = known_responses(database, ids)
    return [
        Job(site=site, history=histories[site.site_id], knocks=knocks[site.site_id], known=known.get(site.site_id, ())) for site in sites
    ]


def _discover(database: Database, scan: Scan, most: int) -> tuple[Site, ...]:
    """Return the sites that registered sites link to and the registry does not know, the most linked first."""
    links: dict[str, list[tuple[str, str]]] = {}
    for link in iterate_links(database, scan.scan_id):
        links.setdefault(link.host, []).append((link.url, link.found_on))
    ranked = sorted(links.items(), key=lambda entry: (-len(entry[1]), entry[0]))
    found = [
        DiscoveredSite(url=where[0][0], host=host, linked_from=tuple(dict.fromkeys(page for _, page in where))[:5])
        for host, where in ranked
    ]
    return add_discovered_sites(database, found, scan.started_at)[:most]


def judge_registry(database: Database, scan_id: int, engine: Engine) -> None:
    """Run the registry rules over what the scan stored, and store their findings. Raises StorageError."""
    seen = tuple(iterate_seen_sites(database, scan_id))
    name_discovered_sites(database, {site.site_id: site.title for site in seen if site.row is None and site.title})
    found: dict[int, list[Finding]] = {}
    for site_id, finding in engine.judge_registry(seen):
        found.setdefault(site_id, []).append(finding)
    record_registry_findings(database, scan_id, found)


def sample_of(sites: Iterable[Site], size: int, seed: int) -> Iterator[Site]:
    """Draw a simple random sample without replacement, in the order of the registry; the same seed and registry give the same sample."""
    known = list(sites)
    chosen = set(Random(seed).sample(range(len(known)), min(size, len(known))))
    return (site for index, site in enumerate(known) if index in chosen)
