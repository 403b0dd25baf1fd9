"""The seam to the HTTP client: one request, one exchange, failures as values."""

from datetime import datetime
from typing import Protocol

from crawler.facts.records import Record
from crawler.snapshot import Failure


class Request(Record, frozen=True, kw_only=True):
    """One hop to be asked for."""

    url: str
    """Absolute, in the form a browser would send it."""
    method: str = "GET"
    headers: tuple[tuple[str, str], ...] = ()
    content: bytes = b""
    timeout: float = 15.0
    """Seconds for name look-up, connection and the head of the answer, together."""
    body_timeout: float = 15.0
    """Further seconds for the body."""
    max_bytes: int = 5 << 20
    """Bytes of the body, as received and again after decoding."""


class Exchange(Record, frozen=True, kw_only=True):
    """What came of one request. A body beside a failure is the part that could be read."""

    request: Request
    fetched_at: datetime
    """UTC."""
    seconds: float = 0.0
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    """Names in lower case; values as ISO 8859-1, so that no byte is lost."""
    body: bytes = b""
    """After content decoding."""
    raw_body: bytes = b""
    """As received, for the evidence archive."""
    failure: Failure | None = None
    tls_error: str | None = None
    address: str | None = None
    """The address that was connected to."""

    def header(self, name: str) -> str:
        """Return the first header of a name (lower case), or an empty string."""
        return next((value for key, value in self.headers if key == name), "")


class Fetcher(Protocol):
    """Whatever can carry out one hop."""

    async def fetch(self, request: Request) -> Exchange:
        """Carry out one hop, redirects not followed. Trouble of the network is a value, never an exception."""
        ...
