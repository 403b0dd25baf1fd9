"""An audit on demand: one or a few sites now, with what the registry at hand knows of them."""

import asyncio
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from rich.console import Console

from crawler.gather import Event
from crawler.limits import GatherSettings
from crawler.net.resolver import NameMapping
from rules.registry import RegistryRow
from rules.windows import china_day
from storage.database import open_database
from storage.history import histories_of, knock_days_of
from storage.records import AuditResult, Site
from storage.registry import find_site
from storage.urls import BadUrl, normalise_url
from xuncha.audit_panel import print_audit
from xuncha.auditing import Job
from xuncha.errors import UsageFault
from xuncha.messages import say
from xuncha.round import open_auditor
from xuncha.scanning import KNOCK_WINDOW
from xuncha.settings import Settings
from xuncha.site_page import site_report
from xuncha.verdict_json import encode_line, verdict_object


async def audit_sites(
    urls: Sequence[str],
    *,
    settings: Settings,
    limits: GatherSettings,
    mappings: list[NameMapping],
    as_of: datetime,
    as_json: bool,
    report: Path | None,
    quiet: bool,
) -> list[AuditResult]:
    """Audit sites one after the other, printing each as it is done. Raises UsageFault for an address that is none."""
    jobs = [known_job(settings.db, url, as_of) for url in urls]
    console, progress = Console(highlight=False), Console(stderr=True)
    results = []
    with progress.status("") as status:

        def show(event: Event) -> None:
            status.update(say("audit_progress", url=event.exchange.request.url[:100]))

        if quiet or not progress.is_terminal:
            status.stop()
        async with open_auditor(settings, limits, mappings, as_of, None if quiet else show) as auditor:
            for job in jobs:
                row = job.site.row if job.site.registered else None
                result = await auditor.audit(job)
                if as_json:
                    print(encode_line(verdict_object(row, result, as_of, auditor.engine.standard.id, evidence=True)), flush=True)
                elif not quiet:
                    print_audit(console, row, result, auditor.engine)
                if report:
                    page = site_report(row, result, as_of, auditor.engine)
                    await asyncio.to_thread(_report_path(report, result, len(jobs)).write_text, page, encoding="utf-8")
                results.append(result)
    return results


def known_job(location: str, text: str, as_of: datetime) -> Job:
    """Return what the database knows of an address; a database that does not exist knows nothing and is not made.

    Raises UsageFault for a text that is no web address, StorageError.
    """
    try:
        url, host = normalise_url(text)
    except BadUrl as error:
        raise UsageFault(say("bad_url", text=text, why=error)) from error
    stranger = Job(site=Site(site_id=0, registered=False, row=RegistryRow(url=url, host=host)))
    if "://" not in location and not Path(location).exists():
        return stranger
    with open_database(location) as database:
        site = find_site(database, url)
        if site is None or not site.registered:
            return stranger
        history = histories_of(database, [site.site_id], as_of)[site.site_id]
        days = knock_days_of(database, [site.site_id], china_day(as_of - KNOCK_WINDOW), china_day(as_of))
    return Job(site=site, history=history, knocks=days[site.site_id])


def _report_path(path: Path, result: AuditResult, count: int) -> Path:
    """Name one file a site: with several sites, the host goes into the name."""
    return path if count == 1 else path.with_name(f"{path.stem}-{result.host.replace(':', '_')}{path.suffix}")
