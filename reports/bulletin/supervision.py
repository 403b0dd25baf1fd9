"""Annex 1: the supervision lists, imported or derived, and their table."""

from collections.abc import Iterable, Iterator

from reports.bulletin.cells import header_cell
from reports.bulletin.document import Align, Annex, Cell, Table, TableColumn, figure
from reports.chinese import listed
from reports.figures.check import expected_members
from reports.figures.records import AnnexList, Figures, ListKey, derived
from reports.profile import Profile
from reports.trend.series import STREAK_LISTS, QuarterSummary, streak, streak_heading


def supervision_lists(figures: Figures, profile: Profile, past: Iterable[QuarterSummary] = ()) -> tuple[AnnexList, ...]:
    """Return the lists of Annex 1: the imported ones, and those that follow from figures where they were not imported."""
    derivable = (*_pass_rates(figures, profile), *_streaks(figures, profile, tuple(past)), *_self_checks(figures, profile))
    own = (entry for entry in derivable if figures.members(entry.key) is None)
    order = list(ListKey)
    return tuple(sorted((*own, *figures.lists), key=lambda entry: order.index(entry.key)))


def _pass_rates(figures: Figures, profile: Profile) -> Iterator[AnnexList]:
    if not any(row.sampled for row in figures.regions):
        return
    passed, below, noun = profile.thresholds.passed_percent, profile.thresholds.below_percent, profile.units.noun
    whole = f"抽查的网站全部合格的{noun}" if passed == 100 else f"合格率达到{passed}%的{noun}"
    for key, heading, how in (
        (ListKey.ALL_PASSED, f"达到{passed}%", whole),
        (ListKey.BELOW, f"低于{below}%", f"合格率低于{below}%的{noun}"),
    ):
        yield AnnexList(
            key=key,
            group=f"{figures.period.quarter_text}总体抽查合格率",
            heading=heading,
            members=expected_members(figures, key, profile.thresholds),
            source=derived("附件2", how),
        )


def _streaks(figures: Figures, profile: Profile, past: tuple[QuarterSummary, ...]) -> Iterator[AnnexList]:
    percent = profile.thresholds.passed_percent
    for length in profile.thresholds.streaks:
        members = streak(figures.regions, figures.period, past, length, percent)
        if members is not None and figures.regions:
            kept = "、".join(figures.period.earlier(number).name for number in range(1, length))
            heading = streak_heading(length, percent)
            yield AnnexList(key=STREAK_LISTS[length], heading=heading, members=members, source=derived("附件2", f"本季度与{kept}存档"))


def _self_checks(figures: Figures, profile: Profile) -> Iterator[AnnexList]:
    """Yield who checked all, or most, of their own running sites: shares are compared in whole numbers."""
    rows = [(row, row.self_checked) for row in figures.regions if row.self_checked is not None and row.running_total]
    if not rows:
        return
    high, low = profile.thresholds.self_checked_percent, profile.thresholds.self_checked_most_percent
    reached = [row.region for row, checked in rows if 100 * checked >= high * row.running_total]
    most = [row.region for row, checked in rows if 100 * checked > low * row.running_total and row.region not in reached]
    for key, heading, members in (
        (ListKey.SELF_CHECKED_ALL, f"达到{high}%", reached),
        (ListKey.SELF_CHECKED_MOST, f"高于运行网站总数{low}%", most),
    ):
        group = f"{figures.period.quarter_text}上报抽查网站比例"
        source = derived("附件2、self_checked_sites.csv", "上报抽查的网站数÷运行网站总数")
        yield AnnexList(key=key, group=group, heading=heading, members=tuple(members), source=source)


def supervision_annex(number: int, title: str, lists: tuple[AnnexList, ...], profile: Profile) -> Annex:
    """Return Annex 1. Rows of one group share its cell; a row without a group spans both columns."""
    members = profile.units.heading if profile.units.sponsor_levels else f"{profile.units.heading}/部门"
    body: list[tuple[Cell, ...]] = []
    for place, entry in enumerate(lists):
        names = Cell(span=figure(listed(entry.members) or "无", entry.source))
        if not entry.group:
            body.append((header_cell(entry.heading, columns=2), names))
            continue
        first = place == 0 or lists[place - 1].group != entry.group
        rows = sum(other.group == entry.group for other in lists)
        group = (header_cell(entry.group, rows=rows),) if first else ()
        body.append((*group, header_cell(entry.heading), names))
    table = Table(
        columns=(TableColumn(width=30), TableColumn(width=30), TableColumn(width=96, align=Align.LEFT)),
        header=((header_cell("工作情况", columns=2), header_cell(members)),),
        body=tuple(body),
    )
    return Annex(number=number, title=title, table=table)
