"""`xuncha replay SCAN|FILE...`: the same rules over archived evidence, without a network."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from xuncha.cli import options
from xuncha.cli.streams import write_json
from xuncha.messages import say


def replay(
    archived: Annotated[list[str], typer.Argument(metavar="SCAN|FILE.warc.gz", help=say("help_replay_source"), show_default=False)],
    against: Annotated[str | None, typer.Option("--against", metavar="stored|ID", help=say("help_against"))] = None,
    as_json: Annotated[bool, typer.Option("--json", help=say("help_json"))] = False,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help=say("help_out"))] = None,
    fresh: Annotated[bool, typer.Option("--fresh", help=say("help_fresh"))] = False,
    workers: Annotated[int | None, typer.Option("--workers", min=1, help=say("help_replay_workers"))] = None,
    standard: options.StandardId = None,
    evidence: options.Evidence = None,
    db: options.Db = None,
    config: options.Config = None,
    lang: options.Lang = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    import time
    from contextlib import nullcontext

    from rich.console import Console

    from rules.standard import find_standard
    from storage.database import open_existing_database
    from xuncha.audit.verdict_json import encode_line
    from xuncha.replay import command as replay_command
    from xuncha.replay.difference import difference, difference_object
    from xuncha.replay.difference_view import print_difference

    settings = options.settings_of(config, db=db, lang=lang, evidence=evidence, workers=workers, standard=standard)
    if as_json or against is None:
        write_json()
    with open_existing_database(settings.db) as database:
        source = replay_command.source_of(archived, database)
        name, began = replay_command.standard_of(settings.standard if standard else None, source), time.monotonic()
        replayed = replay_command.replay(database, settings, source, find_standard(name), fresh=fresh)
        seconds = time.monotonic() - began
        with out.open("w", encoding="utf-8") if out else nullcontext(sys.stdout) as lines:
            if against is None:
                replay_command.print_lines(replayed, name, lines)
            else:
                found = difference(replay_command.other_side(database, settings, source, against), replay_command.judged(replayed))
                if as_json:
                    print(encode_line(difference_object(found)), file=lines)
                else:
                    print_difference(Console(file=lines, highlight=False), found)
    if not quiet:
        pages = sum(each.result.pages for each in replayed)
        missed = sum(each.missed for each in replayed)
        print(say("replayed", sites=len(replayed), pages=pages, speed=round(pages / seconds), missed=missed), file=sys.stderr)
