"""`xuncha inspect FILE_OR_URL...`: what the program sees on single pages, and where."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from xuncha.cli import options
from xuncha.cli.streams import write_json
from xuncha.messages import say

if TYPE_CHECKING:
    from datetime import date

    from xuncha.inspect.pages import Inspected
    from xuncha.settings import Settings


def inspect(
    sources: Annotated[list[str], typer.Argument(metavar="FILE_OR_URL", help=say("help_inspect_sources"), show_default=False)],
    as_json: Annotated[bool, typer.Option("--json", help=say("help_json"))] = False,
    url: Annotated[str | None, typer.Option("--url", metavar="URL", help=say("help_inspect_url"))] = None,
    as_of: options.AsOf = None,
    resolve: options.Resolve = None,
    proxy: options.Proxy = None,
    user_agent: options.UserAgent = None,
    config: options.Config = None,
    lang: options.Lang = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    import json

    from rich.console import Console

    from xuncha.errors import Incomplete
    from xuncha.inspect.pages import contract_object
    from xuncha.inspect.panel import print_page

    settings = options.settings_of(config, resolve=resolve, proxy=proxy, user_agent=user_agent, lang=lang)
    day = options.moment_of(as_of).date()
    console = Console(highlight=False)
    failed = False
    if as_json:
        write_json()
    for source in sources:
        try:
            inspected = _inspected(source, url, day, settings)
        except (Incomplete, OSError) as error:
            why = str(error) if isinstance(error, Incomplete) else say("cannot_use_file", name=source, why=error.strerror)
            print(say("error", sentence=why), file=sys.stderr)
            failed = True
            continue
        if as_json:
            print(json.dumps(contract_object(inspected), ensure_ascii=False), flush=True)
        else:
            print_page(console, inspected)
    if failed:
        sys.exit(1)


def _inspected(source: str, url: str | None, day: "date", settings: "Settings") -> "Inspected":
    from xuncha.inspect.pages import inspect_address, inspect_file, is_address

    if not is_address(source):
        return inspect_file(source, url=url, as_of=day)
    from xuncha.signals import run_until_signal

    work = inspect_address(
        source, settings=settings, limits=options.gather_settings(settings), mappings=options.mappings_of(settings), as_of=day
    )
    return run_until_signal(work, hint=say("inspect_stopped"))
