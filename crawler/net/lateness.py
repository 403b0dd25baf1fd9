"""How late this process runs: what a busy machine does not hear in time says nothing about the site."""

import asyncio
from types import TracebackType
from typing import Self

_STEP = 0.25
"""Seconds between two looks at the clock."""


class Lateness:
    """Sums up by how much the event loop ran its timers too late, from entering to leaving it."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._past = 0.0
        self._due = 0.0
        self._timer: asyncio.TimerHandle | None = None

    def __enter__(self) -> Self:
        """Begin to watch."""
        self._wait()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        """Stop watching."""
        if self._timer is not None:
            self._timer.cancel()

    def seconds(self) -> float:
        """Return the seconds so far, with those by which the next look is late just now."""
        return self._past + max(0.0, self._loop.time() - self._due)

    def _wait(self) -> None:
        self._due = self._loop.time() + _STEP
        self._timer = self._loop.call_at(self._due, self._look)

    def _look(self) -> None:
        self._past = self.seconds()
        self._wait()
