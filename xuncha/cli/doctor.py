"""`xuncha doctor`: what is there, what lacks, and how it is mended."""

import typer

from xuncha.cli import options
from xuncha.messages import say


def doctor(
    db: options.Db = None,
    config: options.Config = None,
    lang: options.Lang = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    from datetime import UTC, datetime

    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from reports.inert import plain
    from xuncha.daemon.service import timetable_of
    from xuncha.doctor import State, examine

    console = Console(highlight=False)
    settings = options.settings_of(config, db=db, lang=lang)
    timetable_of(settings)  # what only the daemon reads is found wrong here, not at night
    checks = list(examine(settings, datetime.now(UTC)))
    if console.is_terminal:
        styles = {State.WELL: "green", State.LACKS: "yellow", State.BROKEN: "bold red"}
        table = Table(box=None, show_header=False, padding=(0, 1))
        for _ in ("name", "state"):
            table.add_column(no_wrap=True)
        table.add_column(overflow="fold")
        for check in checks:
            told = Text(plain(check.detail))
            if check.mend:
                told.append(f"\n{say('mend')} {check.mend}", style="cyan")
            table.add_row(Text(check.name), Text(say(f"state_{check.state}"), style=styles[check.state]), told)
        console.print(table)
    else:
        for check in checks:
            print("\t".join((check.name, check.state, plain(check.detail), check.mend)).rstrip())
    if any(check.state is State.BROKEN for check in checks):
        raise typer.Exit(1)
