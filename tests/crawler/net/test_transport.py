"""One hop: certificates, proxies, cookies, headers as they go over the wire, and who is asked."""

import asyncio
import datetime as dt
import gzip
import ssl
import time

import pytest
import trustme

from crawler.gather import GatherSettings, gather
from crawler.knock import knock
from crawler.net.fetcher import Request
from crawler.net.resolver import parse_mapping
from crawler.net.transport import lax_ssl_context, open_fetcher, strict_ssl_context
from crawler.snapshot import FailureKind, Reach, ReachReason, Target
from tests.crawler.gathering import AS_OF, QUICK
from tests.crawler.plays import BYTES, PAGE, page, raw, reset, silence
from tests.crawler.servers import HOME, HOST, Call, Server, fetching, serving
from tests.patience import best_of_tries, patience


def server_context(authority: trustme.CA, host: str = HOST, *, expired: bool = False) -> ssl.SSLContext:
    """Return the context of a server with a certificate for a host."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    past = dt.datetime(2017, 1, 1, tzinfo=dt.UTC) if expired else None
    authority.issue_cert(host, not_after=past).configure_cert(context)
    return context


def client_context(authority: trustme.CA) -> ssl.SSLContext:
    """Return the context of a client that trusts an authority."""
    context = ssl.create_default_context()
    authority.configure_trust(context)
    return context


async def test_a_good_certificate_leaves_no_remark() -> None:
    authority = trustme.CA()
    async with serving(page(), context=server_context(authority)) as server, fetching(server, context=client_context(authority)) as fetcher:
        exchange = await fetcher.fetch(Request(url=f"https://{HOST}/"))
    assert (exchange.status, exchange.body, exchange.tls_error, exchange.failure) == (200, BYTES, None, None)


@pytest.mark.parametrize(
    ("host", "expired", "known", "said"),
    [(HOST, False, False, "issuer"), ("www.other.gov.cn", False, True, "Hostname mismatch"), (HOST, True, True, "expired")],
)
async def test_a_bad_certificate_is_recorded_and_the_page_is_seen_all_the_same(host: str, expired: bool, known: bool, said: str) -> None:
    authority = trustme.CA()
    trusted = client_context(authority if known else trustme.CA())
    async with (
        serving(page(), context=server_context(authority, host, expired=expired)) as server,
        fetching(server, context=trusted) as fetcher,
    ):
        snapshot = await gather(Target(url=f"https://{HOST}/"), fetcher=fetcher, settings=QUICK, as_of=AS_OF)
    assert snapshot.reach is Reach.OK
    assert snapshot.home is not None
    assert said in (snapshot.home.tls_error or "")


async def test_a_server_that_speaks_no_tls_is_down_for_tls() -> None:
    async def plain(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n")
        await reader.read(1000)
        writer.close()

    listener = await asyncio.start_server(plain, "127.0.0.1", 0)
    async with listener, fetching(Server(listener.sockets[0].getsockname()[1])) as fetcher:
        snapshot = await gather(Target(url=f"https://{HOST}/"), fetcher=fetcher, settings=QUICK, as_of=AS_OF)
    assert (snapshot.reach, snapshot.reach_reason) == (Reach.DOWN, ReachReason.TLS)


def test_the_contexts_check_and_do_not_check() -> None:
    assert strict_ssl_context().verify_mode is ssl.CERT_REQUIRED
    assert lax_ssl_context().verify_mode is ssl.CERT_NONE


async def test_the_crawler_says_who_it_is_and_sends_addresses_as_they_are() -> None:
    async with serving(page()) as server, fetching(server) as fetcher:
        await fetcher.fetch(Request(url=f"http://{HOST}/a%2Fb/%C4%E3?q=%C4%E3%20+x&amp;y=1"))
    (call,) = server.calls
    assert call.path == "/a%2Fb/%C4%E3?q=%C4%E3%20+x&amp;y=1"
    assert call.headers["host"] == HOST
    assert call.headers["user-agent"].startswith("xuncha/")
    assert "br" in call.headers["accept-encoding"]


async def test_an_answer_that_only_browsers_forgive_is_read_from_the_checked_address_over_tls_as_well() -> None:
    authority = trustme.CA()
    broken = raw(b"HTTP/1.1 200 OK\r\nnonsense\r\n\r\n" + BYTES)
    async with serving(broken, context=server_context(authority)) as server, fetching(server, context=client_context(authority)) as fetcher:
        exchange = await fetcher.fetch(Request(url=f"https://{HOST}/a?b=c", headers=(("cookie", "a=b"),)))
    assert (exchange.status, exchange.body, exchange.tls_error, exchange.failure) == (200, BYTES, None, None)
    strict, forgiving = server.calls
    assert strict.path == forgiving.path == "/a?b=c"
    same = ("host", "user-agent", "accept", "accept-encoding", "cookie")
    assert [strict.headers[name] for name in same] == [forgiving.headers[name] for name in same]


async def test_who_runs_it_may_have_a_chinese_name() -> None:
    async with serving(page()) as server:
        mapping = parse_mapping(f"*.gov.cn=127.0.0.1:{server.port}")
        async with open_fetcher(resolve=[mapping], user_agent="xuncha/0.1 (某省政务公开办)") as fetcher:
            assert (await fetcher.fetch(Request(url=HOME))).status == 200
    assert server.calls[0].headers["user-agent"].encode("latin-1").decode() == "xuncha/0.1 (某省政务公开办)"


@best_of_tries
async def test_the_loop_goes_on_while_a_large_body_is_decompressed() -> None:
    bomb = gzip.compress(gzip.compress(bytes(200 << 20), 6))

    async def play(call: Call) -> None:
        await call.answer(bomb, headers="Content-Encoding: gzip, gzip\r\n")

    async with serving(play) as server, fetching(server) as fetcher:
        request = asyncio.ensure_future(fetcher.fetch(Request(url=HOME, max_bytes=150 << 20)))
        longest, last = 0.0, time.monotonic()
        while not request.done():
            await asyncio.sleep(0.005)
            now = time.monotonic()
            longest, last = max(longest, now - last), now
    exchange = await request
    assert exchange.failure is not None
    assert exchange.failure.kind is FailureKind.TOO_LARGE
    assert longest < exchange.seconds / 2


async def test_the_environment_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:1")
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:1")
    async with serving(page()) as server, fetching(server) as fetcher:
        assert (await fetcher.fetch(Request(url=HOME))).status == 200


async def test_a_proxy_is_used_when_it_is_given_and_addresses_that_are_not_public_are_refused_before_it() -> None:
    async with serving(page()) as server, open_fetcher(proxy=f"http://127.0.0.1:{server.port}") as fetcher:
        assert (await fetcher.fetch(Request(url=HOME))).body == BYTES
        refused = await fetcher.fetch(Request(url="http://0x7f.1/"))
    assert server.asked == [HOME]
    assert refused.failure is not None
    assert refused.failure.kind is FailureKind.GUARD


async def test_without_a_mapping_a_loopback_server_is_never_asked() -> None:
    async with serving(page()) as server, open_fetcher() as fetcher:
        for host in ("127.0.0.1", "localhost", "2130706433", "[::ffff:7f00:1]"):
            exchange = await fetcher.fetch(Request(url=f"http://{host}:{server.port}/"))
            assert exchange.failure is not None
            assert exchange.failure.kind is FailureKind.GUARD
    assert server.asked == []


@pytest.mark.parametrize(
    "url", ["", "lizhou", "ftp://www.lizhou.gov.cn/", "http://", "http://[::1", "http://a b.gov.cn/", "data:text/html,x"]
)
async def test_what_is_no_address_of_the_web_is_a_value_and_nothing_is_sent(url: str) -> None:
    async with serving(page()) as server, fetching(server) as fetcher:
        exchange = await fetcher.fetch(Request(url=url))
        snapshot = await gather(Target(url=url or " "), fetcher=fetcher, settings=QUICK, as_of=AS_OF)
    assert exchange.failure is not None
    assert exchange.failure.kind is FailureKind.BAD_URL
    assert snapshot.reach is not Reach.OK


async def test_a_port_where_nobody_listens_and_a_name_without_address_are_down() -> None:
    async with open_fetcher(resolve=[parse_mapping("*.gov.cn=127.0.0.1:1")]) as fetcher:
        refused = await gather(Target(url=HOME), fetcher=fetcher, settings=QUICK, as_of=AS_OF)
        unknown = await gather(Target(url="http://www.lizhou.invalid/"), fetcher=fetcher, settings=QUICK, as_of=AS_OF)
    assert (refused.reach, refused.reach_reason) == (Reach.DOWN, ReachReason.CONNECT)
    assert (unknown.reach, unknown.reach_reason) == (Reach.DOWN, ReachReason.DNS)


async def test_cookies_stay_within_the_site() -> None:
    async def play(call: Call) -> None:
        await call.answer(PAGE, headers="Set-Cookie: visitor=1; Domain=.gov.cn; Path=/\r\n")

    async with serving(play) as server, fetching(server) as fetcher:
        for url in (HOME, "http://www.tongan.gov.cn/"):
            await gather(Target(url=url), fetcher=fetcher, settings=QUICK, as_of=AS_OF)
    homes = [call.headers for call in server.calls if call.path == "/"]
    assert all("cookie" not in headers for headers in homes)


@pytest.mark.parametrize(
    ("play", "opened"), [(page(), True), (reset, False), (silence, False), (page(status="403 No"), None), (page(b""), None)]
)
async def test_a_knock_asks_once_and_tells_whether_the_site_opened(play: object, opened: bool | None) -> None:
    async with serving(play) as server, fetching(server) as fetcher:  # type: ignore[arg-type]
        seen = await knock(Target(url=HOME), fetcher=fetcher, settings=QUICK)
    assert seen.opened is opened
    # A reset on a connection that was kept open may be a farewell to it: the client asks once more on a new one.
    assert server.asked.count("/") == (2 if play is reset else 1)
    assert seen.seconds < patience(1)


async def test_a_deadline_before_the_homepage_is_no_judgement_on_the_site() -> None:
    hurried = GatherSettings(deadline=0.3, delay=0, homepage_timeout=15)
    async with serving(silence) as server, fetching(server) as fetcher:
        snapshot = await gather(Target(url=HOME), fetcher=fetcher, settings=hurried, as_of=AS_OF)
    assert (snapshot.reach, snapshot.reach_reason) == (Reach.UNCLEAR, ReachReason.BUDGET)
    assert snapshot.coverage.budget_spent


@best_of_tries
async def test_a_slow_site_does_not_slow_the_others() -> None:
    async def play(call: Call) -> None:
        await (silence(call) if "slow" in call.headers["host"] else call.answer(PAGE))

    async with serving(play) as server, fetching(server) as fetcher:
        targets = [Target(url=f"http://{name}{number}.gov.cn/") for number in range(10) for name in ("slow", "quick")]
        snapshots = await asyncio.gather(*(gather(each, fetcher=fetcher, settings=QUICK, as_of=AS_OF) for each in targets))
    slow, quick = ([each for each in snapshots if name in each.host] for name in ("slow", "quick"))
    assert {each.reach for each in slow} == {Reach.DOWN}
    assert max(each.seconds for each in quick) < min(each.seconds for each in slow)


async def test_a_machine_too_busy_to_read_the_answer_blames_no_server() -> None:
    async with serving(silence) as server, fetching(server) as fetcher:
        asking = asyncio.create_task(fetcher.fetch(Request(url=HOME, timeout=1.6)))
        # Everything is held up again and again while the answer would be read.
        for moment in range(1, 6):
            asyncio.get_running_loop().call_later(0.05 * moment, time.sleep, 0.3)
        exchange = await asking
    assert exchange.failure is not None and exchange.failure.kind is FailureKind.OWN_FAULT
