"""One reachability visit tells whether the site opened, and not how busy this machine was."""

import asyncio
import time

from crawler.gather import GatherSettings
from crawler.knock import knock
from crawler.snapshot import Knock, ReachReason, Target
from tests.crawler.servers import HOME, Call, Play, fetching, serving


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
