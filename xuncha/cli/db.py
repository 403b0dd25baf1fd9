"""`xuncha db`: looking after the database."""

from pathlib import Path
from typing import Annotated

import typer

from xuncha.cli import options
from xuncha.messages import say

db = typer.Typer(help=say("help_database"), no_args_is_help=True)


@db.command("backup", help=say("help_db_backup"))
def backup(
    out: Annotated[Path, typer.Argument(metavar="FILE", help=say("help_db_backup_out"), show_default=False)],
    location: options.Db = None,
    config: options.Config = None,
    lang: options.Lang = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    from storage.database import open_existing_database

    with open_existing_database(options.settings_of(config, db=location, lang=lang).db) as database:
        database.backup(out)
    if not quiet:
        print(say("wrote", path=out))


@db.command("vacuum", help=say("help_db_vacuum"))
def vacuum(
    location: options.Db = None,
    config: options.Config = None,
    lang: options.Lang = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    from storage.database import open_existing_database

    with open_existing_database(options.settings_of(config, db=location, lang=lang).db) as database:
        database.vacuum()
