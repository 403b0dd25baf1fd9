"""The unattended daemon: one scan a night, never two at once, stopped cleanly by SIGTERM."""

import asyncio
import logging
import sys
from datetime import datetime
from pathlib import Path

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.cron import CronTrigger

from crawler.limits import GatherSettings
from crawler.net.resolver import NameMapping
from reports.problem_list import problem_list
from rules.windows import CHINA, china_day
from storage.database import Database, open_database
from storage.errors import StorageError
from storage.records import Scan
from storage.scans import unfinished_scan
from xuncha.errors import UsageFault
from xuncha.messages import say
from xuncha.quarter import listed_problems
from xuncha.scan_command import carry_out, scan_to_resume, start_scan
from xuncha.settings import Settings

MISFIRE_SECONDS = 6 * 3600
"""A night missed by less than this, because the machine slept, is caught up once."""

log = logging.getLogger(__name__)


async def run_daemon(settings: Settings, limits: GatherSettings, mappings: list[NameMapping], *, now: bool) -> None:
    """Scan every night at `settings.nightly`, China time, until cancelled. Raises UsageFault for a time that is none."""
    scheduler = AsyncIOScheduler(timezone=CHINA)
    nights: set[asyncio.Task[None]] = set()

    async def night() -> None:
        nights.add(task := asyncio.create_task(scan_once(settings, limits, mappings)))
        try:
            await asyncio.shield(task)
        finally:
            nights.discard(task)

    trigger = nightly_trigger(settings.nightly)
    job = scheduler.add_job(night, trigger, coalesce=True, max_instances=1, misfire_grace_time=MISFIRE_SECONDS)
    scheduler.start()
    try:
        if now:
            job.modify(next_run_time=datetime.now(CHINA))
        print(say("nightly_wait", moment=job.next_run_time), file=sys.stderr, flush=True)
        await asyncio.Event().wait()
    finally:
        scheduler.pause()
        running = list(nights)
        for task in running:
            task.cancel()
        # The scan stores what it finished before it ends.
        await asyncio.gather(*running, return_exceptions=True)
        scheduler.shutdown(wait=False)


def nightly_trigger(text: str) -> CronTrigger:
    """Return the trigger for a China time of day, `HH:MM`. Raises UsageFault."""
    try:
        moment = datetime.strptime(text, "%H:%M")  # noqa: DTZ007 - a time of day; the trigger carries the zone
    except ValueError as error:
        raise UsageFault(say("bad_time", text=text)) from error
    return CronTrigger(hour=moment.hour, minute=moment.minute, timezone=CHINA)


async def scan_once(settings: Settings, limits: GatherSettings, mappings: list[NameMapping]) -> None:
    """Carry out tonight's scan, or go on with an unfinished one, and write the problem list. A failure is logged, not raised."""
    try:
        with open_database(settings.db) as database:
            if unfinished_scan(database):
                scan, settings, limits = scan_to_resume(database, settings)
            else:
                moment = datetime.now(CHINA).replace(microsecond=0)
                scan = start_scan(database, as_of=moment, settings=settings, limits=limits)
            done = await carry_out(database, scan, settings=settings, limits=limits, mappings=mappings)
            path = await asyncio.to_thread(_write_list, database, done, Path(settings.output))
            print(say("wrote", path=path), file=sys.stderr, flush=True)
    except (StorageError, UsageFault, OSError) as error:
        log.error("%s", error)


def _write_list(database: Database, scan: Scan, folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"problems-{china_day(scan.as_of)}.xlsx"
    path.write_bytes(problem_list(listed_problems(database, scan), "xlsx", details=True))
    return path
