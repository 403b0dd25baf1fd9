"""The HTTP client behind the seam: httpx's requests and answers over aiohttp's connections. The only module that imports httpx."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from typing import NamedTuple

import ada_url
import aiohttp
import httpx
from httpx_aiohttp import AiohttpTransport

from crawler.net.answer import Answer
from crawler.net.failures import Refusal, failure_of
from crawler.net.fetcher import Exchange, Fetcher, Request
from crawler.net.lateness import Lateness
from crawler.net.lenient_http import answering
from crawler.net.politeness import AddressShare
from crawler.net.resolver import ConnectorResolver, NameMapping, Place, Resolver
from crawler.snapshot import Failure, FailureKind

USER_AGENT = "xuncha/0.1 (+about:xuncha)"
"""Names the program; whoever runs it puts a contact address of their own here."""

_MAX_HEADER_LINE = 64 << 10
_MAX_HEADERS = 256
_TOO_LATE = 0.2
_LEAST_LATE = 1.0
"""A part of the time a request has, and seconds: where this process ran later than both, an answer may have lain there unread."""
_KEEPALIVE_SECONDS = 5.0
"""Connections of sites whose visit is over are given back soon: handles are counted over all sites."""

_PAGE_HEADERS = (
    ("accept", "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"),
    ("accept-language", "zh-CN,zh;q=0.9"),
    ("accept-encoding", "gzip, deflate, br"),
)
_ADDRESS_CONNECTIONS = 6
"""How many requests may run at one address at once, whichever sites they belong to."""
_MAX_UNTRUSTED = 20_000


def strict_ssl_context(cafile: str | None = None) -> ssl.SSLContext:
    """Return a context that checks certificates, against a file of authorities or the bundled one (repeatable verdicts)."""
    if cafile is not None:
        return ssl.create_default_context(cafile=cafile)
    return httpx.create_ssl_context(trust_env=False)


def lax_ssl_context() -> ssl.SSLContext:
    """Return a context that talks to any server, however old or wrongly certified: to see the page a determined reader sees."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    context.set_ciphers("ALL:@SECLEVEL=0")
    context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED
    context.options |= getattr(ssl, "OP_LEGACY_SERVER_CONNECT", 0x4)
    return context


@asynccontextmanager
async def open_fetcher(
    *,
    resolve: Sequence[NameMapping] = (),
    proxy: str | None = None,
    user_agent: str = USER_AGENT,
    ssl_context: ssl.SSLContext | None = None,
) -> AsyncIterator[Fetcher]:
    """Open a fetcher for any number of sites; closes its connections at the end.

    `resolve` maps names to places without the guard.
    The environment is not read: a proxy or a file of certificate authorities must be given.
    """
    resolver = Resolver(resolve, proxy=proxy)
    strict = _route(ssl_context or strict_ssl_context(), resolver, proxy)
    lax = _route(lax_ssl_context(), resolver, proxy)
    share = AddressShare(_ADDRESS_CONNECTIONS)
    try:
        with Lateness() as lateness:
            yield HttpFetcher(strict, lax, resolver, user_agent=user_agent, share=share, lateness=lateness)
    finally:
        await strict.transport.aclose()
        await lax.transport.aclose()


class _Route(NamedTuple):
    """One way to ask: by which client, and which certificates are good enough."""

    transport: AiohttpTransport
    context: ssl.SSLContext
    direct: bool
    """Whether servers are connected to without a proxy between."""


def _route(context: ssl.SSLContext, resolver: Resolver, proxy: str | None) -> _Route:
    connector = aiohttp.TCPConnector(
        resolver=ConnectorResolver(resolver, proxy=proxy),
        use_dns_cache=False,
        ssl=context,
        limit=0,
        keepalive_timeout=_KEEPALIVE_SECONDS,
    )
    session = aiohttp.ClientSession(
        connector=connector,
        cookie_jar=aiohttp.DummyCookieJar(),
        trust_env=False,
        auto_decompress=False,
        max_line_size=_MAX_HEADER_LINE,
        max_field_size=_MAX_HEADER_LINE,
        max_headers=_MAX_HEADERS,
        timeout=aiohttp.ClientTimeout(total=None),
    )
    transport = AiohttpTransport(verify=context, trust_env=False, client=session, proxy=httpx.Proxy(proxy) if proxy else None)
    return _Route(transport, context, proxy is None)


class HttpFetcher:
    """Carries out single hops; see `Fetcher`."""

    def __init__(
        self, strict: _Route, lax: _Route, resolver: Resolver, *, user_agent: str, share: AddressShare, lateness: Lateness
    ) -> None:
        self._strict = strict
        self._lax = lax
        self._resolver = resolver
        self._user_agent = user_agent
        self._share = share
        self._lateness = lateness
        self._untrusted: dict[str, str] = {}

    async def fetch(self, request: Request) -> Exchange:
        """Carry out one hop, redirects not followed. Trouble of the network is a value, never an exception."""
        loop = asyncio.get_running_loop()
        started = loop.time()
        answer = Answer(request)
        try:
            place = await self._place(request)
            if place.mapped:
                answer = await self._carry_out(request, place)
            else:
                async with self._share.turn(place.address):
                    started = loop.time()
                    answer = await self._carry_out(request, place)
            answer.address = place.address
        except Refusal as refusal:
            answer.failure = refusal.failure
        return answer.exchange(loop.time() - started)

    async def _place(self, request: Request) -> Place:
        try:
            url = ada_url.URL(request.url)
        except (ValueError, UnicodeError):
            raise Refusal(Failure(kind=FailureKind.BAD_URL, detail="The address is not valid.")) from None
        if url.protocol not in ("http:", "https:") or not url.hostname:
            raise Refusal(Failure(kind=FailureKind.BAD_URL, detail="The address is not one of http or https."))
        try:
            async with asyncio.timeout(request.timeout):
                return (await self._resolver.places(url.hostname))[0]
        except TimeoutError:
            raise Refusal(Failure(kind=FailureKind.DNS, detail=f"The name servers gave no answer in {request.timeout:g} s.")) from None

    async def _carry_out(self, request: Request, place: Place) -> Answer:
        """Ask with the certificate checked; where that fails, note why and ask again without."""
        origin = _origin(request.url) if request.url.startswith("https:") else ""
        known = self._untrusted.get(origin)
        if known is None:
            answer = await self._ask(self._strict, request, place)
            if answer.failure is None or answer.failure.kind is not FailureKind.TLS:
                return answer
            known = answer.failure.detail
        answer = await self._ask(self._lax, request, place)
        answer.tls_error = known
        if answer.failure is None and len(self._untrusted) < _MAX_UNTRUSTED:
            self._untrusted[origin] = known
        return answer

    async def _ask(self, route: _Route, request: Request, place: Place) -> Answer:
        """Ask strictly; where the answer is not valid HTTP, once more and read it as forgivingly as browsers do."""
        headers = {name: _wire(value) for name, value in (*_PAGE_HEADERS, ("user-agent", self._user_agent), *request.headers)}
        answer = await self._timed(request, _strictly(route.transport, request, headers))
        if answer.failure is None or answer.failure.kind is not FailureKind.PROTOCOL or not route.direct:
            return answer
        second = await self._timed(request, _forgivingly(route.context, request, headers, place))
        return second if second.failure is None or second.failure.kind is FailureKind.TOO_LARGE else answer

    async def _timed(self, request: Request, ask: "_Asked") -> Answer:
        """Carry out an attempt within its time, and undo the content encoding of what came."""
        answer, late_before = Answer(request), self._lateness.seconds()
        limit = asyncio.timeout(request.timeout)
        try:
            async with limit:
                await ask(answer, limit)
        except TimeoutError:
            answer.failure = _overdue(answer, self._lateness.seconds() - late_before)
        except Exception as error:  # the client's own tree of errors is wide and leaks others: here they all become values
            answer.failure = failure_of(error)
        await answer.decode()
        return answer


_Asked = Callable[[Answer, asyncio.Timeout], Awaitable[None]]


def _overdue(answer: Answer, late: float) -> Failure:
    """Tell a server that did not answer in time from this machine, which ran late, and may have left an answer unread."""
    if late > max(_LEAST_LATE, _TOO_LATE * answer.request.timeout):
        return Failure(kind=FailureKind.OWN_FAULT, detail="This machine was too busy to read an answer in time.")
    return Failure(kind=FailureKind.TIMEOUT, detail=answer.overdue())


def _strictly(transport: AiohttpTransport, request: Request, headers: Mapping[str, bytes]) -> _Asked:
    async def ask(answer: Answer, limit: asyncio.Timeout) -> None:
        response = await transport.handle_async_request(_client_request(request, headers))
        try:
            stream = response.stream
            assert isinstance(stream, httpx.AsyncByteStream)
            names_and_values = ((name.decode("latin-1").lower(), value.decode("latin-1").strip()) for name, value in response.headers.raw)
            answer.take_head(response.status_code, tuple(names_and_values))
            limit.reschedule(asyncio.get_running_loop().time() + request.body_timeout)
            await answer.take_body(stream)
        finally:
            await response.aclose()

    return ask


def _forgivingly(context: ssl.SSLContext, request: Request, headers: Mapping[str, bytes], place: Place) -> _Asked:
    async def ask(answer: Answer, limit: asyncio.Timeout) -> None:
        async with answering(request, headers, place, context) as (head, body):
            answer.take_head(head.status, head.headers)
            limit.reschedule(asyncio.get_running_loop().time() + request.body_timeout)
            await answer.take_body(body)

    return ask


def _client_request(request: Request, headers: Mapping[str, bytes]) -> httpx.Request:
    encoded = [(name.encode(), value) for name, value in headers.items()]
    try:
        return httpx.Request(request.method, request.url, headers=encoded, content=request.content or None)
    except httpx.InvalidURL:
        raise Refusal(Failure(kind=FailureKind.BAD_URL, detail="The address is not valid.")) from None


def _wire(value: str) -> bytes:
    """Encode the value of a header: as the bytes it came in where it is a server's own, else in UTF-8, such as the name of an office."""
    try:
        return value.encode("latin-1")
    except UnicodeEncodeError:
        return value.encode()


def _origin(url: str) -> str:
    """Return scheme, host and port of an address."""
    return ada_url.URL(url).origin
