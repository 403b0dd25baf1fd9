"""The browsers of one crawling process: a few, started when the first page needs one, one page at a time in each.

A page that stalls its browser, or brings it down, costs itself and no other: the browser is killed and started again for the next page.
"""

import asyncio
import contextlib
import logging
import os
import shutil
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from crawler.net.browser.loader import Loader
from crawler.net.browser.messages import Answered, Asked, RenderTask, Shown, headers_shown
from crawler.net.browser.process_tree import descendants, kill_tree, memory_of
from crawler.net.browser.renderer import Rendered, Renderer
from crawler.net.visit import Fetched
from crawler.processes.child import Child, start_child
from crawler.snapshot import RenderOutcome

_GRACE = 15.0
"""Seconds for which a browser may be silent beyond the time of its page."""
_WATCH_EVERY = 0.5
_FOLDERS = "xuncha-browser-"
"""What the names of browsers' folders begin with; the number of the crawler's process follows."""
_ABANDONED = 3600.0
"""Seconds: whoever shares the place, but not our numbers of processes, changes its folders more often."""
_PAGES_A_BROWSER = 50
"""Memory that a browser does not give back is got back by starting it anew."""
_STARTS_A_PAGE = 2
"""A browser that dies while it starts, killed by whoever is short of memory, is started once more."""
_MOST_FALSE_STARTS = 2
"""Pages in a row that no browser could be started for; after them nobody tries for a while."""
_PAUSE = 120.0
"""Seconds: what keeps a browser from starting may pass within a night, and a start that is in vain takes time."""
_decoder = msgspec.msgpack.Decoder(Asked | Shown)
_log = logging.getLogger(__name__)


@asynccontextmanager
async def open_browsers(program: str, *, pages: int, memory: int) -> AsyncIterator[Renderer]:
    """Open a renderer for `pages` pages at once; its browsers end with it. `memory`: bytes that each may take for its page."""
    remove_abandoned(Path(tempfile.gettempdir()), time.time() - _ABANDONED)
    pool = _BrowserPool(program, pages, memory)
    try:
        yield pool
    finally:
        pool.close()


class _BrowserPool:
    """The browsers, and the turns at them."""

    def __init__(self, program: str, pages: int, memory: int) -> None:
        self._idle = [_BrowserProcess(program, memory) for _ in range(pages)]
        self._all = tuple(self._idle)
        self._turns = asyncio.Semaphore(pages)
        self._false_starts = 0
        self._rested = 0.0
        """When a start is worth trying again, by the clock of the loop."""

    async def render(self, task: RenderTask, loader: Loader, *, wait: float) -> Rendered:
        """Render a page; see `Renderer`."""
        loop = asyncio.get_running_loop()
        if loop.time() < self._rested:
            return _without_document(RenderOutcome.NO_BROWSER)
        try:
            async with asyncio.timeout(wait):
                await self._turns.acquire()
        except TimeoutError:
            return _without_document(RenderOutcome.BUSY)
        try:
            browser = self._idle.pop()
            try:
                rendered = await browser.render(task, loader)
            finally:
                self._idle.append(browser)
        finally:
            self._turns.release()
        self._false_starts = self._false_starts + 1 if rendered.outcome is RenderOutcome.NO_BROWSER else 0
        if self._false_starts >= _MOST_FALSE_STARTS:
            self._rested = loop.time() + _PAUSE
        return rendered

    def close(self) -> None:
        """End the browsers, whatever they are at."""
        for browser in self._all:
            browser.kill()


class _BrowserProcess:
    """One browser process, started when needed and again after it was killed."""

    def __init__(self, program: str, memory: int) -> None:
        self._program = program
        self._memory = memory
        self._running: Child | None = None
        self._folder = ""
        self._pages = 0
        self._over_memory = False

    async def render(self, task: RenderTask, loader: Loader) -> Rendered:
        """Have a page shown. Whoever is cancelled meanwhile leaves no page behind in the browser."""
        try:
            running = self._running = self._running or await self._started()
        except (TimeoutError, asyncio.IncompleteReadError, OSError):
            _log.warning("the browser %s could not be started", self._program)
            self.kill()
            return _without_document(RenderOutcome.NO_BROWSER)
        loop = asyncio.get_running_loop()
        started, before = loop.time(), len(loader.asked)
        try:
            shown = await self._shown(running, task, loader)
        except BaseException:
            self.kill()
            raise
        self._pages += 1
        if shown.outcome is not RenderOutcome.RENDERED or self._pages >= _PAGES_A_BROWSER:
            self.kill()
        return Rendered(
            outcome=shown.outcome,
            url=shown.url,
            document=shown.document,
            screenshot=shown.screenshot,
            complete=shown.settled and not shown.refused,
            refused=shown.refused,
            asked=tuple(loader.asked[before:]),
            rendered_at=datetime.now(UTC),
            seconds=round(loop.time() - started, 3),
        )

    async def _started(self) -> Child:
        for _ in range(_STARTS_A_PAGE - 1):
            with contextlib.suppress(asyncio.IncompleteReadError, ConnectionError):
                return await self._start()
            self.kill()
        return await self._start()

    async def _start(self) -> Child:
        self._folder = tempfile.mkdtemp(prefix=f"{_FOLDERS}{os.getpid()}-")
        return await start_child("crawler.net.browser.process", self._program, self._folder)

    async def _shown(self, running: Child, task: RenderTask, loader: Loader) -> Shown:
        self._over_memory = False
        watch = asyncio.create_task(self._watch(running))
        try:
            async with asyncio.timeout(task.seconds + _GRACE):
                return await _Conversation(running, loader).hold(task)
        except TimeoutError:
            return Shown(outcome=RenderOutcome.TIMEOUT)
        except (asyncio.IncompleteReadError, ConnectionError, msgspec.DecodeError):
            return Shown(outcome=RenderOutcome.TOO_LARGE if self._over_memory else RenderOutcome.CRASHED)
        finally:
            watch.cancel()

    async def _watch(self, running: Child) -> None:
        """Kill the browser when it takes too much memory."""
        while True:
            await asyncio.sleep(_WATCH_EVERY)
            if memory_of(descendants(running.process.pid)) > self._memory:
                self._over_memory = True
                kill_tree(running.process.pid)
                return

    def kill(self) -> None:
        """End the browser at once; it is started again for the next page."""
        running, self._running = self._running, None
        self._pages = 0
        if running is not None:
            kill_tree(running.process.pid)
            running.kill()
        if self._folder:
            folder, self._folder = self._folder, ""
            shutil.rmtree(folder, ignore_errors=True)


class _Conversation:
    """What is said about one page."""

    def __init__(self, running: Child, loader: Loader) -> None:
        self._running = running
        self._loader = loader
        self._fetching: set[asyncio.Task[None]] = set()

    async def hold(self, task: RenderTask) -> Shown:
        """Give the page to the browser, fetch what it asks for, and return what it shows."""
        try:
            await self._running.send(msgspec.msgpack.encode(task))
            while True:
                message = _decoder.decode(await self._running.receive())
                if isinstance(message, Shown):
                    return message
                fetching = asyncio.create_task(self._fetch(message))
                self._fetching.add(fetching)
                fetching.add_done_callback(self._fetching.discard)
        finally:
            for each in self._fetching:
                each.cancel()
            await asyncio.gather(*self._fetching, return_exceptions=True)

    async def _fetch(self, asked: Asked) -> None:
        fetched = await self._loader.load(asked.url, asked.headers)
        with contextlib.suppress(ConnectionError):
            await self._running.send(msgspec.msgpack.encode(_answer(asked, fetched)))


def remove_abandoned(place: Path, before: float) -> None:
    """Remove browsers' folders last changed before a time (of the clock of files) whose crawler runs no more: it was killed."""
    for folder in place.glob(f"{_FOLDERS}*-*"):
        crawler = folder.name.removeprefix(_FOLDERS).partition("-")[0]
        with contextlib.suppress(OSError):
            if crawler.isdecimal() and not Path("/proc", crawler).exists() and folder.stat().st_mtime < before:
                shutil.rmtree(folder, ignore_errors=True)


def _answer(asked: Asked, fetched: Fetched) -> Answered:
    """Return what the browser is told of an answer. It never sees a redirect, which it would follow by itself."""
    exchange = fetched.exchange
    if exchange.failure is not None or exchange.status is None or 300 <= exchange.status < 400:
        return Answered(number=asked.number)
    if asked.document and fetched.final_url != asked.url.partition("#")[0]:
        # The address of a page counts for its links: the browser is led to it, and gets what was just fetched.
        body = f'<meta charset="utf-8"><script>location.replace({msgspec.json.encode(fetched.final_url).decode()})</script>'
        return Answered(number=asked.number, status=200, headers=(("content-type", "text/html; charset=utf-8"),), body=body.encode())
    return Answered(number=asked.number, status=exchange.status, headers=headers_shown(exchange.headers), body=exchange.body)


def _without_document(outcome: RenderOutcome) -> Rendered:
    return Rendered(outcome=outcome, rendered_at=datetime.now(UTC))
