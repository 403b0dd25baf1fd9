"""`xuncha demo`: the main job on an embedded world."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from xuncha.cli import options
from xuncha.messages import say

PIPE_WIDTH = 120
"""Columns of the tables where no terminal says how wide it is."""


def demo(
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help=say("help_out"))] = Path("demo-output"),
    serve: Annotated[bool, typer.Option("--serve", help=say("help_serve"))] = False,
    browser: options.Browser = None,
    lang: options.Lang = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    from rich.console import Console

    from xuncha.audit.browser_choice import AUTO
    from xuncha.demo.comparison import print_comparison
    from xuncha.demo.run import run_demo, serve_by_hand
    from xuncha.errors import Incomplete
    from xuncha.signals import run_until_signal

    console = Console(highlight=False, width=None if sys.stdout.isatty() else PIPE_WIDTH)
    if serve:
        run_until_signal(serve_by_hand(out, console), hint=say("daemon_stopped"))
        return
    result = run_until_signal(run_demo(out, console, quiet=quiet, browser=browser or AUTO), hint=say("daemon_stopped"))
    print_comparison(console, result)
    console.print(say("demo_wrote", folder=out))
    if not result.agrees:
        raise Incomplete(say("demo_differs"))
