"""An audit on demand: one or a few sites now, with what the registry at hand knows of them."""

import asyncio
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from rich.console import Console
from rich.status import Status
from rich.text import Text

from crawler.china_time import china_day
from crawler.gather import Event
from crawler.limits import GatherSettings
from crawler.net.resolver import NameMapping
from reports.inert import plain
from rules.registry import RegistryRow
from storage.database import open_database
from storage.history import histories_of, knock_days_of
from storage.records import AuditResult, Site
from storage.registry.sites import find_site
from storage.registry.urls import BadUrl, normalise_url
from xuncha.audit.auditor import Auditor, Job
from xuncha.audit.knocking import KNOCK_WINDOW
from xuncha.audit.panel import print_audit
from xuncha.audit.round import open_auditor
from xuncha.audit.site_page import write_site_report
from xuncha.audit.verdict_json import encode_line, verdict_object
from xuncha.errors import UsageFault
from xuncha.messages import say
from xuncha.settings import Settings


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
    """Audit sites one after the other, printing each as it is done. Raises UsageFault for a bad address, or a bad name of the report."""
    if report:
        _check_name(report)
    jobs = [known_job(settings.db, url, as_of) for url in urls]
    results = []
    with shown_reading(quiet) as listener:
        async with open_auditor(settings, limits, mappings, as_of, listener.hear, screenshot_look=1) as auditor:
            for job in jobs:
                result = await auditor.audit(job)
                listener.pause()
                await _give_out(job, result, auditor, as_json=as_json, quiet=quiet, report=_report_path(report, result, len(jobs)))
                results.append(result)
    return results


async def _give_out(job: Job, result: AuditResult, auditor: Auditor, *, as_json: bool, quiet: bool, report: Path | None) -> None:
    row, engine = job.site.row if job.site.registered else None, auditor.engine
    if as_json:
        print(encode_line(verdict_object(row, result, auditor.as_of, engine.standard.id, evidence=True)), flush=True)
    elif not quiet:
        print_audit(Console(highlight=False), row, result, engine)
    if report:
        for warning in await asyncio.to_thread(write_site_report, report, row, result, auditor.as_of, engine):
            print(warning, file=sys.stderr)


class ReadingStatus:
    """A line on the terminal that says which page is being read."""

    def __init__(self, status: Status | None) -> None:
        self._status = status

    def hear(self, event: Event) -> None:
        """Show the address of an exchange."""
        if self._status:
            line = Text(say("audit_progress", url=plain(event.exchange.request.url)))
            line.truncate(self._status.console.width - len("⠋ "), overflow="ellipsis")
            self._status.update(line)
            self._status.start()

    def pause(self) -> None:
        """Take the line away, so that a result can be printed."""
        if self._status:
            self._status.stop()


@contextmanager
def shown_reading(quiet: bool) -> Iterator[ReadingStatus]:
    """Show what is being read on standard error, where that is a terminal and nobody asked for quiet."""
    console = Console(stderr=True)
    if quiet or not console.is_terminal:
        yield ReadingStatus(None)
        return
    with console.status("") as status:
        yield ReadingStatus(status)


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


def _check_name(report: Path) -> None:
    """Refuse before anything is asked of a site what could not be written afterwards. Raises UsageFault."""
    if report.suffix.lower() not in (".html", ".htm", ".pdf"):
        raise UsageFault(say("bad_report_name", path=report))
    if not report.parent.is_dir():
        raise UsageFault(say("no_report_folder", path=report, folder=report.parent))


def _report_path(path: Path | None, result: AuditResult, count: int) -> Path | None:
    """Name one file a site: with several sites, the host goes into the name."""
    return path if path is None or count == 1 else path.with_name(f"{path.stem}-{result.host.replace(':', '_')}{path.suffix}")
