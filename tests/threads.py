"""Servers that run beside a test or a benchmark, each in the event loop of a thread of its own."""

import asyncio
import threading
from collections.abc import Iterator
from concurrent.futures import Future
from contextlib import AbstractAsyncContextManager, contextmanager
from typing import TypeVar

Opened = TypeVar("Opened")


@contextmanager
def in_thread(opening: AbstractAsyncContextManager[Opened]) -> Iterator[Opened]:
    """Keep open in a thread what an asynchronous context manager opens, and give what it gives."""
    opened: Future[tuple[Opened, asyncio.AbstractEventLoop, asyncio.Event]] = Future()

    async def keep_open() -> None:
        done = asyncio.Event()
        async with opening as value:
            opened.set_result((value, asyncio.get_running_loop(), done))
            await done.wait()

    thread = threading.Thread(target=asyncio.run, args=(keep_open(),), daemon=True)
    thread.start()
    value, loop, done = opened.result(60)
    try:
        yield value
    finally:
        loop.call_soon_threadsafe(done.set)
        thread.join(10)
