"""robots.txt is kept as RFC 9309 has it; what cannot be had disallows all, what is no robots.txt disallows nothing."""

import gzip

import pytest

from crawler.net.robots import RobotsRules
from crawler.snapshot import Reach, ReachReason, SiteSnapshot
from tests.crawler.gathering import QUICK, visit
from tests.crawler.plays import HEAD, PAGE, encoded, flood, page, reset, silence
from tests.crawler.servers import Call, Play
from tests.crawler.shared_suites import suite_json


async def seen(play: Play) -> SiteSnapshot:
    """Gather a site that answers for its robots.txt as the play has it."""
    snapshot, _ = await visit(play, QUICK, robots=None)
    return snapshot


@pytest.mark.shared
def test_public_suite() -> None:
    cases = [case for case in suite_json("robots/google_cases.json") if not case["google_only"]]
    wrong = [case for case in cases if RobotsRules(case["robots"]).allows(case["url"], case["agent"]) != case["allowed"]]
    assert cases
    assert wrong == []


@pytest.mark.parametrize(
    ("robots", "path", "allowed"),
    [
        ("", "/", True),
        ("User-agent: *\nDisallow: /", "/", False),
        ("User-agent: *\nDisallow: /\n\nUser-agent: Xuncha/1.0\nDisallow: /admin", "/", True),
        ("User-agent: xuncha\nAllow: /zwgk\nDisallow: /", "/zwgk/a.html", True),
        ("User-agent: *\nDisallow: /*.jsp$", "/a.jsp", False),
        ("User-agent: *\nDisallow: /*.jsp$", "/a.jsp?id=1", True),
        ("User-agent: *\nDisallow: /搜索", "/%E6%90%9C%E7%B4%A2?q=1", False),
        ("\ufeffUser-agent: *\r\nDisallow: /\r\n", "/", False),
        ("User-agent: *\nDisallow:", "/", True),
        ("<!DOCTYPE html><html>User-agent: *\nDisallow: /</html>", "/", True),
    ],
)
def test_rules(robots: str, path: str, allowed: bool) -> None:
    assert RobotsRules.from_bytes(robots.encode()).allows(f"http://www.lizhou.gov.cn{path}") is allowed


@pytest.mark.parametrize(("value", "seconds"), [("10", 10.0), ("0.5", 0.5), ("-3", 0.0), ("nan", 0.0), ("soon", 0.0)])
def test_crawl_delay(value: str, seconds: float) -> None:
    assert RobotsRules(f"User-agent: *\nCrawl-delay: {value}").crawl_delay() == seconds


def robots_answer(**answer: str) -> Play:
    """Answer the request for robots.txt in some way, every other with a page."""

    async def play(call: Call) -> None:
        if call.path == "/robots.txt":
            await call.answer(
                answer.get("body", ""), status=answer.get("status", "200 OK"), headers=answer.get("headers", ""), kind="text/plain"
            )
        else:
            await call.answer(PAGE)

    return play


DISALLOW = "User-agent: *\nDisallow: /\n"


@pytest.mark.parametrize(
    ("answer", "reach"),
    [
        ({"status": "404 Not Found"}, Reach.OK),
        ({"status": "403 Forbidden", "body": DISALLOW}, Reach.OK),
        ({"status": "503 Busy"}, Reach.BLOCKED),
        ({"body": DISALLOW}, Reach.BLOCKED),
        ({"body": "<html>" + DISALLOW}, Reach.OK),
        ({"body": "# nothing here\n" * 50_000 + DISALLOW}, Reach.OK),
        ({"status": "301 Moved", "headers": "Location: /robots.txt\r\n"}, Reach.OK),
        ({"status": "301 Moved", "headers": "Location: file:///etc/passwd\r\n"}, Reach.OK),
        ({"body": "\0\xff" * 999}, Reach.OK),
    ],
)
async def test_what_the_answer_to_robots_txt_means_for_the_site(answer: dict[str, str], reach: Reach) -> None:
    snapshot = await seen(robots_answer(**answer))
    assert snapshot.reach is reach
    assert snapshot.reach_reason is (ReachReason.ROBOTS if reach is Reach.BLOCKED else None)
    assert reach is Reach.OK or snapshot.home is None or snapshot.home.facts is None


@pytest.mark.parametrize(
    "robots", [flood(HEAD + b"\r\n", b"# nothing here\n" * 1000), encoded("gzip", gzip.compress(b"# \n" * (20 << 20), 1))]
)
async def test_of_a_robots_txt_without_end_the_beginning_is_read(robots: Play) -> None:
    async def play(call: Call) -> None:
        await (robots(call) if call.path == "/robots.txt" else call.answer(PAGE))

    snapshot = await seen(play)
    assert snapshot.reach is Reach.OK
    assert snapshot.received_bytes < 1 << 20


async def test_a_host_that_is_dead_altogether_is_down_and_not_blocked() -> None:
    assert (await seen(reset)).reach is Reach.DOWN
    assert (await seen(page(status="502 Bad Gateway"))).reach_reason is ReachReason.HTTP_5XX


async def test_a_living_site_whose_robots_txt_never_answers_is_blocked() -> None:
    async def play(call: Call) -> None:
        await (silence(call) if call.path == "/robots.txt" else call.answer(PAGE))

    snapshot = await seen(play)
    assert (snapshot.reach, snapshot.reach_reason) == (Reach.BLOCKED, ReachReason.ROBOTS)


async def test_a_robots_txt_that_comes_at_the_second_asking_is_kept() -> None:
    asked: list[int] = []

    async def play(call: Call) -> None:
        if call.path == "/robots.txt":
            asked.append(1)
            await (reset(call) if len(asked) <= 2 else call.answer("User-agent: *\nDisallow: /admin", kind="text/plain"))
        else:
            await call.answer(PAGE)

    assert (await seen(play)).reach is Reach.OK
