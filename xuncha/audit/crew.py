"""Those who audit: a number of tasks that take the next job each, and one stream of their results."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable

from storage.records import AuditResult
from xuncha.audit.auditor import Job

Audit = Callable[[Job], Awaitable[AuditResult]]
Crew = Callable[[AsyncIterator[Job]], AsyncIterator[AuditResult]]
"""Whatever turns jobs into results: tasks of this process, or worker processes."""


def crew_of(size: int, audit: Audit) -> Crew:
    """Return a crew that has `size` audits going at once."""

    async def work(jobs: AsyncIterator[Job]) -> AsyncIterator[AuditResult]:
        results: asyncio.Queue[AuditResult | None] = asyncio.Queue()
        turn = asyncio.Lock()

        async def member() -> None:
            try:
                while True:
                    async with turn:
                        job = await anext(jobs, None)
                    if job is None:
                        return
                    await results.put(await audit(job))
            finally:
                results.put_nowait(None)

        members = [asyncio.create_task(member()) for _ in range(size)]
        try:
            for _ in members:
                while (result := await results.get()) is not None:
                    yield result
            for each in members:
                each.result()
        finally:
            for each in members:
                each.cancel()
            await asyncio.gather(*members, return_exceptions=True)

    return work
