"""What each job of the daemon does."""

import asyncio
import logging
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random
from typing import NamedTuple

from crawler.china_time import CHINA, china_day
from crawler.limits import GatherSettings
from crawler.net.resolver import NameMapping
from reports.bulletin.write import write_bulletin
from reports.inert import plain
from reports.problem_list import problem_list
from reports.profile import load_profile
from rules.registry import Status
from storage.daemon_runs import RunOutcome, forget_runs
from storage.database import Database, open_database
from storage.evidence.retention import thin
from storage.facts_cache import FACTS_FOLDER, forget_facts
from storage.findings.retention import thin_findings
from storage.history import record_knocks
from storage.records import Scan, ScanStatus
from storage.registry.sites import list_sites
from storage.scans import latest_scan
from xuncha.audit.evidence_keeping import evidence_folder
from xuncha.audit.knocking import knock_round
from xuncha.audit.round import open_auditor
from xuncha.daemon.schedule import RETRY, Due, JobName, quarter_before
from xuncha.messages import say
from xuncha.notify.nightly import deliver, notify
from xuncha.notify.summary import Summary
from xuncha.quarter.publication import bulletin_figures, keep, listed_problems, past_quarters
from xuncha.scan.command import DUE, SCANNING, carry_out, scan_to_resume, start_scan
from xuncha.settings import Settings

ROUNDS_REMEMBERED = timedelta(days=31)
FACTS_REMEMBERED = timedelta(days=14)
"""From the last scan or replay on that wrote them: other readers have taken over since."""

log = logging.getLogger(__name__)


class Ended(NamedTuple):
    """How a job ended, and a sentence for the log."""

    outcome: RunOutcome
    detail: str
    scan: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """What every job is given; `now` is the clock, in UTC."""

    settings: Settings
    limits: GatherSettings
    mappings: list[NameMapping]
    now: Callable[[], datetime]

    @property
    def output(self) -> Path:
        """Return the folder of lists and drafts, made if need be."""
        folder = Path(self.settings.output)
        folder.mkdir(parents=True, exist_ok=True)
        return folder


async def scan(work: Work, due: Due) -> Ended:
    """Carry out tonight's scan, or go on with an unfinished one; write the problem list and send the summary."""
    with open_database(work.settings.db) as database:
        with database.only_one(SCANNING):
            done = await _scan(database, work, due)
        path = await asyncio.to_thread(_write_list, database, done, work.output)
        failures = await asyncio.to_thread(notify, database, done, work.settings)
    told = "".join(f"; {failure}" for failure in failures)
    return Ended(RunOutcome.DONE, say("wrote", path=path) + told, done.scan_id)


async def _scan(database: Database, work: Work, due: Due) -> Scan:
    """Return tonight's scan, carried out to its end. One by hand that was interrupted is gone on with first: nothing is left half done."""
    while True:
        latest = latest_scan(database)
        if latest is not None and latest.status is ScanStatus.RUNNING:
            await _carry_out(database, work, *scan_to_resume(database, work.settings))
        elif latest is not None and latest.settings.get(DUE) == due.moment.isoformat():
            return latest  # also where an earlier run was killed between the end of the scan and its own
        else:
            moment = work.now().astimezone(CHINA).replace(microsecond=0)
            planned = start_scan(database, as_of=moment, settings=work.settings, limits=work.limits, due=due.moment)
            await _carry_out(database, work, planned, work.settings, work.limits)


async def _carry_out(database: Database, work: Work, planned: Scan, settings: Settings, limits: GatherSettings) -> None:
    log.info(say("scan_begins", planned=planned.planned, done=planned.done), extra={"job": JobName.SCAN, "scan": planned.scan_id})
    quiet = not sys.stderr.isatty()  # the log has a line for each site
    await carry_out(database, planned, settings=settings, limits=limits, mappings=work.mappings, quiet=quiet)


def tell_failure(work: Work, sentence: str) -> tuple[str, ...]:
    """Tell people that tonight's scan has failed; return a sentence for each way that failed as well."""
    day = china_day(work.now())
    summary = Summary(headline=say("summary_failed", day=day), lines=(plain(sentence), say("summary_retry", minutes=RETRY.seconds // 60)))
    return deliver(summary, work.settings)


def _write_list(database: Database, done: Scan, folder: Path) -> Path:
    path = folder / f"problems-{china_day(done.as_of)}.xlsx"
    path.write_bytes(problem_list(listed_problems(database, done), "xlsx", details=True))
    return path


async def knock(work: Work, due: Due) -> Ended:
    """Visit the homepage of every running site once, in an order of this round's own, so that no site always comes at the same minute."""
    with open_database(work.settings.db) as database:
        sites = [site for site in await asyncio.to_thread(lambda: list(list_sites(database))) if site.row.status is Status.RUNNING]
        Random(due.moment.isoformat()).shuffle(sites)
        at = work.now()
        async with open_auditor(work.settings, work.limits, work.mappings, at) as auditor:
            done = await knock_round(sites, auditor=auditor, at=at, canaries=work.settings.canaries, at_once=work.settings.concurrency)
        if done.fault:
            return Ended(RunOutcome.LEFT_OUT, say("round_left_out", fault=done.fault, silent=done.silent, asked=done.asked))
        await asyncio.to_thread(record_knocks, database, done.visits)
        await asyncio.to_thread(forget_runs, database, at - ROUNDS_REMEMBERED, [JobName.KNOCK])
    return Ended(RunOutcome.DONE, say("round_done", asked=done.asked, silent=done.silent))


async def care(work: Work, due: Due) -> Ended:
    """Let old evidence go that no finding rests on, and give the database's free space back."""
    return await asyncio.to_thread(_care, work)


def _care(work: Work) -> Ended:
    now, folder, freed = work.now(), evidence_folder(work.settings), 0
    with open_database(work.settings.db) as database:
        if folder is not None and folder.is_dir():
            before = now - timedelta(days=work.settings.retention_days)
            freed = sum(each.before - each.after for each in thin(database, folder, before=before, thinned_at=now))
            freed += forget_facts(folder / FACTS_FOLDER, now - FACTS_REMEMBERED)
        gone = thin_findings(database, now - timedelta(days=work.settings.findings_days))
        database.vacuum()
    return Ended(RunOutcome.DONE, say("care_done", megabytes=round(freed / 1_000_000), audits=gone))


async def quarter(work: Work, due: Due) -> Ended:
    """Write the draft of the bulletin for the quarter that has ended."""
    return await asyncio.to_thread(_quarter, work, quarter_before(due.moment))


def _quarter(work: Work, name: str) -> Ended:
    style, folder, notes = load_profile(work.settings.profile), work.output / f"{name}-draft", list[str]()
    with open_database(work.settings.db) as database:
        figures = bulletin_figures(database, name, notes.append, style.units)
        write_bulletin(figures, style, folder, past=past_quarters(database, style.name), notes=notes)
        keep(database, style.name, figures)
    return Ended(RunOutcome.DONE, "; ".join((say("wrote", path=folder), *notes)))


JOBS: dict[JobName, Callable[[Work, Due], Awaitable[Ended]]] = {
    JobName.SCAN: scan,
    JobName.KNOCK: knock,
    JobName.CARE: care,
    JobName.QUARTER: quarter,
}


def utc_now() -> datetime:
    """Return the time by the machine's clock."""
    return datetime.now(UTC)
