"""`xuncha sample draw|recheck`: the quarter's samples, drawn so that anybody can draw them again."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xuncha.cli import options
from xuncha.messages import say

if TYPE_CHECKING:
    from xuncha.quarter.sample_drawing import Drawing

sample = typer.Typer(help=say("help_sample_command"), no_args_is_help=True)

Quarter = Annotated[str, typer.Argument(metavar="QUARTER", help=say("help_quarter"))]
Size = Annotated[int, typer.Option("--size", min=1, help=say("help_sample_size"))]
Seed = Annotated[str, typer.Option("--seed", help=say("help_sample_seed"))]
Out = Annotated[Path | None, typer.Option("--out", metavar="DIR", help=say("help_sample_out"))]
Replace = Annotated[bool, typer.Option("--replace", help=say("help_sample_replace"))]
ProfileName = Annotated[str, typer.Option("--profile", metavar="NAME|FILE", help=say("help_profile"))]


@sample.command("draw", help=say("help_sample_draw"))
def draw(
    quarter: Quarter,
    size: Size,
    seed: Seed,
    least: Annotated[int, typer.Option("--least", min=0, help=say("help_sample_least"))] = 4,
    out: Out = None,
    replace: Replace = False,
    profile: ProfileName = "nation",
    db: options.Db = None,
    config: options.Config = None,
    lang: options.Lang = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    from reports.profile import load_profile
    from storage.database import open_existing_database
    from xuncha.quarter.sample_drawing import draw_spot_check

    units = load_profile(profile).units
    with open_existing_database(options.settings_of(config, db=db, lang=lang).db) as database:
        _show(draw_spot_check(database, quarter, size=size, seed=seed, least=least, units=units, replace=replace), out, quiet)


@sample.command("recheck", help=say("help_sample_recheck"))
def recheck(
    quarter: Quarter,
    size: Size,
    seed: Seed,
    least: Annotated[int, typer.Option("--least", min=0, help=say("help_sample_least"))] = 1,
    out: Out = None,
    replace: Replace = False,
    profile: ProfileName = "nation",
    db: options.Db = None,
    config: options.Config = None,
    lang: options.Lang = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    from reports.profile import load_profile
    from storage.database import open_existing_database
    from xuncha.quarter.sample_drawing import draw_recheck

    units = load_profile(profile).units
    with open_existing_database(options.settings_of(config, db=db, lang=lang).db) as database:
        _show(draw_recheck(database, quarter, size=size, seed=seed, least=least, units=units, replace=replace), out, quiet)


def _show(drawing: "Drawing", out: Path | None, quiet: bool) -> None:
    """Print what was drawn, by unit, and write the files that are published with it."""
    from collections import Counter

    from reports.inert import plain
    from xuncha.quarter.sample_drawing import write_drawing

    if drawing.missing:
        print(say("sample_missing", count=drawing.missing), file=sys.stderr)
    written = write_drawing(drawing, out) if out else ()
    if quiet:
        return
    kept = drawing.kept
    print(say("sample_drawn", size=kept.size, frame=kept.frame_size, seed=plain(kept.seed), hash=kept.registry_hash))
    for unit, count in Counter(site.unit for site, _ in drawing.sites).items():
        print(f"{plain(unit)}\t{count}")
    for path in written:
        print(say("wrote", path=path))
