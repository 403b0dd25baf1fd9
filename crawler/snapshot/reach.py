"""How far a visit to a site got, and why not further."""

from enum import StrEnum

from crawler.facts.records import Record


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


class Failure(Record, frozen=True, kw_only=True):
    """An exchange that brought no document: the kind, and one plain sentence of detail."""

    kind: FailureKind
    detail: str = ""
