"""A quarter's lists and bulletin, filled from the database: the records that `reports` takes, made from those that `storage` gives."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from reports.errors import FiguresError
from reports.figures import Figures
from reports.figures_directory import load_figures
from reports.figures_scan import figures_from_scan, quarter_figures
from reports.period import Period
from reports.problems import SampledSite, SiteProblem, listed_site, problem_of
from rules.registry import Status
from rules.windows import CHINA, china_day
from storage.audits import iterate_verdicts
from storage.database import Database
from storage.figures import figures_of
from storage.problems import iterate_problems
from storage.records import Scan
from storage.registry import list_sites
from storage.scans import latest_scan
from xuncha.errors import UsageFault
from xuncha.messages import say

MONTHS_OF_A_QUARTER = 3


def scan_of(database: Database, quarter: str | None, place: str) -> Scan:
    """Return the latest scan, or the latest of a quarter (`2018Q1`). Raises UsageFault when there is none."""
    if quarter is None:
        scan = latest_scan(database)
        if scan is None:
            raise UsageFault(say("no_scan", database=place))
        return scan
    scan = _scan_within(database, Period.parse(quarter))
    if scan is None:
        raise UsageFault(say("no_scan_in_quarter", database=place, quarter=quarter))
    return scan


def _scan_within(database: Database, period: Period) -> Scan | None:
    return latest_scan(database, since=_start(period), until=_start(period.following))


def _start(period: Period) -> datetime:
    return datetime(period.year, (period.quarter - 1) * MONTHS_OF_A_QUARTER + 1, 1, tzinfo=CHINA)


def listed_problems(database: Database, scan: Scan) -> Iterator[SiteProblem]:
    """Stream the problems of a scan as lists and bulletins take them."""
    return (
        problem_of(listed_site(str(problem.site.site_id), problem.site.row), problem.finding, problem.state, problem.first_seen)
        for problem in iterate_problems(database, scan.scan_id)
    )


def bulletin_figures(database: Database, quarter: str, place: str) -> Figures:
    """Return the figures of a quarter: from its latest scan, from what was imported, or from both.

    Raises UsageFault when there is neither, FiguresError when the imported ones cannot be used.
    """
    period = Period.parse(quarter)
    scan, imported = _scan_within(database, period), _imported(database, period)
    if scan is None and imported is None:
        raise UsageFault(say("no_scan_in_quarter", database=place, quarter=quarter))
    return quarter_figures(_scanned(database, scan, period) if scan else None, imported)


def _scanned(database: Database, scan: Scan, period: Period) -> Figures:
    registry = (site.row for site in list_sites(database))
    # A closed or paused site is judged by no rule: it would pass without having been looked at.
    sample = (
        SampledSite(site=listed_site(str(audit.site.site_id), audit.site.row), verdict=audit.verdict)
        for audit in iterate_verdicts(database, scan.scan_id)
        if audit.site.registered and audit.site.row.status is Status.RUNNING
    )
    problems = listed_problems(database, scan)
    return figures_from_scan(period, china_day(scan.as_of), registry, sample, problems, f"扫描{scan.scan_id}")


def _imported(database: Database, period: Period) -> Figures | None:
    """Return the figures imported for a quarter, read by the same reader as those of a folder."""
    files = figures_of(database, period.name)
    if not files:
        return None
    with TemporaryDirectory() as folder:
        for name, content in files.items():
            (Path(folder) / name).write_text(content, encoding="utf-8")
        try:
            return load_figures(Path(folder), period)
        except FiguresError as error:
            raise FiguresError(str(error).replace(folder, f"imported figures {period.name}")) from error
