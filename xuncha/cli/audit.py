"""`xuncha audit URL...`: one site on demand."""

import sys
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from xuncha.cli import options
from xuncha.cli.streams import write_json
from xuncha.messages import say

if TYPE_CHECKING:
    from storage.records import AuditResult


class FailOn(StrEnum):
    """From which site verdict on the exit status tells; what is worse is told with it."""

    PROBLEM = "problem"
    INCONCLUSIVE = "inconclusive"


def audit(
    urls: Annotated[list[str], typer.Argument(metavar="URL", help=say("help_audit_urls"), show_default=False)],
    as_json: Annotated[bool, typer.Option("--json", help=say("help_json"))] = False,
    report: Annotated[Path | None, typer.Option("--report", metavar="FILE.html", help=say("help_report"))] = None,
    fail_on: Annotated[list[FailOn] | None, typer.Option("--fail-on", help=say("help_fail_on"))] = None,
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
    config: options.Config = None,
    lang: options.Lang = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    from rules.verdict import Verdict
    from xuncha.audit.on_demand import audit_sites
    from xuncha.signals import run_until_signal

    settings = options.settings_of(
        config,
        db=db, standard=standard, resolve=resolve, proxy=proxy, max_pages=max_pages, deadline=deadline, audit_delay=delay,
        user_agent=user_agent, browser=browser, lang=lang,
    )  # fmt: skip
    if as_json:
        write_json()
    work = audit_sites(
        urls,
        settings=settings,
        limits=options.gather_settings(settings, delay=settings.audit_delay),
        mappings=options.mappings_of(settings),
        as_of=options.moment_of(as_of),
        as_json=as_json,
        report=report,
        quiet=quiet,
    )
    results: list[AuditResult] = run_until_signal(work, hint=say("audit_stopped"))
    verdicts = {result.verdict for result in results}
    if fail_on and Verdict.FAIL in verdicts:
        sys.exit(1)
    if FailOn.INCONCLUSIVE in (fail_on or ()) and Verdict.INCONCLUSIVE in verdicts:
        sys.exit(3)
