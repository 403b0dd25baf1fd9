"""How a scan is shown while it runs: a bar on a terminal, a plain line now and then elsewhere."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.progress import Progress as Bar

from crawler.snapshot import Reach
from xuncha.messages import say
from xuncha.scan.run import Progress

LINE_SECONDS = 10.0
"""Between two plain lines."""
_WIDE = 120
"""Columns of a terminal that has room for more than the bar: where they crowd, what is done and left goes first."""


@contextmanager
def shown(progress: Progress, *, quiet: bool = False) -> Iterator[Progress]:
    """Show a scan's progress on standard error for as long as the context lasts."""
    console = Console(stderr=True, highlight=False)
    if quiet:
        yield progress
    elif console.is_terminal:
        yield from _bar(console, progress)
    else:
        yield from _lines(console, progress)


def _counts(progress: Progress, started: float) -> dict[str, object]:
    elapsed = max(time.monotonic() - started, 0.001)
    return {
        "rate": f"{progress.pages / elapsed:.1f}",
        "rendered": progress.rendered,
        **{reach.value: progress.reach[reach] for reach in Reach},
    }


def _stage(progress: Progress) -> str:
    return say(f"stage_{progress.stage}")


def _bar(console: Console, progress: Progress) -> Iterator[Progress]:
    started = time.monotonic()
    counts = [TextColumn("{task.fields[counts]}")] if console.width >= _WIDE else []
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), *counts, TimeElapsedColumn(), TimeRemainingColumn())
    with Bar(*columns, console=console) as bar:
        task = bar.add_task(_stage(progress), total=None, counts="")

        def change(now: Progress) -> None:
            bar.update(
                task, description=_stage(now), total=now.planned, completed=now.done, counts=say("scan_counts", **_counts(now, started))
            )

        progress.on_change = change
        yield progress


def _lines(console: Console, progress: Progress) -> Iterator[Progress]:
    started, last, stage = time.monotonic(), 0.0, progress.stage

    def line(now: Progress) -> None:
        nonlocal last, stage
        if time.monotonic() - last >= LINE_SECONDS or now.done == now.planned or now.stage is not stage:
            last, stage = time.monotonic(), now.stage
            console.print(say("scan_line", stage=_stage(now), done=now.done, planned=now.planned, **_counts(now, started)), soft_wrap=True)

    progress.on_change = line
    yield progress
