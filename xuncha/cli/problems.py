"""`xuncha problems list|confirm|reject`: what people decide on the machine's findings. Only confirmed problems are named."""

import getpass
from typing import Annotated

import typer

from xuncha.cli import options
from xuncha.messages import say

problems = typer.Typer(help=say("help_problems"), no_args_is_help=True)

Ids = Annotated[list[int] | None, typer.Argument(metavar="ID", help=say("help_problems_ids"), show_default=False)]
By = Annotated[str, typer.Option("--by", metavar="NAME", help=say("help_problems_by"))]
Note = Annotated[str, typer.Option("--note", help=say("help_problems_note"))]
AllCandidates = Annotated[bool, typer.Option("--all", help=say("help_problems_all"))]


@problems.command("list", help=say("help_problems_list"))
def list_all(
    quarter: Annotated[str | None, typer.Option("--quarter", metavar="2018Q1", help=say("help_quarter"))] = None,
    db: options.Db = None,
    config: options.Config = None,
    lang: options.Lang = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    from reports.inert import plain
    from storage.database import open_existing_database
    from storage.findings.problems import iterate_problems
    from xuncha.quarter.chosen_scan import chosen_scan

    settings = options.settings_of(config, db=db, lang=lang)
    with open_existing_database(settings.db) as database:
        scan = chosen_scan(database, options.tell, quarter)
        for problem in iterate_problems(database, scan.scan_id):
            row = problem.site.row
            cells = [str(problem.problem_id), problem.state, row.site_code or "-", row.name, problem.finding.problem, row.url]
            if problem.carried_from:
                cells.append(say("problem_carried", problem=problem.carried_from))
            print("\t".join(plain(text) for text in cells))


@problems.command("confirm", help=say("help_problems_confirm"))
def confirm(
    ids: Ids = None,
    by: By = "",
    note: Note = "",
    all_candidates: AllCandidates = False,
    db: options.Db = None,
    config: options.Config = None,
    lang: options.Lang = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    _decide("confirmed", ids, by, note, all_candidates, options.settings_of(config, db=db, lang=lang).db, quiet)


@problems.command("reject", help=say("help_problems_reject"))
def reject(
    ids: Ids = None,
    by: By = "",
    note: Note = "",
    all_candidates: AllCandidates = False,
    db: options.Db = None,
    config: options.Config = None,
    lang: options.Lang = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    _decide("rejected", ids, by, note, all_candidates, options.settings_of(config, db=db, lang=lang).db, quiet)


def _decide(state: str, ids: list[int] | None, by: str, note: str, all_candidates: bool, place: str, quiet: bool) -> None:
    from datetime import UTC, datetime

    from storage.database import open_existing_database
    from storage.findings.problems import decide_problem, iterate_problems
    from storage.records import ProblemState
    from xuncha.errors import UsageFault
    from xuncha.quarter.chosen_scan import chosen_scan

    if not ids and not all_candidates:
        raise UsageFault(say("no_problem_named"))
    with open_existing_database(place) as database:
        chosen = list(ids or ())
        if all_candidates:
            scan = chosen_scan(database, options.tell)
            candidates = iterate_problems(database, scan.scan_id, [ProblemState.CANDIDATE])
            chosen += [problem.problem_id for problem in candidates]
        for problem_id in chosen:
            decide_problem(database, problem_id, ProblemState(state), by or _login_name(), datetime.now(UTC), note)
            if not quiet:
                print(say(f"problem_{state}", problem=problem_id))


def _login_name() -> str:
    """Return who runs the program: a decision is always somebody's. Empty where the system knows no name."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""
