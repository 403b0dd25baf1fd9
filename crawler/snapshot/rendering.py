"""The words for pages that exist only through scripts: why a page is rendered, and what came of it."""

from datetime import datetime
from enum import StrEnum

from crawler.facts.records import Record


class RenderReason(StrEnum):
    """What of a page exists only through scripts, so that it has to be rendered (closed list)."""

    SHELL = "shell"
    """All of it: an empty shell."""
    FORWARD = "forward"
    """The way on: a script sends the reader elsewhere, and where to cannot be read."""
    LIST = "list"
    LETTERS = "letters"
    FOOTER = "footer"
    SEARCH_BOX = "search_box"
    ABSENCE = "absence"
    """Perhaps what is about to be called absent: it is not in the homepage as it was received, and a script may add it."""


class RenderOutcome(StrEnum):
    """What came of a rendering (closed list). But for `RENDERED`, the page is left as it was received."""

    RENDERED = "rendered"
    NO_BROWSER = "no_browser"
    """None is installed, it does not start, or it is switched off."""
    LIMIT = "limit"
    """As many pages of the site as are allowed were rendered before it, or its budget of requests runs low."""
    BUSY = "busy"
    """No browser was free in time."""
    TIMEOUT = "timeout"
    CRASHED = "crashed"
    TOO_LARGE = "too_large"
    """The page, or the memory that the browser took for it, was over the limits."""
    LEFT = "left"
    """The page led away from the site, or to what stands in the place of a page."""
    UNREAD = "unread"
    """The readers failed on the document."""


class Rendering(Record, frozen=True, kw_only=True):
    """The rendering of a page: why, and what came of it."""

    reason: RenderReason
    outcome: RenderOutcome
    complete: bool = False
    """Everything the page asked for was answered, and it came to rest in time: what it does not show then, a reader does not see either."""
    refused: int = 0
    """Requests of the page that were not sent, or not answered with what was asked for."""
    requests: int = 0
    seconds: float = 0.0

    @property
    def leaves_doubt(self) -> bool:
        """Tell whether a reader may see more than was seen: the browser was asked, and did not show all.

        Where there is none, whoever calls something absent from what was received does so without it.
        """
        if self.outcome is RenderOutcome.NO_BROWSER:
            return self.reason is RenderReason.ABSENCE
        return self.outcome is not RenderOutcome.RENDERED or not self.complete

    @property
    def is_partial(self) -> bool:
        """Tell whether the page's content was seen by rendering alone, and perhaps not all of it.

        A page that was rendered for its foot, its search box, or what it seems to lack, showed its content before.
        """
        for_content = self.reason not in (RenderReason.FOOTER, RenderReason.SEARCH_BOX, RenderReason.ABSENCE)
        return self.outcome is RenderOutcome.RENDERED and for_content and not self.complete


class Screenshot(Record, frozen=True, kw_only=True):
    """A screenshot of a page."""

    url: str
    """The address it was asked for by."""
    taken_at: datetime
    """UTC."""
    image: bytes
    """JPEG, of the first two thousand lines of the page."""
