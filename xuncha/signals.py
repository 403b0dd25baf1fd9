"""Runs asynchronous work to its end, or to the first SIGINT or SIGTERM: then it is cancelled and given time to store what is done."""

import asyncio
import signal
import sys
from collections.abc import Coroutine
from typing import Any, TypeVar

from xuncha.event_loop import run

Result = TypeVar("Result")


def run_until_signal(work: Coroutine[Any, Any, Result], *, hint: str = "") -> Result:
    """Run a coroutine and return its result. On a signal prints `hint`, if any, and exits with 130 or 143 once the work has wound down."""
    caught: list[signal.Signals] = []

    async def supervised() -> Result:
        loop, task = asyncio.get_running_loop(), asyncio.ensure_future(work)

        def stop(received: signal.Signals) -> None:
            caught.append(received)
            task.cancel()

        for each in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(each, stop, each)
        return await task

    try:
        return run(supervised())
    except asyncio.CancelledError:
        if hint:
            print(hint, file=sys.stderr)
        sys.exit(128 + (caught[0] if caught else signal.SIGINT))
