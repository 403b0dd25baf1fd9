"""Sites with endlessly many pages: the real columns are seen, the endless ones cost a few requests, and the visit ends in time."""

import itertools
from collections.abc import Callable
from urllib.parse import quote, urlsplit

import msgspec
import pytest

from crawler.gather import gather
from crawler.reading.pool import open_reader
from crawler.snapshot import Reach, Target
from tests.crawler.gathering import AS_OF, QUICK
from tests.crawler.servers import HOME, HOST, Call, Play, fetching, serving
from tests.crawler.small_site import COLUMNS, document, home, item_list, small_site

SETTINGS = msgspec.structs.replace(
    QUICK, deadline=30, homepage_timeout=5, page_timeout=5, max_pages=30, max_requests=60, max_page_bytes=5 << 20
)
_numbers = itertools.count(1)


def links(*addresses: str) -> str:
    """Return a list of links as columns have them."""
    return (
        "<ul>"
        + "".join(f'<li><span>2018-02-11</span><a href="{each}">栏目页面名称之{n}</a></li>' for n, each in enumerate(addresses))
        + "</ul>"
    )


def calendar(path: str) -> str:
    """Link to the days of a calendar, each of which links to more."""
    number = next(_numbers)
    return links(*(f"/rili.jsp?year={2018 + number}&month={month}" for month in range(1, 13)))


def session_ids(path: str) -> str:
    """Link to the site's own columns, under an address that is new each time."""
    number = next(_numbers)
    return links(*(f"{column};jsessionid={number:032X}?sid={number}" for column in COLUMNS))


def growing_paths(path: str) -> str:
    """Link relatively to a folder that exists under every folder."""
    return links(*(f"{path.split('?')[0].rstrip('/')}/{name}/" for name in ("zwgk", "tzgg", "list")))


def growing_queries(path: str) -> str:
    """Link to the page itself with its own address as a parameter."""
    return links(f"/jump.jsp?from={quote(path, safe='')}", f"/jump.jsp?from={quote(path, safe='')}&back=1")


def endless_pages(path: str) -> str:
    """Link to the next pages, for ever."""
    number = next(_numbers)
    return links(*(f"/list.jsp?page={number * 10 + n}" for n in range(10)))


def endless_hosts(path: str) -> str:
    """Link to hosts of the site's name, each new."""
    return links(*(f"http://s{next(_numbers)}.lizhou.gov.cn/" for _ in range(400)))


def two_hundred_thousand_links(path: str) -> str:
    """Link to more than any reader takes."""
    return "".join(f"<a href=/{n}>{n}</a>" for n in range(200_000)) if path.startswith("/tzgg/") else ""


def megabytes_of_address(path: str) -> str:
    """Link to an address that is longer than the page that names it should be."""
    return links("/" + "a" * 1_000_000) if path.startswith("/tzgg/") else ""


def infested(trap: Callable[[str], str]) -> Play:
    """Serve the small site, with links of a trap on every page, and a page with such links at every address there is."""

    async def play(call: Call) -> None:
        path = urlsplit(call.path).path.partition(";")[0]
        if path == "/":
            await call.answer(home().replace("</body>", trap(call.path) + "</body>"))
        elif path in COLUMNS:
            await call.answer(document(COLUMNS[path], item_list(path) + trap(call.path)))
        elif path in ("/search", "/js/foot.js") or path.endswith(".html"):
            await small_site(call)
        else:
            await call.answer(document("荔洲区人民政府", trap(call.path)))

    return play


TRAPS = (
    calendar,
    session_ids,
    growing_paths,
    growing_queries,
    endless_pages,
    endless_hosts,
    two_hundred_thousand_links,
    megabytes_of_address,
)


@pytest.mark.parametrize("trap", TRAPS)
async def test_no_trap_keeps_the_crawler_from_the_real_columns(trap: Callable[[str], str]) -> None:
    async with serving(infested(trap), robots="") as server, fetching(server) as fetcher, open_reader(seconds=3) as reader:
        snapshot = await gather(Target(url=HOME), fetcher=fetcher, settings=SETTINGS, as_of=AS_OF, reader=reader)
    assert snapshot.reach is Reach.OK
    assert snapshot.seconds < SETTINGS.deadline
    assert snapshot.requests == len(server.asked) <= SETTINGS.max_requests
    assert {call.headers["host"] for call in server.calls} == {HOST}
    assert len(snapshot.outlinks) <= SETTINGS.max_outlinks
    asked = [urlsplit(path).path.partition(";")[0] for path in server.asked]
    assert set(asked) >= set(COLUMNS)
    assert max(asked.count(column) for column in COLUMNS) == 1
    assert max(map(len, server.asked)) < 2_000
