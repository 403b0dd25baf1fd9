"""What is seen of a column besides its own page: the lists of front pages that lead to it, and the entries earlier scans found in it.

A page may be an old copy, or its list may have failed to load. Where the site itself shows entries of a column whose page shows none, or
newer ones than its page does, that page is not the column as it is.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from crawler.facts.records import Item
from crawler.snapshot import Page, PageRole
from rules.dossier import History

FRONT = (PageRole.HOME, PageRole.CHANNEL, PageRole.FRAME)
"""What readers see first of a site: its homepage with its frames, and the pages behind an entrance."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """What is seen of one column elsewhere."""

    any_entry: bool = False
    newest: date | None = None
    """The latest day, up to that of judgement, printed beside its entries."""


NOT_SEEN = Sighting()


class Sightings:
    """What is seen of the columns of a site elsewhere than on their own pages, by address."""

    def __init__(self, pages: Iterable[Page], history: History, today: date) -> None:
        self._days: dict[str, list[date]] = {}
        for page in pages:
            for block in page.facts.blocks if page.facts and page.role in FRONT and page.is_whole else ():
                if block.url and block.items:
                    self._note(block.url, _days(block.items, today))
        for entry in history.items:
            self._note(entry.column_url, [day for day in entry.dates if day <= today])

    def of(self, addresses: Iterable[str]) -> Sighting:
        """Return what is seen of the column that is known by these addresses."""
        found = [days for address in {same_address(address) for address in addresses} if (days := self._days.get(address)) is not None]
        return Sighting(bool(found), max((day for days in found for day in days), default=None))

    def _note(self, url: str, days: list[date]) -> None:
        self._days.setdefault(same_address(url), []).extend(days)


def shows_entries(pages: Iterable[Page]) -> bool:
    """Tell whether a front page shows a list with entries: one that has a name or dates, which the lists of a footer have not."""
    blocks = (block for page in pages if page.role in FRONT and page.facts for block in page.facts.blocks)
    return any(block.items and (block.name or block.dates) for block in blocks)


def same_address(url: str) -> str:
    """Return an address without what does not tell pages apart: its scheme, its fragment, a slash at its end."""
    return url.partition("#")[0].removeprefix("https://").removeprefix("http://").rstrip("/")


def _days(items: Iterable[Item], today: date) -> list[date]:
    return [item.date for item in items if item.date and item.date <= today]
