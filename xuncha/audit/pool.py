"""What goes through the sites: a number of tasks that take the next job each, and one stream of their results."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

from storage.records import AuditResult
from xuncha.audit.auditor import Job

Audit = Callable[[Job], Awaitable[AuditResult]]
Pool = Callable[[AsyncIterator[Job]], AsyncIterator[AuditResult]]
"""Whatever turns jobs into results: tasks of this process, or worker processes."""


def pool_of(size: int, audit: Audit) -> Pool:
    """Return a pool that has `size` audits going at once."""

    async def work(jobs: AsyncIterator[Job]) -> AsyncIterator[AuditResult]:
        results: asyncio.Queue[AuditResult | None] = asyncio.Queue()
        turn = asyncio.Lock()

        async def take_jobs() -> None:
            try:
                while True:
                    async with turn:
                        job = await anext(jobs, None)
                    if job is None:
                        return
                    await results.put(await audit(job))
            finally:
                results.put_nowait(None)

        tasks = [asyncio.create_task(take_jobs()) for _ in range(size)]
        try:
            for _ in tasks:
                while (result := await results.get()) is not None:
                    yield result
            for task in tasks:
                task.result()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    return work
