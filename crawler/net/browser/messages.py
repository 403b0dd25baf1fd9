"""What is said on the line between the crawler and a browser process, in MessagePack."""

from crawler.facts.records import Record
from crawler.snapshot import RenderOutcome, RenderReason

Headers = tuple[tuple[str, str], ...]

_OF_TRANSFER = frozenset(
    {"content-encoding", "content-length", "transfer-encoding", "connection", "keep-alive", "set-cookie", "alt-svc", "trailer", "upgrade"}
)


def headers_shown(headers: Headers) -> Headers:
    """Return the headers of an answer that the browser is given: bodies come decoded, and cookies are the crawler's own affair."""
    return tuple((name, value) for name, value in headers if name not in _OF_TRANSFER)


class RenderTask(Record, frozen=True, kw_only=True, tag=True):
    """A document that was fetched and is to be shown."""

    url: str
    reason: RenderReason | None = None
    """For the record; None for a screenshot."""
    headers: Headers
    body: bytes
    """After content decoding."""
    hosts: tuple[str, ...]
    """Bare hosts that the page may lead to; anywhere else it is not followed."""
    seconds: float = 30.0
    max_requests: int = 60
    max_bytes: int = 5 << 20
    """Of the rendered document."""
    screenshot: bool = False
    """Whether a screenshot is taken: only then are styles, pictures and fonts loaded."""


class Asked(Record, frozen=True, kw_only=True, tag=True):
    """The page asks for something, by GET."""

    number: int
    url: str
    headers: Headers = ()
    document: bool = False
    """Whether it is to be a page or frame."""


class Answered(Record, frozen=True, kw_only=True, tag=True):
    """What came of it; no status where there is nothing to be had."""

    number: int
    status: int | None = None
    headers: Headers = ()
    body: bytes = b""


class Shown(Record, frozen=True, kw_only=True, tag=True):
    """The page as it came to rest, or why it did not."""

    outcome: RenderOutcome
    url: str = ""
    document: bytes = b""
    """The elements of the page with their contents, in UTF-8."""
    screenshot: bytes = b""
    """JPEG."""
    settled: bool = False
    """Whether the page came to rest before its time was over."""
    refused: int = 0
