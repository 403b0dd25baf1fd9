"""Hostile pages in a real browser: whatever they do, the browser reaches nothing by itself, and a page costs at most itself."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import msgspec
import pytest
import pytest_asyncio

from crawler.limits import GatherSettings
from crawler.net.browser import pool
from crawler.net.browser.pool import open_browsers
from crawler.net.browser.process_tree import descendants, memory_of
from crawler.net.browser.renderer import Renderer
from crawler.net.fetcher import Exchange, Request
from crawler.net.visit import Fetched, SiteVisit
from crawler.reading.page_builder import PageBuilder
from crawler.reading.reader import read_in_loop
from crawler.rendering.site_rendering import SiteRendering
from crawler.snapshot import Page, PageRole, RenderOutcome, RenderReason
from tests.crawler.rendering.browsers import CHROMIUM, MEMORY, needs_chromium
from tests.crawler.servers import HOME, Call, Server, fetching, serving

pytestmark = [needs_chromium, pytest.mark.asyncio(loop_scope="module")]

QUICK = GatherSettings(delay=0, deadline=60, render_timeout=2, render_requests=20, max_page_bytes=3 << 20)
HOSTS = frozenset({"lizhou.gov.cn"})
PARAGRAPH = "<p>荔洲区人民政府办公室今日召开会议，研究部署全区春季防汛和农田水利建设工作，区直各部门负责同志参加会议。</p>"
WINDOW = "const f = document.createElement('iframe'); document.body.append(f); const w = f.contentWindow;"
"""Gets at the functions of a fresh window, which nobody has silenced."""


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def renderer() -> AsyncIterator[Renderer]:
    """Open one browser for all tests of the module."""
    async with open_browsers(CHROMIUM, pages=1, memory=MEMORY) as browsers:
        yield browsers


class Canary(asyncio.DatagramProtocol):
    """A listener on loopback, at an address the crawler may not reach: it hears of every connection and packet."""

    def __init__(self) -> None:
        self.port = 0
        self.heard: list[str] = []

    def datagram_received(self, data: bytes, addr: object) -> None:
        self.heard.append("packet")

    async def connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.heard.append("connection")
        writer.close()


@asynccontextmanager
async def listening() -> AsyncIterator[Canary]:
    canary = Canary()
    server = await asyncio.start_server(canary.connected, "127.0.0.1", 0)
    canary.port = server.sockets[0].getsockname()[1]
    transport, _ = await asyncio.get_running_loop().create_datagram_endpoint(lambda: canary, local_addr=("127.0.0.1", canary.port))
    async with server:
        yield canary
    transport.close()


def document(script: str, head: str = "") -> str:
    return (
        f"<!doctype html><meta charset=utf-8>{head}<title>荔洲区</title><body><div id=list></div>{PARAGRAPH * 4}<script>{script}</script>"
    )


async def other_page(call: Call) -> None:
    """Answer every further request of the page."""
    if call.path == "/file.bin":
        await call.answer(b"x" * 64, headers="Content-Disposition: attachment\r\n", kind="application/octet-stream")
    else:
        await call.answer(document(""))


async def show(
    renderer: Renderer, script: str, *, head: str = "", settings: GatherSettings = QUICK, robots: str = ""
) -> tuple[Page, Server]:
    """Render a page whose script does something."""
    async with serving(other_page, robots=robots) as server, fetching(server) as fetcher:
        visit, builder = SiteVisit(fetcher, settings), PageBuilder(read_in_loop, date(2018, 3, 1))
        exchange = Exchange(
            request=Request(url=HOME),
            fetched_at=datetime.now(UTC),
            status=200,
            headers=(("content-type", "text/html; charset=utf-8"), ("set-cookie", "a=b")),
            body=document(script, head).encode(),
        )
        fetched = Fetched(url=HOME, exchange=exchange)
        page, _ = await builder.page(fetched, PageRole.COLUMN)
        rendered = await SiteRendering(renderer, visit, builder).render(page, fetched, RenderReason.LIST, HOSTS)
        await visit.close()
    return rendered, server


def outcome(page: Page) -> RenderOutcome:
    assert page.rendering is not None
    return page.rendering.outcome


R = RenderOutcome
HOSTILE = {
    "an endless loop after a while": ("setTimeout(() => { for(;;){} }, 600)", {R.TIMEOUT}),
    "a storm of alerts": (f"{WINDOW} setInterval(() => w.alert(1), 0)", {R.RENDERED}),
    "a loop of alerts": (f"{WINDOW} for(;;) w.alert(1)", {R.TIMEOUT}),
    "a storm of windows": (f"{WINDOW} setInterval(() => w.open('/other'), 5)", {R.RENDERED, R.TIMEOUT}),
    "memory": ("const a = []; for(;;) { const b = new Uint8Array(20 << 20); b.fill(7); a.push(b) }", {R.TOO_LARGE, R.CRASHED, R.TIMEOUT}),
    "a document without end": ("document.getElementById('list').textContent = 'x'.repeat(9 << 20)", {R.TOO_LARGE}),
    "requests without end": ("let n = 0; setInterval(() => fetch('/api/' + n++).catch(() => 0), 5)", {R.RENDERED}),
    "a place that changes for ever": ("setInterval(() => location.href = '/n' + Math.random(), 20)", {R.RENDERED, R.LEFT}),
    "a question before leaving": ("onbeforeunload = e => { e.preventDefault(); e.returnValue = 1 }; location.href = '/next'", {R.RENDERED}),
}


@pytest.mark.parametrize("name", HOSTILE)
async def test_a_hostile_page_costs_itself_at_most_and_its_source_is_kept(renderer: Renderer, name: str) -> None:
    script, expected = HOSTILE[name]
    page, server = await show(renderer, script)
    assert outcome(page) in expected
    assert page.facts is not None
    assert page.facts.text_length >= len(PARAGRAPH)
    assert len(server.calls) <= QUICK.render_requests + 1


async def test_requests_of_a_page_are_bounded_and_what_was_refused_is_counted(renderer: Renderer) -> None:
    page, server = await show(renderer, "for (let n = 0; n < 50; n++) fetch('/api/' + n).catch(() => 0)")
    assert page.rendering is not None
    assert (page.rendering.refused, page.rendering.complete, page.is_whole) == (30, False, False)
    assert len(server.asked) == QUICK.render_requests + 1  # and robots.txt


@pytest.mark.parametrize(
    "target",
    ["file:///etc/passwd", "http://127.0.0.1:{port}/", "http://169.254.169.254/latest/", "http://10.0.0.1/", "http://www.other.gov.cn/"],
)
async def test_a_page_is_not_followed_away_from_its_site(renderer: Renderer, target: str) -> None:
    async with listening() as canary:
        place = target.format(port=canary.port)
        page, server = await show(renderer, f"setTimeout(() => location.href = '{place}', 50)")
        assert canary.heard == []
    assert page.final_url == HOME
    assert server.asked == []
    # A script that leads away makes of the page a stub, once it is read anew.
    assert outcome(page) in (R.RENDERED, R.LEFT)


SIDE_WAYS = """
for (const name of ["fetch", "img", "frame"]) fetch(P + name).catch(() => 0);
new Image().src = P + "image"; navigator.sendBeacon(P + "beacon", "x"); new EventSource(P + "events");
try { new WebSocket(P.replace("http", "ws")) } catch (e) {}
try { navigator.serviceWorker.register("/worker.js") } catch (e) {}
try { new SharedWorker(URL.createObjectURL(new Blob([`fetch("${P}shared")`]))) } catch (e) {}
try { new Worker(URL.createObjectURL(new Blob([`fetch("${P}worker"); importScripts("${P}script")`]))) } catch (e) {}
const frame = document.createElement("iframe"); document.body.append(frame);
try { const servers = [{urls: "stun:127.0.0.1:PORT"}, {urls: "turn:127.0.0.1:PORT?transport=tcp", username: "a", credential: "b"}];
  const c = new frame.contentWindow.RTCPeerConnection({iceServers: servers});
  c.createDataChannel("x"); c.createOffer().then(o => c.setLocalDescription(o)) } catch (e) {}
const inner = document.createElement("iframe"); inner.src = P + "inner"; document.body.append(inner);
const form = document.createElement("form"); form.method = "post"; form.action = "/post"; document.body.append(form); form.submit();
"""
SIDE_LINKS = """<link rel=preconnect href="P"><link rel=dns-prefetch href="P"><link rel=prefetch href="P"><link rel=icon href="P">
<link rel=stylesheet href="P"><script type=speculationrules>{"prerender": [{"source": "list", "urls": ["Pa"]}]}</script>
<meta http-equiv=refresh content="1;url=Prefresh">"""


async def test_nothing_leaves_the_browser_by_any_side_way(renderer: Renderer) -> None:
    async with listening() as canary:
        place = f"http://127.0.0.1:{canary.port}/"
        script = f"const P = '{place}';" + SIDE_WAYS.replace("PORT", str(canary.port))
        page, server = await show(renderer, script, head=SIDE_LINKS.replace('"P', f'"{place}').replace("=P", f"={place}"))
        assert canary.heard == []
    assert outcome(page) in (R.RENDERED, R.LEFT)
    assert {call.method for call in server.calls} <= {"GET"}
    assert "/post" not in server.asked
    assert "/worker.js" not in server.asked


async def test_what_robots_forbids_is_not_fetched_for_a_page_either(renderer: Renderer) -> None:
    page, server = await show(renderer, "fetch('/api/list')", robots="User-agent: *\nDisallow: /api/\n")
    assert server.asked == ["/robots.txt"]
    assert page.rendering is not None
    assert (page.rendering.outcome, page.rendering.complete) == (R.RENDERED, False)


async def test_nothing_is_sent_and_nothing_downloaded(renderer: Renderer, tmp_path: Path) -> None:
    script = "fetch('/api', {method: 'POST', body: 'x'}).catch(() => 0); setTimeout(() => location.href = '/file.bin', 50)"
    page, server = await show(renderer, script)
    assert [call.method for call in server.calls if call.path != "/robots.txt"] == ["GET"]
    assert page.rendering is not None
    assert page.rendering.refused >= 1


def browser_of(renderer: Renderer) -> int:
    """Return the process id of the Chromium that renders."""
    (process,) = renderer._all  # type: ignore[attr-defined]
    for pid in descendants(process._running.process.pid):
        command = Path(f"/proc/{pid}/cmdline").read_bytes()
        if b"chromium" in command.split(b"\0")[0] and b"--type=" not in command:
            return pid
    raise AssertionError("no browser runs")


async def test_a_browser_that_is_killed_costs_one_page(renderer: Renderer) -> None:
    await show(renderer, "")
    running = asyncio.ensure_future(show(renderer, "fetch('/api/slow'); setInterval(() => fetch('/api/' + Math.random()), 100)"))
    await asyncio.sleep(1)
    os.kill(browser_of(renderer), signal.SIGKILL)
    page, _ = await running
    assert outcome(page) is R.CRASHED
    page, _ = await show(renderer, "document.getElementById('list').textContent = '春季防汛'")
    assert outcome(page) is R.RENDERED
    assert page.rendering is not None
    assert page.rendering.complete


async def test_a_rendering_that_is_given_up_leaves_nothing_behind(renderer: Renderer) -> None:
    await show(renderer, "")
    pids = descendants(renderer._all[0]._running.process.pid)  # type: ignore[attr-defined]
    running = asyncio.ensure_future(show(renderer, "for(;;){}"))
    await asyncio.sleep(0.5)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)
    for _ in range(100):
        if memory_of(pids) == 0:
            break
        await asyncio.sleep(0.05)
    assert memory_of(pids) == 0


async def test_a_browser_that_does_not_start_is_no_browser() -> None:
    async with open_browsers("/bin/false", pages=1, memory=MEMORY) as dead:
        page, _ = await show(dead, "")
    assert outcome(page) is R.NO_BROWSER


def failing_browser(folder: Path, times: int) -> Path:
    """Return a program that ends at once so many times, and is Chromium from then on; it counts its starts in a file."""
    program, count = folder / "browser", folder / "starts"
    count.touch()
    program.write_text(f'#!/bin/sh\necho >> {count}\n[ "$(wc -l < {count})" -gt {times} ] || exit 1\nexec {CHROMIUM} "$@"\n', "utf-8")
    program.chmod(0o755)
    return program


async def test_a_browser_that_dies_while_it_starts_is_started_again(tmp_path: Path) -> None:
    async with open_browsers(str(failing_browser(tmp_path, 1)), pages=1, memory=MEMORY) as renderer:
        page, _ = await show(renderer, "")
    assert outcome(page) is R.RENDERED


async def test_a_browser_that_does_not_start_is_tried_again_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool, "_PAUSE", 2.0)
    async with open_browsers(str(failing_browser(tmp_path, 4)), pages=1, memory=MEMORY) as renderer:
        outcomes = [outcome((await show(renderer, ""))[0]) for _ in range(3)]
        assert outcomes == [R.NO_BROWSER] * 3
        assert len((tmp_path / "starts").read_text().splitlines()) == 4, "the third page was not worth a try"
        await asyncio.sleep(2)
        page, _ = await show(renderer, "")
    assert outcome(page) is R.RENDERED


async def test_who_waits_too_long_for_a_browser_goes_without(renderer: Renderer) -> None:
    first = asyncio.ensure_future(show(renderer, "setInterval(() => fetch('/api/' + Math.random()), 100)"))
    await asyncio.sleep(0.3)
    page, _ = await show(renderer, "", settings=msgspec.structs.replace(QUICK, render_wait=0.1))
    assert outcome(page) is R.BUSY
    await first
