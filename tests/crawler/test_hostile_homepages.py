"""Whatever a homepage does, its site ends in one snapshot, in time, with the right reach and reason."""

import datetime as dt
import gzip
import time
import zlib
from collections.abc import Callable

import brotli
import pytest

from crawler.gather import GatherSettings, gather
from crawler.snapshot import Reach, ReachReason, SiteSnapshot, Target
from tests.crawler.plays import (
    BYTES,
    GZIPPED,
    HEAD,
    PAGE,
    brotli_bomb,
    cookie_gate,
    drip,
    encoded,
    endless_redirects,
    flood,
    page,
    raw,
    redirect,
    reset,
    second_time_lucky,
    sent_elsewhere,
    sent_to,
    silence,
    to_twin,
)
from tests.crawler.servers import HOME, Play, fetching, serving

AS_OF = dt.datetime(2018, 3, 1, tzinfo=dt.UTC)
QUICK = GatherSettings(
    delay=0, deadline=4, homepage_timeout=0.5, page_timeout=0.5, robots_timeout=0.3, second_try_pause=0.05, max_page_bytes=1 << 20
)

OK, DOWN, BLOCKED, UNCLEAR = Reach.OK, Reach.DOWN, Reach.BLOCKED, Reach.UNCLEAR
R = ReachReason

CASES: dict[str, tuple[Callable[[], Play], Reach, ReachReason | None]] = {
    "a healthy page": (page, OK, None),
    "a second try that succeeds": (second_time_lucky, OK, None),
    # connections and time
    "accepts and never answers": (lambda: silence, DOWN, R.TIMEOUT),
    "one byte at a time in the head": (lambda: drip(b"HTTP/1.1 200 OK\r\nX: ", b"a"), DOWN, R.TIMEOUT),
    "one byte at a time in the body": (lambda: drip(HEAD + b"\r\n" + BYTES[:900], b"a"), DOWN, R.TIMEOUT),
    "resets": (lambda: reset, DOWN, R.RESET),
    "closes without a word": (lambda: raw(b""), DOWN, R.RESET),
    "endless interim answers": (lambda: flood(b"", b"HTTP/1.1 103 Early Hints\r\n\r\n" * 100), DOWN, R.TIMEOUT),
    # bodies
    "an endless body": (lambda: flood(HEAD + b"\r\n", b"<p>" * 10_000), UNCLEAR, R.TOO_LARGE),
    "a body shorter than announced": (lambda: raw(HEAD + b"Content-Length: 99999\r\n\r\n" + BYTES), OK, None),
    "a body longer than announced": (
        lambda: raw(HEAD + b"Content-Length: %d\r\n\r\n" % len(BYTES) + BYTES + b"junk" * 99),
        OK,
        None,
    ),
    "almost nothing of an announced body": (lambda: raw(HEAD + b"Content-Length: 99999\r\n\r\n<html>"), DOWN, R.RESET),
    "junk for chunks": (lambda: raw(HEAD + b"Transfer-Encoding: chunked\r\n\r\nZZZ\r\n<html>"), UNCLEAR, R.PROTOCOL),
    "an empty body": (lambda: page(b""), UNCLEAR, R.EMPTY),
    "a blank body": (lambda: page(b" \r\n\t\xef\xbb\xbf \n" * 50), UNCLEAR, R.EMPTY),
    "a page without text": (lambda: page("<html><head></head><body></body></html>"), UNCLEAR, R.EMPTY),
    "a PDF": (lambda: page(b"%PDF-1.4\n" + b"0" * 5000, kind="application/pdf"), UNCLEAR, R.NOT_HTML),
    "a PDF labelled as a page": (lambda: page(b"%PDF-1.4\n" + b"0" * 5000), UNCLEAR, R.NOT_HTML),
    "a picture": (lambda: page(b"\x89PNG\r\n\x1a\n" + b"0" * 50, kind="image/png"), UNCLEAR, R.NOT_HTML),
    "an archive": (lambda: page(b"PK\x03\x04" + b"0" * 50, kind="application/zip"), UNCLEAR, R.NOT_HTML),
    "an endless film": (lambda: flood(b"HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\n\r\n", b"0" * 4096), UNCLEAR, R.NOT_HTML),
    "a page labelled as a download": (lambda: page(kind="application/octet-stream"), OK, None),
    "a page without a label": (lambda: raw(b"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n" + BYTES), OK, None),
    "UTF-16 with a byte order mark": (lambda: page(b"\xff\xfe" + PAGE.encode("utf-16-le"), kind="text/html"), OK, None),
    # content encodings
    "gzip": (lambda: encoded("gzip", GZIPPED), OK, None),
    "two gzip members": (lambda: encoded("gzip", gzip.compress(BYTES[:500]) + gzip.compress(BYTES[500:])), OK, None),
    "gzip with a tail of junk": (lambda: encoded("gzip", GZIPPED + b"\0" * 40), OK, None),
    "deflate as zlib": (lambda: encoded("deflate", zlib.compress(BYTES)), OK, None),
    "deflate without a wrapper": (lambda: encoded("deflate", zlib.compress(BYTES)[2:-4]), OK, None),
    "brotli": (lambda: encoded("br", brotli.compress(BYTES)), OK, None),
    "gzip in brotli": (lambda: encoded("gzip, br", brotli.compress(GZIPPED)), OK, None),
    "an encoding that is none": (lambda: encoded("utf-8", BYTES), OK, None),
    "truncated gzip": (lambda: encoded("gzip", GZIPPED[:-30]), OK, None),
    "gzip with a broken checksum": (lambda: encoded("gzip", GZIPPED[:-8] + b"\0" * 8), OK, None),
    "text labelled gzip": (lambda: encoded("gzip", BYTES), OK, None),
    "text labelled brotli": (lambda: encoded("br", BYTES), OK, None),
    "junk labelled gzip": (lambda: encoded("gzip", b"\x00\x01\x02" * 99), UNCLEAR, R.DECODE),
    "an encoding nobody asked for": (lambda: encoded("zstd", b"\x28\xb5\x2f\xfd" * 9), UNCLEAR, R.DECODE),
    "ten layers": (lambda: encoded(",".join(["gzip"] * 10), GZIPPED), UNCLEAR, R.DECODE),
    "a gzip bomb": (lambda: encoded("gzip", gzip.compress(bytes(64 << 20), 6)), UNCLEAR, R.TOO_LARGE),
    "a gzip bomb in gzip": (lambda: encoded("gzip, gzip", gzip.compress(gzip.compress(bytes(64 << 20), 6))), UNCLEAR, R.TOO_LARGE),
    "a gzip of endless members": (lambda: encoded("gzip", gzip.compress(b"") * 20_000), UNCLEAR, R.DECODE),
    "a brotli bomb": (lambda: encoded("br", brotli_bomb()), UNCLEAR, R.TOO_LARGE),
    # heads
    "HTTP/1.0": (lambda: raw(b"HTTP/1.0 200 OK\r\nContent-Type: text/html\r\n\r\n" + BYTES), OK, None),
    "HTTP/0.9": (lambda: raw(BYTES), UNCLEAR, R.PROTOCOL),
    "bare line feeds": (lambda: raw(b"HTTP/1.1 200 OK\nContent-Type: text/html\nConnection: close\n\n" + BYTES), OK, None),
    "no reason phrase": (lambda: raw(b"HTTP/1.1 200\r\nConnection: close\r\n\r\n" + BYTES), OK, None),
    "a huge cookie": (lambda: page(headers=f"Set-Cookie: a={'x' * 20_000}\r\n"), OK, None),
    "a huge header": (lambda: page(headers=f"X-Huge: {'x' * 200_000}\r\n"), OK, None),
    "a header larger than browsers take": (lambda: page(headers=f"X-Huge: {'x' * 300_000}\r\n"), UNCLEAR, R.PROTOCOL),
    "a thousand headers": (lambda: page(headers="X-More: 1\r\n" * 1000), OK, None),
    "endless headers": (lambda: flood(HEAD, b"X-More: 1\r\n" * 1000), UNCLEAR, R.PROTOCOL),
    "an endless header": (lambda: flood(HEAD + b"X-More: ", b"1" * 10_000), UNCLEAR, R.PROTOCOL),
    "a header without a colon": (lambda: raw(b"HTTP/1.1 200 OK\r\nnonsense\r\nConnection: close\r\n\r\n" + BYTES), OK, None),
    "a header without a name": (lambda: raw(b"HTTP/1.1 200 OK\r\n: x\r\nConnection: close\r\n\r\n" + BYTES), OK, None),
    "zeros in a header": (lambda: raw(HEAD + b"X: a\0b\r\n\r\n" + BYTES), OK, None),
    "a header that is folded": (lambda: raw(HEAD + b"X: a\r\n b: c\r\n\r\n" + BYTES), OK, None),
    "an empty line before the answer": (lambda: raw(b"\r\n" + HEAD + b"\r\n" + BYTES), OK, None),
    "junk before the answer": (lambda: raw(b"\xef\xbb\xbf" + HEAD + b"\r\n" + BYTES), OK, None),
    "a small protocol name": (lambda: raw(b"http/1.1 200 ok\r\n\r\n" + BYTES), OK, None),
    "chunks under a bad header": (
        lambda: raw(HEAD + b"nonsense\r\nTransfer-Encoding: chunked\r\n\r\n%x;x=1\r\n%b\r\n0\r\n\r\n" % (len(BYTES), BYTES)),
        OK,
        None,
    ),
    "gzip under a bad header": (lambda: raw(HEAD + b"nonsense\r\nContent-Encoding: gzip\r\n\r\n" + GZIPPED), OK, None),
    "an endless body under a bad header": (lambda: flood(HEAD + b"nonsense\r\n\r\n", b"<p>" * 10_000), UNCLEAR, R.TOO_LARGE),
    "a cut body under a bad header": (lambda: raw(HEAD + b"nonsense\r\nContent-Length: 9999\r\n\r\n<html>"), UNCLEAR, R.PROTOCOL),
    "silence under a bad header": (lambda: drip(HEAD + b"nonsense\r\n", b""), UNCLEAR, R.PROTOCOL),
    "interim answers before a bad header": (
        lambda: raw(b"HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nnonsense\r\n\r\n" + BYTES),
        OK,
        None,
    ),
    "two lengths that disagree": (lambda: page(headers="Content-Length: 3\r\n"), UNCLEAR, R.PROTOCOL),
    "a length that is no number": (lambda: raw(HEAD + b"Content-Length: many\r\n\r\n" + BYTES), OK, None),
    "two lengths under a bad header": (
        lambda: raw(HEAD + b"nonsense\r\nContent-Length: 3\r\nContent-Length: 5\r\n\r\n" + BYTES),
        UNCLEAR,
        R.PROTOCOL,
    ),
    "a length of a million digits": (lambda: raw(HEAD + b"Content-Length: " + b"9" * 50_000 + b"\r\n\r\n" + BYTES), OK, None),
    "another protocol": (lambda: raw(b"220 ftp.example ready\r\n"), UNCLEAR, R.PROTOCOL),
    # statuses
    "203": (lambda: page(status="203 Non-Authoritative"), OK, None),
    "299": (lambda: page(status="299 Odd"), OK, None),
    "204": (lambda: raw(b"HTTP/1.1 204 No Content\r\n\r\n"), UNCLEAR, R.EMPTY),
    "304 unasked": (lambda: raw(b"HTTP/1.1 304 Not Modified\r\n\r\n"), UNCLEAR, R.EMPTY),
    "302 without a place": (lambda: page(b"", status="302 Found"), UNCLEAR, R.EMPTY),
    "400": (lambda: page(status="400 Bad Request"), UNCLEAR, R.HTTP_4XX),
    "401": (lambda: page(status="401 Unauthorized"), BLOCKED, R.FORBIDDEN),
    "403": (lambda: page(status="403 Forbidden"), BLOCKED, R.FORBIDDEN),
    "404": (lambda: page(status="404 Not Found"), DOWN, R.HTTP_4XX),
    "405": (lambda: page(status="405 Not Allowed"), BLOCKED, R.FORBIDDEN),
    "410": (lambda: page(status="410 Gone"), DOWN, R.HTTP_4XX),
    "412": (lambda: page(status="412 Precondition Failed"), BLOCKED, R.FORBIDDEN),
    "429 until far away": (lambda: page(status="429 Too Many", headers="Retry-After: 3600\r\n"), BLOCKED, R.FORBIDDEN),
    "500": (lambda: page(status="500 Oops"), DOWN, R.HTTP_5XX),
    "503 until far away": (lambda: page(status="503 Busy", headers="Retry-After: 3600\r\n"), DOWN, R.HTTP_5XX),
    "521": (lambda: page(status="521 Down"), BLOCKED, R.FORBIDDEN),
    "600": (lambda: page(status="600 Odd"), UNCLEAR, R.PROTOCOL),
    "999": (lambda: page(status="999 Denied"), UNCLEAR, R.PROTOCOL),
    # redirects
    "a redirect to itself": (lambda: redirect("/"), UNCLEAR, R.REDIRECT_LOOP),
    "a hundred thousand redirects": (lambda: endless_redirects, UNCLEAR, R.REDIRECT_LOOP),
    "a cookie gate": (lambda: cookie_gate, OK, None),
    "a redirect to the www twin": (lambda: to_twin, OK, None),
    "a redirect to a file": (lambda: redirect("file:///etc/passwd"), UNCLEAR, R.BAD_URL),
    "a redirect to data": (lambda: redirect("data:text/html,hello"), UNCLEAR, R.BAD_URL),
    "a redirect to a script": (lambda: redirect("javascript:alert(1)"), UNCLEAR, R.BAD_URL),
    "a redirect to no address": (lambda: redirect("http://[::1"), UNCLEAR, R.BAD_URL),
    "a redirect a megabyte long": (lambda: redirect("/" + "a" * 60_000), UNCLEAR, R.BAD_URL),
    "a redirect to loopback": (lambda: redirect("http://127.0.0.1/"), UNCLEAR, R.GUARD),
    "a redirect to localhost": (lambda: redirect("http://localhost:22/"), UNCLEAR, R.GUARD),
    "a redirect to metadata": (lambda: redirect("http://169.254.169.254/latest/meta-data/"), UNCLEAR, R.GUARD),
    "a redirect to metadata as a number": (lambda: redirect("http://2852039166/"), UNCLEAR, R.GUARD),
    "a redirect to loopback in octal": (lambda: redirect("http://0177.1/"), UNCLEAR, R.GUARD),
    "a redirect to loopback in full-width digits": (lambda: redirect("http://１２７.0.0.1/".encode().decode("latin-1")), UNCLEAR, R.GUARD),
    "a redirect to loopback of IPv6": (lambda: redirect("http://[::1]/"), UNCLEAR, R.GUARD),
    "a redirect to mapped loopback": (lambda: redirect("http://[::ffff:127.0.0.1]/"), UNCLEAR, R.GUARD),
    "a redirect to a network printer": (lambda: redirect("http://192.168.1.9/"), UNCLEAR, R.GUARD),
    "a redirect to another body's site": (lambda: sent_elsewhere(), UNCLEAR, R.MOVED),
    # forwards in the page
    "a meta refresh": (lambda: sent_to("/front/", '<meta http-equiv="refresh" content="0;url=/front/">'), OK, None),
    "a script redirect": (lambda: sent_to("/front/", '<script>window.location.href="/front/";</script>'), OK, None),
    "a frameset": (
        lambda: sent_to("/main.html", '<frameset rows="80,*"><frame src="/top.html"><frame src="/main.html"></frameset>'),
        OK,
        None,
    ),
    # pages that are no content
    "a challenge that answers 200": (
        lambda: page(
            "<html><head><script>var _0x=1;document.cookie='__jsl_clearance='+go();location.href=location.pathname</script></head></html>"
        ),
        BLOCKED,
        R.CHALLENGE,
    ),
    "a soft 404": (
        lambda: page("<html><head><title>404</title></head><body><h1>404 Not Found</h1>您访问的页面不存在</body></html>"),
        UNCLEAR,
        R.SOFT_404,
    ),
    "a notice of maintenance": (
        lambda: page("<html><title>系统维护</title><body><h1>网站升级维护中，暂停服务，敬请谅解</h1></body></html>"),
        UNCLEAR,
        None,
    ),
    "an empty shell for scripts": (
        lambda: page(
            "<html><head><title>荔洲区</title></head><body><div id=app></div><script src=/static/js/app.js></script></body></html>"
        ),
        UNCLEAR,
        R.SCRIPT_ONLY,
    ),
}


async def gather_from(play: Play, settings: GatherSettings = QUICK, *, robots: str | None = "") -> SiteSnapshot:
    async with serving(play, robots=robots) as server, fetching(server) as fetcher:
        return await gather(Target(url=HOME), fetcher=fetcher, settings=settings, as_of=AS_OF)


@pytest.mark.parametrize("name", CASES)
async def test_reach(name: str) -> None:
    play, reach, reason = CASES[name]
    started = time.monotonic()
    snapshot = await gather_from(play())
    assert (snapshot.reach, snapshot.reach_reason) == (reach, reason) or (reason is None and reach is snapshot.reach is UNCLEAR), (
        snapshot.reach_detail
    )
    assert time.monotonic() - started < QUICK.deadline * 1.1
    assert reach is OK or snapshot.reach_detail.endswith(".")
    assert snapshot.home is not None
    assert snapshot.home.url == HOME
