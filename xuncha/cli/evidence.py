"""`xuncha evidence show|verify|thin`: what findings rest on, proof that nothing was changed, and what is let go."""

from pathlib import Path
from typing import Annotated

import typer

from xuncha.cli import options
from xuncha.messages import say

evidence = typer.Typer(help=say("help_evidence_group"), no_args_is_help=True)

Folder = Annotated[str | None, typer.Option("--evidence", help=say("help_evidence"), metavar="DIR")]


@evidence.command("show", help=say("help_evidence_show"))
def show(
    finding: Annotated[str, typer.Argument(metavar="PROBLEM|SITE:RULE", help=say("help_evidence_finding"), show_default=False)],
    scan: Annotated[int | None, typer.Option("--scan", metavar="SCAN", help=say("help_evidence_scan"))] = None,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help=say("help_evidence_out"))] = None,
    folder: Folder = None,
    db: options.Db = None,
    config: options.Config = None,
    lang: options.Lang = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    from rich.console import Console

    from storage.database import open_existing_database
    from xuncha import evidence_command

    settings = options.settings_of(config, db=db, lang=lang, evidence=folder)
    with open_existing_database(settings.db) as database:
        named = evidence_command.named_finding(database, finding, scan, options.tell)
        evidence_command.show(database, settings, named, Console(highlight=False), out)


@evidence.command("verify", help=say("help_evidence_verify"))
def verify(
    scan: Annotated[int | None, typer.Argument(metavar="[SCAN]", help=say("help_evidence_verify_scan"), show_default=False)] = None,
    folder: Folder = None,
    db: options.Db = None,
    config: options.Config = None,
    lang: options.Lang = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    from rich.console import Console

    from storage.database import open_existing_database
    from storage.evidence import manifest
    from storage.scans import find_scan
    from xuncha.audit.evidence_keeping import evidence_folder
    from xuncha.errors import Incomplete
    from xuncha.evidence_command import print_strangers, print_verified
    from xuncha.replay.command import scan_folder

    settings, console = options.settings_of(config, db=db, lang=lang, evidence=folder), Console(highlight=False)
    damaged = []
    with open_existing_database(settings.db) as database:
        chosen = [scan] if scan is not None else manifest.scans_with_evidence(database)
        for scan_id in chosen:
            state = manifest.verify(database, scan_id, scan_folder(settings, find_scan(database, scan_id)))
            print_verified(console, state)
            if state.damages:
                damaged.append(str(scan_id))
        folder_of_all = evidence_folder(settings)
        added = manifest.strangers(database, folder_of_all) if scan is None and folder_of_all else ()
        print_strangers(console, added)
        if not chosen:
            console.print(say("no_evidence_to_verify", database=database.place), soft_wrap=True)
    sentences = [say("evidence_not_intact", scans=", ".join(damaged))] if damaged else []
    if added:
        sentences.append(say("evidence_of_no_scan", count=len(added), folder=folder_of_all))
    if sentences:
        raise Incomplete(" ".join(sentences))


@evidence.command("thin", help=say("help_evidence_thin"))
def thin(
    days: Annotated[int | None, typer.Option("--older-than", min=1, metavar="DAYS", help=say("help_older_than"))] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=say("help_dry_run"))] = False,
    folder: Folder = None,
    db: options.Db = None,
    config: options.Config = None,
    lang: options.Lang = None,
    quiet: options.Quiet = False,
    verbose: options.Verbose = False,
) -> None:
    from datetime import UTC, datetime, timedelta

    from rich.console import Console

    from storage.database import open_existing_database
    from storage.evidence import retention
    from storage.scans import unfinished_scan
    from xuncha.audit.evidence_keeping import evidence_folder
    from xuncha.errors import UsageFault
    from xuncha.evidence_command import print_thinned

    settings = options.settings_of(config, db=db, lang=lang, evidence=folder, retention_days=days)
    console, days = Console(highlight=False), settings.retention_days
    place, now = evidence_folder(settings), datetime.now(UTC)
    if place is None:
        raise UsageFault(say("nothing_archived"))
    with open_existing_database(settings.db) as database:
        if unfinished_scan(database) and not dry_run:
            raise UsageFault(say("scan_is_running"))
        done = list(retention.thin(database, place, before=now - timedelta(days=days), thinned_at=now, dry_run=dry_run))
    for each in done:
        print_thinned(console, each)
    if not done:
        console.print(say("nothing_to_thin", days=days), soft_wrap=True)
