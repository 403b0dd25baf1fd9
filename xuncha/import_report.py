"""How an import of the registry is told: one line for the whole, one for each bad row."""

from collections.abc import Iterable
from pathlib import Path

from rich.console import Console

from reports.inert import plain
from storage.records import ImportReport, RejectedRow
from xuncha.messages import say


def print_import(console: Console, path: Path, report: ImportReport, *, quiet: bool) -> None:
    """Print what an import did. Every row that was left out is named with its line and the reason, even if quiet."""
    print_rejected(console, path, report.rejected)
    if not quiet:
        counts = {"new": report.imported, "updated": report.updated, "rejected": len(report.rejected)}
        console.print(say("imported", **counts, file=path.name), soft_wrap=True)


def print_rejected(console: Console, path: Path, rejected: Iterable[RejectedRow]) -> None:
    """Print the rows of a file that cannot be imported."""
    for row in rejected:
        console.print(f"{path.name}:{row.line}: {plain(row.text)}", style="yellow", soft_wrap=True, markup=False)
