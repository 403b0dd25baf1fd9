"""One site's visit: every request it makes goes through here, with its robots.txt, pace, cookies and budget."""

import asyncio
import email.utils
import re
from collections.abc import Callable
from datetime import UTC, datetime
from urllib.parse import quote

import msgspec

from crawler.facts.records import Record
from crawler.limits import GatherSettings
from crawler.net.cookies import SiteCookies
from crawler.net.fetcher import Exchange, Fetcher, Request
from crawler.net.politeness import Pace
from crawler.net.robots import MAX_BYTES, RobotsRules
from crawler.snapshot import Failure, FailureKind, Hop, PageRole
from crawler.urls import bare_host, host_of, is_web, resolve

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_BECOMES_GET = frozenset({301, 302, 303})
_MAX_ROBOTS_REDIRECTS = 5
_MAX_LOCATION = 4_000
_NOTHING_LEARNT = frozenset({FailureKind.BUDGET, FailureKind.OWN_FAULT, FailureKind.GUARD})
_DISALLOWED = "The site's robots.txt does not allow this address."


class Event(Record, frozen=True, kw_only=True):
    """One exchange that took place, for progress and for the evidence archive."""

    exchange: Exchange
    role: PageRole | None
    """None for robots.txt."""


class Fetched(Record, frozen=True, kw_only=True):
    """A document that was asked for: the last exchange, and the redirects that led to it."""

    url: str
    exchange: Exchange
    hops: tuple[Hop, ...] = ()

    @property
    def final_url(self) -> str:
        """Return the address of the last exchange."""
        return self.exchange.request.url

    @property
    def failure(self) -> Failure | None:
        """Return why there is no whole document."""
        return self.exchange.failure


class SiteVisit:
    """The requests of one site."""

    def __init__(self, fetcher: Fetcher, settings: GatherSettings, on_event: Callable[[Event], None] | None = None) -> None:
        self.settings = settings
        self.requests = 0
        self.received_bytes = 0
        self.deadline = asyncio.get_running_loop().time() + settings.deadline
        self.budget_spent = False
        self._fetcher = fetcher
        self._on_event = on_event
        self._pace = Pace(delay=settings.delay, connections=settings.connections)
        self._cookies = SiteCookies()
        self._robots: dict[str, asyncio.Task[RobotsRules | Failure]] = {}

    @property
    def requests_left(self) -> int:
        """Return how many requests may still be made."""
        return self.settings.max_requests - self.requests

    @property
    def seconds_left(self) -> float:
        """Return the seconds until the site's deadline."""
        return self.deadline - asyncio.get_running_loop().time()

    async def get(self, url: str, role: PageRole, *, stay: frozenset[str] | None = None) -> Fetched:
        """Fetch a document, redirects followed by hand; with `stay`, those that leave these bare hosts are recorded and not followed."""
        return await self.send(Request(url=url), role, stay=stay)

    async def send(self, request: Request, role: PageRole, *, stay: frozenset[str] | None = None) -> Fetched:
        """Send any safe request, as `get` does."""
        url = request.url
        hops: list[Hop] = []
        seen: set[tuple[str, str]] = set()
        while True:
            step = (request.url, self._cookies.header(request.url))
            if step in seen or len(hops) > self.settings.max_redirects:
                exchange = _failed(request, FailureKind.REDIRECT_LOOP, f"The redirects do not end after {len(hops)} hops.")
                break
            seen.add(step)
            exchange = await self._permitted(request, role)
            location = _location(exchange)
            if not location:
                break
            target = resolve(location, request.url)
            hops.append(Hop(url=request.url, status=exchange.status or 0, location=(target or location)[:_MAX_LOCATION]))
            if target is None or not is_web(target) or len(target) > _MAX_LOCATION:
                exchange = _failed(request, FailureKind.BAD_URL, "The site redirects to an address that is not one of the web.")
                break
            if stay is not None and bare_host(host_of(target)) not in stay:
                break
            request = _redirected(request, exchange, target.partition("#")[0])
        return Fetched(url=url, exchange=exchange, hops=tuple(hops))

    async def _permitted(self, request: Request, role: PageRole) -> Exchange:
        """Send a request if the robots.txt of its host allows it."""
        rules = await self.robots(request.url)
        if isinstance(rules, RobotsRules):
            return await self._hop(request, role) if rules.allows(request.url) else _failed(request, FailureKind.ROBOTS, _DISALLOWED)
        if role is not PageRole.HOME or rules.kind in _NOTHING_LEARNT:
            return _failed(request, rules.kind, rules.detail)
        return await self._knock(request, rules)

    async def _knock(self, request: Request, robots_failure: Failure) -> Exchange:
        """Ask for a homepage whose robots.txt cannot be had: only so a dead host can be told from one that disallows all (RFC 9309)."""
        exchange = await self._hop(request, PageRole.HOME)
        if exchange.failure or exchange.status is None or exchange.status >= 400:
            return exchange
        # The host lives: its robots.txt gets the same second chance that its homepage has.
        self._robots.pop(host_of(request.url), None)
        rules = await self.robots(request.url)
        if isinstance(rules, RobotsRules):
            return exchange if rules.allows(request.url) else _failed(request, FailureKind.ROBOTS, _DISALLOWED)
        return _failed(
            request, FailureKind.ROBOTS, f"The robots.txt cannot be had, so that everything counts as disallowed. {robots_failure.detail}"
        )

    async def robots(self, url: str) -> RobotsRules | Failure:
        """Return the rules of an address's host, asked for once; a failure where its robots.txt cannot be had."""
        host = host_of(url)
        if host not in self._robots:
            self._robots[host] = asyncio.ensure_future(self._ask_robots(url))
        return await asyncio.shield(self._robots[host])

    async def close(self) -> None:
        """End what still runs for this visit."""
        for task in self._robots.values():
            task.cancel()
        await asyncio.gather(*self._robots.values(), return_exceptions=True)

    async def _ask_robots(self, url: str) -> RobotsRules | Failure:
        target = resolve("/robots.txt", url) or url
        exchange: Exchange | None = None
        for _ in range(_MAX_ROBOTS_REDIRECTS + 1):
            exchange = await self._hop(Request(url=target, max_bytes=MAX_BYTES), None)
            location = _location(exchange)
            if not location:
                break
            following = resolve(location, target)
            if following is None or not is_web(following):
                return RobotsRules()
            target = following
        else:
            return RobotsRules()  # RFC 9309, 2.3.1.2: after five redirects the file may be taken for missing
        rules = _robots_rules(exchange)
        if isinstance(rules, RobotsRules):
            self._pace.delay = max(self._pace.delay, rules.crawl_delay())
        return rules

    async def _hop(self, request: Request, role: PageRole | None) -> Exchange:
        """Send one request at its turn; where the server names a time to come back, keep to it and ask once more."""
        exchange = await self._paced(request, role)
        pause = _retry_after(exchange)
        if pause is not None:
            self._pace.hold(min(pause, self.settings.deadline))
            if pause < self.seconds_left / 2:
                return await self._paced(request, role)
        return exchange

    async def _paced(self, request: Request, role: PageRole | None) -> Exchange:
        if spent := self._spent() or self._too_late():
            return self._unsent(request, spent)
        async with self._pace.turn():
            if spent := self._spent():  # by those whose turn came before
                return self._unsent(request, spent)
            self.requests += 1
            try:
                exchange = await self._fetcher.fetch(self._ready(request, role))
            except asyncio.CancelledError:
                self.requests -= 1  # a page in the browser came to rest without it: it counts as never made, here and in a replay
                raise
        self.received_bytes += len(exchange.raw_body)
        self._cookies.take(exchange)
        if self._on_event:
            self._on_event(Event(exchange=exchange, role=role))
        return exchange

    def _unsent(self, request: Request, spent: str) -> Exchange:
        self.budget_spent = True
        return _failed(request, FailureKind.BUDGET, spent)

    def _ready(self, request: Request, role: PageRole | None) -> Request:
        """Give a request the limits and cookies of this moment."""
        cookie = self._cookies.header(request.url)
        seconds = self._seconds_for(role)
        return msgspec.structs.replace(
            request,
            timeout=seconds,
            body_timeout=seconds,
            max_bytes=min(request.max_bytes, self.settings.max_page_bytes, max(1, self.settings.max_bytes - self.received_bytes)),
            headers=(*request.headers, ("cookie", cookie)) if cookie else request.headers,
        )

    def _seconds_for(self, role: PageRole | None) -> float:
        if role is PageRole.HOME:
            return self.settings.homepage_timeout
        if role is not None:
            return self.settings.page_timeout
        # robots.txt: leave time for the homepage's own full try, however short the deadline.
        spare = (self.seconds_left - self.settings.homepage_timeout) / 3
        return max(1.0, min(self.settings.robots_timeout, spare))

    def _spent(self) -> str:
        if self.requests >= self.settings.max_requests:
            return f"The site's budget of {self.settings.max_requests} requests is used up."
        if self.received_bytes >= self.settings.max_bytes:
            return f"The site's budget of {self.settings.max_bytes} bytes is used up."
        return ""

    def _too_late(self) -> str:
        return (
            "The pause that is due before the next request goes beyond the site's deadline."
            if self._pace.starts_at() >= self.deadline
            else ""
        )


def _failed(request: Request, kind: FailureKind, detail: str) -> Exchange:
    return Exchange(request=request, fetched_at=datetime.now(UTC), failure=Failure(kind=kind, detail=detail))


def _redirected(request: Request, exchange: Exchange, target: str) -> Request:
    """Return the request a redirect leads to: a form sent by POST becomes a GET as in browsers."""
    return Request(url=target) if exchange.status in _BECOMES_GET else msgspec.structs.replace(request, url=target)


def _robots_rules(exchange: Exchange) -> RobotsRules | Failure:
    """Read the answer to a request for robots.txt by RFC 9309, 2.3.1."""
    status = exchange.status
    if status is None:
        return exchange.failure or Failure(kind=FailureKind.PROTOCOL)
    if status >= 500:
        return Failure(kind=FailureKind.ROBOTS, detail=f"The robots.txt answers {status}: everything counts as disallowed (RFC 9309).")
    if not 200 <= status < 300:
        return RobotsRules()
    if exchange.failure and exchange.failure.kind not in (FailureKind.TOO_LARGE, FailureKind.DECODE):
        return exchange.failure
    return RobotsRules.from_bytes(exchange.body)


def _location(exchange: Exchange) -> str:
    """Return where an answer redirects to; bytes that are not ASCII are escaped as browsers do."""
    if exchange.status not in _REDIRECTS:
        return ""
    return quote(exchange.header("location").encode("latin-1"), safe="".join(map(chr, range(0x21, 0x7F))))


_SECONDS = re.compile(r"\d{1,9}")


def _retry_after(exchange: Exchange) -> float | None:
    """Return the seconds a server asks us to stay away; None where it does not."""
    if exchange.status not in (429, 503):
        return None
    value = exchange.header("retry-after")
    if _SECONDS.fullmatch(value):
        return float(value)
    try:
        return max(0.0, (email.utils.parsedate_to_datetime(value) - datetime.now(UTC)).total_seconds())
    except (ValueError, TypeError):
        return None
