"""Which names are doors of one site, and which those of a body below it."""

import pytest

from crawler.gather import gather
from crawler.homepage.registered_names import lies_below
from crawler.snapshot import Reach, ReachReason, Target
from tests.crawler.gathering import AS_OF, QUICK
from tests.crawler.plays import PAGE
from tests.crawler.servers import Call, fetching, serving


@pytest.mark.parametrize(
    ("asked", "found", "below"),
    [
        ("jyj.lizhou.gov.cn", "lizhou.gov.cn", True),
        ("portal.lizhou.gov.cn", "lizhou.gov.cn", False),
        ("www2.lizhou.gov.cn", "lizhou.gov.cn", False),
        ("lizhou.gov.cn", "portal.lizhou.gov.cn", False),
        ("lizhou.gov.cn", "gov.cn", True),
        ("jyj.lizhou.gov.cn", "wsj.lizhou.gov.cn", False),
        ("jyj.lizhou.gov.cn:8080", "lizhou.gov.cn:80", True),
    ],
)
def test_a_department_lies_below_its_government_and_a_door_does_not(asked: str, found: str, below: bool) -> None:
    assert lies_below(asked, found) is below


async def test_a_department_whose_address_leads_to_the_portal_is_not_judged_by_the_portal() -> None:
    async def play(call: Call) -> None:
        if call.headers["host"].startswith("jyj."):
            await call.answer(status="302 Found", headers="Location: http://www.lizhou.gov.cn/jyj/\r\n")
        else:
            await call.answer(PAGE)

    async with serving(play) as server, fetching(server) as fetcher:
        snapshot = await gather(Target(url="http://jyj.lizhou.gov.cn/"), fetcher=fetcher, settings=QUICK, as_of=AS_OF)
    assert (snapshot.reach, snapshot.reach_reason, len(snapshot.pages)) == (Reach.UNCLEAR, ReachReason.MOVED, 1)
