"""Reading of pages that no page can stall: light ones are read at once, heavy ones in a few processes that are killed when overdue."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date

import msgspec

from crawler.facts.records import PageFacts
from crawler.processes.child import Child, start_child
from crawler.reading.process import Answer, Task
from crawler.reading.reader import PageReader, PageUnread, is_heavy, read_in_loop


@asynccontextmanager
async def open_reader(*, processes: int = 2, seconds: float = 10.0) -> AsyncIterator[PageReader]:
    """Open a reader of pages of any weight; its processes are started when the first heavy page comes, and end with it.

    `seconds` is what a heavy page may take once it is its turn.
    """
    pool = _ReaderPool(processes, seconds)
    try:
        yield pool
    finally:
        pool.close()


class _ReaderPool:
    """The processes, and the turns at them."""

    def __init__(self, processes: int, seconds: float) -> None:
        self._idle = [_ReaderProcess(seconds) for _ in range(processes)]
        self._all = tuple(self._idle)
        self._turns = asyncio.Semaphore(processes)

    async def __call__(self, content: bytes, *, content_type: str, url: str, as_of: date, query: str | None = None) -> PageFacts:
        """Read the facts of one document. Raises PageUnread for one that took too long, or brought its process down."""
        if not is_heavy(content):
            return await read_in_loop(content, content_type=content_type, url=url, as_of=as_of, query=query)
        async with self._turns:
            process = self._idle.pop()
            try:
                return await process.read(content, content_type=content_type, url=url, as_of=as_of, query=query)
            finally:
                self._idle.append(process)

    def close(self) -> None:
        """End the processes, whatever they are at."""
        for process in self._all:
            process.kill()


class _ReaderProcess:
    """One process, started when needed and again after it was killed."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._running: Child | None = None

    async def read(self, content: bytes, *, content_type: str, url: str, as_of: date, query: str | None) -> PageFacts:
        """Have a page read. Raises PageUnread; whoever is cancelled meanwhile leaves no page behind in the process."""
        task = Task(content=content, content_type=content_type, url=url, as_of=as_of, query=query, seconds=self._seconds)
        try:
            self._running = running = self._running or await start_child("crawler.reading.process")
            async with asyncio.timeout(self._seconds):
                await running.send(msgspec.msgpack.encode(task))
                answer = msgspec.msgpack.decode(await running.receive(), type=Answer)
        except TimeoutError:
            self.kill()
            raise PageUnread(f"it took longer than {self._seconds:g} s") from None
        except (asyncio.IncompleteReadError, ConnectionError, msgspec.DecodeError):
            self.kill()
            raise PageUnread("the process that read it died of it") from None
        except BaseException:
            self.kill()
            raise
        if answer.facts is None:
            raise PageUnread("the readers failed on it")
        return answer.facts

    def kill(self) -> None:
        """End the process at once; it is started again for the next page."""
        running, self._running = self._running, None
        if running is not None:
            running.kill()
