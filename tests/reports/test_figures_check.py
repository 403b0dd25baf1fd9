"""Slips of the source are told and never mended; contradictions stop the bulletin; nothing undecided counts for or against anybody."""

import msgspec
import pytest

from reports.errors import FiguresError
from reports.figures.check import expected_members, require_consistent, warnings_of
from reports.figures.records import AnnexList, Figures, ListKey, Origin, ProblemSite, RegionFigures, Source, SpotCheck, total_of
from reports.profile import Thresholds

SOURCE = Source(origin=Origin.IMPORTED, place="figures.csv:1")


def row(region: str, sampled: int, problem: int, undecided: int = 0) -> RegionFigures:
    return RegionFigures(region=region, sampled=sampled, problem=problem, undecided=undecided, source=SOURCE)


def test_consistent_figures_pass_without_a_word(quarter: Figures) -> None:
    require_consistent(quarter, Thresholds())
    assert warnings_of(quarter, Thresholds()) == ()


def test_exactly_ninety_percent_is_not_below_it(quarter: Figures) -> None:
    regions = (row("河北", 10, 1), row("山西", 9, 1), row("辽宁", 10, 0), row("吉林", 0, 0))
    figures = msgspec.structs.replace(quarter, regions=regions)
    assert expected_members(figures, ListKey.BELOW, Thresholds()) == ("山西",)
    assert expected_members(figures, ListKey.ALL_PASSED, Thresholds()) == ("辽宁",)


def test_undecided_sites_neither_praise_nor_blame_a_region(quarter: Figures) -> None:
    """One failed of five decided is 80 %, but with five undecided ones the region may still be at 90 %."""
    figures = msgspec.structs.replace(quarter, regions=(row("河北", 10, 1, undecided=5), row("山西", 3, 0, undecided=3)))
    assert expected_members(figures, ListKey.BELOW, Thresholds()) == ()
    assert expected_members(figures, ListKey.ALL_PASSED, Thresholds()) == ()
    told = [line.partition("未能判定")[0] for line in warnings_of(figures, Thresholds()) if "未能判定" in line]
    assert told == [
        "河北抽查的10个网站中有5个",
        "山西抽查的全部3个网站",
        "抽查的13个网站中有8个",
    ]


def test_a_region_without_sampled_sites_is_told(quarter: Figures) -> None:
    figures = msgspec.structs.replace(quarter, regions=(row("河北", 10, 0), row("山西", 0, 0)))
    assert any(line.startswith("山西没有网站被抽查") for line in warnings_of(figures, Thresholds()))


def site(region: str) -> ProblemSite:
    return ProblemSite(region=region, printed_name="“甲”网", problem="多个栏目为空白", source=SOURCE)


def stated(key: ListKey, *members: str) -> AnnexList:
    return AnnexList(key=key, heading="达到100%", members=members, source=SOURCE)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"regions": (row("河北", 2, 3),)}, "河北存在突出问题的网站3个，多于抽查的2个"),
        ({"spot_check": SpotCheck(sampled=15, problem=0, source=SOURCE)}, "抽查总数和问题网站数为15和0，附件2合计为14和0"),
        ({"problem_sites": (site("河北"),)}, "河北在附件3中有1个网站，在附件2中为0个"),
        ({"lists": (stated(ListKey.ALL_PASSED, "河北"),)}, "与附件2推算（河北、甘肃）不符"),
        ({"lists": (stated(ListKey.FOUR_QUARTERS, "山西"),)}, "山西，本季度并未达到100%"),
    ],
)
def test_contradictions_stop_the_bulletin(quarter: Figures, changes: dict[str, object], told: str) -> None:
    with pytest.raises(FiguresError, match="2018Q2 contradict each other") as caught:
        require_consistent(msgspec.structs.replace(quarter, **changes), Thresholds())
    assert told in str(caught.value)


def test_a_draft_is_only_warned_of_a_streak_that_its_candidates_belie(quarter: Figures) -> None:
    figures = msgspec.structs.replace(quarter, lists=(stated(ListKey.FOUR_QUARTERS, "山西"),), named_candidates=1)
    require_consistent(figures, Thresholds())
    assert any("山西，本季度并未达到100%" in line for line in warnings_of(figures, Thresholds()))


def test_a_totals_row_that_is_not_the_sum_stops_the_bulletin(quarter: Figures) -> None:
    totals = msgspec.structs.replace(total_of(quarter.regions, SOURCE), sampled=15)
    with pytest.raises(FiguresError) as caught:
        require_consistent(msgspec.structs.replace(quarter, totals=totals), Thresholds())
    assert "附件2合计行“抽查网站数”为15，各地区之和为14" in str(caught.value)
