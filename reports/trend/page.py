"""The trend page: pass rate, running sites and problems by family over the quarters, as one HTML page with inline SVG."""

from collections.abc import Iterable, Sequence

from crawler.facts.records import Record
from reports.bulletin.internal import longest_streaks
from reports.chinese import listed, percent_text
from reports.figures.records import Figures
from reports.formats.html import environment
from reports.period import Period
from reports.problem_families import family_of, sentence_order
from reports.profile import Profile
from reports.trend.charts import HEIGHT, LEFT, RIGHT, WIDTH, Chart, Value, ceiling, chart
from reports.trend.series import QuarterSummary, in_order, order_of, summary_of

LONGEST = 12
"""Quarters shown."""


class FamilyRow(Record, frozen=True, kw_only=True):
    """A family of problems with its number of sites in each quarter; None where the quarter was not kept."""

    subject: str
    counts: tuple[int | None, ...]


def render_trend(figures: Figures, profile: Profile, past: Iterable[QuarterSummary]) -> str:
    """Return the page; empty where no earlier quarter was kept, for one quarter is no trend."""
    known = in_order(past, figures.period)
    if not known:
        return ""
    quarters = _without_gaps((*known, summary_of(figures)))[-LONGEST:]
    families = _families([summary for _, summary in quarters])
    streaks = longest_streaks(figures, profile, known)
    return (
        environment()
        .get_template("trend.html")
        .render(
            title=f"{profile.scope}政府网站抽查趋势（{quarters[0][0].text}至{quarters[-1][0].text}）",
            names=[period.name for period, _ in quarters],
            rates=_rates(quarters, profile),
            running=_running(quarters),
            families=families,
            most=max((count or 0 for row in families for count in row.counts), default=0) or 1,
            streaks=[(length, listed(unit for unit, own in streaks.items() if own == length)) for length in (4, 3, 2)],
            percent=profile.thresholds.passed_percent,
            below=profile.thresholds.below_percent,
            draft=quarters[-1][1] is not None and quarters[-1][1].draft,
            size={"width": WIDTH, "height": HEIGHT, "left": LEFT, "right": WIDTH - RIGHT},
        )
    )


_Quarter = tuple[Period, QuarterSummary | None]


def _without_gaps(summaries: Sequence[QuarterSummary]) -> list[_Quarter]:
    by_period = {summary.period: summary for summary in summaries}
    period, last = summaries[0].period, summaries[-1].period
    quarters: list[_Quarter] = []
    while order_of(period) <= order_of(last):
        quarters.append((period, by_period.get(period)))
        period = period.following
    return quarters


def _rates(quarters: Sequence[_Quarter], profile: Profile) -> Chart:
    values = []
    for period, summary in quarters:
        if summary is None or not summary.has_rate:
            values.append(Value(name=period.name, value=None))
            continue
        passed = summary.decided - summary.problem
        text = percent_text(passed, summary.decided, max(1, profile.thresholds.rate_decimals))
        values.append(Value(name=period.name, value=100 * passed / summary.decided, label=f"{text}%", hollow=summary.draft))
    lowest = min((entry.value for entry in values if entry.value is not None), default=100.0)
    low = max(0.0, min(lowest - 5, profile.thresholds.below_percent - 5) // 5 * 5)
    return chart(values, low=low, high=100.0, unit="%", guide=profile.thresholds.below_percent)


def _running(quarters: Sequence[_Quarter]) -> Chart:
    values = []
    for period, summary in quarters:
        count = summary.running if summary else None
        values.append(Value(name=period.name, value=count, label="" if count is None else str(count)))
    return chart(values, low=0.0, high=ceiling(max((entry.value or 0 for entry in values), default=0) or 1))


def _families(summaries: Sequence[QuarterSummary | None]) -> list[FamilyRow]:
    rules = sorted({rule for summary in summaries if summary for rule in summary.families}, key=sentence_order)
    return [
        FamilyRow(
            subject=family_of(rule).subject or rule,
            counts=tuple(summary.families.get(rule, 0) if summary else None for summary in summaries),
        )
        for rule in rules
    ]
