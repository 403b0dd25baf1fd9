"""A visit keeps to its budget, to robots.txt, and to the pace that servers ask for."""

import asyncio
import time

import msgspec
import pytest

from crawler.snapshot import Reach, SiteSnapshot
from tests.crawler.gathering import PATIENT, visit
from tests.crawler.servers import Call
from tests.crawler.small_site import document, home, small_site
from tests.patience import patience


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
    assert any(page.failure for page in snapshot.pages)


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
    assert not any(page.failure for page in snapshot.pages)


async def test_pages_that_lead_on_for_ever_do_not_hold_the_crawler() -> None:
    async def play(call: Call) -> None:
        links = "".join(
            f'<li><span>2018-02-0{n}</span><a href="{call.path.rstrip("/")}/{n}/">栏目第{n}号页面名称</a></li>' for n in range(1, 9)
        )
        await call.answer(document("荔洲区人民政府", f"<ul>{links}</ul>"))

    snapshot, server = await visit(play)
    assert len(snapshot.pages) <= PATIENT.max_pages + 3
    assert len(server.asked) <= PATIENT.max_requests


async def test_a_deadline_that_comes_before_the_scripts_of_the_homepage_were_looked_at_is_said() -> None:
    asked_whether_it_lacks = False

    def lacks(_: SiteSnapshot) -> bool:
        nonlocal asked_whether_it_lacks
        asked_whether_it_lacks = True
        return True

    async def play(call: Call) -> None:
        if call.path == "/js/menu.js":
            await asyncio.sleep(60)
        elif call.path == "/":
            await call.answer(home().replace("</head>", '<script src="/js/menu.js"></script></head>').encode())
        else:
            await small_site(call)

    snapshot, server = await visit(play, msgspec.structs.replace(PATIENT, deadline=4, page_timeout=30), lacks=lacks)
    assert asked_whether_it_lacks and "/js/menu.js" in server.asked
    assert snapshot.coverage.out_of_time
    assert not (await visit(lacks=lacks))[0].coverage.out_of_time
