"""`xuncha rules` and `xuncha standards`: what is checked, by which clause, with which thresholds."""

from typing import Annotated

import typer

from xuncha.cli import options
from xuncha.errors import UsageFault
from xuncha.messages import say


def rules(
    rule_id: Annotated[str | None, typer.Argument(metavar="[ID]", help=say("help_rule_id"))] = None,
    lang: options.Lang = None,
    verbose: options.Verbose = False,
) -> None:
    from rich.console import Console

    from rules.rule import discover
    from rules.standard import DEFAULT_STANDARD, find_standard

    console, known = Console(highlight=False), discover()
    if rule_id is None:
        clauses = find_standard(DEFAULT_STANDARD).rules
        for each, named in known.items():
            severity = clauses[each].severity if each in clauses else "-"
            console.print(f"{each:26} {severity:8} {named.document.title}", soft_wrap=True, markup=False)
        return
    if rule_id not in known:
        raise UsageFault(say("no_such_rule", rule=rule_id, known=", ".join(known)))
    named = known[rule_id]
    console.print(f"{named.document.title} ({rule_id}, v{named.rule.version})", style="bold")
    for heading, text in named.document.parts.items():
        console.print(heading, style="cyan")
        console.print(f"    {text}".replace("\n", "\n    "), soft_wrap=True, markup=False)


def standards(
    standard_id: Annotated[str | None, typer.Argument(metavar="[ID]", help=say("help_standard_id"))] = None,
    lang: options.Lang = None,
    verbose: options.Verbose = False,
) -> None:
    from rich.console import Console

    from rules.standard import find_standard, shipped_standards

    console = Console(highlight=False)
    if standard_id is None:
        for standard in shipped_standards().values():
            console.print(
                f"{standard.id}  v{standard.version}  {standard.valid_from} – {standard.valid_to or ''}  {standard.title}", markup=False
            )
        return
    standard = find_standard(standard_id)
    console.print(f"{standard.title} ({standard.id}, v{standard.version})", style="bold")
    for rule_id, clause in standard.rules.items():
        thresholds = " ".join(f"{name}={value}" for name, value in clause.thresholds.items())
        note = "" if clause.verified else f"  [{say('unverified')}]"
        console.print(f"{rule_id:26} {clause.severity:8} {clause.problem}{note}", soft_wrap=True, markup=False)
        console.print(f"    {clause.clause}", style="dim", soft_wrap=True, markup=False)
        if thresholds:
            console.print(f"    {thresholds}", style="cyan", soft_wrap=True, markup=False)
