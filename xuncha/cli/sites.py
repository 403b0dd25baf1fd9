"""`xuncha sites import|list|export|check`: the registry."""

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer

from xuncha.cli import options
from xuncha.messages import say

sites = typer.Typer(help=say("help_sites"), no_args_is_help=True)


@sites.command("import", help=say("help_sites_import"))
def import_file(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=say("help_sites_file"), show_default=False)],
    db: options.Db = None,
    config: options.Config = None,
    lang: options.Lang = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    from rich.console import Console

    from storage.database import open_database
    from storage.registry.import_file import import_rows, read_registry
    from xuncha.import_report import print_import

    entries, rejected = read_registry(file)
    with open_database(options.settings_of(config, db=db, lang=lang).db) as database:
        print_import(Console(highlight=False), file, import_rows(database, entries, rejected, datetime.now(UTC)), quiet=quiet)


@sites.command("check", help=say("help_sites_check"))
def check_file(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=say("help_sites_file"), show_default=False)],
    lang: options.Lang = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    from rich.console import Console

    from storage.registry.import_file import read_registry
    from xuncha.import_report import print_rejected

    entries, rejected = read_registry(file)
    print_rejected(Console(highlight=False), file, rejected)
    if not quiet:
        print(say("checked", file=file.name, good=len(entries), rejected=len(rejected)))
    if rejected:
        sys.exit(2)


@sites.command("list", help=say("help_sites_list"))
def list_all(
    region: Annotated[str | None, typer.Option("--region", metavar="REGION", help=say("help_region"))] = None,
    db: options.Db = None,
    config: options.Config = None,
    lang: options.Lang = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    from reports.inert import plain
    from storage.database import open_existing_database
    from storage.registry.sites import list_sites

    with open_existing_database(options.settings_of(config, db=db, lang=lang).db) as database:
        for site in list_sites(database, region=region):
            row = site.row
            print("\t".join(plain(text) for text in (row.site_code or "-", row.status, row.region or "-", row.name, row.url)))


@sites.command("export", help=say("help_sites_export"))
def export(
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help=say("help_out"))],
    db: options.Db = None,
    config: options.Config = None,
    lang: options.Lang = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    from storage.database import open_existing_database
    from storage.registry.export_file import export_registry

    with open_existing_database(options.settings_of(config, db=db, lang=lang).db) as database:
        count = export_registry(database, out)
    if not quiet:
        print(say("exported", sites=count, path=out))
