"""The links of a site to other hosts: recorded, not followed."""

from collections.abc import Iterable

from crawler.facts.records import Link
from crawler.snapshot import Outlink
from crawler.urls import bare_host, host_of, is_web


class Outlinks:
    """The links to other hosts, each host and text once."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._noted: dict[tuple[str, str], Outlink] = {}
        self._before: frozenset[tuple[str, str]] = frozenset()
        """Addresses and texts of the page before: most links of a page are on it as well, and were looked at."""

    @property
    def noted(self) -> tuple[Outlink, ...]:
        """Return the links in the order in which they were found."""
        return tuple(self._noted.values())

    def note_all(self, links: Iterable[Link], found_on: str, own: frozenset[str]) -> None:
        """Record those links of a page that lead to other hosts; `own` are the bare hosts of the site."""
        places = [(link.url, link.text) for link in links]
        for url, text in places:
            if len(self._noted) >= self._most:
                return
            if (url, text) not in self._before and is_web(url) and bare_host(host := host_of(url)) not in own:
                self.note(url, host, text, found_on)
        self._before = frozenset(places)

    def note(self, url: str, host: str, text: str, found_on: str) -> None:
        """Record a link."""
        if (host, text) not in self._noted and len(self._noted) < self._most:
            self._noted[host, text] = Outlink(host=host, url=url, text=text, found_on=found_on)
