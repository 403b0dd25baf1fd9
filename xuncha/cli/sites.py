"""`xuncha sites import|list|export|check`: the registry."""

import csv
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xuncha.cli import options
from xuncha.messages import say

if TYPE_CHECKING:
    from rules.registry import RegistryRow

sites = typer.Typer(help=say("help_sites"), no_args_is_help=True)

COLUMNS = ("site_code", "name", "url", "sponsor", "region", "level", "status")


@sites.command("import", help=say("help_sites_import"))
def import_file(
    file: Annotated[Path, typer.Argument(metavar="FILE")],
    db: options.Db = None,
    config: options.Config = None,
    lang: options.Lang = None,
    verbose: options.Verbose = False,
) -> None:
    from rich.console import Console

    from storage.database import open_database
    from storage.registry_import import import_registry
    from xuncha.import_report import print_import

    with open_database(options.settings_of(config, db=db, lang=lang).db) as database:
        print_import(Console(highlight=False), file, import_registry(database, file))


@sites.command("check", help=say("help_sites_check"))
def check_file(
    file: Annotated[Path, typer.Argument(metavar="FILE")],
    lang: options.Lang = None,
    verbose: options.Verbose = False,
) -> None:
    from tempfile import TemporaryDirectory

    from rich.console import Console

    from storage.database import open_database
    from storage.registry_import import import_registry
    from xuncha.import_report import print_import

    # A dry run is the real import into a database that is thrown away: the two can never disagree.
    with TemporaryDirectory() as folder, open_database(str(Path(folder) / "check.db")) as database:
        report = import_registry(database, file)
        print_import(Console(highlight=False), file, report)
    if report.rejected:
        sys.exit(2)


@sites.command("list", help=say("help_sites_list"))
def list_all(
    region: Annotated[str | None, typer.Option("--region", help=say("help_region"))] = None,
    db: options.Db = None,
    config: options.Config = None,
    lang: options.Lang = None,
    verbose: options.Verbose = False,
) -> None:
    from rich.console import Console

    from reports.inert import plain
    from storage.database import open_database
    from storage.registry import list_sites

    console = Console(highlight=False)
    with open_database(options.settings_of(config, db=db, lang=lang).db) as database:
        for site in list_sites(database, region=region):
            row = site.row
            console.print(
                "\t".join(plain(text) for text in (row.site_code or "-", row.status, row.region or "-", row.name, row.url)),
                soft_wrap=True, markup=False,
            )  # fmt: skip


@sites.command("export", help=say("help_sites_export"))
def export(
    out: Annotated[Path, typer.Option("--out", metavar="FILE.csv", help=say("help_out"))],
    db: options.Db = None,
    config: options.Config = None,
    lang: options.Lang = None,
    verbose: options.Verbose = False,
) -> None:
    from storage.database import open_database
    from storage.registry import list_sites

    with (
        open_database(options.settings_of(config, db=db, lang=lang).db) as database,
        out.open("w", encoding="utf-8-sig", newline="") as lines,
    ):
        writer = csv.writer(lines)
        writer.writerow(COLUMNS)
        for site in list_sites(database):
            writer.writerow(_cells(site.row))


def _cells(row: "RegistryRow") -> list[str]:
    from reports.inert import spreadsheet_text

    return [spreadsheet_text(str(getattr(row, name) or "")) for name in COLUMNS]
