"""Parent and worker processes talk without waiting for each other."""

import asyncio
import multiprocessing
from datetime import UTC, datetime

import pytest

from crawler.limits import GatherSettings
from rules.registry import RegistryRow
from storage.records import Site
from xuncha.audit.auditor import Job
from xuncha.scan.workers import Line, Worker, WorkerDied, WorkerSetup
from xuncha.settings import Settings

MESSAGES = 100
LARGE = bytes(300_000)
"""More than a pipe holds: sending waits for the other side to receive."""


async def test_both_sides_can_have_much_to_send_at_the_same_time() -> None:
    ours, theirs = multiprocessing.Pipe()
    lines = (Line(ours), Line(theirs))

    async def receive_all(line: Line) -> int:
        return sum([len(await line.receive()) for _ in range(MESSAGES)])

    async with asyncio.timeout(20):
        sending = asyncio.gather(*(line.send(LARGE) for line in lines for _ in range(MESSAGES)))  # type: ignore[arg-type]
        received = await asyncio.gather(*map(receive_all, lines))
        await sending
    assert received == [MESSAGES * len(LARGE)] * 2
    ours.close()
    theirs.close()
    for line in lines:
        line.close()


async def test_whoever_waits_for_a_process_that_another_audit_found_dead_is_told() -> None:
    worker = Worker(WorkerSetup(Settings(browser="off"), GatherSettings(), [], datetime(2018, 3, 1, tzinfo=UTC)))
    job = Job(site=Site(site_id=1, row=RegistryRow(url="http://www.example.gov.cn/", host="www.example.gov.cn"), registered=True))
    waiting = asyncio.create_task(worker.audit(job))
    await asyncio.sleep(0)
    worker.stop()  # before anything was received from it
    with pytest.raises(WorkerDied):
        await asyncio.wait_for(waiting, 20)
