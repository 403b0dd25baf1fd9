"""`xuncha run`: the unattended daemon."""

from typing import Annotated

import typer

from xuncha.cli import options
from xuncha.messages import say
from xuncha.settings import LogFormat


def run(
    nightly: Annotated[str | None, typer.Option("--nightly", metavar="HH:MM", help=say("help_nightly"))] = None,
    now: Annotated[bool, typer.Option("--now", help=say("help_now"))] = False,
    concurrency: Annotated[int | None, typer.Option("--concurrency", min=1, help=say("help_concurrency"))] = None,
    workers: Annotated[int | None, typer.Option("--workers", min=1, help=say("help_workers"))] = None,
    health_port: Annotated[int | None, typer.Option("--health-port", min=0, max=65535, help=say("help_health_port"))] = None,
    log_format: Annotated[LogFormat | None, typer.Option("--log-format", help=say("help_log_format"))] = None,
    standard: options.StandardId = None,
    db: options.Db = None,
    resolve: options.Resolve = None,
    proxy: options.Proxy = None,
    max_pages: options.MaxPages = None,
    deadline: options.Deadline = None,
    delay: options.Delay = None,
    user_agent: options.UserAgent = None,
    evidence: options.Evidence = None,
    config: options.Config = None,
    lang: options.Lang = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    from xuncha.daemon.logs import set_up_logs
    from xuncha.daemon.service import run_daemon
    from xuncha.signals import run_until_signal

    settings = options.settings_of(
        config,
        db=db, standard=standard, resolve=resolve, proxy=proxy, max_pages=max_pages, deadline=deadline, delay=delay,
        user_agent=user_agent, lang=lang, nightly=nightly, concurrency=concurrency, workers=workers,
        health_port=health_port, log_format=log_format,
        evidence=evidence,
    )  # fmt: skip
    set_up_logs(settings.log_format, verbose=verbose, quiet=quiet)
    work = run_daemon(settings, options.gather_settings(settings), options.mappings_of(settings), now=now)
    run_until_signal(work)
