"""The words of the crawler: what is asked of it (`Target`), and all that it brings back of one site (`SiteSnapshot`)."""

from datetime import datetime
from enum import StrEnum

from crawler.facts.records import STAND_INS, PageFacts, PageType, Record, SearchForm
from crawler.rendering_records import Rendering, RenderOutcome


class Reach(StrEnum):
    """How far a visit got."""

    OK = "ok"
    """Content was seen."""
    DOWN = "down"
    """This visit failed. It counts towards the open-rate, never by itself as a verdict."""
    BLOCKED = "blocked"
    """WAF, login, robots, 403/412/521, captcha."""
    UNCLEAR = "unclear"
    """Soft error, empty, not HTML, script-only, over limits."""


class FailureKind(StrEnum):
    """Why an exchange brought no document (closed list)."""

    DNS = "dns"
    CONNECT = "connect"
    TLS = "tls"
    TIMEOUT = "timeout"
    RESET = "reset"
    PROTOCOL = "protocol"
    TOO_LARGE = "too_large"
    DECODE = "decode"
    ROBOTS = "robots"
    GUARD = "guard"
    """A private or otherwise forbidden address: refused, nothing was sent."""
    REDIRECT_LOOP = "redirect_loop"
    BAD_URL = "bad_url"
    BUDGET = "budget"
    """The site's budget of time, requests or bytes was used up before this request."""
    OWN_FAULT = "own_fault"
    """The machine the crawler runs on is out of handles or off the network: nothing is learnt about the site."""


class ReachReason(StrEnum):
    """Why a site's reach is not `ok` (closed list; the first block mirrors `FailureKind`)."""

    DNS = "dns"
    CONNECT = "connect"
    TLS = "tls"
    TIMEOUT = "timeout"
    RESET = "reset"
    PROTOCOL = "protocol"
    TOO_LARGE = "too_large"
    DECODE = "decode"
    ROBOTS = "robots"
    GUARD = "guard"
    REDIRECT_LOOP = "redirect_loop"
    BAD_URL = "bad_url"
    BUDGET = "budget"
    HTTP_4XX = "http_4xx"
    HTTP_5XX = "http_5xx"
    FORBIDDEN = "forbidden"
    """401, 403, 405, 412, 429, 521 and their like without a recognised challenge page."""
    CHALLENGE = "challenge"
    LOGIN = "login"
    EMPTY = "empty"
    NOT_HTML = "not_html"
    SOFT_404 = "soft_404"
    SCRIPT_ONLY = "script_only"
    MAINTENANCE = "maintenance"
    MOVED = "moved"
    CLOSED = "closed"
    OFFLINE = "offline"
    SPAM = "spam"
    CRAWLER_ERROR = "crawler_error"
    """The crawler's own fault: never the site's."""


OLD_COPY = 2 * 86_400
"""Seconds for which a cache may have kept a page that still counts as the present one."""


class Failure(Record, frozen=True, kw_only=True):
    """An exchange that brought no document: the kind, and one plain sentence of detail."""

    kind: FailureKind
    detail: str = ""


class Hop(Record, frozen=True, kw_only=True):
    """One redirect on the way: from where, with which status, to where."""

    url: str
    status: int
    location: str


class PageRole(StrEnum):
    """Why a page was fetched."""

    HOME = "home"
    CHANNEL = "channel"
    """A second-level page of a homepage that is only a navigation entry."""
    COLUMN = "column"
    ARTICLE = "article"
    INTERACTION = "interaction"
    GUIDE = "guide"
    REPORT = "report"
    SEARCH = "search"
    FOOTER = "footer"
    FRAME = "frame"
    """A frame of the homepage: what stands in it is a part of the homepage."""
    PICTURE = "picture"
    """Behind a link of the homepage that is a picture without a name: it may be anything, a letter box too. So may the map of the site."""
    RESOURCE = "resource"
    """What a page that is rendered asks for: no page of the snapshot."""


class Page(Record, frozen=True, kw_only=True):
    """One page of a snapshot: the exchange in short, and the facts of the document where there is one."""

    role: PageRole
    url: str
    final_url: str
    status: int | None = None
    failure: Failure | None = None
    facts: PageFacts | None = None
    """Beside a failure: read from the part of the document that came. Absence in them proves nothing."""
    hops: tuple[Hop, ...] = ()
    fetched_at: datetime
    """UTC."""
    seconds: float = 0.0
    sha256: str = ""
    """Of the body after content decoding."""
    last_modified: str | None = None
    kept_for: int = 0
    """Seconds for which caches on the way have kept the page, by their own word (`Age`)."""
    tls_error: str | None = None
    """Why the certificate was not trusted; the page was fetched all the same."""
    found_on: str | None = None
    """The page whose link led here."""
    link_text: str = ""
    rendering: Rendering | None = None
    """Set where something of the page exists only through scripts. If it was rendered, `facts`, `final_url` and `sha256` are those of the
    rendered document."""

    @property
    def is_whole(self) -> bool:
        """Tell whether the page itself was seen, to its end, as it is now: only then does it prove that something is not in it."""
        facts = self.facts
        if facts is None or self.failure is not None or self.status is None or self.status >= 400 or self.kept_for > OLD_COPY:
            return False
        if self.rendering is not None and self.rendering.is_partial:
            return False
        return facts.page_type not in STAND_INS and not facts.limited and not facts.script_dependent

    @property
    def shows_its_list(self) -> bool:
        """Tell whether a column was seen, to its end and with its list: one that a script fills may hold anything."""
        column = self.facts.column if self.facts else None
        return self.is_whole and not (column is not None and column.script_filled)

    @property
    def lacks_browser(self) -> bool:
        """Tell whether the page would have been rendered if there had been a browser."""
        return self.rendering is not None and self.rendering.outcome is RenderOutcome.NO_BROWSER

    @property
    def was_in_browser(self) -> bool:
        """Tell whether a browser was asked to show the page, whatever came of it."""
        return self.rendering is not None and not self.lacks_browser

    @property
    def is_gone(self) -> bool:
        """Tell whether the site itself says that there is no such page: a dead link, which hides nothing. A refusal says no such thing."""
        blank = self.facts is not None and self.facts.page_type is PageType.SOFT_404
        return self.status in (404, 410) or (blank and self.status is not None and self.status < 400)


class Outlink(Record, frozen=True, kw_only=True):
    """A link to another host, seen on this site: recorded, never followed by the audit of this site."""

    host: str
    url: str
    text: str
    found_on: str


class SearchTry(Record, frozen=True, kw_only=True):
    """A probe of the search box: what was asked, and the page that came back."""

    query: str
    expected: str | None
    """The title known to be on the site that a working search must find; None for the nonsense control query."""
    expected_url: str | None = None
    """Where that title stands: opened where the search did not find it."""
    form: SearchForm
    page: Page


class Coverage(Record, frozen=True, kw_only=True):
    """The proof that enough was seen to claim that something is absent."""

    homepage_seen: bool = False
    homepage_limited: bool = False
    """The homepage was cut, over the parser's limits, or breaks off before its end."""
    script_dependent: bool = False
    columns_found: int = 0
    columns_seen: int = 0
    pages_failed: int = 0
    budget_spent: bool = False
    """Columns, channels, interaction pages, guides or reports were left unfetched because of `--max-pages`, the deadline, or the site's
    budget. Articles are a sample: those left out do not count."""
    out_of_time: bool = False
    """The deadline came first: what the homepage's scripts add to it, which is looked at last, was not seen."""


class Target(Record, frozen=True, kw_only=True):
    """A site to be gathered: its address, and the registry's name for it where there is one."""

    url: str
    name: str = ""
    site_code: str | None = None


class SiteSnapshot(Record, frozen=True, kw_only=True):
    """All that the crawler gathered of one site in one audit: immutable, no DOM in it."""

    target: Target
    host: str
    started_at: datetime
    finished_at: datetime
    reach: Reach
    reach_reason: ReachReason | None = None
    reach_detail: str = ""
    """One plain sentence in English about the reason, without site text."""
    final_url: str = ""
    final_host: str = ""
    title: str = ""
    pages: tuple[Page, ...] = ()
    search_tries: tuple[SearchTry, ...] = ()
    outlinks: tuple[Outlink, ...] = ()
    coverage: Coverage = Coverage()
    requests: int = 0
    received_bytes: int = 0
    seconds: float = 0.0

    @property
    def home(self) -> Page | None:
        """Return the homepage, if it was seen."""
        return next((page for page in self.pages if page.role is PageRole.HOME), None)


class Knock(Record, frozen=True, kw_only=True):
    """One reachability visit: the homepage alone, once, within 15 seconds."""

    url: str
    opened: bool | None
    """None where nothing is learnt about the site: it refused the crawler, or the fault is the crawler's own."""
    reach: Reach
    reason: ReachReason | None = None
    detail: str = ""
    status: int | None = None
    at: datetime
    """UTC."""
    seconds: float = 0.0
