"""Heavy pages are read in processes of their own: one that stalls is killed, and neither its site nor the others wait for it."""

import asyncio
import os
import signal
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import msgspec
import pytest

from crawler.facts.page import read_page
from crawler.gather import gather
from crawler.reading.pool import open_reader
from crawler.reading.reader import PageReader, PageUnread, is_heavy
from crawler.snapshot import Reach, ReachReason, Target
from tests.crawler.gathering import AS_OF, QUICK
from tests.crawler.plays import BYTES, PAGE
from tests.crawler.servers import HOME, Call, fetching, serving
from tests.patience import best_of_tries, patience

DAY = date(2018, 3, 1)
LARGE = PAGE.replace("</body>", "<p>会议强调，要压实责任。</p>" * 9_000 + "</body>").encode()
STALLING = "".join(f"<div>2018-01-02<li><a href=/a{n}>关于春季植树的通知{n}</a>02-03</li>" for n in range(36_000)).encode()
"""A list of many entries, each in the one before: many seconds of work for the readers."""


def read_by(reader: PageReader, content: bytes) -> "asyncio.Task[object]":
    """Start to read a page."""

    async def read() -> object:
        return await reader(content, content_type="text/html; charset=utf-8", url=HOME, as_of=DAY)

    return asyncio.ensure_future(read())


def reader_processes() -> Iterator[int]:
    """Return the process ids of the reader processes that this process has running."""
    for child in Path(f"/proc/{os.getpid()}/task").glob("*/children"):
        for pid in map(int, child.read_text().split()):
            if b"crawler.reading.process" in Path(f"/proc/{pid}/cmdline").read_bytes():
                yield pid


def test_usual_pages_are_light_and_large_or_odd_ones_heavy() -> None:
    assert not is_heavy(BYTES)
    assert is_heavy(LARGE)
    assert is_heavy(b"<p>" * 20_000)


async def test_a_light_page_needs_no_process_and_a_heavy_one_says_the_same_from_its_own() -> None:
    async with open_reader() as reader:
        assert await read_by(reader, BYTES) == read_page(BYTES, content_type="text/html; charset=utf-8", url=HOME, as_of=DAY)
        assert list(reader_processes()) == []
        assert await read_by(reader, LARGE) == read_page(LARGE, content_type="text/html; charset=utf-8", url=HOME, as_of=DAY)
        assert len(list(reader_processes())) == 1


async def test_a_page_that_takes_too_long_is_unread_its_process_killed_and_the_next_page_read() -> None:
    async with open_reader(processes=1, seconds=2) as reader:
        await read_by(reader, LARGE)
        (before,) = reader_processes()
        with pytest.raises(PageUnread, match="longer than"):
            await read_by(reader, STALLING)
        await read_by(reader, LARGE)
        (after,) = reader_processes()
    assert before != after


async def test_a_process_that_no_longer_reacts_is_killed() -> None:
    async with open_reader(processes=1, seconds=4) as reader:
        await read_by(reader, LARGE)
        (pid,) = reader_processes()
        os.kill(pid, signal.SIGSTOP)
        with pytest.raises(PageUnread):
            await read_by(reader, LARGE)
        await read_by(reader, LARGE)


async def test_a_process_that_dies_costs_one_page() -> None:
    async with open_reader(processes=1) as reader:
        await read_by(reader, LARGE)
        (pid,) = reader_processes()
        reading = read_by(reader, STALLING)
        await asyncio.sleep(0.2)
        os.kill(pid, signal.SIGKILL)
        with pytest.raises(PageUnread, match="died"):
            await reading
        await read_by(reader, LARGE)


async def test_who_is_cancelled_leaves_no_process_at_work() -> None:
    async with open_reader(processes=1) as reader:
        await read_by(reader, LARGE)
        reading = read_by(reader, STALLING)
        await asyncio.sleep(0.2)
        reading.cancel()
        with pytest.raises(asyncio.CancelledError):
            await reading
        await asyncio.sleep(0.1)
        assert list(reader_processes()) == []


@best_of_tries
async def test_the_loop_goes_on_while_a_page_stalls_its_reader() -> None:
    async with open_reader(processes=1, seconds=0.5) as reader:
        reading = read_by(reader, STALLING)
        longest, last = 0.0, time.monotonic()
        while not reading.done():
            await asyncio.sleep(0.01)
            now = time.monotonic()
            longest, last = max(longest, now - last), now
        with pytest.raises(PageUnread):
            await reading
    assert longest < 0.25


async def test_a_site_of_stalling_pages_ends_in_time_and_is_not_accused() -> None:
    async def play(call: Call) -> None:
        await call.answer(STALLING)

    settings = msgspec.structs.replace(QUICK, deadline=5, homepage_timeout=3, page_timeout=3, max_page_bytes=5 << 20)
    async with serving(play) as server, fetching(server) as fetcher, open_reader(seconds=0.5) as reader:
        snapshot = await gather(Target(url=HOME), fetcher=fetcher, settings=settings, as_of=AS_OF, reader=reader)
    assert (snapshot.reach, snapshot.reach_reason) == (Reach.UNCLEAR, ReachReason.CRAWLER_ERROR)
    assert snapshot.seconds < patience(5.5)


async def test_a_site_whose_pages_stall_again_and_again_does_not_keep_the_readers_from_others() -> None:
    async def play(call: Call) -> None:
        if call.path == "/":
            links = "".join(f"<li><a href=/lm{n}/>栏目第{n}号</a></li>" for n in range(20))
            await call.answer(PAGE.replace("<body>", f"<body><div class=nav><ul>{links}</ul></div>"))
        else:
            await call.answer(STALLING)

    settings = msgspec.structs.replace(QUICK, deadline=20, homepage_timeout=3, page_timeout=3, max_page_bytes=5 << 20)
    async with serving(play) as server, fetching(server) as fetcher, open_reader(seconds=0.5) as reader:
        snapshot = await gather(Target(url=HOME), fetcher=fetcher, settings=settings, as_of=AS_OF, reader=reader)
    assert snapshot.reach is Reach.OK
    assert snapshot.coverage.columns_seen == 0
    assert sum(page.facts is None for page in snapshot.pages) > 5
    assert snapshot.seconds < patience(12)
