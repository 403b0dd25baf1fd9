"""A site is gathered column by column, and its search box tried; what goes wrong of our own still gives a snapshot."""

import asyncio
from datetime import date
from urllib.parse import parse_qs, urlsplit

import msgspec
import pytest

from crawler.facts.records import PageFacts
from crawler.gather import Event, gather
from crawler.snapshot import PageRole, Reach, ReachReason, Target
from tests.crawler.gathering import AS_OF, PATIENT, paths, visit
from tests.crawler.servers import HOME, HOST, Call, fetching, serving
from tests.crawler.small_site import COLUMNS, TITLES, home, small_site


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


async def test_a_column_that_redirects_to_another_site_is_a_link_out_and_neither_seen_nor_failed() -> None:
    async def play(call: Call) -> None:
        if call.path == "/zjlz/":
            await call.answer(status="302 Found", headers="Location: http://www.tongan.gov.cn/lz/\r\n")
        else:
            await small_site(call)

    snapshot, server = await visit(play)
    assert {call.headers["host"] for call in server.calls} == {HOST}
    assert "www.tongan.gov.cn" in {link.host for link in snapshot.outlinks}
    assert not any(page.failure for page in snapshot.pages)
    assert snapshot.coverage.columns_seen == snapshot.coverage.columns_found


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
