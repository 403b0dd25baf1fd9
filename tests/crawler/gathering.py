"""Gathering a site that a play serves."""

import datetime as dt
from collections.abc import Callable
from urllib.parse import urlsplit

import msgspec

from crawler.gather import GatherSettings, gather
from crawler.reading.pool import open_reader
from crawler.snapshot import PageRole, SiteSnapshot, Target
from tests.crawler.servers import HOME, Play, Server, fetching, serving
from tests.crawler.small_site import small_site

AS_OF = dt.datetime(2018, 3, 1, tzinfo=dt.UTC)
QUICK = GatherSettings(
    delay=0, deadline=4, homepage_timeout=0.5, page_timeout=0.5, robots_timeout=0.3, second_try_pause=0.05, max_page_bytes=1 << 20
)
PATIENT = msgspec.structs.replace(QUICK, deadline=10, homepage_timeout=2, page_timeout=2)


async def visit(
    play: Play = small_site,
    settings: GatherSettings = PATIENT,
    *,
    robots: str | None = "",
    lacks: Callable[[SiteSnapshot], bool] = lambda _: False,
) -> tuple[SiteSnapshot, Server]:
    """Gather the site that a play serves, its heavy pages read in processes of their own."""
    async with serving(play, robots=robots) as server, fetching(server) as fetcher, open_reader() as reader:
        target = Target(url=HOME)
        return await gather(target, fetcher=fetcher, settings=settings, as_of=AS_OF, reader=reader, lacks=lacks), server


def paths(snapshot: SiteSnapshot, role: PageRole) -> list[str]:
    """Return the paths of a snapshot's pages of one role."""
    return [urlsplit(page.url).path for page in snapshot.pages if page.role is role]
