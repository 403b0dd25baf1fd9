"""What goes through the sites: a number of tasks that take the next job each, and one stream of their results."""

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable

from storage.records import AuditResult
from xuncha.audit.auditor import Job

Audit = Callable[[Job], Awaitable[AuditResult]]
Pool = Callable[[AsyncIterator[Job]], AsyncGenerator[AuditResult, None]]
"""Whatever turns jobs into results: tasks of this process, or worker processes."""


def pool_of(size: int, audit: Audit) -> Pool:
    """Return a pool that has `size` audits going at once; where one cannot go on, none of them does: its error is raised at once."""

    async def work(jobs: AsyncIterator[Job]) -> AsyncGenerator[AuditResult, None]:
        results: asyncio.Queue[AuditResult | None] = asyncio.Queue()
        turn = asyncio.Lock()

        async def take_jobs() -> None:
            while True:
                async with turn:
                    job = await anext(jobs, None)
                if job is None:
                    return
                await results.put(await audit(job))

        tasks = [asyncio.create_task(take_jobs()) for _ in range(size)]
        for task in tasks:
            task.add_done_callback(lambda _: results.put_nowait(None))
        try:
            at_work = size
            while at_work:
                if (result := await results.get()) is not None:
                    yield result
                    continue
                at_work -= 1
                for task in tasks:
                    if task.done():
                        task.result()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

    return work
