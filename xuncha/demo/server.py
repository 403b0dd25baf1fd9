"""The demo world on loopback: one HTTP/1.1 server for all hosts, told apart by the Host field.

Sites that refuse connections have a port of their own on which nobody listens: `DemoServer.resolve` names both, in the form
of the command line's `--resolve`.
"""

import asyncio
import contextlib
import socket
import struct
from collections import Counter
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from xuncha.demo.answers import Answer, SiteAnswers, compressed, not_found
from xuncha.demo.site import Behaviour, Site, Trap
from xuncha.demo.world import World

_REASONS = {200: "OK", 301: "Moved Permanently", 403: "Forbidden", 404: "Not Found", 405: "Method Not Allowed", 412: "Precondition Failed",
            500: "Internal Server Error", 503: "Service Unavailable"}  # fmt: skip
_MAX_HEAD = 65_536
RESET = 0
"""The status of an answer that is none: the connection is reset."""
_RESET_ON_CLOSE = struct.pack("ii", 1, 0)


@dataclass(frozen=True, slots=True)
class Request:
    """The head of a request, as far as the demo needs it."""

    method: str
    target: str
    host: str
    fields: Mapping[str, str]
    """By names in lower case."""
    closing: bool
    body_length: int


@dataclass(frozen=True, slots=True)
class Visit:
    """A line of the access log. `status` is `RESET` where the connection was reset instead of answered."""

    as_of: datetime
    host: str
    target: str
    status: int


Veil = Callable[[Site, Request, Answer], Answer]
"""What stands between the sites and the crawler: a site, what was asked of it and its answer, made into what comes through."""


def _nothing_hidden(site: Site, request: Request, answer: Answer) -> Answer:
    return answer


class DemoServer:
    """The running server: where it listens, what was asked of it, and the state of the world it shows."""

    def __init__(self, world: World, as_of: datetime, slowness: float, veil: Veil) -> None:
        self._world, self._slowness, self._veil = world, slowness, veil
        self._home_visits: Counter[str] = Counter()
        self._writers: set[asyncio.StreamWriter] = set()
        self.visits: list[Visit] = []
        self.port = 0
        self.dead_port = 0
        self.switch(as_of)

    def switch(self, as_of: datetime) -> None:
        """Show the world as it was at a time from now on."""
        self.as_of = as_of
        self._state = self._world.state(as_of)
        self._answers: dict[str, SiteAnswers] = {}

    @property
    def resolve(self) -> tuple[str, ...]:
        """Return the mappings of names to this server, the dead hosts first, in the form `PATTERN=HOST:PORT`."""
        dead = [site.host for site in self._world.sites if site.behaviour is Behaviour.REFUSES]
        return (*(f"{host}=127.0.0.1:{self.dead_port}" for host in dead), f"*=127.0.0.1:{self.port}")

    async def handle(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer the requests of one connection until the client has enough."""
        self._writers.add(writer)
        try:
            while request := await _read_request(reader):
                await reader.readexactly(request.body_length)
                if not await self._respond(request, writer) or request.closing:
                    break
        except (ConnectionError, ValueError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            return
        except asyncio.CancelledError:
            # The loop ends: asyncio of Python 3.11 asks a cancelled handler for its exception, and prints that it has none.
            return
        finally:
            self._writers.discard(writer)
            writer.close()

    async def _respond(self, request: Request, writer: asyncio.StreamWriter) -> bool:
        """Answer one request; return False where the connection has ended with that, or was reset instead."""
        answer = self._answer(self._world.site_of(request.host), request)
        await asyncio.sleep(answer.delay)
        self._log(request, answer.status)
        if answer.status == RESET:
            writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
            writer.transport.abort()
            return False
        for piece in _pieces(_serialised(answer, head_only=request.method == "HEAD"), answer.halts):
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(answer.halts)
        return answer.headers.get("Connection") != "close"

    def _answer(self, site: Site | None, request: Request) -> Answer:
        if site is None:
            return not_found()
        if site.behaviour is Behaviour.RESETS:
            return Answer(RESET)
        if request.method not in ("GET", "HEAD"):
            return Answer(405, b"", {"Allow": "GET, HEAD"})
        if Trap.WWW_TWIN in site.traps and request.host == site.host:
            return Answer(301, b"", {"Location": f"http://www.{site.host}{request.target}"})
        if request.target == "/":
            self._home_visits[site.host] += 1
        answers = self._answers.get(site.host)
        if answers is None:
            answers = self._answers[site.host] = SiteAnswers(self._state.pages(site.host))
        answer = answers.answer(request.target, home_visits=self._home_visits[site.host])
        if site.behaviour is Behaviour.SLOW:
            answer = replace(answer, delay=self._slowness)
        return compressed(self._veil(site, request, answer), request.fields.get("accept-encoding", ""), site.traps)

    def _log(self, request: Request, status: int) -> None:
        self.visits.append(Visit(self.as_of, request.host, request.target, status))

    def disconnect(self) -> None:
        """End all open connections."""
        for writer in self._writers:
            writer.transport.abort()


@contextlib.asynccontextmanager
async def serve(world: World, as_of: datetime, *, slowness: float = 1.6, veil: Veil = _nothing_hidden) -> AsyncIterator[DemoServer]:
    """Serve the world as it was at a time, on free loopback ports.

    `slowness`: seconds that slow sites take for an answer. `veil`: what is made of the answers on their way.
    """
    demo = DemoServer(world, as_of, slowness, veil)
    with socket.socket() as dead:
        # Bound and never listening: the kernel refuses connections, and nobody else gets the port meanwhile.
        dead.bind(("127.0.0.1", 0))
        demo.dead_port = dead.getsockname()[1]
        server = await asyncio.start_server(demo.handle, "127.0.0.1", 0, limit=_MAX_HEAD)
        demo.port = server.sockets[0].getsockname()[1]
        async with server:
            yield demo
            server.close()
            demo.disconnect()


async def _read_request(reader: asyncio.StreamReader) -> Request | None:
    """Return the next request of a connection, or None where the client has closed it."""
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return None
    first, *lines = head.decode("latin-1").split("\r\n")
    method, target, version = first.split(" ", 2)
    fields = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    return Request(
        method=method,
        target=target,
        host=fields.get("host", "").partition(":")[0].lower(),
        fields=fields,
        closing=version == "HTTP/1.0" or fields.get("connection", "").lower() == "close",
        body_length=int(fields.get("content-length") or 0),
    )


def _pieces(message: bytes, halts: float) -> list[bytes]:
    """Return a message as it is sent: at once, or by eighths."""
    step = len(message) // 8 + 1 if halts else len(message)
    return [message[start : start + step] for start in range(0, len(message), step)]


def _serialised(answer: Answer, *, head_only: bool) -> bytes:
    fields = {"Server": "demo", **answer.headers}
    if "Transfer-Encoding" not in fields:
        fields.setdefault("Content-Length", str(len(answer.body)))
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    start = f"HTTP/1.1 {answer.status} {_REASONS.get(answer.status, '')}\r\n"
    return f"{start}{head}\r\n".encode("latin-1") + (b"" if head_only else answer.body)
