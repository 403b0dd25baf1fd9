"""`xuncha scan`: one round over the registry, a sample of it, or what an interrupted scan left."""

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xuncha.cli import options
from xuncha.errors import UsageFault
from xuncha.messages import say

if TYPE_CHECKING:
    from storage.database import Database
    from storage.records import Scan


def scan(
    sites: Annotated[Path | None, typer.Option("--sites", metavar="FILE", help=say("help_scan_sites"))] = None,
    quarter: Annotated[str | None, typer.Option("--quarter", metavar="2018Q2", help=say("help_scan_quarter"))] = None,
    sample: Annotated[int | None, typer.Option("--sample", min=1, metavar="N", help=say("help_sample"))] = None,
    seed: Annotated[int | None, typer.Option("--seed", help=say("help_seed"))] = None,
    resume: Annotated[bool, typer.Option("--resume", help=say("help_resume"))] = False,
    concurrency: Annotated[int | None, typer.Option("--concurrency", min=1, help=say("help_concurrency"))] = None,
    workers: Annotated[int | None, typer.Option("--workers", min=1, help=say("help_workers"))] = None,
    discover: Annotated[int | None, typer.Option("--discover", min=0, help=say("help_discover"))] = None,
    as_of: options.AsOf = None,
    standard: options.StandardId = None,
    db: options.Db = None,
    resolve: options.Resolve = None,
    proxy: options.Proxy = None,
    max_pages: options.MaxPages = None,
    deadline: options.Deadline = None,
    delay: options.Delay = None,
    user_agent: options.UserAgent = None,
    browser: options.Browser = None,
    evidence: options.Evidence = None,
    config: options.Config = None,
    lang: options.Lang = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    from rich.console import Console

    from xuncha.scan.command import SCANNING, carry_out, drawn_sample, opened_with, scan_to_resume, start_scan
    from xuncha.scan.summary import print_summary
    from xuncha.signals import run_until_signal

    if quarter and (sites or sample is not None):
        raise UsageFault(say("quarter_stands_alone"))
    if (sample is None) != (seed is None):
        raise UsageFault(say("sample_needs_seed"))
    if resume and (quarter or sites or as_of or sample is not None):
        raise UsageFault(say("resume_stands_alone"))
    settings = options.settings_of(
        config,
        db=db, standard=standard, resolve=resolve, proxy=proxy, max_pages=max_pages, deadline=deadline, delay=delay,
        user_agent=user_agent, browser=browser, lang=lang, concurrency=concurrency, workers=workers, discover=discover,
        evidence=evidence,
    )  # fmt: skip
    limits, console = options.gather_settings(settings), Console(highlight=False)
    moment, mappings = options.moment_of(as_of), options.mappings_of(settings)  # a mistake in either is told before anything is stored
    with opened_with(settings.db, sites, console, quiet=quiet) as (database, named), database.only_one(SCANNING):
        to_resume = _to_resume(database.place if db else None, config)
        if resume:
            planned, settings, limits = scan_to_resume(database, settings)
            mappings = options.mappings_of(settings)
        else:
            _tell_of_unfinished(database, to_resume, quiet=quiet)
            only = drawn_sample(database, quarter) if quarter else named
            planned = start_scan(database, as_of=moment, settings=settings, limits=limits, only=only, sample=sample, seed=seed)
        work = carry_out(database, planned, settings=settings, limits=limits, mappings=mappings, quiet=quiet)
        done: Scan = run_until_signal(work, hint=say("scan_stopped", command=to_resume))
        if not quiet:
            print_summary(console, database, done)


def _to_resume(db: str | None, config: Path | None) -> str:
    """Return the command that goes on with a scan, with the database and the settings that this run was given."""
    given = [("--db", db) if db else (), ("--config", str(config)) if config else ()]
    return shlex.join(["xuncha", "scan", "--resume", *(word for words in given for word in words)])


def _tell_of_unfinished(database: "Database", command: str, *, quiet: bool) -> None:
    """Say that a scan stands there unfinished beside which a new one begins."""
    from crawler.china_time import china_day
    from storage.scans import unfinished_scan

    left = unfinished_scan(database)
    if left and not quiet:
        facts = {"scan": left.scan_id, "day": china_day(left.as_of), "planned": left.planned, "done": left.done}
        options.tell(say("scan_left_unfinished", command=command, **facts))
