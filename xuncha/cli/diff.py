"""`xuncha diff SCAN SCAN`: what is new, gone and changed from one scan to another."""

from typing import Annotated

import typer

from xuncha.cli import options
from xuncha.cli.streams import write_json
from xuncha.messages import say


def diff(
    before: Annotated[int, typer.Argument(metavar="SCAN", help=say("help_diff_before"), show_default=False)],
    after: Annotated[int, typer.Argument(metavar="SCAN", help=say("help_diff_after"), show_default=False)],
    as_json: Annotated[bool, typer.Option("--json", help=say("help_json"))] = False,
    db: options.Db = None,
    config: options.Config = None,
    lang: options.Lang = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    from rich.console import Console

    from storage.database import open_existing_database
    from storage.scans import find_scan
    from xuncha.audit.verdict_json import encode_line
    from xuncha.replay.command import stored_findings
    from xuncha.replay.difference import difference, difference_object
    from xuncha.replay.difference_view import print_difference

    settings = options.settings_of(config, db=db, lang=lang)
    with open_existing_database(settings.db) as database:
        scans = (find_scan(database, scan_id) for scan_id in (before, after))
        found = difference(*(stored_findings(database, scan) for scan in scans))
    if as_json:
        write_json()
        print(encode_line(difference_object(found)))
    else:
        print_difference(Console(highlight=False), found)
