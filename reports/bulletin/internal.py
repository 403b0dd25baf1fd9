"""What only the internal edition says: how sure the pass rates are, how long units have been passing, where the re-check disagreed."""

from collections.abc import Iterable, Iterator

from reports.bulletin.cells import count_cell, header_cell, text_cell
from reports.bulletin.document import Annex, Cell, Span, Table, TableColumn, figure, words
from reports.chinese import listed, percent_text
from reports.figures.check import totals_row
from reports.figures.records import Figures, RegionFigures, derived, states_rate
from reports.profile import Profile
from reports.sampling.interval import CONFIDENCE_PERCENT, interval_text
from reports.trend.series import STREAK_LISTS, QuarterSummary, quarter_before, sample_rows, streak

LONGEST_STREAK = max(STREAK_LISTS)
_HOW = "Clopper-Pearson精确区间"


def whole_interval(figures: Figures) -> Iterator[Span]:
    """Yield the interval of the whole pass rate, as a sentence."""
    rows = sample_rows(figures)
    sampled, decided, problem = (sum(getattr(row, name) for row in rows) for name in ("sampled", "decided", "problem"))
    if states_rate(sampled, decided) and not figures.whole_registry:
        yield words(f"总体合格率的{CONFIDENCE_PERCENT}%置信区间为")
        yield figure(interval_text(decided - problem, decided), *(row.source.at("sampled, problem") for row in rows), how=_HOW)
        yield words("。")


def recheck_sentences(figures: Figures) -> Iterator[Span]:
    """Yield in which direction the re-check disagreed with what was reported."""
    recheck = figures.recheck
    if recheck and (recheck.lenient or recheck.strict):
        yield words("复核与上报不一致的网站中，上报合格而复核存在突出问题的")
        yield figure(recheck.lenient, recheck.source.at("lenient"))
        yield words("个，上报不合格而复核未发现突出问题的")
        yield figure(recheck.strict, recheck.source.at("strict"))
        yield words("个。")


def unit_rates_annex(number: int, figures: Figures, profile: Profile, past: tuple[QuarterSummary, ...]) -> Annex:
    """Return the pass rate of each unit with its interval and its streak."""
    heads = (
        "序号",
        profile.units.heading,
        "抽查网站数",
        "未能判定",
        "存在突出问题",
        "合格率",
        f"{CONFIDENCE_PERCENT}%置信区间",
        "连续合格季度数",
    )
    streaks = longest_streaks(figures, profile, past)
    # Where every site was inspected nothing is left to chance.
    drawn = not figures.whole_registry
    rows = [
        (count_cell(place, row.source.at("seq")), text_cell(row.region, row.source.at("region")), *_rates(row, profile, streaks, drawn))
        for place, row in enumerate(figures.regions, start=1)
    ]
    totals = totals_row(figures)
    table = Table(
        columns=tuple(TableColumn(width=width) for width in (10, 32, 17, 17, 17, 17, 30, 16)),
        header=(tuple(header_cell(head) for head in heads),),
        body=(*rows, (header_cell(totals.region, columns=2), *_rates(totals, profile, {}, drawn))),
    )
    note = words(
        "注：合格率不含未能判定的网站；置信区间用Clopper-Pearson精确法计算，按简单随机抽样近似，样本小的单位区间很宽，不宜据以排名。"
    )
    return Annex(number=number, title="合格率及其置信区间", table=table, note=(note,))


def _rates(row: RegionFigures, profile: Profile, streaks: dict[str, int], drawn: bool) -> tuple[Cell, ...]:
    passed, source = row.decided - row.problem, row.source.at("sampled, problem, undecided")
    counts = tuple(count_cell(getattr(row, name), row.source.at(name)) for name in ("sampled", "undecided", "problem"))
    quarters = streaks.get(row.region)
    last = text_cell("—", source) if quarters is None else count_cell(quarters, derived("附件2", "本季度与此前存档"))
    if not row.has_rate:
        return (*counts, text_cell("—", source), text_cell("—", source), last)
    rate = f"{percent_text(passed, row.decided, profile.thresholds.rate_decimals)}%"
    interval = Cell(span=figure(interval_text(passed, row.decided), source, how=_HOW)) if drawn else text_cell("—", source)
    return (*counts, text_cell(rate, source), interval, last)


def longest_streaks(figures: Figures, profile: Profile, past: Iterable[QuarterSummary]) -> dict[str, int]:
    """Return for how many quarters in a row, four at most, each unit has been at the pass rate that is praised."""
    known, percent = tuple(past), profile.thresholds.passed_percent
    lengths = {row.region: int(row.reaches(percent)) for row in figures.regions}
    for length in range(2, LONGEST_STREAK + 1):
        for unit in streak(figures.regions, figures.period, known, length, percent) or ():
            lengths[unit] = length
    return lengths


def series_warnings(figures: Figures, profile: Profile, past: tuple[QuarterSummary, ...]) -> Iterator[str]:
    """Yield where an imported streak does not follow from the kept quarters, and which quarters a derived one lacks."""
    for length in profile.thresholds.streaks:
        stated = figures.members(STREAK_LISTS[length])
        expected = streak(figures.regions, figures.period, past, length, profile.thresholds.passed_percent)
        if stated and expected is not None and set(stated.members) != set(expected):
            yield f"附件1“{stated.heading}”所列（{listed(stated.members)}）与存档推算（{listed(expected)}）不符；按填报印发。"
        if expected is None and stated is None and past and figures.regions:
            periods = [figures.period.earlier(number) for number in range(1, length)]
            missing = [period.name for number, period in enumerate(periods, 1) if not quarter_before(past, figures.period, number)]
            yield f"未列连续{length}个季度合格的名单：缺少{listed(missing)}的定稿存档。"
