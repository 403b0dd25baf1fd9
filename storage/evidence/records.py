"""What is known of archived exchanges: where each answer lies, and what it takes to carry an audit out again without a network."""

from datetime import datetime
from typing import NamedTuple

import msgspec

from crawler.facts.records import Record
from crawler.limits import GatherSettings
from crawler.snapshot import Failure, PageRole, RenderOutcome, RenderReason


class KeptResponse(Record, frozen=True, kw_only=True):
    """One answer in the archive."""

    url: str
    digest: str
    """Of the body as received: `sha256:` and base 32, as in the record's WARC-Payload-Digest."""
    fetched_at: datetime
    """UTC, of the record that holds the body."""
    offset: int
    """Bytes from the beginning of the audit's block."""
    length: int
    origin: tuple[int, int] | None = None
    """For an unchanged page: the scan and the look, of the same site, whose archived answer holds the body."""


class KeptBody(NamedTuple):
    """A body that lies in an audit's block."""

    digest: str
    offset: int
    length: int


class Reference(NamedTuple):
    """A body that an audit refers to as unchanged: the look at the same site whose block holds it, and the beginning of its digest."""

    scan_id: int
    look: int
    mark: bytes


class KeptAudit(Record, frozen=True, kw_only=True):
    """The block of one audit: its records lie in one piece, the account of the audit last."""

    file: str
    offset: int
    length: int
    account: int | None
    """Where in the block its last record begins; None for one that was thinned: only bodies that others refer to are left of it."""
    look: int = 1
    """1, or 2 for the second look of a scan at a site."""
    bodies: tuple[KeptBody, ...] = ()
    references: tuple[Reference, ...] = ()
    responses: tuple[KeptResponse, ...] = ()
    """All answers, as whoever has written or read the block knows them. The index gives none."""


class KeptContent(Record, frozen=True, kw_only=True):
    """Where a content lies that no server sent: in the audit's block, in one record."""

    digest: str
    """As in the record's WARC-Payload-Digest."""
    offset: int
    """Bytes from the beginning of the audit's block."""
    length: int


class KeptExchange(Record, frozen=True, kw_only=True):
    """One exchange as the crawler saw it: what the records of WARC have no room for."""

    url: str
    method: str = "GET"
    content: bytes = b""
    """Sent with the request."""
    role: PageRole | None = None
    """None for robots.txt."""
    finished: float
    """Seconds from the beginning of the audit."""
    fetched_at: datetime
    seconds: float = 0.0
    status: int | None = None
    failure: Failure | None = None
    tls_error: str | None = None
    address: str | None = None
    response: int | None = None
    """Which of the kept responses is the answer; None where there was none."""


class KeptRendering(Record, frozen=True, kw_only=True):
    """One rendering of a page as the crawler saw it: what a replay needs in the place of the browser."""

    url: str
    """Of the document that was given to the browser."""
    reason: RenderReason | None = None
    outcome: RenderOutcome
    final_url: str = ""
    complete: bool = False
    refused: int = 0
    asked: tuple[str, ...] = ()
    """What was fetched for the page: those exchanges are archived as well."""
    rendered_at: datetime
    """UTC."""
    seconds: float = 0.0
    finished: float
    """Seconds from the beginning of the audit."""
    document: KeptContent | None = None
    """The rendered document, as a record of the type `conversion`."""


class KeptScreenshot(Record, frozen=True, kw_only=True):
    """A screenshot of a page that a finding rests on, as a record of the type `resource`."""

    url: str
    taken_at: datetime
    """UTC."""
    content: KeptContent


class AuditAccount(Record, frozen=True, kw_only=True):
    """The account of one audit, archived behind its exchanges: with it the audit can be carried out again, to the same findings."""

    scan_id: int
    site_id: int
    look: int = 1
    as_of: datetime
    standard: str
    limits: GatherSettings
    job: msgspec.Raw
    """What the judgement knew beforehand, as JSON: registry row, history, reachability visits."""
    started_at: datetime
    finished_at: datetime
    seconds: float
    out_of_time: bool = False
    """The site's deadline came first: requests under way were given up and are not archived."""
    exchanges: tuple[KeptExchange, ...] = ()
    responses: tuple[KeptResponse, ...] = ()
    browser: bool = False
    """There was a browser: what a page showed only by its scripts was rendered."""
    renderings: tuple[KeptRendering, ...] = ()
    screenshots: tuple[KeptScreenshot, ...] = msgspec.field(default=(), name="pictures")
    """Under the name that the archives have had for them from the beginning."""
    preceding: int = 0
    """Bytes of the audit's records before this one."""


ACCOUNT_TYPE = "application/vnd.xuncha.audit+json"
"""Content type of the metadata record that holds an `AuditAccount`."""
