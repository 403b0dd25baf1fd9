"""Single WARC 1.1 records (ISO 28500:2017), each a gzip member of its own: written here, taken apart again here.

Written by hand and not with warcio, which takes over a millisecond a record, ten times as long: its readers, and fastwarc's, are held to
these files by the tests.
"""

import base64
import hashlib
import http
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import NamedTuple
from urllib.parse import urlsplit
from uuid import uuid4

from crawler.net.fetcher import Exchange, Request
from storage.compression import FAST, GZIP, CompressionError, compress, decompress

REVISIT_PROFILE = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
_ORIGINAL = "x-archive-orig-"
"""Before the names of headers that describe the transfer: bodies are kept as they are after it."""
_BLANKS = str.maketrans("\r\n", "  ")


class TornRecord(Exception):
    """A record ends before its end, or is none."""


def record(kind: str, fields: Iterable[tuple[str, str]], content: bytes, *, date: datetime, level: int = FAST) -> bytes:
    """Return a record as a gzip member, with an id of its own. `date` carries a zone and is written in UTC."""
    lines = [
        "WARC/1.1",
        f"WARC-Type: {kind}",
        f"WARC-Record-ID: <urn:uuid:{uuid4()}>",
        f"WARC-Date: {date.astimezone(UTC).replace(tzinfo=None).isoformat(timespec='microseconds')}Z",
        *(f"{name}: {value.translate(_BLANKS)}" for name, value in fields),
        f"Content-Length: {len(content)}",
    ]
    head = "\r\n".join(lines).encode("utf-8", "replace")
    return compress(b"".join((head, b"\r\n\r\n", content, b"\r\n\r\n")), level, GZIP)


def payload_digest(body: bytes) -> str:
    """Return the digest of a body as it stands in a record: SHA-256 in base 32."""
    return f"sha256:{base64.b32encode(hashlib.sha256(body).digest()).decode()}"


def request_bytes(request: Request) -> bytes:
    """Return a request as sent, but for the headers that are the same in all: those are in the file's warcinfo record."""
    parts = urlsplit(request.url)
    target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
    lines = [f"{request.method} {target} HTTP/1.1", f"host: {parts.netloc}", *(f"{name}: {value}" for name, value in request.headers)]
    return "\r\n".join(line.translate(_BLANKS) for line in lines).encode("utf-8", "replace") + b"\r\n\r\n" + request.content


def response_head(exchange: Exchange) -> bytes:
    """Return the head of an answer; its headers as received, those of the transfer renamed."""
    status = exchange.status or 0
    phrase = http.HTTPStatus(status).phrase if status in http.HTTPStatus._value2member_map_ else "-"
    lines = [f"HTTP/1.1 {status} {phrase}"]
    for name, value in exchange.headers:
        lines.append(f"{_ORIGINAL if name == 'transfer-encoding' else ''}{name}: {value}")
    return "\r\n".join(line.translate(_BLANKS) for line in lines).encode("latin-1", "replace") + b"\r\n\r\n"


class StoredRecord(NamedTuple):
    """A record taken apart."""

    fields: dict[str, str]
    """Names in lower case."""
    content: bytes


def parse_record(member: bytes) -> StoredRecord:
    """Take a record apart. Raises TornRecord for anything that is not one whole record of ours."""
    try:
        raw = decompress(member, GZIP)
    except CompressionError as error:
        raise TornRecord(str(error)) from error
    head, _, rest = raw.partition(b"\r\n\r\n")
    version, *lines = head.decode("utf-8", "replace").split("\r\n")
    fields = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    length = fields.get("content-length", "")
    if not version.startswith("WARC/") or not length.isdecimal() or len(rest) != int(length) + 4:
        raise TornRecord("its length is not what its head says")
    return StoredRecord(fields, rest[: int(length)])


def parse_response(content: bytes) -> tuple[tuple[tuple[str, str], ...], bytes]:
    """Return the headers and the body of an archived answer, as they were received."""
    head, _, body = content.partition(b"\r\n\r\n")
    lines = head.decode("latin-1").split("\r\n")[1:]
    pairs = (line.partition(":") for line in lines)
    return tuple((name.removeprefix(_ORIGINAL), value.strip()) for name, _, value in pairs), body
