"""The seam to the browser: a fetched document goes in, the document that its scripts made of it comes out."""

from datetime import datetime
from typing import Protocol

from crawler.facts.records import Record
from crawler.net.browser.loader import Loader
from crawler.net.browser.messages import RenderTask
from crawler.snapshot import RenderOutcome


class Rendered(Record, frozen=True, kw_only=True):
    """What came of a rendering."""

    outcome: RenderOutcome
    url: str = ""
    """Where the page was in the end."""
    document: bytes = b""
    """UTF-8."""
    screenshot: bytes = b""
    """JPEG; empty unless one was asked for."""
    complete: bool = False
    refused: int = 0
    asked: tuple[str, ...] = ()
    """What was fetched for the page, in the order of the answers."""
    rendered_at: datetime
    """UTC."""
    seconds: float = 0.0


class Renderer(Protocol):
    """Whatever can render a page."""

    async def render(self, task: RenderTask, loader: Loader, *, wait: float) -> Rendered:
        """Render a page once a browser is free, for which it waits `wait` seconds at most. Trouble is an outcome, never an exception."""
        ...
