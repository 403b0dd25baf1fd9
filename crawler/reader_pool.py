"""Reading of pages that no page can stall: light ones are read at once, heavy ones in a few processes that are killed when overdue."""

import asyncio
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date
from typing import NamedTuple

import msgspec

from crawler.facts.records import PageFacts
from crawler.reader_process import LENGTH_BYTES, Answer, Task, framed
from crawler.reading import PageReader, PageUnread, is_heavy, read_in_loop

_START_SECONDS = 60.0


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
        self._running: _Running | None = None

    async def read(self, content: bytes, *, content_type: str, url: str, as_of: date, query: str | None) -> PageFacts:
        """Have a page read. Raises PageUnread; whoever is cancelled meanwhile leaves no page behind in the process."""
        task = Task(content=content, content_type=content_type, url=url, as_of=as_of, query=query, seconds=self._seconds)
        try:
            self._running = running = self._running or await _start()
            async with asyncio.timeout(self._seconds):
                answer = await running.ask(task)
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


class _Running(NamedTuple):
    """A process that runs, and the line to it."""

    process: "subprocess.Popen[bytes]"
    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def ask(self, task: Task) -> Answer:
        """Send a task and wait for its answer."""
        self.writer.write(framed(msgspec.msgpack.encode(task)))
        await self.writer.drain()
        return msgspec.msgpack.decode(await self.receive(), type=Answer)

    async def receive(self) -> bytes:
        """Wait for one message."""
        length = await self.reader.readexactly(LENGTH_BYTES)
        return await self.reader.readexactly(int.from_bytes(length, "big"))

    def kill(self) -> None:
        """End the process without waiting for it."""
        self.process.kill()
        self.writer.transport.abort()
        # Somebody must take note of the death, which can take a moment where much memory is to be given back.
        asyncio.get_running_loop().run_in_executor(None, self.process.wait)


async def _start() -> _Running:
    ours, theirs = socket.socketpair()
    with theirs:
        process = _spawn(theirs)
    reader, writer = await asyncio.open_connection(sock=ours)
    running = _Running(process, reader, writer)
    try:
        async with asyncio.timeout(_START_SECONDS):
            await running.receive()
    except BaseException:
        running.kill()
        raise
    return running


def _spawn(line: socket.socket) -> "subprocess.Popen[bytes]":
    # -P: a folder in the working directory that is called like one of ours must not be imported.
    command = (sys.executable, "-P", "-m", "crawler.reader_process")
    return subprocess.Popen(command, stdin=line.fileno(), stdout=line.fileno(), stderr=subprocess.DEVNULL)
