"""A forgiving reader of HTTP/1.1, for answers that the strict client refuses and browsers show all the same.

Met on old servers: header lines without a colon, a Content-Length that is no number or shorter than what follows, headers of a hundred
kilobytes, a byte or two before the status line. What browsers refuse as well (two lengths that disagree, no status line, junk for chunks)
is refused here too: nobody sees those pages.
"""

import asyncio
import re
import ssl
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import NamedTuple

import ada_url

from crawler.net.failures import CutShort, Unreadable
from crawler.net.fetcher import Request
from crawler.net.resolver import Place

_MAX_HEAD = 256 << 10
"""Bytes of all the headers together that browsers take."""

_MAX_INTERIM = 32
_READ = 64 << 10
_STATUS = re.compile(rb".{0,4}?HTTP(?:/\d+\.\d+)?[ \t]+(\d{3})\b", re.IGNORECASE | re.DOTALL)
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
_LENGTH = re.compile(r"[0-9]{1,15}")
_CHUNK_SIZE = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n]*)?\r?\n")


class Head(NamedTuple):
    """Status and headers: names in lower case, values as ISO 8859-1."""

    status: int
    headers: tuple[tuple[str, str], ...]

    def values(self, name: str) -> set[str]:
        """Return the values of a header, each once."""
        return {value for key, value in self.headers if key == name}


@asynccontextmanager
async def answering(
    request: Request, headers: Mapping[str, bytes], place: Place, context: ssl.SSLContext
) -> AsyncIterator[tuple[Head, AsyncIterator[bytes]]]:
    """Ask once on a connection of its own at the checked place; give the head of the answer, and its body piece by piece as it comes.

    Raises Unreadable, CutShort, OSError; the time limit and the limit of the body are the caller's.
    """
    url = ada_url.URL(request.url)
    encrypted = url.protocol == "https:"
    port = place.port or int(url.port or (443 if encrypted else 80))
    name = url.hostname.strip("[]") if encrypted else None
    reader, writer = await asyncio.open_connection(
        place.address, port, ssl=context if encrypted else None, server_hostname=name, limit=_MAX_HEAD
    )
    try:
        writer.write(_request_bytes(request, url, headers))
        try:
            head = await _final_head(reader)
            yield head, _body(reader, head)
        except asyncio.IncompleteReadError as error:
            raise CutShort from error
        except asyncio.LimitOverrunError as error:
            raise Unreadable("A line of the answer is endless.") from error
    finally:
        writer.transport.abort()


def _request_bytes(request: Request, url: ada_url.URL, headers: Mapping[str, bytes]) -> bytes:
    fields = {"host": url.host.encode(), **headers, "connection": b"close"}
    if request.content:
        fields["content-length"] = str(len(request.content)).encode()
    start = f"{request.method} {url.pathname}{url.search} HTTP/1.1".encode()
    lines = (name.title().encode() + b": " + value for name, value in fields.items())
    return b"\r\n".join((start, *lines)) + b"\r\n\r\n" + request.content


async def _final_head(reader: asyncio.StreamReader) -> Head:
    for _ in range(_MAX_INTERIM):
        head = await _head(reader)
        if not 100 <= head.status < 200:
            return head
    raise Unreadable("The server sends interim answers without end.")


async def _head(reader: asyncio.StreamReader) -> Head:
    first = await _line(reader) or await _line(reader)  # an empty line before the answer is forgiven
    status = _STATUS.match(first)
    if not status:
        raise Unreadable("The answer does not begin like one of HTTP.")
    room = _MAX_HEAD
    headers: list[tuple[str, str]] = []
    while line := await _line(reader):
        room -= len(line)
        if room < 0:
            raise Unreadable(f"The headers are larger than {_MAX_HEAD} bytes.")
        name, colon, value = _CONTROL.sub("", line.decode("latin-1")).partition(":")
        if colon and not name[:1].isspace():
            headers.append((name.strip().lower(), value.strip()))
    return Head(int(status[1]), tuple(headers))


async def _line(reader: asyncio.StreamReader) -> bytes:
    return (await reader.readuntil(b"\n")).rstrip(b"\r\n")


def _body(reader: asyncio.StreamReader, head: Head) -> AsyncIterator[bytes]:
    """Return the pieces of a body: in chunks, as long as announced, or until the connection ends. Raises Unreadable."""
    if any("chunked" in value.lower() for value in head.values("transfer-encoding")):
        return _chunks(reader)
    lengths = {int(value) for value in head.values("content-length") if _LENGTH.fullmatch(value)}
    if len(lengths) > 1:
        raise Unreadable("The answer announces two different lengths.")
    if head.status in (204, 304):
        return _pieces(reader, 0)
    return _pieces(reader, lengths.pop() if lengths else None)


async def _pieces(reader: asyncio.StreamReader, length: int | None) -> AsyncIterator[bytes]:
    while length is None or length > 0:
        piece = await reader.read(_READ if length is None else min(_READ, length))
        if not piece:
            if length is not None:
                raise CutShort
            return
        if length is not None:
            length -= len(piece)
        yield piece


async def _chunks(reader: asyncio.StreamReader) -> AsyncIterator[bytes]:
    while True:
        size = _CHUNK_SIZE.fullmatch(await reader.readuntil(b"\n"))
        if not size:
            raise Unreadable("The chunks of the body are not valid HTTP.")
        length = int(size[1], 16)
        if length == 0:
            return
        async for piece in _pieces(reader, length):
            yield piece
        await reader.readuntil(b"\n")
