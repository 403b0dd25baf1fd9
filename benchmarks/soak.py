"""Whether memory and handles stay flat: `python benchmarks/soak.py --minutes 30`.

Every second site is healthy, the others misbehave in all the ways that the tests know. A table says how much the crawling process holds.
"""

import argparse
import asyncio
import multiprocessing
import os
import time
from collections import Counter
from collections.abc import Iterator
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path

import msgspec
from processes import children

from crawler.gather import gather
from crawler.net.fetcher import Fetcher
from crawler.net.resolver import NameMapping
from crawler.net.transport import open_fetcher
from crawler.reading.pool import open_reader
from crawler.reading.reader import PageReader
from crawler.snapshot import SiteSnapshot, Target
from tests.crawler.gathering import AS_OF, QUICK
from tests.crawler.homepage.cases import CASES
from tests.crawler.plays import page
from tests.crawler.servers import Call, Play, serving
from tests.crawler.small_site import small_site
from xuncha.event_loop import run

STALLING = b"<html><body>" + b"".join(b"<div><a href=/t%d.html>%d</a><p>2018-01-02</div>" % (n, n) for n in range(60_000))
SETTINGS = msgspec.structs.replace(QUICK, deadline=30, max_page_bytes=5 << 20)
SITES_AT_ONCE = 40


def plays() -> list[Play]:
    """Return every behaviour once, each between two healthy sites."""
    hostile = [make() for make, _, _ in CASES.values()] + [page(STALLING)]
    return [each for play in hostile for each in (small_site, play)]


def serve(link: Connection) -> None:
    """Serve all the sites in a process of their own, until it is ended."""
    behaviours = plays()

    async def run() -> None:
        async def play(call: Call) -> None:
            server.calls.clear()
            server.asked.clear()
            number = int("".join(filter(str.isdigit, call.headers["host"].partition(":")[0])) or 0)
            await behaviours[number % len(behaviours)](call)

        async with serving(play) as server:
            link.send(server.port)
            await asyncio.Event().wait()

    asyncio.run(run())


def held(pid: int) -> tuple[float, int, int]:
    """Return the resident MiB, open handles and threads of a process."""
    process = Path(f"/proc/{pid}")
    pages = int((process / "statm").read_text().split()[1])
    handles, threads = (sum(1 for _ in (process / part).iterdir()) for part in ("fd", "task"))
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20, handles, threads


class Soak:
    """The sites visited so far, and what was held meanwhile."""

    def __init__(self, fetcher: Fetcher, reader: PageReader, ends_at: float, server: int) -> None:
        self._fetcher = fetcher
        self._reader = reader
        self._ends_at = ends_at
        self._server = server
        self._numbers: Iterator[int] = count()
        self._late = 0
        self._longest_pause = 0.0
        self._seen: Counter[str] = Counter()

    async def run(self) -> None:
        """Visit site after site until the time is over."""
        printer = asyncio.create_task(self._print())
        beat = asyncio.create_task(self._beat())
        await asyncio.gather(*(self._visit() for _ in range(SITES_AT_ONCE)))
        printer.cancel()
        beat.cancel()

    async def _visit(self) -> None:
        while time.monotonic() < self._ends_at:
            target = Target(url=f"http://s{next(self._numbers)}.gov.cn/")
            snapshot = await gather(target, fetcher=self._fetcher, settings=SETTINGS, as_of=AS_OF, reader=self._reader)
            self._count(snapshot)

    def _count(self, snapshot: SiteSnapshot) -> None:
        self._seen[snapshot.reach.value] += 1
        self._late += snapshot.seconds > SETTINGS.deadline * 1.1

    async def _beat(self) -> None:
        """Measure the longest time the loop did not come round."""
        while True:
            before = time.monotonic()
            await asyncio.sleep(0.02)
            self._longest_pause = max(self._longest_pause, time.monotonic() - before - 0.02)

    async def _print(self) -> None:
        started = time.monotonic()
        print(
            f"{'s':>6}{'sites':>8}{'late':>6}{'MiB':>7}{'handles':>9}{'threads':>9}{'readers MiB':>13}{'pause s':>9}  reach",
            flush=True,
        )
        while True:
            await asyncio.sleep(20)
            memory, handles, threads = held(os.getpid())
            readers = sum(held(pid)[0] for pid in children(os.getpid()) if pid != self._server)
            print(
                f"{time.monotonic() - started:6.0f}{sum(self._seen.values()):8}{self._late:6}{memory:7.0f}{handles:9}{threads:9}"
                f"{readers:13.0f}{self._longest_pause:9.2f}  {dict(self._seen)}",
                flush=True,
            )
            self._longest_pause = 0.0


async def soak(port: int, seconds: float, server: int) -> None:
    """Crawl the sites that are served at a port."""
    mapping = NameMapping(pattern="*.gov.cn", host="127.0.0.1", port=port)
    async with open_fetcher(resolve=[mapping]) as fetcher, open_reader(seconds=2) as reader:
        await Soak(fetcher, reader, time.monotonic() + seconds, server).run()


def main() -> None:
    """Read the arguments, serve and crawl."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--minutes", type=float, default=30)
    minutes = parser.parse_args().minutes
    context = multiprocessing.get_context("spawn")
    link, theirs = context.Pipe()
    server = context.Process(target=serve, args=(theirs,), daemon=True)
    server.start()
    try:
        run(soak(link.recv(), minutes * 60, server.pid or 0))
    finally:
        server.terminate()


if __name__ == "__main__":
    main()
