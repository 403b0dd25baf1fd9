"""Whatever a homepage does, its site ends in one snapshot, in time, with the right reach and reason."""

import time

import msgspec
import pytest

from crawler.snapshot import Reach
from tests.crawler.gathering import QUICK, visit
from tests.crawler.homepage.cases import CASES
from tests.crawler.servers import HOME
from tests.patience import TRIES, patience

HEAVY = ("an address a megabyte long", "sixty thousand elements in each other", "a hundred thousand attributes")
ROOMY = msgspec.structs.replace(QUICK, deadline=15, max_page_bytes=5 << 20)
"""For the heavy ones: they are read in processes of their own, which take a moment to start."""


@pytest.mark.parametrize("name", CASES)
async def test_reach(name: str) -> None:
    play, reach, reason = CASES[name]
    settings = ROOMY if name in HEAVY else QUICK
    for _ in range(TRIES):
        started = time.monotonic()
        snapshot, _ = await visit(play(), settings)
        if "too busy" not in snapshot.reach_detail:
            break
    assert (snapshot.reach, snapshot.reach_reason) == (reach, reason) or (reason is None and reach is snapshot.reach is Reach.UNCLEAR), (
        snapshot.reach_detail
    )
    assert time.monotonic() - started < patience(settings.deadline * 1.1)
    assert snapshot.title.startswith("荔洲区") if reach is Reach.OK else snapshot.reach_detail.endswith(".")
    assert snapshot.home is not None
    assert snapshot.home.url == HOME
