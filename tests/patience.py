"""For tests that promise something about time: other work on the machine must not fail them, and a fault of ours must."""

import functools
import inspect
import os
from collections.abc import Callable
from typing import Any

TRIES = 3


def patience(seconds: float) -> float:
    """Return how long that may take now which takes `seconds` where no process waits for a core."""
    return seconds * max(1.0, os.getloadavg()[0] / (os.cpu_count() or 1))


def best_of_tries(test: Callable[..., Any]) -> Callable[..., Any]:
    """Try a test again that failed: what other processes hold up passes in its time, what we block ourselves is blocked each time."""
    if inspect.iscoroutinefunction(test):

        @functools.wraps(test)
        async def tried(*arguments: Any, **named: Any) -> None:
            for _ in range(TRIES - 1):
                try:
                    return await test(*arguments, **named)
                except AssertionError:
                    continue
            return await test(*arguments, **named)

        return tried

    @functools.wraps(test)
    def tried_at_once(*arguments: Any, **named: Any) -> None:
        for _ in range(TRIES - 1):
            try:
                return test(*arguments, **named)
            except AssertionError:
                continue
        return test(*arguments, **named)

    return tried_at_once
