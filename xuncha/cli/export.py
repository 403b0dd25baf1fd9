"""`xuncha export problems|verdicts`: the quarter's problem list, and one line a site."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from rules.registry import Level
from storage.records import ProblemState
from xuncha.cli import options
from xuncha.cli.streams import write_json
from xuncha.messages import say

export = typer.Typer(help=say("help_export"), no_args_is_help=True)


class ListFormat(StrEnum):
    """Formats of the problem list."""

    CSV = "csv"
    XLSX = "xlsx"
    JSON = "json"


class LinesFormat(StrEnum):
    """Formats of the verdicts."""

    JSONL = "jsonl"


@export.command("problems", help=say("help_export_problems"))
def problems(
    out: Annotated[Path, typer.Option("--out", metavar="FILE", help=say("help_out"))],
    form: Annotated[ListFormat, typer.Option("--format", help=say("help_format"))],
    quarter: Annotated[str | None, typer.Option("--quarter", metavar="2018Q1", help=say("help_quarter"))] = None,
    every: Annotated[bool, typer.Option("--every-problem", help=say("help_every_problem"))] = False,
    details: Annotated[bool, typer.Option("--details", help=say("help_details"))] = False,
    region: Annotated[list[str] | None, typer.Option("--region", metavar="REGION", help=say("help_only_region"))] = None,
    level: Annotated[list[Level] | None, typer.Option("--level", metavar="LEVEL", help=say("help_only_level"))] = None,
    rule: Annotated[list[str] | None, typer.Option("--rule", metavar="ID", help=say("help_only_rule"))] = None,
    state: Annotated[list[ProblemState] | None, typer.Option("--status", metavar="STATUS", help=say("help_only_state"))] = None,
    db: options.Db = None,
    config: options.Config = None,
    lang: options.Lang = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    from crawler.china_time import china_day
    from reports.problem_list import ProblemFilter, list_rows, problem_list
    from storage.audits import count_verdicts
    from storage.database import open_existing_database
    from xuncha.quarter.chosen_scan import chosen_scan
    from xuncha.quarter.publication import listed_problems

    settings = options.settings_of(config, db=db, lang=lang)
    wanted = ProblemFilter(regions=tuple(region or ()), levels=tuple(level or ()), rules=tuple(rule or ()), states=tuple(state or ()))
    with open_existing_database(settings.db) as database:
        scan = chosen_scan(database, options.tell, quarter)
        found = list(listed_problems(database, scan))
        out.write_bytes(problem_list(found, form.value, every_problem=every, details=details, wanted=wanted))
        sites = sum(count_verdicts(database, scan.scan_id).values())
    if not quiet:
        problems = sum(1 for _ in list_rows(found, every_problem=every, wanted=wanted))
        # The newest scan may have been one of a few sites only: whoever takes the list for the quarter's is told.
        print(say("exported_problems", problems=problems, scan=scan.scan_id, day=china_day(scan.as_of), sites=sites, path=out))


@export.command("verdicts", help=say("help_export_verdicts"))
def verdicts(
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help=say("help_out"))] = None,
    form: Annotated[LinesFormat, typer.Option("--format", help=say("help_format"))] = LinesFormat.JSONL,
    quarter: Annotated[str | None, typer.Option("--quarter", metavar="2018Q1", help=say("help_quarter"))] = None,
    db: options.Db = None,
    config: options.Config = None,
    lang: options.Lang = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    from contextlib import nullcontext

    from storage.audits import iterate_verdicts
    from storage.database import open_existing_database
    from xuncha.audit.verdict_json import encode_line, verdict_object
    from xuncha.quarter.chosen_scan import chosen_scan

    settings = options.settings_of(config, db=db, lang=lang)
    write_json()
    with open_existing_database(settings.db) as database, out.open("w", encoding="utf-8") if out else nullcontext(sys.stdout) as lines:
        scan = chosen_scan(database, options.tell, quarter, unfinished=True)
        for audit in iterate_verdicts(database, scan.scan_id):
            if audit.site.registered:
                print(encode_line(verdict_object(audit.site.row, audit, scan.as_of, scan.standard, evidence=False)), file=lines)
