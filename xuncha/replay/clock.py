"""An event loop whose clock leaps over waiting: an archived audit, with all its pauses and its deadline, takes as long as its work."""

import asyncio
import selectors
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from crawler.facts.records import PageFacts
from crawler.reading.reader import PageReader, is_heavy


class LeapingSelector(selectors.DefaultSelector):
    """Does not wait for a timer, but moves the clock; while real work is under way elsewhere, it waits as long as that takes."""

    def __init__(self) -> None:
        super().__init__()
        self.now = 0.0
        self.under_way = 0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        """Return what is ready. What the loop would have waited for the next timer is added to the clock."""
        if timeout is None or timeout <= 0:
            return super().select(timeout)
        if self.under_way:
            before = time.monotonic()
            ready = super().select(timeout)
            self.now += min(timeout, time.monotonic() - before)
            return ready
        ready = super().select(0)
        if not ready:
            self.now += timeout
        return ready


class LeapingLoop(asyncio.SelectorEventLoop):
    """See the module. Its time begins at 0 and is in seconds."""

    def __init__(self) -> None:
        self.selector = LeapingSelector()
        super().__init__(self.selector)

    def time(self) -> float:
        """Return the time of this loop, which is that of no clock."""
        return self.selector.now

    @contextmanager
    def real_work(self) -> Iterator[None]:
        """Have the clock run while a page is read in another process."""
        self.selector.under_way += 1
        try:
            yield
        finally:
            self.selector.under_way -= 1


def patient(reader: PageReader) -> PageReader:
    """Return a reader whose processes are waited for."""

    async def read(content: bytes, *, content_type: str, url: str, as_of: date, query: str | None = None) -> PageFacts:
        if not is_heavy(content):
            return await reader(content, content_type=content_type, url=url, as_of=as_of, query=query)
        loop = asyncio.get_running_loop()
        assert isinstance(loop, LeapingLoop)
        with loop.real_work():
            return await reader(content, content_type=content_type, url=url, as_of=as_of, query=query)

    return read
