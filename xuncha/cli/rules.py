"""`xuncha rules`: what is checked, and how each check decides."""

from typing import Annotated

import typer

from xuncha.cli import options
from xuncha.errors import UsageFault
from xuncha.messages import say


def rules(
    rule_id: Annotated[str | None, typer.Argument(metavar="[ID]", help=say("help_rule_id"))] = None,
    lang: options.Lang = None,
    quiet: options.Quiet = False,
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
