"""Loopback servers that speak raw bytes, so that every misbehaviour of a web server can be played for real."""

import asyncio
import contextlib
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

from crawler.net.fetcher import Fetcher
from crawler.net.resolver import NameMapping
from crawler.net.transport import open_fetcher

HOST = "www.lizhou.gov.cn"
HOME = f"http://{HOST}/"

Play = Callable[["Call"], Awaitable[None]]


@dataclass
class Call:
    """One request that came in, and the way to answer it."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes
    writer: asyncio.StreamWriter

    async def send(self, data: bytes) -> None:
        """Send bytes as they are."""
        self.writer.write(data)
        await self.writer.drain()

    async def answer(
        self, body: bytes | str = b"", *, status: str = "200 OK", headers: str = "", kind: str = "text/html; charset=utf-8"
    ) -> None:
        """Send a well-formed answer."""
        content = body.encode() if isinstance(body, str) else body
        head = f"HTTP/1.1 {status}\r\nContent-Type: {kind}\r\nContent-Length: {len(content)}\r\n{headers}\r\n"
        await self.send(head.encode("latin-1") + content)


@dataclass
class Server:
    """A running server: where it listens, and what it was asked."""

    port: int
    asked: list[str] = field(default_factory=list)
    calls: list[Call] = field(default_factory=list)


@asynccontextmanager
async def serving(play: Play, *, robots: str | None = "", context: ssl.SSLContext | None = None) -> AsyncIterator[Server]:
    """Serve on a free port of loopback. With `robots` a text, `/robots.txt` is answered with it (404 where it is empty)."""
    running: set[asyncio.Task[None]] = set()

    async def on_connection(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        running.add(task)
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
                line, *fields = head.strip().split("\r\n")
                method, path, _ = line.split(" ", 2)
                headers = {name.lower(): value.strip() for name, _, value in (each.partition(":") for each in fields)}
                body = await reader.readexactly(int(headers.get("content-length", 0)))
                server.asked.append(path)
                call = Call(method, path, headers, body, writer)
                server.calls.append(call)
                if path == "/robots.txt" and robots is not None:
                    await call.answer(robots, status="200 OK" if robots else "404 Not Found", kind="text/plain")
                else:
                    await play(call)
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            pass
        finally:
            running.discard(task)
            with contextlib.suppress(ConnectionError, ssl.SSLError):
                writer.close()

    listener = await asyncio.start_server(on_connection, "127.0.0.1", 0, ssl=context)
    server = Server(listener.sockets[0].getsockname()[1])
    try:
        yield server
    finally:
        listener.close()
        for task in list(running):
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)


@asynccontextmanager
async def fetching(server: Server, *, context: ssl.SSLContext | None = None) -> AsyncIterator[Fetcher]:
    """Open a fetcher that finds every name under gov.cn at the server."""
    mapping = NameMapping(pattern="*.gov.cn", host="127.0.0.1", port=server.port)
    async with open_fetcher(resolve=[mapping], ssl_context=context) as fetcher:
        yield fetcher
