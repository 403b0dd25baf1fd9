"""The reader of pages: the seam by which reading can leave the event loop, and the readers that stay in it."""

from datetime import date
from functools import lru_cache
from typing import Protocol

from crawler.facts.page import read_page
from crawler.facts.records import PageFacts

_HEAVY_BYTES = 256 << 10
_HEAVY_TAGS = 10_000
"""Nine homepages in ten are below both. The worst page that stays below takes a quarter of a second; ten times its size, minutes."""


class PageUnread(Exception):
    """A document could not be read within the limits; the message says why."""


def is_heavy(content: bytes) -> bool:
    """Tell whether a document is so large, or so full of tags, that it must not be read in the event loop."""
    return len(content) > _HEAVY_BYTES or content.count(b"<") > _HEAVY_TAGS


class PageReader(Protocol):
    """The seam by which reading can leave the event loop."""

    async def __call__(self, content: bytes, *, content_type: str, url: str, as_of: date, query: str | None = None) -> PageFacts:
        """Read the facts of one document. Raises PageUnread."""
        ...


async def read_in_loop(content: bytes, *, content_type: str, url: str, as_of: date, query: str | None = None) -> PageFacts:
    """Read the facts of one document here and now; the readers keep limits of their own."""
    return read_page(content, content_type=content_type, url=url, as_of=as_of, query=query)


def remembering_reader(most: int) -> PageReader:
    """Return a reader that reads each of the last `most` documents once: homepages that are knocked at all week seldom change."""
    read = lru_cache(maxsize=most)(read_page)

    async def reader(content: bytes, *, content_type: str, url: str, as_of: date, query: str | None = None) -> PageFacts:
        return read(content, content_type=content_type, url=url, as_of=as_of, query=query)

    return reader
