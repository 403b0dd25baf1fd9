"""`xuncha bulletin` and `xuncha figures`: the quarter's document, and the figures gathered elsewhere."""

from pathlib import Path
from typing import Annotated

import typer

from xuncha.cli import options
from xuncha.messages import say

figures = typer.Typer(help=say("help_figures"), no_args_is_help=True)


def bulletin(
    quarter: Annotated[str, typer.Argument(metavar="QUARTER", help=say("help_quarter"))],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help=say("help_out"))],
    formats: Annotated[str | None, typer.Option("--format", metavar="docx,pdf,xlsx,html,md", help=say("help_formats"))] = None,
    profile: Annotated[str, typer.Option("--profile", metavar="NAME|FILE", help=say("help_profile"))] = "nation",
    internal: Annotated[bool, typer.Option("--internal", help=say("help_internal"))] = False,
    db: options.Db = None,
    config: options.Config = None,
    lang: options.Lang = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    from reports.bulletin.write import write_bulletin
    from reports.profile import load_profile
    from storage.database import open_existing_database
    from storage.errors import DatabaseReadOnly
    from xuncha.quarter.publication import bulletin_figures, keep, past_quarters

    settings = options.settings_of(config, db=db, lang=lang)
    chosen = [name.strip() for name in formats.split(",")] if formats else None
    style, notes = load_profile(profile), list[str]()
    with open_existing_database(settings.db) as database:
        quarters_figures = bulletin_figures(database, quarter, notes.append, style.units)
        past = past_quarters(database, style.name)
        written = write_bulletin(quarters_figures, style, out, chosen, past=past, internal=internal, notes=notes)
        try:
            keep(database, style.name, quarters_figures)
        except DatabaseReadOnly as error:
            notes.append(say("figures_not_kept", why=error))
    for note in notes:
        options.tell(note)
    if not quiet:
        for path in written:
            print(say("wrote", path=path))


def bulletin_template(
    out: Annotated[Path, typer.Option("--out", metavar="FILE.docx", help=say("help_template_out"))],
    lang: options.Lang = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    from reports.formats.word_template import word_template

    out.write_bytes(word_template())
    if not quiet:
        print(say("wrote", path=out))


@figures.command("import", help=say("help_figures_import"))
def import_folder(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help=say("help_folder"))],
    db: options.Db = None,
    config: options.Config = None,
    lang: options.Lang = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    from reports.figures.directory import load_figures
    from storage.database import open_database
    from storage.quarters.figures import import_figures

    load_figures(folder)  # wrong figures are refused here, with file and line, not when the bulletin is due
    with open_database(options.settings_of(config, db=db, lang=lang).db) as database:
        print(import_figures(database, folder))
