"""A quarter's lists and bulletin, filled from the database: the records that `reports` takes, made from those that `storage` gives."""

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import groupby

from crawler.china_time import china_day
from reports.figures.directory import load_figures_text
from reports.figures.records import Figures
from reports.figures.scan import figures_from_scan, quarter_figures
from reports.period import Period
from reports.problems import ListedSite, SampledSite, SiteProblem, listed_site, problem_of
from reports.trend.series import QuarterSummary, decode_summary, encode_summary, summary_of
from reports.units import NATION, Units
from rules.registry import Status
from rules.verdict import Verdict
from storage.audits import iterate_verdicts
from storage.database import Database
from storage.findings.problems import iterate_problems
from storage.quarters.figures import figure_quarters, figures_of
from storage.quarters.samples import find_sample, iterate_sample_sites
from storage.quarters.summaries import keep_quarter, summaries_of
from storage.records import SamplePurpose, Scan
from storage.registry.sites import list_sites
from xuncha.errors import UsageFault
from xuncha.messages import say
from xuncha.quarter.chosen_scan import Tell, scan_within


def listed_problems(database: Database, scan: Scan, units: Units = NATION) -> Iterator[SiteProblem]:
    """Stream the problems of a scan as lists and bulletins take them; those of one site share its record."""
    for site_id, problems in groupby(iterate_problems(database, scan.scan_id), key=lambda problem: problem.site.site_id):
        site: ListedSite | None = None
        for problem in problems:
            site = site or listed_site(str(site_id), problem.site.row, units)
            yield problem_of(site, problem.finding, problem.state, problem.first_seen)


def bulletin_figures(database: Database, quarter: str, tell: Tell, units: Units = NATION) -> Figures:
    """Return the figures of a quarter: from its latest finished scan, from what was imported, or from both.

    Raises UsageFault when there is neither, FiguresError when the imported ones cannot be used.
    """
    period = Period.parse(quarter)
    scan, imported = scan_within(database, period, tell), imported_figures(database, period)
    if scan is None and imported is None:
        raise UsageFault(say("no_scan_in_quarter", database=database.place, quarter=quarter))
    reported = {site.site_code: site.passed for site in imported.self_checked} if imported else {}
    return quarter_figures(_scanned(database, scan, period, units, reported) if scan else None, imported)


def _scanned(database: Database, scan: Scan, period: Period, units: Units, reported: dict[str, bool]) -> Figures:
    audited = {
        audit.site.site_id: SampledSite(site=listed_site(str(audit.site.site_id), audit.site.row, units), verdict=audit.verdict)
        for audit in iterate_verdicts(database, scan.scan_id)
        # A closed or paused site is judged by no rule: it would pass without having been looked at.
        if audit.site.registered and audit.site.row.status is Status.RUNNING
    }
    drawn = find_sample(database, period.name, SamplePurpose.SPOT_CHECK)
    return figures_from_scan(
        period,
        china_day(scan.as_of),
        (site.row for site in list_sites(database)),
        _drawn(database, period, SamplePurpose.SPOT_CHECK, audited, units) if drawn else audited.values(),
        listed_problems(database, scan, units),
        f"扫描{scan.scan_id}",
        units=units,
        rechecked=_drawn(database, period, SamplePurpose.RECHECK, audited, units),
        reported=reported or None,
    )


def _drawn(
    database: Database, period: Period, purpose: SamplePurpose, audited: dict[int, SampledSite], units: Units
) -> Iterator[SampledSite]:
    """Yield the sites of a sample that was drawn; one that the scan did not reach has no verdict, and stays in the sample."""
    for entry in iterate_sample_sites(database, period.name, purpose):
        site = entry.site
        unseen = SampledSite(site=listed_site(str(site.site_id), site.row, units), verdict=Verdict.INCONCLUSIVE)
        yield audited.get(site.site_id, unseen)


def imported_figures(database: Database, period: Period) -> Figures | None:
    """Return the figures imported for a quarter, read by the same reader as those of a folder."""
    files = figures_of(database, period.name)
    return load_figures_text(files, period) if files else None


def past_quarters(database: Database, scope: str) -> tuple[QuarterSummary, ...]:
    """Return the kept quarters of a scope, and the imported ones that nobody wrote a bulletin of."""
    kept = {name: decode_summary(text, name) for name, text in summaries_of(database, scope).items()}
    imported = (name for name in figure_quarters(database) if name not in kept)
    figures = (imported_figures(database, Period.parse(name)) for name in imported)
    return (*kept.values(), *(summary_of(found) for found in figures if found and found.regions))


def keep(database: Database, scope: str, figures: Figures) -> None:
    """Keep a quarter, so that later ones can be compared with it."""
    summary = summary_of(figures)
    keep_quarter(database, scope, summary.period.name, encode_summary(summary), datetime.now(UTC))
