"""`xuncha standards`: the editions of the indicators, and one in full with clauses, sources, thresholds and what is not verified."""

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xuncha.cli import options
from xuncha.messages import say

if TYPE_CHECKING:
    from rich.console import Console

    from rules.standard import Clause, Standard

NARROW = 80
"""Columns of a terminal that leave no room for titles beside the rest."""

SEVERITY_STYLES = {"veto": "bold red", "cited": "", "notice": "cyan"}


def standards(
    standard_id: Annotated[str | None, typer.Argument(metavar="[ID|FILE.toml]", help=say("help_standard_id"))] = None,
    config: options.Config = None,
    lang: options.Lang = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    from rich.console import Console

    from rules.standard import find_standard, shipped_standards, standards_in

    settings = options.settings_of(config, standard=standard_id, lang=lang)
    console = Console(highlight=False)
    if standard_id is None:
        _list(console, {**shipped_standards(), **standards_in(Path(settings.standards))})
    elif console.is_terminal:
        _show(console, find_standard(settings.standard))
    else:
        _print_lines(find_standard(settings.standard))


def _list(console: "Console", known: "Mapping[str, Standard]") -> None:
    rows = [
        (standard.id, f"v{standard.version}", _validity(standard), str(len(standard.rules)), str(_vetoes(standard)), standard.title)
        for standard in known.values()
    ]
    if not console.is_terminal:
        for row in rows:
            print("\t".join(row))
        return
    if console.width < NARROW:
        for name, version, validity, rules, vetoes, title in rows:
            console.print(f"{name}  {version}  {validity}", style="bold", markup=False)
            console.print(f"  {title}\n  {say('standards_rules')} {rules}  {say('standards_vetoes')} {vetoes}", markup=False)
        return
    from rich.table import Table

    table = Table(box=None)
    for heading in ("standard", "version", "valid", "rules", "vetoes"):
        table.add_column(say(f"standards_{heading}"), no_wrap=True)
    table.add_column(say("standards_title"), overflow="fold", min_width=16)
    for row in rows:
        table.add_row(*row)
    console.print(table)


def _show(console: "Console", standard: "Standard") -> None:
    from rich.table import Table
    from rich.text import Text

    console.print(f"{standard.title} ({standard.id}, v{standard.version}, {_validity(standard)})", style="bold", markup=False)
    table = Table(box=None, show_header=False, padding=(0, 1, 1, 0))
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column(ratio=1, overflow="fold")
    for rule_id, clause in standard.rules.items():
        details = Text(clause.problem)
        details.append(f"\n{say('clause')}{clause.clause}", style="dim")
        if figures := _figures(clause.thresholds):
            details.append(f"\n{say('standards_thresholds')} {figures}", style="cyan")
        if figures := _figures(clause.notice_at):
            details.append(f"\n{say('notice')} {figures}", style="cyan")
        details.append(f"\n{say('standards_source')} {clause.source}", style="dim")
        if not clause.verified:
            details.append(f"\n{say('unverified')}", style="yellow")
        table.add_row(rule_id, Text(say(f"severity_{clause.severity}"), style=SEVERITY_STYLES[clause.severity]), details)
    console.print(table)


def _print_lines(standard: "Standard") -> None:
    print("\t".join((standard.id, f"v{standard.version}", _validity(standard), standard.title)))
    for rule_id, clause in standard.rules.items():
        print("\t".join((rule_id, *_fields(clause))))


def _fields(clause: "Clause") -> tuple[str, ...]:
    """Return the columns of a clause in a pipe; the last says whether its figures were compared with the official text."""
    verified = "verified" if clause.verified else "unverified"
    figures = (_figures(clause.thresholds), _figures(clause.notice_at))
    return (clause.severity, clause.problem, *figures, clause.clause, clause.source, verified)


def _figures(thresholds: Mapping[str, int]) -> str:
    return " ".join(f"{name}={value}" for name, value in thresholds.items())


def _validity(standard: "Standard") -> str:
    return f"{standard.valid_from} – {standard.valid_to or ''}".rstrip()


def _vetoes(standard: "Standard") -> int:
    return sum(clause.severity == "veto" for clause in standard.rules.values())
