"""Worker processes: each gathers and judges its share of the sites in a loop of its own; the results come back to the one writer."""

import asyncio
import multiprocessing
import pickle
import signal
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import datetime
from multiprocessing.connection import Connection
from typing import Any, NamedTuple

from crawler.limits import GatherSettings
from crawler.net.resolver import NameMapping
from storage.errors import EvidenceUnwritable
from storage.evidence.writer import EvidencePlace
from storage.records import AuditResult
from xuncha.audit.auditor import Auditor, Job
from xuncha.audit.round import open_auditor
from xuncha.event_loop import run
from xuncha.messages import say, set_language
from xuncha.settings import Settings


@dataclass(frozen=True, slots=True)
class WorkerSetup:
    """What a worker process needs to know: everything, since it shares nothing."""

    settings: Settings
    limits: GatherSettings
    mappings: list[NameMapping]
    as_of: datetime
    evidence: EvidencePlace | None = None
    language: str = field(default_factory=lambda: say.language)


class WorkerDied(Exception):
    """A worker process has ended without having been told to: it was killed, or a page brought it down."""


class Refusal(NamedTuple):
    """A worker's word that it cannot go on: its disk is full."""

    site_id: int
    error: EvidenceUnwritable


class Begun(NamedTuple):
    """A worker's word that it can take jobs; `why` says why it cannot, where it can still say so."""

    why: str = ""


class Line:
    """A connection to another process, without waiting in the event loop.

    Either direction has a thread of its own: two processes that both had to finish sending before they could receive would wait for ever.
    """

    def __init__(self, link: Connection) -> None:
        self._link = link
        self._sender = ThreadPoolExecutor(1, "sender")
        self._receiver = ThreadPoolExecutor(1, "receiver")

    async def send(self, message: Job | AuditResult | Refusal | Begun) -> None:
        """Send a message after those before it. Raises OSError when the other side has gone."""
        await asyncio.get_running_loop().run_in_executor(self._sender, self._link.send, message)

    async def receive(self) -> Any:
        """Wait for the next message. Raises EOFError or OSError when the other side has gone."""
        return await asyncio.get_running_loop().run_in_executor(self._receiver, self._link.recv)

    def close(self) -> None:
        """Let the threads end; call it once the connection is closed, or the other side has gone."""
        self._sender.shutdown(wait=False)
        self._receiver.shutdown(wait=False)


class Worker:
    """One worker process, as its parent sees it."""

    def __init__(self, setup: WorkerSetup) -> None:
        """Start the process. Raises OSError, EOFError where the system has none to give."""
        self.begun = False
        """Whether it has ever been ready to take a job: if not, its death says nothing of the sites it was given."""
        self.why = ""
        """Why it could not begin, by its own word."""
        # One server imports everything once and splits into the workers, which share that memory. Forking this process
        # itself would copy the locks that its threads hold.
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload([__name__])
        self._link, theirs = context.Pipe()
        self._process = context.Process(target=_run, args=(theirs, setup), daemon=True)
        self._process.start()
        theirs.close()
        self._line = Line(self._link)
        self._waiting: dict[int, asyncio.Future[AuditResult]] = {}
        self._receiver = asyncio.create_task(self._receive())

    async def audit(self, job: Job) -> AuditResult:
        """Have a job done by the process. Raises WorkerDied, EvidenceUnwritable."""
        future = asyncio.get_running_loop().create_future()
        self._waiting[job.site.site_id] = future
        if self._receiver.done():
            raise WorkerDied
        try:
            await self._line.send(job)
        except OSError as error:
            raise WorkerDied from error
        result: AuditResult = await future
        return result

    async def _receive(self) -> None:
        try:
            while True:
                answer: AuditResult | Refusal | Begun = await self._line.receive()
                if isinstance(answer, Begun):
                    self.begun, self.why = not answer.why, answer.why
                    continue
                future = self._waiting.pop(answer.site_id)
                if isinstance(answer, Refusal):
                    future.set_exception(answer.error)
                else:
                    future.set_result(answer)
        except (EOFError, OSError, pickle.UnpicklingError):
            self._tell_of_death()

    def _tell_of_death(self) -> None:
        for future in self._waiting.values():
            if not future.done():
                future.set_exception(WorkerDied())

    @property
    def exit_code(self) -> int | None:
        """Return what the process ended with; the negative number of a signal that ended it."""
        return self._process.exitcode

    def stop(self) -> None:
        """End the process; what it was doing is not finished and will be done again."""
        self._process.terminate()
        self._process.join(5)
        self._receiver.cancel()
        # One of its audits may have learnt of its death before the receiver did: the others must not wait for an answer.
        self._tell_of_death()
        self._link.close()
        self._line.close()


def _run(link: Connection, setup: WorkerSetup) -> None:
    # The terminal sends Ctrl-C to every process of the group: only the parent decides when to stop.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    set_language(setup.language)
    run(_serve(link, setup))


async def _serve(link: Connection, setup: WorkerSetup) -> None:
    """Take jobs from the parent until it goes away; where that cannot be done, tell it why."""
    line = Line(link)
    async with AsyncExitStack() as opened:
        opening = open_auditor(setup.settings, setup.limits, setup.mappings, setup.as_of, evidence=setup.evidence)
        try:
            auditor = await opened.enter_async_context(opening)
        except Exception as error:  # whatever it is, the parent has to hear of it
            await line.send(Begun(str(error) or type(error).__name__))
            return
        await line.send(Begun())
        await _take_jobs(line, auditor)


async def _take_jobs(line: Line, auditor: Auditor) -> None:
    running: set[asyncio.Task[None]] = set()

    async def answer(job: Job) -> None:
        try:
            result = await auditor.audit(job)
        except EvidenceUnwritable as error:
            await line.send(Refusal(job.site.site_id, error))
            return
        await line.send(result)

    while True:
        try:
            job: Job = await line.receive()
        except (EOFError, OSError):
            return
        task = asyncio.create_task(answer(job))
        running.add(task)
        task.add_done_callback(running.discard)
