"""A difference as people read it: tables on a terminal, tab-separated lines in a pipe."""

from collections import Counter
from collections.abc import Iterable, Mapping

from rich.console import Console
from rich.table import Table
from rich.text import Text

from reports.inert import plain
from rules.verdict import Verdict
from xuncha.messages import say
from xuncha.replay.difference import Change, ChangeKind, Difference

EXAMPLES = 10
"""Shown of each kind on a terminal; a pipe gets all."""


def print_difference(console: Console, found: Difference) -> None:
    """Print what is new, gone, open and changed, by rule and by region, and which sites have another verdict."""
    console.print(
        say(
            "difference_counts",
            sites=found.sites,
            new=found.count(ChangeKind.NEW),
            gone=found.count(ChangeKind.GONE),
            open=found.count(ChangeKind.OPEN),
            changed=found.count(ChangeKind.CHANGED),
            verdicts=len(found.verdicts),
        ),
        soft_wrap=True,
    )
    if found.only_before or found.only_after:
        console.print(say("difference_not_compared", before=found.only_before, after=found.only_after), soft_wrap=True)
    if console.is_terminal:
        for title, counts in ((say("rule"), found.by_rule()), (say("region"), found.by_region())):
            if counts:
                console.print(_counts_table(title, counts))
        for kind in ChangeKind:
            _print_examples(console, [change for change in found.changes if change.kind is kind])
        for each in found.verdicts[:EXAMPLES]:
            console.print(
                Text(f"{plain(each.site.row.name)}  {plain(each.site.row.url)}  {_said(each.before)} → {_said(each.after)}"), soft_wrap=True
            )
        return
    for each in found.verdicts:
        _print_cells(console, ("verdict", each.site.row.url, each.site.row.name, each.before, each.after))
    for change in found.changes:
        row = change.site.row
        _print_cells(console, (change.kind, row.region or "-", change.rule, row.url, row.name, *_words(change)))


def _counts_table(title: str, counts: Mapping[str, Counter[ChangeKind]]) -> Table:
    table = Table(box=None)
    table.add_column(title, no_wrap=True)  # an id of which the end is missing names nothing
    for kind in ChangeKind:
        table.add_column(say("change_" + kind.value), justify="right")
    for name, of_name in counts.items():
        table.add_row(Text(plain(name)), *(str(of_name[kind] or "·") for kind in ChangeKind))
    return table


def _print_examples(console: Console, changes: list[Change]) -> None:
    if not changes:
        return
    console.print(say("change_" + changes[0].kind.value), style="bold")
    for change in changes[:EXAMPLES]:
        answers = (f"{_said(each.verdict)}: {each.reason}" if each else "-" for each in (change.before, change.after))
        cells = (change.rule, change.site.row.name, change.site.row.url, " → ".join(answers))
        console.print(Text("  " + "  ".join(plain(cell) for cell in cells)), soft_wrap=True)
    if len(changes) > EXAMPLES:
        console.print(say("difference_more", count=len(changes) - EXAMPLES))


def _said(verdict: Verdict) -> str:
    return say(f"verdict_{verdict}")


def _words(change: Change) -> tuple[str, str]:
    before, after = (f"{finding.verdict}: {finding.reason}" if finding else "-" for finding in (change.before, change.after))
    return before, after


def _print_cells(console: Console, cells: Iterable[str]) -> None:
    console.print(Text("\t".join(plain(cell) for cell in cells)), soft_wrap=True)
