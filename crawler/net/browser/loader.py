"""What a page in the browser asks for is fetched here: by the site's own visit, with its guard, robots.txt, pace, cookies and budget."""

from crawler.net.fetcher import Request
from crawler.net.visit import Fetched, SiteVisit
from crawler.snapshot import PageRole

_MAX_KEPT_BYTES = 8 << 20
"""Of one site: the scripts of its pages are the same, and are asked for once."""


class Loader:
    """The resources of one site's pages."""

    def __init__(self, visit: SiteVisit) -> None:
        self._visit = visit
        self._kept: dict[str, Fetched] = {}
        self._room = _MAX_KEPT_BYTES
        self.asked: list[str] = []
        """The addresses that were fetched, in the order of the answers."""

    async def load(self, url: str, headers: tuple[tuple[str, str], ...] = ()) -> Fetched:
        """Fetch a resource; one that was fetched for another page of the site is not asked for again."""
        kept = self._kept.get(url)
        if kept is not None:
            return kept
        fetched = await self._visit.send(Request(url=url, headers=headers), PageRole.RESOURCE)
        self.asked.append(url)
        size = len(fetched.exchange.body)
        if fetched.failure is None and size <= self._room:
            self._room -= size
            self._kept[url] = self._kept[fetched.final_url] = fetched
        return fetched
