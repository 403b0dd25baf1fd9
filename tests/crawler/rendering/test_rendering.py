"""What exists only through scripts is rendered, and nothing else; what rendering shows is added to what the source said."""

import json
import re
from collections.abc import AsyncIterator
from datetime import date
from urllib.parse import quote

import msgspec
import pytest
import pytest_asyncio

from crawler.facts.page import read_page
from crawler.gather import gather
from crawler.net.browser.pool import open_browsers
from crawler.net.browser.renderer import Renderer
from crawler.rendering.reasons import reason_to_render, reason_to_render_front
from crawler.snapshot import Page, PageRole, Reach, ReachReason, RenderOutcome, RenderReason, SiteSnapshot, Target
from tests.crawler.gathering import AS_OF, PATIENT
from tests.crawler.rendering.browsers import CHROMIUM, MEMORY, needs_chromium
from tests.crawler.servers import HOME, Call, Play, Server, fetching, serving
from tests.crawler.small_site import TITLES, article, document, home, item_list, results, small_site

SETTINGS = msgspec.structs.replace(PATIENT, deadline=60)
SHELL = (
    "<!doctype html><meta charset=utf-8><title>荔洲区人民政府门户网站</title><body><div id=app></div><script src=/app.js></script></body>"
)
APPLICATION = "fetch('/api/home').then(a => a.json()).then(page => { document.getElementById('app').innerHTML = page.html })"
FOOT = "主办：荔洲区人民政府办公室　网站标识码：4500000000　桂ICP备05000001号　桂公网安备 45000002000001号"
MARKS = f"""{FOOT} <script src="http://dcs.conac.cn/js/23/347/0000/60000000/CA233470000600000000001.js"></script>
<script id="_jiucuo_" sitecode="4500000000" src="http://pucha.kaipuyun.cn/exposure/jiucuo.js"></script>"""
MARKED = re.sub(r'<div class="footer">.*</script>', f'<div class="footer">{MARKS}</div>', home())
"""The homepage with a foot that lacks nothing."""


def filled(path: str, method: str = "GET") -> str:
    """Return a column page whose list a script asks for."""
    script = (
        f"const r = new XMLHttpRequest(); r.open('{method}', '/api/list'); "
        "r.onload = () => { document.getElementById('list').innerHTML = r.responseText }; r.send()"
    )
    return document("通知公告", f"<div class=position>首页 &gt; 通知公告</div><ul id=list class=list></ul><script>{script}</script>")


def scripted(**pages: str) -> Play:
    """Serve the small site with some of its pages exchanged."""

    async def play(call: Call) -> None:
        if call.path == "/app.js":
            await call.answer(APPLICATION, kind="application/javascript")
        elif call.path == "/api/home":
            await call.answer(json.dumps({"html": MARKED.partition("<body>")[2]}), kind="application/json")
        elif call.path == "/api/list":
            await call.answer(item_list("/tzgg/"), status="200 OK" if call.method == "GET" else "405 Not Allowed")
        elif (name := call.path.strip("/") or "home") in pages or call.path == "/":
            await call.answer(pages.get(name, MARKED))
        else:
            await small_site(call)

    return play


@pytest_asyncio.fixture(loop_scope="module", scope="module")
async def renderer() -> AsyncIterator[Renderer]:
    """Open one browser for all tests of the module."""
    async with open_browsers(CHROMIUM, pages=1, memory=MEMORY) as browsers:
        yield browsers


async def visit(play: Play, renderer: Renderer | None) -> tuple[SiteSnapshot, Server]:
    async with serving(play, robots="") as server, fetching(server) as fetcher:
        return await gather(Target(url=HOME), fetcher=fetcher, settings=SETTINGS, as_of=AS_OF, renderer=renderer), server


def renderings(snapshot: SiteSnapshot) -> list[tuple[PageRole, RenderReason, RenderOutcome, bool]]:
    return [
        (page.role, page.rendering.reason, page.rendering.outcome, page.rendering.complete)
        for page in snapshot.pages
        if page.rendering is not None
    ]


def page_of(body: str, role: PageRole) -> Page:
    facts = read_page(body.encode(), content_type="text/html; charset=utf-8", url=HOME, as_of=date(2018, 3, 1))
    return Page(role=role, url=HOME, final_url=HOME, status=200, facts=facts, fetched_at=AS_OF)


def test_ordinary_pages_are_not_rendered() -> None:
    column = document("要闻", f"<div class=position>首页 &gt; 要闻</div>{item_list('/yaowen/')}")
    assert reason_to_render_front(page_of(MARKED, PageRole.HOME), ()) is None
    assert reason_to_render(page_of(column, PageRole.COLUMN)) is None
    assert reason_to_render(page_of(article(TITLES[0]), PageRole.ARTICLE)) is None
    assert reason_to_render(page_of(results("检查"), PageRole.SEARCH)) is None


def test_reasons_to_render_are_told_from_facts() -> None:
    assert reason_to_render(page_of(filled("/tzgg/"), PageRole.COLUMN)) is RenderReason.LIST
    assert reason_to_render(page_of(SHELL, PageRole.COLUMN)) is RenderReason.SHELL
    assert reason_to_render(page_of(SHELL, PageRole.ARTICLE)) is None
    challenge = "<script>var $_ts=window['$_ts'];$_ts.nsd=1;$_ts.cd='q';</script><div id=app></div><script src=/x.js></script>"
    assert reason_to_render(page_of(challenge, PageRole.COLUMN)) is None


def test_a_homepage_is_rendered_for_a_foot_that_was_not_read_and_for_a_search_box_that_a_script_writes() -> None:
    front = page_of(home(), PageRole.HOME)
    assert reason_to_render_front(front, ()) is RenderReason.FOOTER
    assert reason_to_render_front(front, (page_of(f"<body>{MARKS}</body>", PageRole.FOOTER),)) is None
    box = re.compile(r"<form.*?</form>", re.DOTALL)
    written = box.sub("", MARKED) + "<script>document.write('<input name=searchword value=搜索>')</script>"
    assert reason_to_render_front(page_of(written, PageRole.HOME), ()) is RenderReason.SEARCH_BOX


async def test_without_a_browser_the_reason_is_recorded_and_the_page_left_as_it_is() -> None:
    snapshot, server = await visit(scripted(home=SHELL), None)
    assert (snapshot.reach, snapshot.reach_reason) == (Reach.UNCLEAR, ReachReason.SCRIPT_ONLY)
    assert renderings(snapshot) == [(PageRole.HOME, RenderReason.SHELL, RenderOutcome.NO_BROWSER, False)]
    assert server.asked == ["/robots.txt", "/"]


@needs_chromium
@pytest.mark.asyncio(loop_scope="module")
async def test_a_site_behind_an_empty_shell_is_gathered_like_any_other(renderer: Renderer) -> None:
    snapshot, server = await visit(scripted(home=SHELL), renderer)
    plain, _ = await visit(scripted(), None)
    assert renderings(snapshot) == [(PageRole.HOME, RenderReason.SHELL, RenderOutcome.RENDERED, True)]
    assert snapshot.reach is Reach.OK
    assert {page.url for page in snapshot.pages} == {page.url for page in plain.pages}
    assert [attempt.query for attempt in snapshot.search_tries] == [attempt.query for attempt in plain.search_tries]
    assert len(server.asked) == len(set(server.asked)) == snapshot.requests
    assert snapshot.home is not None
    assert snapshot.home.is_whole


@needs_chromium
@pytest.mark.asyncio(loop_scope="module")
async def test_a_list_that_a_script_fills_is_read_from_the_rendered_page(renderer: Renderer) -> None:
    snapshot, _ = await visit(scripted(tzgg=filled("/tzgg/")), renderer)
    (column,) = (page for page in snapshot.pages if page.rendering is not None)
    assert renderings(snapshot) == [(PageRole.COLUMN, RenderReason.LIST, RenderOutcome.RENDERED, True)]
    assert column.facts is not None
    assert column.facts.column is not None
    assert [item.title for item in column.facts.column.items] == list(TITLES)
    assert not column.facts.column.script_filled
    assert column.is_whole


@needs_chromium
@pytest.mark.asyncio(loop_scope="module")
async def test_a_list_that_is_asked_for_by_post_stays_unseen(renderer: Renderer) -> None:
    snapshot, server = await visit(scripted(tzgg=filled("/tzgg/", "POST")), renderer)
    (column,) = (page for page in snapshot.pages if page.rendering is not None)
    assert renderings(snapshot) == [(PageRole.COLUMN, RenderReason.LIST, RenderOutcome.RENDERED, False)]
    assert "/api/list" not in server.asked
    assert column.facts is not None
    assert column.facts.column is not None
    assert (column.facts.column.empty, column.facts.column.script_filled, column.is_whole) == (False, True, False)


@needs_chromium
@pytest.mark.asyncio(loop_scope="module")
async def test_a_foot_that_a_script_writes_is_seen(renderer: Renderer) -> None:
    written = "document.getElementById('f' + 'oot').textContent = decodeURIComponent(\"" + quote(FOOT) + '").slice(0)'
    foot = f'<div class="footer" id="foot"></div><script>{written}</script>'
    front = re.sub(r'<div class="footer">.*</script>', lambda _: foot, home())
    snapshot, _ = await visit(scripted(home=front), renderer)
    assert renderings(snapshot)[0] == (PageRole.HOME, RenderReason.FOOTER, RenderOutcome.RENDERED, True)
    assert snapshot.home is not None and snapshot.home.facts is not None
    assert snapshot.home.facts.marks.icp.value is not None
    assert snapshot.home.facts.marks.site_code.value == "4500000000"


@needs_chromium
@pytest.mark.asyncio(loop_scope="module")
async def test_the_pages_rendered_of_one_site_are_few(renderer: Renderer) -> None:
    shells = dict.fromkeys(("yaowen", "tzgg", "zcwj", "ghjh"), SHELL)
    limits = msgspec.structs.replace(SETTINGS, max_rendered=2)
    async with serving(scripted(**shells), robots="") as server, fetching(server) as fetcher:
        snapshot = await gather(Target(url=HOME), fetcher=fetcher, settings=limits, as_of=AS_OF, renderer=renderer)
    outcomes = [outcome for _, _, outcome, _ in renderings(snapshot)]
    assert outcomes.count(RenderOutcome.RENDERED) == 2
    assert set(outcomes[2:]) == {RenderOutcome.LIMIT}
    assert server.asked.count("/app.js") == 1
