"""Whatever a homepage does, its site ends in one snapshot, in time, with the right reach and reason."""

import datetime as dt
import time

import msgspec
import pytest

from crawler.gather import GatherSettings, gather
from crawler.reading.pool import open_reader
from crawler.snapshot import Reach, SiteSnapshot, Target
from tests.crawler.homepage_cases import CASES
from tests.crawler.servers import HOME, Play, fetching, serving
from tests.patience import TRIES, patience

AS_OF = dt.datetime(2018, 3, 1, tzinfo=dt.UTC)
QUICK = GatherSettings(
    delay=0, deadline=4, homepage_timeout=0.5, page_timeout=0.5, robots_timeout=0.3, second_try_pause=0.05, max_page_bytes=1 << 20
)
HEAVY = ("an address a megabyte long", "sixty thousand elements in each other", "a hundred thousand attributes")
ROOMY = msgspec.structs.replace(QUICK, deadline=15, max_page_bytes=5 << 20)
"""For the heavy ones: they are read in processes of their own, which take a moment to start."""


async def gather_from(play: Play, settings: GatherSettings = QUICK, *, robots: str | None = "") -> SiteSnapshot:
    async with serving(play, robots=robots) as server, fetching(server) as fetcher, open_reader() as reader:
        return await gather(Target(url=HOME), fetcher=fetcher, settings=settings, as_of=AS_OF, reader=reader)


@pytest.mark.parametrize("name", CASES)
async def test_reach(name: str) -> None:
    play, reach, reason = CASES[name]
    settings = ROOMY if name in HEAVY else QUICK
    for _ in range(TRIES):
        started = time.monotonic()
        snapshot = await gather_from(play(), settings)
        if "too busy" not in snapshot.reach_detail:
            break
    assert (snapshot.reach, snapshot.reach_reason) == (reach, reason) or (reason is None and reach is snapshot.reach is Reach.UNCLEAR), (
        snapshot.reach_detail
    )
    assert time.monotonic() - started < patience(settings.deadline * 1.1)
    assert snapshot.title.startswith("荔洲区") if reach is Reach.OK else snapshot.reach_detail.endswith(".")
    assert snapshot.home is not None
    assert snapshot.home.url == HOME
