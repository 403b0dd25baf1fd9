"""One page of a snapshot, and why it was fetched."""

from datetime import datetime
from enum import StrEnum
from http import HTTPStatus

from crawler.facts.records import STAND_INS, PageFacts, PageType, Record
from crawler.snapshot.reach import Failure
from crawler.snapshot.rendering import Rendering, RenderOutcome

OLD_COPY = 2 * 86_400
"""Seconds for which a cache may have kept a page that still counts as the present one."""


class Hop(Record, frozen=True, kw_only=True):
    """One redirect on the way: from where, with which status, to where."""

    url: str
    status: int
    location: str


class PageRole(StrEnum):
    """Why a page was fetched."""

    HOME = "home"
    CHANNEL = "channel"
    """A second-level page of a homepage that is only a navigation entry."""
    COLUMN = "column"
    ARTICLE = "article"
    INTERACTION = "interaction"
    GUIDE = "guide"
    REPORT = "report"
    SEARCH = "search"
    FOOTER = "footer"
    FRAME = "frame"
    """A frame of the homepage: what stands in it is a part of the homepage."""
    PICTURE = "picture"
    """Behind a link of the homepage that is a picture without a name: it may be anything, a letter box too. So may the map of the site."""
    RESOURCE = "resource"
    """What a page that is rendered asks for: no page of the snapshot."""


class Page(Record, frozen=True, kw_only=True):
    """One page of a snapshot: the exchange in short, and the facts of the document where there is one."""

    role: PageRole
    url: str
    final_url: str
    status: int | None = None
    failure: Failure | None = None
    facts: PageFacts | None = None
    """Beside a failure: read from the part of the document that came. Absence in them proves nothing."""
    hops: tuple[Hop, ...] = ()
    fetched_at: datetime
    """UTC."""
    seconds: float = 0.0
    sha256: str = ""
    """Of the body after content decoding."""
    last_modified: str | None = None
    kept_for: int = 0
    """Seconds for which caches on the way have kept the page, by their own word (`Age`)."""
    tls_error: str | None = None
    """Why the certificate was not trusted; the page was fetched all the same."""
    found_on: str | None = None
    """The page whose link led here."""
    link_text: str = ""
    rendering: Rendering | None = None
    """Set where something of the page exists only through scripts. If it was rendered, `facts`, `final_url` and `sha256` are those of the
    rendered document."""

    @property
    def is_whole(self) -> bool:
        """Tell whether the page itself was seen, to its end, as it is now: only then does it prove that something is not in it.

        A part of it (206), or what comes before it is made (202), is not the page.
        """
        facts = self.facts
        if facts is None or self.failure is not None or self.status != HTTPStatus.OK or self.kept_for > OLD_COPY:
            return False
        if self.rendering is not None and self.rendering.is_partial:
            return False
        return facts.page_type not in STAND_INS and not facts.limited and not facts.script_dependent

    @property
    def shows_its_list(self) -> bool:
        """Tell whether a column was seen, to its end and with its list: one that a script fills may hold anything."""
        column = self.facts.column if self.facts else None
        return self.is_whole and not (column is not None and column.script_filled)

    @property
    def lacks_browser(self) -> bool:
        """Tell whether the page would have been rendered if there had been a browser."""
        return self.rendering is not None and self.rendering.outcome is RenderOutcome.NO_BROWSER

    @property
    def was_in_browser(self) -> bool:
        """Tell whether a browser was asked to show the page, whatever came of it."""
        return self.rendering is not None and not self.lacks_browser

    @property
    def is_gone(self) -> bool:
        """Tell whether the site itself says that there is no such page: a dead link, which hides nothing. A refusal says no such thing."""
        blank = self.facts is not None and self.facts.page_type is PageType.SOFT_404
        return self.status in (HTTPStatus.NOT_FOUND, HTTPStatus.GONE) or (blank and self.status == HTTPStatus.OK)
