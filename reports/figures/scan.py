"""A quarter's figures counted from a registry, a sample and the problems found in it: one pass over each."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

import msgspec

from reports.chinese import date_text
from reports.errors import FiguresError
from reports.figures.records import (
    ANNEX_LEVELS,
    CitedProblem,
    Figures,
    ListKey,
    Metadata,
    Origin,
    ProblemSite,
    RegionFigures,
    RegistryTotals,
    Source,
)
from reports.period import Period
from reports.problem_families import OWNER_RULES, telling_order
from reports.problems import SampledSite, SiteProblem, by_site
from reports.sampling.recheck import Outcome, outcome_of, recheck_of
from reports.units import CENTRAL, NATION, Units
from rules.registry import Level, RegistryRow, Status
from rules.verdict import Severity
from storage.records import ProblemState


def figures_from_scan(
    period: Period,
    as_of: date,
    registry: Iterable[RegistryRow],
    sample: Iterable[SampledSite],
    problems: Iterable[SiteProblem],
    scan_name: str,
    *,
    units: Units = NATION,
    rechecked: Iterable[SampledSite] = (),
    reported: Mapping[str, bool] | None = None,
) -> Figures:
    """Return the figures of a scan.

    Running sites are counted from `registry`. A site of the sample counts as a problem site when it has a veto problem that is named,
    as passed when its verdict is `pass`, else as undecided: also when it failed by the machine's word alone and nothing of that is named.
    Rejected problems are never named. Once people have confirmed problems only those are named, and the candidates are counted
    as withheld; before that the candidates are named, and the document is a draft. `scan_name` is what `trace.json` calls the scan.
    Rows are counted by `units`; `sample` and `problems` name their unit as region. `rechecked` are the sites drawn among those that
    regions `reported`, by upper-case site code: their own check's verdict.
    """
    kept = [problem for problem in problems if problem.state is not ProblemState.REJECTED]
    named, withheld = _named(kept)
    source = Source(origin=Origin.SCAN, place=scan_name)
    sites = list(by_site(named))
    failed = {group[0].site.key: group[0] for group in sites if any(problem.severity is Severity.VETO for problem in group)}
    sampled = tuple(sample)
    running, self_checked = _running_sites(registry, units, reported or {})
    rows = _region_rows(running, sampled, failed, source, units)
    if reported is not None:
        rows = [msgspec.structs.replace(row, self_checked=self_checked[row.region]) for row in rows]
    in_sample = {entry.site.key for entry in sampled}
    return Figures(
        period=period,
        metadata=Metadata(source=source),
        registry=_totals(running, as_of, source),
        regions=tuple(row for row in rows if row.region != CENTRAL),
        whole_registry=len(sampled) >= running.total() > 0,
        central=next((row for row in rows if row.region == CENTRAL and row.sampled), None),
        problem_sites=tuple(_problem_site(problem, source) for key, problem in failed.items() if key in in_sample),
        cited=tuple(cited for group in sites for cited in _cited(_told(group), source)),
        recheck=recheck_of(rechecked, failed, reported or {}, source.at("复核样本与上报结果逐一比对")),
        named_candidates=sum(not problem.confirmed for problem in named),
        withheld_candidates=withheld,
    )


def _running_sites(
    registry: Iterable[RegistryRow], units: Units, reported: Mapping[str, bool]
) -> tuple[Counter[tuple[str, Level | None]], Counter[str]]:
    """Count the running sites by unit and level, and by unit those of them that were reported as checked by the unit itself."""
    running: Counter[tuple[str, Level | None]] = Counter()
    self_checked: Counter[str] = Counter()
    for row in registry:
        if row.status is Status.RUNNING:
            unit = units.printed(row)
            running[unit, row.level] += 1
            self_checked[unit] += (row.site_code or "").upper() in reported
    return running, self_checked


DERIVABLE = frozenset({ListKey.ALL_PASSED, ListKey.BELOW})
"""Lists of Annex 1 that follow from the sample."""


def quarter_figures(scanned: Figures | None, imported: Figures | None) -> Figures:
    """Return the figures a quarter's bulletin is written from.

    Imported figures with their own table of regions stand by themselves: counts gathered by people are not mixed with those of a scan.
    Otherwise the scan's figures are completed with what only the office knows. Raises `FiguresError` where there is neither.
    """
    if imported is None or scanned is None or imported.regions:
        figures = imported if imported and (imported.regions or scanned is None) else scanned
        if figures is None:
            raise FiguresError("no_figures")
        return figures
    if imported.period != scanned.period:
        raise FiguresError("figures_of_two_quarters", imported=imported.period.name, scanned=scanned.period.name)
    return msgspec.structs.replace(
        scanned,
        metadata=imported.metadata,
        self_check=imported.self_check,
        self_checked=imported.self_checked,
        accountability=imported.accountability,
        messages=imported.messages,
        annual_reports=imported.annual_reports,
        lists=tuple(entry for entry in imported.lists if entry.key not in DERIVABLE),
    )


def _named(problems: list[SiteProblem]) -> tuple[list[SiteProblem], int]:
    """Return the problems that the bulletin names, and how many candidates it leaves out."""
    confirmed = [problem for problem in problems if problem.confirmed]
    return (confirmed, len(problems) - len(confirmed)) if confirmed else (problems, 0)


def _told(problems: tuple[SiteProblem, ...]) -> list[SiteProblem]:
    """Return a site's problems as prose tells them; what the standard calls a mere notice is not told."""
    told = (problem for problem in problems if problem.severity is not Severity.NOTICE)
    return sorted(told, key=lambda problem: telling_order(problem.rule))


def _totals(running: Counter[tuple[str, Level | None]], as_of: date, source: Source) -> RegistryTotals:
    levels: Counter[Level | None] = Counter()
    for (_, level), count in running.items():
        levels[level] += count
    return RegistryTotals(
        as_of=as_of,
        running=levels.total(),
        by_level={level: levels[level] for level in Level},
        source=source.at(f"{date_text(as_of)}登记状态为正常运行的网站，按类别计数"),
    )


def _region_rows(
    running: Counter[tuple[str, Level | None]],
    sample: tuple[SampledSite, ...],
    failed: dict[str, SiteProblem],
    source: Source,
    units: Units,
) -> list[RegionFigures]:
    sampled: Counter[str] = Counter()
    problem: Counter[str] = Counter()
    undecided: Counter[str] = Counter()
    for entry in sample:
        region = entry.site.printed_region
        sampled[region] += 1
        outcome = outcome_of(entry, failed)
        problem[region] += outcome is Outcome.FAILED
        undecided[region] += outcome is Outcome.UNDECIDED
    totals: Counter[str] = Counter()
    for (region, _), count in running.items():
        totals[region] += count
    return [
        RegionFigures(
            region=region,
            running_total=totals[region],
            sampled=sampled[region],
            problem=problem[region],
            undecided=undecided[region],
            source=source.at(f"地区为{region}的登记网站、抽样网站和列名问题，分别计数"),
            **{level.value: running[region, level] for level in ANNEX_LEVELS},
        )
        for region in sorted({*totals, *sampled}, key=units.place)
    ]


def _problem_site(problem: SiteProblem, source: Source) -> ProblemSite:
    site = problem.site
    return ProblemSite(
        region=site.printed_region,
        printed_name=site.annex_name,
        problem=problem.problem,
        site_code=site.site_code,
        url=site.url,
        sponsor=site.sponsor,
        source=source.at(f"{site.url} 的 {problem.rule}"),
    )


def _cited(problems: list[SiteProblem], source: Source) -> Iterator[CitedProblem]:
    """Yield one site's problems as they are cited."""
    names: dict[bool, str] = {}
    for problem in problems:
        site, of_owner = problem.site, problem.rule in OWNER_RULES
        if of_owner not in names:
            names[of_owner] = site.owner_name if of_owner else site.prose_name
        yield CitedProblem(
            rule=problem.rule,
            region=site.printed_region,
            printed_name=names[of_owner],
            problem=problem.problem,
            source=source.at(f"{site.url} 的 {problem.rule}"),
        )
