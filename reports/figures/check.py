"""Checks of a quarter's figures against each other: slips of the source are told, never mended; contradictions stop the bulletin."""

from collections import Counter
from collections.abc import Iterator

from reports.chinese import listed
from reports.errors import FiguresError
from reports.figures.records import ANNEX_LEVELS, REGION_COUNTS, Figures, ListKey, RegionFigures, Source, derived, states_rate, total_of
from reports.profile import Thresholds

_COUNT_NAMES = dict(
    zip(
        REGION_COUNTS,
        ("运行网站总数", "省级门户", "省级部门", "市级门户", "市级部门", "县级门户", "县级以下", "抽查网站数", "抽查存在突出问题的网站数"),
        strict=True,
    )
)


def totals_row(figures: Figures) -> RegionFigures:
    """Return the totals row of Annex 2: as stated where it was imported, else the column sums."""
    return figures.totals or total_of(figures.regions, derived("附件2", "各地区之和"))


def expected_members(figures: Figures, key: ListKey, thresholds: Thresholds) -> tuple[str, ...]:
    """Return the regions of one of the two lists of Annex 1 that follow from Annex 2, compared in exact integers."""
    if key is ListKey.ALL_PASSED:
        return tuple(row.region for row in figures.regions if row.reaches(thresholds.passed_percent))
    return tuple(row.region for row in figures.regions if row.below(thresholds.below_percent))


def require_consistent(figures: Figures, thresholds: Thresholds) -> None:
    """Raise `FiguresError`, with every contradiction in its sentence, where tables that must agree do not."""
    contradictions = [*_impossible_rows(figures), *_totals_and_sums(figures), *_problem_sites(figures), *_lists(figures, thresholds)]
    if contradictions:
        raise FiguresError("figures_contradict", quarter=figures.period.name, contradictions=" ".join(contradictions))


def warnings_of(figures: Figures, thresholds: Thresholds) -> tuple[str, ...]:
    """Return what a reader of the bulletin must know and the figures do not tell: one line each, in Chinese."""
    streaks = _streaks(figures, thresholds) if draft_line(figures) else ()
    return (*_slips(figures), *streaks, *_undecided(figures), *_candidates(figures))


def _impossible_rows(figures: Figures) -> Iterator[str]:
    for row in (*figures.regions, *filter(None, (figures.totals, figures.central))):
        if row.problem + row.undecided > row.sampled:
            yield f"{row.region}存在突出问题的网站{row.problem}个，多于抽查的{row.sampled}个（{row.source.place}）。"


def _totals_and_sums(figures: Figures) -> Iterator[str]:
    if figures.totals and figures.regions:
        sums = total_of(figures.regions, figures.totals.source)
        for name, stated, summed in zip(REGION_COUNTS, figures.totals.counts, sums.counts, strict=True):
            if stated != summed:
                yield f"附件2合计行“{_COUNT_NAMES[name]}”为{stated}，各地区之和为{summed}（{figures.totals.source.place} {name}）。"
    if figures.spot_check and figures.regions:
        row = totals_row(figures)
        stated_sample = (figures.spot_check.sampled, figures.spot_check.problem)
        if stated_sample != (row.sampled, row.problem):
            yield (
                f"抽查总数和问题网站数为{stated_sample[0]}和{stated_sample[1]}，附件2合计为{row.sampled}和{row.problem}"
                f"（{figures.spot_check.source.place}）。"
            )


def _problem_sites(figures: Figures) -> Iterator[str]:
    if not (figures.regions and figures.problem_sites):
        return
    named = Counter(site.region for site in figures.problem_sites)
    counted = Counter({row.region: row.problem for row in (*figures.regions, *filter(None, (figures.central,)))})
    for region in sorted({*named, *counted}):
        if named[region] != counted[region]:
            yield f"{region}在附件3中有{named[region]}个网站，在附件2中为{counted[region]}个。"


def _lists(figures: Figures, thresholds: Thresholds) -> Iterator[str]:
    if not figures.regions:
        return
    for key in (ListKey.ALL_PASSED, ListKey.BELOW):
        stated = figures.members(key)
        expected = expected_members(figures, key, thresholds)
        if stated and stated.members != expected:
            yield f"附件1“{stated.heading}”所列（{listed(stated.members)}）与附件2推算（{listed(expected)}）不符。"
    if not draft_line(figures):
        yield from _streaks(figures, thresholds)


def _streaks(figures: Figures, thresholds: Thresholds) -> Iterator[str]:
    """Yield the regions that an imported list praises for four quarters although this one belies it.

    That stops a final bulletin; a draft, whose problems may yet be rejected, is warned of it.
    """
    streak = figures.members(ListKey.FOUR_QUARTERS)
    all_passed = expected_members(figures, ListKey.ALL_PASSED, thresholds)
    strays = [region for region in streak.members if region not in all_passed] if streak and figures.regions else []
    if strays:
        yield f"附件1“连续四个季度抽查合格率达到100%”所列{listed(strays)}，本季度并未达到100%。"


def _slips(figures: Figures) -> Iterator[str]:
    registry = figures.registry
    if registry:
        parts = sum(registry.by_level.values())
        if registry.running != parts:
            yield _difference("运行网站总数", registry.running, "各类网站数之和", parts, registry.source)
        for level in ANNEX_LEVELS if figures.regions else ():
            row = totals_row(figures)
            stated, in_annex = registry.by_level.get(level, 0), dict(zip(REGION_COUNTS, row.counts, strict=True))[level.value]
            if stated != in_annex:
                yield _difference(f"正文{_COUNT_NAMES[level.value]}网站数", stated, "附件2合计", in_annex, row.source)
    for row in figures.regions:
        parts = sum(row.counts[1 : 1 + len(ANNEX_LEVELS)])
        if row.running_total != parts:
            yield _difference(f"{row.region}运行网站总数", row.running_total, "其各类网站数之和", parts, row.source)


def _difference(name: str, stated: int, other_name: str, other: int, source: Source) -> str:
    return f"{name}{stated}与{other_name}{other}不符，相差{abs(stated - other)}；按原数印发，未作改动（{source.place}）。"


def _undecided(figures: Figures) -> Iterator[str]:
    rows = (*figures.regions, *filter(None, (figures.central,)))
    for row in rows:
        if row.undecided:
            which = f"全部{row.sampled}个网站" if row.undecided == row.sampled else f"{row.sampled}个网站中有{row.undecided}个"
            yield f"{row.region}抽查的{which}未能判定，既不计为合格，也不计为不合格。"
    sampled, undecided = sum(row.sampled for row in rows), sum(row.undecided for row in rows)
    if undecided and not states_rate(sampled, sampled - undecided):
        yield f"抽查的{sampled}个网站中有{undecided}个未能判定，超过半数，不计算合格率。"
        yield "首次扫描之后，须经七天访问才能判定一个网站是否打得开。"
    unsampled = [row.region for row in figures.regions if not row.sampled]
    if unsampled and len(unsampled) < len(figures.regions):
        yield f"{listed(unsampled)}没有网站被抽查，不计算合格率。"


def _candidates(figures: Figures) -> Iterator[str]:
    line = draft_line(figures)
    if line:
        yield line
    if figures.named_candidates:
        yield f"本文所列问题中有{figures.named_candidates}个由程序发现、尚未经人工核实，核实前不得印发。"


def draft_line(figures: Figures) -> str:
    """Return the line that marks a document as a draft; empty when everything in it was confirmed by people."""
    if figures.named_candidates:
        return "草稿：以下问题尚未经人工核实"
    if figures.withheld_candidates:
        return f"草稿：另有{figures.withheld_candidates}个程序发现的疑似问题尚未经人工核实，未列入本文"
    return ""
