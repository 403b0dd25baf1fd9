"""A site is gathered column by column, politely and within its budget; what was left out is said."""

import asyncio
import time
from datetime import date
from urllib.parse import parse_qs, urlsplit

import msgspec
import pytest

from crawler.facts.records import PageFacts
from crawler.gather import Event, GatherSettings, gather
from crawler.knock import knock
from crawler.snapshot import Knock, PageRole, Reach, ReachReason, SiteSnapshot, Target
from tests.crawler.plays import PAGE
from tests.crawler.servers import HOME, HOST, Call, Play, Server, fetching, serving
from tests.crawler.small_site import COLUMNS, TITLES, document, home, item_list, small_site
from tests.crawler.test_hostile_homepages import AS_OF, QUICK
from tests.patience import patience

PATIENT = msgspec.structs.replace(QUICK, deadline=10, homepage_timeout=2, page_timeout=2)


async def visit(play: Play = small_site, settings: GatherSettings = PATIENT, *, robots: str = "") -> tuple[SiteSnapshot, Server]:
    """Gather the site that a play serves."""
    async with serving(play, robots=robots) as server, fetching(server) as fetcher:
        return await gather(Target(url=HOME), fetcher=fetcher, settings=settings, as_of=AS_OF), server


def paths(snapshot: SiteSnapshot, role: PageRole) -> list[str]:
    """Return the paths of a snapshot's pages of one role."""
    return [urlsplit(page.url).path for page in snapshot.pages if page.role is role]


async def test_every_column_of_the_navigation_is_seen_once_and_articles_are_sampled() -> None:
    snapshot, server = await visit()
    assert snapshot.reach is Reach.OK
    assert snapshot.title == "荔洲区人民政府门户网站"
    assert set(paths(snapshot, PageRole.COLUMN) + paths(snapshot, PageRole.INTERACTION)) >= set(COLUMNS)
    assert len(server.asked) == len(set(server.asked)) == snapshot.requests
    assert len(paths(snapshot, PageRole.ARTICLE)) >= 4
    assert snapshot.coverage.homepage_seen
    assert snapshot.coverage.columns_seen == snapshot.coverage.columns_found > 0
    assert not snapshot.coverage.budget_spent
    assert snapshot.received_bytes > 10_000


@pytest.mark.parametrize("most", [5, 9])
async def test_the_same_pages_are_seen_whichever_answers_come_first(most: int) -> None:
    settings = msgspec.structs.replace(PATIENT, max_pages=most, connections=2, delay=0)
    seen = []
    for slow in ("/yaowen/", "/tzgg/", "/hudong/"):

        async def play(call: Call, slow: str = slow) -> None:
            if call.path == slow:
                await asyncio.sleep(0.2)
            await small_site(call)

        snapshot, _ = await visit(play, settings)
        assert snapshot.coverage.budget_spent
        seen.append([page.url for page in snapshot.pages])
    assert seen[0] == seen[1] == seen[2]


async def test_other_hosts_files_and_traps_are_not_fetched_and_other_hosts_are_recorded() -> None:
    snapshot, server = await visit()
    assert {call.headers["host"] for call in server.calls} == {HOST}
    assert not any(path.endswith(".pdf") or "calendar" in path for path in server.asked)
    assert [(link.host, link.text) for link in snapshot.outlinks] == [("www.other.gov.cn", "其他网站")]


async def test_the_script_that_writes_the_foot_is_read() -> None:
    snapshot, _ = await visit()
    (foot,) = (page for page in snapshot.pages if page.role is PageRole.FOOTER)
    assert foot.facts is not None
    assert foot.facts.marks.site_code.value == "4500000000"


async def test_a_page_in_place_of_the_script_that_writes_the_foot_is_not_what_the_foot_says() -> None:
    async def play(call: Call) -> None:
        if call.path == "/js/foot.js":
            await call.answer(home(), kind="text/html")
        else:
            await small_site(call)

    snapshot, _ = await visit(play)
    (foot,) = (page for page in snapshot.pages if page.role is PageRole.FOOTER)
    assert foot.facts is None
    assert not foot.is_whole


async def test_a_script_below_the_foot_is_read_where_a_mark_is_missing() -> None:
    async def play(call: Call) -> None:
        if call.path == "/":
            await call.answer(home().replace("/js/foot.js", "/js/common.js"))
        elif call.path == "/js/common.js":
            await call.answer("document.write('网站标识码：4500000000')", kind="text/javascript")
        else:
            await small_site(call)

    snapshot, _ = await visit(play)
    (script,) = (page for page in snapshot.pages if page.role is PageRole.FOOTER)
    assert script.url == f"{HOME}js/common.js"
    assert script.facts is not None
    assert script.facts.marks.site_code.value == "4500000000"


async def test_the_search_box_is_tried_with_known_titles_and_a_control() -> None:
    snapshot, server = await visit()
    assert [attempt.expected in TITLES for attempt in snapshot.search_tries] == [True, True, False]
    for attempt in snapshot.search_tries:
        assert attempt.expected is None or attempt.query in attempt.expected
        assert attempt.page.facts is not None
    asked = [parse_qs(urlsplit(path).query) for path in server.asked if path.startswith("/search")]
    assert asked == [{"site": ["7"], "q": [attempt.query]} for attempt in snapshot.search_tries]


async def test_a_search_form_of_a_page_in_gbk_is_sent_in_gbk() -> None:
    async def play(call: Call) -> None:
        if call.path == "/":
            await call.answer(home().replace("utf-8", "gbk").encode("gbk"), kind="text/html")
        else:
            await small_site(call)

    snapshot, server = await visit(play)
    sent = next(path for path in server.asked if path.startswith("/search"))
    assert parse_qs(urlsplit(sent).query, encoding="gbk")["q"] == [snapshot.search_tries[0].query]


async def test_a_search_form_by_post_is_a_query_too() -> None:
    async def play(call: Call) -> None:
        await (call.answer(home().replace('method="get"', 'method="post"')) if call.path == "/" else small_site(call))

    snapshot, server = await visit(play)
    posts = [call for call in server.calls if call.method == "POST"]
    assert [call.path for call in posts] == ["/search"] * 3
    assert parse_qs(posts[0].body.decode())["q"] == [snapshot.search_tries[0].query]


async def test_nothing_else_is_ever_posted() -> None:
    _, server = await visit()
    assert {call.method for call in server.calls} == {"GET"}


@pytest.mark.parametrize(
    "limits",
    [{"max_pages": 4}, {"max_requests": 6}, {"max_bytes": 12_000}, {"deadline": 1.0, "delay": 0.2}],
    ids=lambda limits: next(iter(limits)),
)
async def test_a_budget_that_is_spent_ends_the_visit_and_is_said(limits: dict[str, float]) -> None:
    settings = msgspec.structs.replace(PATIENT, **limits)
    snapshot, server = await visit(settings=settings)
    assert snapshot.reach is Reach.OK
    assert snapshot.coverage.budget_spent
    assert 1 < len(snapshot.pages) < 12
    assert len(server.asked) <= settings.max_requests
    assert snapshot.seconds < patience(settings.deadline * 1.1)


async def test_what_robots_txt_disallows_is_not_asked_for() -> None:
    snapshot, server = await visit(robots="User-agent: *\nDisallow: /zcwj/\nDisallow: /search\n")
    assert not any(path.startswith(("/zcwj/", "/search")) for path in server.asked)
    assert snapshot.coverage.columns_seen == snapshot.coverage.columns_found - 1
    assert snapshot.coverage.pages_failed > 0


async def test_a_crawl_delay_beyond_the_deadline_leaves_pages_unseen_and_says_so() -> None:
    snapshot, server = await visit(robots="User-agent: *\nCrawl-delay: 3600\n")
    assert snapshot.reach is Reach.OK
    assert server.asked == ["/robots.txt", "/"]
    assert snapshot.coverage.budget_spent
    assert snapshot.seconds < patience(1)


async def test_the_pause_between_requests_and_the_number_of_connections_are_kept() -> None:
    starts: list[float] = []
    open_now = 0
    most = 0

    async def play(call: Call) -> None:
        nonlocal open_now, most
        starts.append(time.monotonic())
        open_now += 1
        most = max(most, open_now)
        await asyncio.sleep(0.2)
        await small_site(call)
        open_now -= 1

    await visit(play, msgspec.structs.replace(PATIENT, delay=0.05, deadline=1.5))
    # The mean: on a busy machine the server may hear of two requests at once.
    assert (starts[-1] - starts[0]) / (len(starts) - 1) > 0.045
    assert most == 2


async def test_retry_after_is_kept() -> None:
    refused: list[float] = []
    came_back: list[float] = []

    async def play(call: Call) -> None:
        if call.path == "/tzgg/" and not refused:
            refused.append(time.monotonic())
            await call.answer(status="429 Too Many Requests", headers="Retry-After: 1\r\n")
            return
        if call.path == "/tzgg/":
            came_back.append(time.monotonic())
        await small_site(call)

    snapshot, _ = await visit(play)
    assert came_back[0] - refused[0] >= 0.95
    assert snapshot.coverage.pages_failed == 0


async def test_a_column_that_redirects_to_another_site_is_a_link_out_and_neither_seen_nor_failed() -> None:
    async def play(call: Call) -> None:
        if call.path == "/zjlz/":
            await call.answer(status="302 Found", headers="Location: http://www.tongan.gov.cn/lz/\r\n")
        else:
            await small_site(call)

    snapshot, server = await visit(play)
    assert {call.headers["host"] for call in server.calls} == {HOST}
    assert "www.tongan.gov.cn" in {link.host for link in snapshot.outlinks}
    assert snapshot.coverage.pages_failed == 0
    assert snapshot.coverage.columns_seen == snapshot.coverage.columns_found


async def test_from_an_entry_page_the_crawler_goes_on_to_the_real_front_page() -> None:
    async def play(call: Call) -> None:
        if call.path == "/":
            await call.answer(
                '<html><title>荔洲区人民政府</title><body><a href="/cn/">进入中文版</a> <a href="/en/">English</a></body></html>'
            )
        elif call.path == "/cn/":
            await call.answer(home())
        else:
            await small_site(call)

    snapshot, _ = await visit(play)
    assert "/cn/" in paths(snapshot, PageRole.CHANNEL)
    assert set(paths(snapshot, PageRole.COLUMN)) >= {"/yaowen/", "/tzgg/"}


async def test_what_stands_in_frames_of_the_homepage_is_read_as_a_part_of_it() -> None:
    async def play(call: Call) -> None:
        if call.path == "/":
            frames = '<iframe src="/head.asp" width="1000"></iframe><iframe src="/news.asp" height="200"></iframe>'
            await call.answer(f"<html><title>荔洲区人民政府</title><body>{frames}<p>{'欢迎来到荔洲。' * 80}</p></body></html>")
        elif call.path == "/head.asp":
            await call.answer(home())
        elif call.path == "/news.asp":
            await call.answer(f"<html><body>{item_list('/yaowen/')}</body></html>")
        else:
            await small_site(call)

    snapshot, _ = await visit(play)
    assert paths(snapshot, PageRole.FRAME) == ["/head.asp", "/news.asp"]
    assert "/hudong/" in paths(snapshot, PageRole.INTERACTION)
    assert len(snapshot.search_tries) == 3


async def test_the_other_frames_of_a_frameset_are_parts_of_the_homepage() -> None:
    async def play(call: Call) -> None:
        if call.path == "/":
            await call.answer(
                "<html><title>荔洲区</title><frameset rows='90,*'><frame src='/top.htm'><frame src='/main.htm'></frameset></html>"
            )
        elif call.path == "/top.htm":
            await call.answer("<html><body><form action='/search'><input name='q'><input type='submit' value='搜索'></form></body></html>")
        elif call.path == "/main.htm":
            await call.answer(f"<html><title>荔洲区人民政府</title><body>{item_list('/yaowen/')}</body></html>")
        else:
            await small_site(call)

    snapshot, _ = await visit(play)
    assert snapshot.final_url == f"{HOME}main.htm"
    assert paths(snapshot, PageRole.FRAME) == ["/top.htm"]
    assert snapshot.search_tries


async def test_pages_that_lead_on_for_ever_do_not_hold_the_crawler() -> None:
    async def play(call: Call) -> None:
        links = "".join(
            f'<li><span>2018-02-0{n}</span><a href="{call.path.rstrip("/")}/{n}/">栏目第{n}号页面名称</a></li>' for n in range(1, 9)
        )
        await call.answer(document("荔洲区人民政府", f"<ul>{links}</ul>"))

    snapshot, server = await visit(play)
    assert len(snapshot.pages) <= PATIENT.max_pages + 3
    assert len(server.asked) <= PATIENT.max_requests


async def test_every_exchange_is_heard_of() -> None:
    heard: list[Event] = []
    async with serving(small_site) as server, fetching(server) as fetcher:
        await gather(Target(url=HOME), fetcher=fetcher, settings=PATIENT, as_of=AS_OF, on_event=heard.append)
    assert [urlsplit(event.exchange.request.url).path for event in heard].count("/") == 1
    assert len(heard) == len(server.asked)
    assert heard[0].role is None
    assert heard[1].exchange.raw_body


async def test_a_page_our_readers_fail_on_is_no_fault_of_the_site() -> None:
    async def failing(content: bytes, *, content_type: str, url: str, as_of: date, query: str | None = None) -> PageFacts:
        raise RecursionError

    async with serving(small_site) as server, fetching(server) as fetcher:
        snapshot = await gather(Target(url=HOME), fetcher=fetcher, settings=PATIENT, as_of=AS_OF, reader=failing)
    assert (snapshot.reach, snapshot.reach_reason) == (Reach.UNCLEAR, ReachReason.CRAWLER_ERROR)


async def test_an_error_of_our_own_still_gives_a_snapshot() -> None:
    def failing(event: Event) -> None:
        if event.role is PageRole.COLUMN:
            raise ZeroDivisionError

    async with serving(small_site) as server, fetching(server) as fetcher:
        snapshot = await gather(Target(url=HOME), fetcher=fetcher, settings=PATIENT, as_of=AS_OF, on_event=failing)
    assert (snapshot.reach, snapshot.reach_reason) == (Reach.UNCLEAR, ReachReason.CRAWLER_ERROR)
    assert snapshot.pages


async def test_a_homepage_without_links_is_a_site_of_one_page() -> None:
    async def play(call: Call) -> None:
        await call.answer(PAGE.partition("<a href")[0] if call.path == "/" else "")

    snapshot, _ = await visit(play)
    assert snapshot.reach is Reach.OK
    assert len(snapshot.pages) == 1
    assert snapshot.search_tries == ()


def stand_still() -> None:
    """Hold up the whole process, the crawler too, as on a machine that is paused or overloaded."""
    time.sleep(1.5)


async def test_a_visit_that_a_busy_machine_did_not_hear_in_time_tells_nothing() -> None:
    async def play(call: Call) -> None:
        if call.path == "/":
            stand_still()
            await call.answer("<title>某县人民政府</title>")

    async def never(call: Call) -> None:
        await asyncio.sleep(60)

    async def visit_once(how: Play) -> Knock:
        async with serving(how) as server, fetching(server) as fetcher:
            return await knock(Target(url=HOME), fetcher=fetcher, settings=GatherSettings(delay=0.0, homepage_timeout=0.5))

    busy, silent = await visit_once(play), await visit_once(never)
    assert (busy.opened, busy.reason) == (None, ReachReason.CRAWLER_ERROR)
    assert (silent.opened, silent.reason) == (False, ReachReason.TIMEOUT)
