"""Replay: archived audits carried out again, by the same code, without a network."""

import asyncio
from collections import deque
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache, partial
from itertools import islice
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple

import msgspec

from crawler.reading.pool import open_reader
from crawler.reading.reader import PageReader
from rules.dossier import History
from rules.engine import Engine
from rules.second_look import joined
from rules.standard import Standard
from rules.verdict import Finding, site_verdict
from storage.database import open_database
from storage.evidence.index import find_kept
from storage.evidence.reader import Archive, AuditBlock, Find
from storage.evidence.records import KeptAudit
from storage.facts_cache import FactsCache, open_facts_cache
from storage.records import AuditResult
from xuncha.audit.auditor import Auditor, Job
from xuncha.event_loop import hold_collector_back
from xuncha.replay.clock import LeapingLoop, patient
from xuncha.replay.fetcher import ArchiveFetcher
from xuncha.replay.renderer import ArchiveRenderer
from xuncha.scan.run import held_back

_SITES_A_TASK = 16
_TASKS_AHEAD = 4
"""For each process, so that none runs dry and no scan is held in memory."""

_PLACES_REMEMBERED = 64
"""Blocks that unchanged pages lie in: those of one site are asked for over and over."""


class Replayed(NamedTuple):
    """What the archived looks at one site yield now."""

    job: Job
    result: AuditResult
    missed: int
    """Requests that the archive holds no answer to."""


async def replay_look(block: AuditBlock, engine: Engine, reader: PageReader, remembered: FactsCache) -> Replayed:
    """Carry one archived audit out again; pages that were read before are not read again. To be run in a `LeapingLoop`."""
    account = block.account
    job = msgspec.json.decode(account.job, type=Job)
    fetcher = ArchiveFetcher(block)
    renderer = ArchiveRenderer(block) if account.browser else None
    auditor = Auditor(
        engine=engine,
        fetcher=fetcher,
        settings=account.limits,
        as_of=account.as_of,
        reader=reader,
        remembered=remembered,
        renderer=renderer,
        screenshot_look=None,
    )
    result = await auditor.audit(job)
    same_times = {"started_at": account.started_at, "finished_at": account.finished_at, "seconds": account.seconds}
    return Replayed(job, msgspec.structs.replace(result, **same_times), len(fetcher.missed))


async def replay_site(blocks: Sequence[AuditBlock], engine: Engine, reader: PageReader, remembered: FactsCache) -> Replayed:
    """Carry the looks of a scan at one site out again, and decide as the scan did what the second one confirms."""
    first = await replay_look(blocks[0], engine, reader, remembered)
    result = held_back(first.result)
    missed = first.missed
    if len(blocks) > 1 and result.held:
        second = await replay_look(blocks[1], engine, reader, remembered)
        result, missed = decided(result, second.result), missed + second.missed
    return Replayed(first.job, result, missed)


def decided(first: AuditResult, second: AuditResult) -> AuditResult:
    """Return the first look's result with what it held back decided by the second, in the order in which storage has it."""
    again = {finding.rule: finding for finding in second.findings}
    words = tuple(
        joined(finding, again.get(finding.rule), url=second.url, first_at=first.finished_at, second_at=second.finished_at)
        for finding in first.held
    )
    return msgspec.structs.replace(replaced(first, words), held=())


def replaced(result: AuditResult, findings: Iterable[Finding], rules: Collection[str] = ()) -> AuditResult:
    """Return a result with findings in the place of those of the same rules, and of `rules`, and the verdict that follows."""
    new = tuple(findings)
    gone = {finding.rule for finding in new}.union(rules)
    whole = (*(finding for finding in result.findings if finding.rule not in gone), *new)
    return msgspec.structs.replace(result, findings=whole, verdict=site_verdict(whole))


Index = Mapping[tuple[int, int, int], KeptAudit]
"""Blocks by scan, site and look."""


@dataclass(frozen=True, slots=True)
class Source:
    """What a replaying process needs to know: where the files are, which block is where, and what to judge by."""

    folder: str
    index: str | Index
    """The database that has the index, or the index itself."""
    standard: Standard
    facts: str | None = None
    """The file of facts read before; None where every page is to be read."""


SiteLooks = tuple[int, tuple[KeptAudit, ...]]
"""A site, and the blocks of the looks of one scan at it."""


def replay_sites(kept: Iterable[SiteLooks], source: Source, *, processes: int) -> Iterator[Replayed]:
    """Replay the sites of a scan, in the order given. Raises EvidenceMissing for a block that is lost."""
    sites = iter(kept)
    tasks = iter(lambda: list(islice(sites, _SITES_A_TASK)), [])
    work = partial(_replay_task, source)
    if processes <= 1:
        for task in tasks:
            yield from work(task)
        return
    context = get_context("forkserver")
    context.set_forkserver_preload([__name__])
    with ProcessPoolExecutor(processes, mp_context=context, initializer=hold_collector_back) as pool:
        running = deque(pool.submit(work, task) for task in islice(tasks, processes * _TASKS_AHEAD))
        while running:
            done = running.popleft().result()
            running.extend(pool.submit(work, task) for task in islice(tasks, 1))
            yield from done


def _replay_task(source: Source, sites: Sequence[SiteLooks]) -> list[Replayed]:
    engine = Engine(source.standard)
    with _opened(source.index) as find, open_facts_cache(Path(source.facts) if source.facts else None) as remembered:
        archive = Archive(Path(source.folder), lru_cache(maxsize=_PLACES_REMEMBERED)(find))

        async def replay() -> list[Replayed]:
            async with open_reader(processes=1) as reader:
                careful = patient(reader)
                looks = ([archive.block(site_id, kept) for kept in blocks] for site_id, blocks in sites)
                return [_light(await replay_site(blocks, engine, careful, remembered)) for blocks in looks]

        with asyncio.Runner(loop_factory=LeapingLoop) as runner:
            return runner.run(replay())


@contextmanager
def _opened(index: str | Index) -> Iterator[Find]:
    if isinstance(index, str):
        with open_database(index) as database:
            yield partial(find_kept, database)
    else:
        yield lambda *place: index.get(place)


def _light(replayed: Replayed) -> Replayed:
    """Return a replay without what is only kept for history: a scan of them is held at once."""
    job = msgspec.structs.replace(replayed.job, history=History(), knocks=())
    return replayed._replace(job=job, result=msgspec.structs.replace(replayed.result, items=(), columns=(), knocks=()))
