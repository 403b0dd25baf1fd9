"""The series of quarters: what is kept of each, streaks over several of them, and what changed."""

from collections import Counter
from collections.abc import Iterable, Iterator

import msgspec

from crawler.facts.records import Record
from reports.chinese import numeral
from reports.errors import FiguresError
from reports.figures.check import draft_line, totals_row
from reports.figures.records import Figures, ListKey, Origin, RegionFigures, Source, states_rate
from reports.period import Period

STREAK_LISTS = {2: ListKey.TWO_QUARTERS, 3: ListKey.THREE_QUARTERS, 4: ListKey.FOUR_QUARTERS}
A_YEAR = 4
"""Quarters."""


class QuarterSummary(Record, frozen=True, kw_only=True):
    """What is kept of a quarter: enough for streaks, changes and the pictures."""

    period: Period
    draft: bool = False
    running: int | None = None
    sampled: int = 0
    problem: int = 0
    undecided: int = 0
    units: tuple[RegionFigures, ...] = ()
    families: dict[str, int] = {}
    """Rule ids with the number of sites cited for them."""

    @property
    def decided(self) -> int:
        """Return how many sampled sites have a verdict."""
        return self.sampled - self.undecided

    @property
    def has_rate(self) -> bool:
        """Tell whether the pass rate of the quarter may be stated."""
        return states_rate(self.sampled, self.decided)

    def source(self, field: str) -> Source:
        """Return the source of one of the kept figures."""
        return Source(origin=Origin.KEPT, place=f"{self.period.name}存档", field=field)


def summary_of(figures: Figures) -> QuarterSummary:
    """Return what is kept of a quarter's figures."""
    rows = sample_rows(figures)
    cited = {(problem.rule, problem.region, problem.printed_name) for problem in figures.cited}
    return QuarterSummary(
        period=figures.period,
        draft=bool(draft_line(figures)),
        running=figures.registry.running if figures.registry else None,
        sampled=sum(row.sampled for row in rows),
        problem=sum(row.problem for row in rows),
        undecided=sum(row.undecided for row in rows),
        units=figures.regions,
        families=dict(sorted(Counter(rule for rule, _, _ in cited).items())),
    )


def sample_rows(figures: Figures) -> tuple[RegionFigures, ...]:
    """Return the rows that make up the sample: the totals of the units, and the State Council departments where they were sampled."""
    check = figures.spot_check
    if figures.regions or check is None:
        return tuple(filter(None, (totals_row(figures), figures.central)))
    return (msgspec.structs.replace(totals_row(figures), sampled=check.sampled, problem=check.problem, source=check.source),)


def encode_summary(summary: QuarterSummary) -> str:
    """Return a summary as JSON, for keeping."""
    return msgspec.json.encode(summary).decode()


def decode_summary(text: str, name: str) -> QuarterSummary:
    """Return a summary that was kept; raises `FiguresError` naming the quarter."""
    try:
        return msgspec.json.decode(text, type=QuarterSummary)
    except msgspec.DecodeError as error:
        raise FiguresError("kept_unreadable", quarter=name, why=error) from error


def in_order(past: Iterable[QuarterSummary], now: Period) -> tuple[QuarterSummary, ...]:
    """Return the final summaries of earlier quarters, the earliest first: drafts prove nothing, later quarters are not known yet."""
    earlier = (summary for summary in past if not summary.draft and order_of(summary.period) < order_of(now))
    return tuple(sorted(earlier, key=lambda summary: order_of(summary.period)))


def order_of(period: Period) -> tuple[int, int]:
    """Return the sort key of quarters."""
    return period.year, period.quarter


def quarter_before(past: Iterable[QuarterSummary], now: Period, quarters: int) -> QuarterSummary | None:
    """Return the kept summary of so many quarters ago."""
    return next((summary for summary in past if summary.period == now.earlier(quarters)), None)


def streak(
    units: Iterable[RegionFigures], now: Period, past: Iterable[QuarterSummary], length: int, percent: int
) -> tuple[str, ...] | None:
    """Return the units at a pass rate in this quarter and the ones before, `length` in all; None where one of those was not kept."""
    known = tuple(past)
    before = [quarter_before(known, now, number) for number in range(1, length)]
    if not all(summary and summary.units for summary in before):
        return None
    reached = [{row.region for row in summary.units if row.reaches(percent)} for summary in before if summary]
    return tuple(row.region for row in units if row.reaches(percent) and all(row.region in units_then for units_then in reached))


def streak_heading(length: int, percent: int) -> str:
    """Return how Annex 1 calls a streak."""
    return f"连续{numeral(length)}个季度抽查合格率达到{percent}%"


class Change(Record, frozen=True, kw_only=True):
    """A change against an earlier quarter. `points` are thousandths of a percent point; None where a rate is unknown."""

    name: str
    """Such as 上季度."""
    before: QuarterSummary
    points: int | None
    running: int | None


def changes(now: QuarterSummary, past: Iterable[QuarterSummary]) -> Iterator[Change]:
    """Yield the changes against the last quarter and the same quarter of last year, as far as those were kept."""
    known = tuple(past)
    for name, quarters in (("上季度", 1), ("上年同期", A_YEAR)):
        before = quarter_before(known, now.period, quarters)
        if before:
            both = now.running is not None and before.running is not None
            running = (now.running or 0) - (before.running or 0) if both else None
            yield Change(name=name, before=before, points=_points(now, before), running=running)


POINT = 1000
"""Parts of a percent point that changes are counted in."""


def _points(now: QuarterSummary, before: QuarterSummary) -> int | None:
    if not (now.has_rate and before.has_rate):
        return None
    difference = (now.decided - now.problem) * before.decided - (before.decided - before.problem) * now.decided
    whole = now.decided * before.decided
    size = (2 * 100 * POINT * abs(difference) + whole) // (2 * whole)
    return size if difference >= 0 else -size
