"""How this program runs asynchronous work: on the fastest event loop there is, with the garbage collector held back."""

import asyncio
import contextlib
import gc
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

_new_loop: Callable[[], asyncio.AbstractEventLoop] | None = None
with contextlib.suppress(ImportError):  # the extra `fast`
    import uvloop

    _new_loop = uvloop.new_event_loop

Result = TypeVar("Result")

_OBJECTS_BETWEEN_COLLECTIONS = 20_000
"""The facts of a page are thousands of small records without cycles, and the default of 700 looks through them again and again:
a tenth of a scan's processor time."""


def hold_collector_back() -> None:
    """Let this process collect garbage seldom."""
    gc.freeze()  # what was imported stays: no collection needs to look at it
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS, *gc.get_threshold()[1:])


def run(work: Coroutine[Any, Any, Result]) -> Result:
    """Run a coroutine in a loop of its own, and return its result."""
    hold_collector_back()
    with asyncio.Runner(loop_factory=_new_loop) as runner:
        return runner.run(work)
