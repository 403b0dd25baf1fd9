"""The service: it looks every few seconds what is due, carries it out, and stops cleanly when it is told to."""

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime, time

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from crawler.limits import GatherSettings
from crawler.net.resolver import NameMapping
from reports.errors import ReportError
from rules.standard import StandardError
from storage.daemon_runs import DaemonRun, RunOutcome, begin_run, end_run, last_runs
from storage.database import open_database
from storage.errors import StorageError
from xuncha.daemon.health import LOOPBACK, State, health_server, state_of
from xuncha.daemon.jobs import JOBS, Ended, Work, tell_failure, utc_now
from xuncha.daemon.schedule import Due, JobName, PastRun, Timetable, due_jobs
from xuncha.errors import Incomplete, UsageFault
from xuncha.messages import say
from xuncha.settings import Settings

TICK_SECONDS = 5
"""How often the service looks what is due. Nothing is timed by waiting: a clock that is put forward or back is seen at the next look."""

APART = {JobName.CARE: frozenset({JobName.SCAN, JobName.KNOCK})}
"""Jobs that wait while others run: a vacuum takes the whole database."""

KNOWN_FAILURES = (StorageError, UsageFault, Incomplete, StandardError, ReportError, OSError)
"""What a job may end in without a fault of the program: the sentence goes to the log and into the run's row."""

log = logging.getLogger(__name__)


async def run_daemon(settings: Settings, limits: GatherSettings, mappings: list[NameMapping], *, now: bool) -> None:
    """Carry out what falls due until cancelled; with `now` a scan is due at once.

    Raises UsageFault for a time of day that is none, AlreadyRunning where another daemon works with the database.
    """
    service = Service(Work(settings=settings, limits=limits, mappings=mappings, now=utc_now), timetable_of(settings))
    with open_database(settings.db) as database, database.only_one("daemon"):
        await _serve(service, settings, now=now)


async def _serve(service: "Service", settings: Settings, *, now: bool) -> None:
    async with _watched(service, settings.health_port):
        scheduler = AsyncIOScheduler(timezone=UTC)
        scheduler.add_job(service.look, IntervalTrigger(seconds=TICK_SECONDS), coalesce=True, max_instances=1)
        scheduler.start()
        try:
            if now:
                service.start(Due(JobName.SCAN, utc_now()))
            await service.look()
            log.info(say("daemon_waits", nightly=settings.nightly, minutes=settings.knock_minutes))
            await asyncio.Event().wait()
        finally:
            scheduler.shutdown(wait=False)
            cut_short = await service.stop()
            log.info(say("daemon_cut_short") if cut_short else say("daemon_stopped"))


@asynccontextmanager
async def _watched(service: "Service", port: int) -> AsyncIterator[None]:
    """Serve health and metrics where a port is set."""
    if not port:
        yield
        return
    async with health_server(port, service.state) as taken:
        log.info(say("health_at", address=f"http://{LOOPBACK}:{taken}/healthz"))
        yield


def timetable_of(settings: Settings) -> Timetable:
    """Return when the daemon works. Raises UsageFault for a time of day that is none, and for knocks that do not divide a day."""
    try:
        nightly = time.fromisoformat(settings.nightly)
    except ValueError as error:
        raise UsageFault(say("bad_time", text=settings.nightly)) from error
    minutes = settings.knock_minutes
    if minutes < 0 or (minutes and 1440 % minutes):
        raise UsageFault(say("bad_knock_minutes", minutes=minutes))
    return Timetable(nightly.replace(second=0, microsecond=0, tzinfo=None), minutes)


class Service:
    """The jobs that run, no two of a kind, and the looks at what is due."""

    def __init__(self, work: Work, timetable: Timetable) -> None:
        self._work = work
        self._timetable = timetable
        self._since = work.now()
        self._running: dict[JobName, asyncio.Task[None]] = {}

    def state(self) -> State:
        """Return how the service is; to be called in a thread, for it asks the database."""
        return state_of(self._work.settings.db, tuple(self._running), self._work.now(), self._since)

    async def look(self) -> None:
        """Start what is due and does not run yet."""
        now = self._work.now()
        self._since = min(self._since, now)  # the clock was ahead when the service was started
        try:
            past = await asyncio.to_thread(self._past, now)
        except StorageError as error:
            log.error("%s", error)
            return
        except asyncio.CancelledError:
            return  # the service is being stopped; to the scheduler it would be a failure
        for due in due_jobs(now, past, self._since, self._timetable):
            if not APART.get(due.job, frozenset()) & self._running.keys():
                self.start(due)

    def _past(self, now: datetime) -> Mapping[JobName, PastRun]:
        with open_database(self._work.settings.db) as database:
            runs = last_runs(database, now)
        return {job: _past_run(runs[job]) for job in JobName if job in runs}

    def start(self, due: Due) -> None:
        """Start a job unless one of its kind is under way."""
        if due.job not in self._running:
            task = self._running[due.job] = asyncio.create_task(self._carry_out(due))
            task.add_done_callback(lambda _: self._running.pop(due.job, None))

    async def stop(self) -> bool:
        """Cancel what runs, and wait until it has stored what it finished; return whether there was anything."""
        tasks = list(self._running.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        return bool(tasks)

    async def _carry_out(self, due: Due) -> None:
        log.info(say("job_begins", job=say(f"job_{due.job}")), extra={"job": due.job})
        before = None
        try:
            before = await asyncio.to_thread(self._note_begin, due)
            ended = await JOBS[due.job](self._work, due)
        except KNOWN_FAILURES as error:
            ended = Ended(RunOutcome.FAILED, str(error))
        except Exception as error:  # one job must never stop the service
            log.exception("job %s", due.job)
            ended = Ended(RunOutcome.FAILED, f"{type(error).__name__}: {error}")
        # Noted whatever happens meanwhile: what is done must not be done again after a restart.
        await asyncio.shield(asyncio.to_thread(self._close, due, ended, before))

    def _close(self, due: Due, ended: Ended, before: DaemonRun | None) -> None:
        """Note how a run ended, say so in the log, and tell people of a scan that failed, once for the same cause."""
        try:
            self._note_end(due, ended)
        except StorageError as error:
            log.error("%s", error)
        level = logging.INFO if ended.outcome is RunOutcome.DONE else logging.ERROR
        about = {"job": due.job, "outcome": ended.outcome} | ({"scan": ended.scan} if ended.scan else {})
        told = {"job": say(f"job_{due.job}"), "outcome": say(f"outcome_{ended.outcome}"), "detail": ended.detail}
        log.log(level, say("job_ended", **told), extra=about)
        told_before = before is not None and before.detail == ended.detail
        if due.job is JobName.SCAN and ended.outcome is RunOutcome.FAILED and not told_before:
            for failure in tell_failure(self._work, ended.detail):
                log.error(failure)

    def _note_begin(self, due: Due) -> DaemonRun | None:
        """Note that a run begins; return the one before it that was due at the same time."""
        with open_database(self._work.settings.db) as database:
            before = last_runs(database, due.moment).get(due.job)
            begin_run(database, due.job, due.moment, self._work.now())
        return before if before and before.due == due.moment else None

    def _note_end(self, due: Due, ended: Ended) -> None:
        with open_database(self._work.settings.db) as database:
            end_run(database, due.job, due.moment, self._work.now(), ended.outcome, ended.detail)


def _past_run(run: DaemonRun) -> PastRun:
    failed_at = run.finished_at if run.outcome is RunOutcome.FAILED else None
    return PastRun(run.due, run.outcome is not None, failed_at)
