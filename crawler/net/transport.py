"""The HTTP client behind the seam: httpx's requests and answers over aiohttp's connections. The only module that imports httpx."""

import asyncio
import ssl
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import ada_url
import aiohttp
import httpx
from httpx_aiohttp import AiohttpTransport

from crawler.net.decoding import decode_body
from crawler.net.failures import Refusal, failure_of
from crawler.net.fetcher import Exchange, Fetcher, Request
from crawler.net.politeness import AddressShare
from crawler.net.resolver import ConnectorResolver, NameMapping, Place, Resolver
from crawler.snapshot import Failure, FailureKind

USER_AGENT = "xuncha/0.1 (+about:xuncha)"
"""Names the program; whoever runs it puts a contact address of their own here."""

_MAX_HEADER_LINE = 64 << 10
_MAX_HEADERS = 256
_KEEPALIVE_SECONDS = 15.0
_SNIFFED = 4096
"""Bytes read of a body that is announced as a picture, film or archive: enough to see whether it is one."""

_PAGE_HEADERS = {
    "accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8",
    "accept-language": "zh-CN,zh;q=0.9",
    "accept-encoding": "gzip, deflate, br",
}
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
    address_connections: int = 6,
) -> AsyncIterator[Fetcher]:
    """Open a fetcher for any number of sites; closes its connections at the end.

    `resolve` maps names to places without the guard; `address_connections` is how many requests may run at one address at once.
    The environment is not read: a proxy or a file of certificate authorities must be given.
    """
    resolver = Resolver(resolve, proxy=proxy)
    strict = _transport(ssl_context or strict_ssl_context(), resolver, proxy)
    lax = _transport(lax_ssl_context(), resolver, proxy)
    try:
        yield HttpFetcher(strict, lax, resolver, user_agent=user_agent, share=AddressShare(address_connections))
    finally:
        await strict.aclose()
        await lax.aclose()


def _transport(context: ssl.SSLContext, resolver: Resolver, proxy: str | None) -> AiohttpTransport:
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
    return AiohttpTransport(verify=context, trust_env=False, client=session, proxy=httpx.Proxy(proxy) if proxy else None)


class HttpFetcher:
    """Carries out single hops; see `Fetcher`."""

    def __init__(
        self, strict: AiohttpTransport, lax: AiohttpTransport, resolver: Resolver, *, user_agent: str, share: AddressShare
    ) -> None:
        self._strict = strict
        self._lax = lax
        self._resolver = resolver
        self._user_agent = user_agent
        self._share = share
        self._untrusted: dict[str, str] = {}

    async def fetch(self, request: Request) -> Exchange:
        """Carry out one hop, redirects not followed. Trouble of the network is a value, never an exception."""
        loop = asyncio.get_running_loop()
        started = loop.time()
        answer = _Answer(request)
        try:
            place = await self._place(request)
            answer.address = place.address
            if place.mapped:
                await self._carry_out(answer)
            else:
                async with self._share.turn(place.address):
                    started = loop.time()
                    await self._carry_out(answer)
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

    async def _carry_out(self, answer: "_Answer") -> None:
        """Ask with the certificate checked; where that fails, note why and ask again without."""
        origin = _origin(answer.request.url)
        known = self._untrusted.get(origin)
        if known is None:
            await self._try(self._strict, answer)
            if answer.failure is None or answer.failure.kind is not FailureKind.TLS:
                return
            known = answer.failure.detail
        answer.tls_error, answer.failure = known, None
        await self._try(self._lax, answer)
        if answer.failure is None and len(self._untrusted) < _MAX_UNTRUSTED:
            self._untrusted[origin] = known

    async def _try(self, transport: AiohttpTransport, answer: "_Answer") -> None:
        request = answer.request
        limit = asyncio.timeout(request.timeout)
        try:
            async with limit:
                response = await transport.handle_async_request(self._client_request(request))
                try:
                    answer.take_head(response)
                    limit.reschedule(asyncio.get_running_loop().time() + request.body_timeout)
                    await answer.take_body(response)
                finally:
                    await response.aclose()
        except TimeoutError:
            answer.failure = Failure(kind=FailureKind.TIMEOUT, detail=answer.overdue())
        except Exception as error:  # the client's own tree of errors is wide and leaks others: here they all become values
            answer.failure = failure_of(error)
        answer.decode()

    def _client_request(self, request: Request) -> httpx.Request:
        headers = {**_PAGE_HEADERS, "user-agent": self._user_agent, **dict(request.headers)}
        try:
            return httpx.Request(request.method, request.url, headers=headers, content=request.content or None)
        except httpx.InvalidURL:
            raise Refusal(Failure(kind=FailureKind.BAD_URL, detail="The address is not valid.")) from None


class _Answer:
    """One answer as it comes in."""

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

    def take_head(self, response: httpx.Response) -> None:
        self.status = response.status_code
        self.headers = tuple((name.decode("latin-1").lower(), value.decode("latin-1").strip()) for name, value in response.headers.raw)

    async def take_body(self, response: httpx.Response) -> None:
        limit = self.request.max_bytes
        no_page = next((value for name, value in self.headers if name == "content-type"), "").lower().startswith(_NO_PAGE)
        stream = response.stream
        assert isinstance(stream, httpx.AsyncByteStream)
        async for chunk in stream:
            self._raw += chunk
            if len(self._raw) > limit:
                del self._raw[limit:]
                self.failure = Failure(kind=FailureKind.TOO_LARGE, detail=f"The body is larger than {limit} bytes.")
                return
            if no_page and len(self._raw) >= _SNIFFED and b"<html" not in self._raw[:_SNIFFED].lower():
                return

    def decode(self) -> None:
        """Undo the content encoding of what was received."""
        encoding = ",".join(value for name, value in self.headers if name == "content-encoding")
        self._body, broken = decode_body(bytes(self._raw), encoding, self.request.max_bytes)
        self.failure = self.failure or broken

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


def _origin(url: str) -> str:
    """Return scheme, host and port of an address."""
    return ada_url.URL(url).origin
