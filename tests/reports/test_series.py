"""The series of quarters: streaks need every quarter of theirs, drafts prove nothing, changes are told in words."""

from pathlib import Path

import msgspec
import pytest
from selectolax.lexbor import LexborHTMLParser

from reports.bulletin.compose import compose_bulletin
from reports.bulletin.supervision import supervision_lists
from reports.bulletin.write import write_bulletin
from reports.errors import FiguresError
from reports.figures.records import AnnexList, CitedProblem, Figures, ListKey, Origin, RegionFigures, Source
from reports.period import Period
from reports.profile import Profile, Thresholds
from reports.trend.series import QuarterSummary, decode_summary, encode_summary, in_order, streak, summary_of

SOURCE = Source(origin=Origin.SCAN, place="scan 7")
NOW = Period(year=2018, quarter=2)


def row(region: str, problem: int = 0, sampled: int = 10) -> RegionFigures:
    return RegionFigures(region=region, running_total=50, sampled=sampled, problem=problem, source=SOURCE)


def past(quarters_ago: int, *rows: RegionFigures, running: int = 31, draft: bool = False) -> QuarterSummary:
    return QuarterSummary(
        period=NOW.earlier(quarters_ago),
        draft=draft,
        running=running,
        sampled=sum(entry.sampled for entry in rows),
        problem=sum(entry.problem for entry in rows),
        units=rows,
        families={"homepage_stale": 3, "search_missing": 1},
    )


YEAR = tuple(past(ago, row("河北"), row("甘肃", problem=ago == 2)) for ago in (1, 2, 3, 4))


def text_of(figures: Figures, profile: Profile, *kept: QuarterSummary) -> str:
    return "".join(paragraph.text for paragraph in compose_bulletin(figures, profile, kept).paragraphs)


def test_quarters_are_counted_over_the_turn_of_the_year() -> None:
    assert [Period(year=2018, quarter=2).earlier(number).name for number in (1, 2, 5)] == ["2018Q1", "2017Q4", "2017Q1"]
    assert Period(year=2018, quarter=4).following == Period(year=2019, quarter=1)


def test_a_streak_holds_those_who_reached_the_rate_in_every_quarter(quarter: Figures) -> None:
    assert streak(quarter.regions, NOW, YEAR, 2, 100) == ("河北", "甘肃")
    assert streak(quarter.regions, NOW, YEAR, 4, 100) == ("河北",)


def test_a_missing_or_a_draft_quarter_leaves_the_streak_unknown(quarter: Figures, nation: Profile) -> None:
    assert streak(quarter.regions, NOW, YEAR[:2], 4, 100) is None
    drafts = in_order((*YEAR[:2], past(3, row("河北"), draft=True)), NOW)
    assert streak(quarter.regions, NOW, drafts, 4, 100) is None
    document = compose_bulletin(quarter, nation, YEAR[:2])
    assert any("缺少2017Q3的定稿存档" in line for line in document.warnings)


def test_the_four_quarter_list_follows_from_kept_quarters(quarter: Figures, nation: Profile) -> None:
    (entry,) = [entry for entry in supervision_lists(quarter, nation, YEAR) if entry.key is ListKey.FOUR_QUARTERS]
    assert (entry.heading, entry.members) == ("连续四个季度抽查合格率达到100%", ("河北",))
    assert "河北已连续四个季度保持100%" in text_of(quarter, nation, *YEAR)


def test_a_profile_may_ask_for_shorter_streaks(quarter: Figures, nation: Profile) -> None:
    profile = msgspec.structs.replace(nation, thresholds=Thresholds(streaks=(2, 3)))
    lists = {entry.key: entry.members for entry in supervision_lists(quarter, profile, YEAR)}
    assert (lists[ListKey.TWO_QUARTERS], lists[ListKey.THREE_QUARTERS]) == (("河北", "甘肃"), ("河北",))
    assert ListKey.FOUR_QUARTERS not in lists


def test_an_imported_streak_that_does_not_follow_is_told_and_kept(quarter: Figures, nation: Profile) -> None:
    stated = AnnexList(key=ListKey.FOUR_QUARTERS, heading="连续四个季度", members=("甘肃",), source=SOURCE)
    document = compose_bulletin(msgspec.structs.replace(quarter, lists=(stated,)), nation, YEAR)
    assert any("与存档推算（河北）不符" in line for line in document.warnings)
    assert document.annexes[0].table.body[-1][-1].text == "甘肃"


@pytest.mark.parametrize(
    ("before", "running", "told"),
    [
        (row("河北", problem=1), 40, "与上季度（2018年第一季度）相比，合格率上升10.0个百分点，正在运行的网站减少9家。"),
        (row("河北"), 31, "与上季度（2018年第一季度）相比，合格率基本持平，正在运行的网站数量不变。"),
    ],
)
def test_changes_are_told_in_words(quarter: Figures, nation: Profile, before: RegionFigures, running: int, told: str) -> None:
    assert told in text_of(quarter, nation, past(1, before, running=running))
    assert "上年同期" not in text_of(quarter, nation, past(1, before, running=running))


def test_the_year_before_is_compared_as_well(quarter: Figures, nation: Profile) -> None:
    assert "与上年同期（2017年第二季度）相比" in text_of(quarter, nation, past(4, row("河北", problem=2)))


def test_a_draft_and_a_later_quarter_are_nothing_to_compare_with(quarter: Figures, nation: Profile) -> None:
    assert "相比" not in text_of(quarter, nation, past(1, row("河北", problem=2), draft=True), past(-1, row("河北", problem=2)))


def test_a_summary_is_kept_and_read_again(quarter: Figures) -> None:
    cited = CitedProblem(rule="search_missing", region="河北", printed_name="河北省“甲”网", problem="无搜索功能", source=SOURCE)
    summary = summary_of(msgspec.structs.replace(quarter, cited=(cited, cited)))
    assert decode_summary(encode_summary(summary), "2018Q2") == summary
    assert (summary.running, summary.sampled, summary.families) == (31, 14, {"search_missing": 1})
    with pytest.raises(FiguresError, match="2018Q2"):
        decode_summary("{", "2018Q2")


def test_the_trend_page_shows_each_quarter_and_leaves_gaps(quarter: Figures, nation: Profile, tmp_path: Path) -> None:
    write_bulletin(quarter, nation, tmp_path, ("md",), past=(YEAR[0], YEAR[3]))
    page = LexborHTMLParser((tmp_path / "trend.html").read_text(encoding="utf-8"))
    assert [head.text() for head in page.css("thead th")][1:] == ["2017Q2", "2017Q3", "2017Q4", "2018Q1", "2018Q2"]
    rates, running = page.css("svg")
    assert [label.text() for label in rates.css(".value")] == ["100.0%", "100.0%", "100.0%"]
    assert len(running.css("rect")) == 3
    assert [cell.text() for cell in page.css("tbody tr")[0].css("td")] == ["3", "—", "—", "3", "0"]
    assert not page.css("script, link, img, [src]")


def test_a_single_quarter_is_no_trend(quarter: Figures, nation: Profile, tmp_path: Path) -> None:
    write_bulletin(quarter, nation, tmp_path, ("md",))
    assert not (tmp_path / "trend.html").exists()
