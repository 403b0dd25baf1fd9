"""Gathering a site that a play serves."""

from collections.abc import Callable
from urllib.parse import urlsplit

import msgspec

from crawler.gather import GatherSettings, gather
from crawler.snapshot import PageRole, SiteSnapshot, Target
from tests.crawler.servers import HOME, Play, Server, fetching, serving
from tests.crawler.small_site import small_site
from tests.crawler.test_hostile_homepages import AS_OF, QUICK

PATIENT = msgspec.structs.replace(QUICK, deadline=10, homepage_timeout=2, page_timeout=2)


async def visit(
    play: Play = small_site,
    settings: GatherSettings = PATIENT,
    *,
    robots: str = "",
    lacks: Callable[[SiteSnapshot], bool] = lambda _: False,
) -> tuple[SiteSnapshot, Server]:
    """Gather the site that a play serves."""
    async with serving(play, robots=robots) as server, fetching(server) as fetcher:
        return await gather(Target(url=HOME), fetcher=fetcher, settings=settings, as_of=AS_OF, lacks=lacks), server


def paths(snapshot: SiteSnapshot, role: PageRole) -> list[str]:
    """Return the paths of a snapshot's pages of one role."""
    return [urlsplit(page.url).path for page in snapshot.pages if page.role is role]
