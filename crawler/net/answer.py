"""One answer as it comes in: its head, then its body under a limit, then the body decoded."""

import asyncio
from collections.abc import AsyncIterable
from datetime import UTC, datetime

from crawler.net.decoding import Decoded, decode_body
from crawler.net.fetcher import Exchange, Request
from crawler.snapshot import Failure, FailureKind

_SNIFFED = 4096
"""Bytes read of a body that is announced as a picture, film or archive: enough to see whether it is one."""

_DECODED_AT_ONCE = 512 << 10
"""Bytes of a body that are decoded in the event loop, a millisecond's work: what is larger goes to a thread."""

_NO_PAGE = (
    "image/",
    "video/",
    "audio/",
    "font/",
    "application/pdf",
    "application/zip",
    "application/msword",
    "application/vnd.",
    "application/x-rar",
)


class Answer:
    """What came of one attempt at a request so far."""

    def __init__(self, request: Request) -> None:
        self.request = request
        self.fetched_at = datetime.now(UTC)
        self.status: int | None = None
        self.headers: tuple[tuple[str, str], ...] = ()
        self.address: str | None = None
        self.failure: Failure | None = None
        self.tls_error: str | None = None
        self._raw = bytearray()
        self._body = b""

    def take_head(self, status: int, headers: tuple[tuple[str, str], ...]) -> None:
        """Take the status and the headers, their names in lower case."""
        self.status, self.headers = status, headers

    async def take_body(self, pieces: AsyncIterable[bytes]) -> None:
        """Take the body as it comes, up to the limit of the request."""
        limit = self.request.max_bytes
        no_page = self._values("content-type").lower().startswith(_NO_PAGE)
        async for piece in pieces:
            self._raw += piece
            if len(self._raw) > limit:
                del self._raw[limit:]
                self.failure = Failure(kind=FailureKind.TOO_LARGE, detail=f"The body is larger than {limit} bytes.")
                return
            if no_page and len(self._raw) >= _SNIFFED and b"<html" not in self._raw[:_SNIFFED].lower():
                return

    async def decode(self) -> None:
        """Undo the content encoding of what was received."""
        raw, limit = bytes(self._raw), self.request.max_bytes
        encoding = self._values("content-encoding")
        decoded: Decoded | None = None
        if not encoding or len(raw) <= _DECODED_AT_ONCE:
            decoded = decode_body(raw, encoding, min(limit, _DECODED_AT_ONCE) if encoding else limit)
        if decoded is None or (decoded.failure and decoded.failure.kind is FailureKind.TOO_LARGE and limit > _DECODED_AT_ONCE):
            decoded = await asyncio.to_thread(decode_body, raw, encoding, limit)
        self._body = decoded.body
        self.failure = self.failure or decoded.failure

    def _values(self, name: str) -> str:
        return ",".join(value for key, value in self.headers if key == name)

    def overdue(self) -> str:
        """Say which part of the answer did not come in time."""
        if self.status is None:
            return f"No answer within {self.request.timeout:g} s."
        return f"The body was not complete {self.request.body_timeout:g} s after its head."

    def exchange(self, seconds: float) -> Exchange:
        """Return what came of the request."""
        raw = bytes(self._raw)
        return Exchange(
            request=self.request,
            fetched_at=self.fetched_at,
            seconds=seconds,
            status=self.status,
            headers=self.headers,
            body=raw if self._body == raw else self._body,
            raw_body=raw,
            failure=self.failure,
            tls_error=self.tls_error,
            address=self.address,
        )
