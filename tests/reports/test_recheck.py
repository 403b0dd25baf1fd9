"""What regions reported, checked again: an undecided site agrees with nothing and belies nothing."""

from pathlib import Path

import msgspec
import pytest

from reports.bulletin.compose import INTERNAL_LINE, compose_bulletin
from reports.bulletin.supervision import supervision_lists
from reports.errors import FiguresError
from reports.figures.directory import load_figures
from reports.figures.records import Figures, ListKey, Origin, Recheck, RegionFigures, Source
from reports.problems import ListedSite, SampledSite
from reports.profile import Profile
from reports.sampling.recheck import recheck_of
from rules.verdict import Verdict

SOURCE = Source(origin=Origin.SCAN, place="scan 7")
REPORTED = {"1302990001": True, "1302990002": True, "1302990003": False, "1302990004": False, "BT03000040": True}


def seen(code: str, verdict: Verdict) -> SampledSite:
    return SampledSite(site=ListedSite(key=code.upper(), name="甲", url="http://a.gov.cn/", site_code=code), verdict=verdict)


SAMPLE = (
    seen("1302990001", Verdict.PASS),
    seen("1302990002", Verdict.FAIL),
    seen("1302990003", Verdict.FAIL),
    seen("1302990004", Verdict.PASS),
    seen("bt03000040", Verdict.INCONCLUSIVE),
)
FAILED = {"1302990002", "1302990003"}


def text_of(figures: Figures, profile: Profile, *, internal: bool = False) -> str:
    return "".join(paragraph.text for paragraph in compose_bulletin(figures, profile, internal=internal).paragraphs)


def test_agreement_is_counted_over_decided_sites() -> None:
    recheck = recheck_of(SAMPLE, FAILED, REPORTED, SOURCE)
    assert recheck == Recheck(size=5, undecided=1, agreed=2, lenient=1, strict=1, source=SOURCE)


def test_a_failure_that_is_not_named_belies_nobody() -> None:
    recheck = recheck_of(SAMPLE, set(), REPORTED, SOURCE)
    assert recheck is not None
    assert (recheck.undecided, recheck.lenient) == (3, 0)


def test_without_a_re_check_nothing_is_said() -> None:
    assert recheck_of((), FAILED, REPORTED, SOURCE) is None


def test_the_bulletin_tells_the_agreement_and_the_internal_edition_the_direction(quarter: Figures, nation: Profile) -> None:
    figures = msgspec.structs.replace(quarter, recheck=recheck_of(SAMPLE, FAILED, REPORTED, SOURCE))
    public, internal = text_of(figures, nation), text_of(figures, nation, internal=True)
    assert "从上报的网站中抽取5个进行复核，其中1个未能判定，与上报结果一致的2个，一致率为50%。" in public
    assert "上报合格而复核存在突出问题的" not in public
    assert "上报合格而复核存在突出问题的1个，上报不合格而复核未发现突出问题的1个。" in internal


def test_the_internal_edition_is_marked_and_tells_how_sure_the_rates_are(quarter: Figures, nation: Profile) -> None:
    document = compose_bulletin(quarter, nation, internal=True)
    assert document.draft == INTERNAL_LINE
    assert "总体合格率的95%置信区间为76.8%—100.0%。" in text_of(quarter, nation, internal=True)
    annex = document.annexes[-1]
    assert annex.title == "合格率及其置信区间"
    assert [cell.text for cell in annex.table.body[1]] == ["2", "甘肃", "4", "0", "0", "100%", "39.7%—100.0%", "1"]
    assert annex.title not in {annex.title for annex in compose_bulletin(quarter, nation).annexes}


def test_where_every_site_was_inspected_there_is_no_interval(quarter: Figures, nation: Profile) -> None:
    document = compose_bulletin(msgspec.structs.replace(quarter, whole_registry=True), nation, internal=True)
    assert "置信区间为" not in "".join(paragraph.text for paragraph in document.paragraphs)
    assert {row[-2].text for row in document.annexes[-1].table.body} == {"—"}


def test_who_checked_all_or_most_of_its_sites_is_compared_in_whole_numbers(quarter: Figures, nation: Profile) -> None:
    regions = tuple(
        RegionFigures(region=region, running_total=10, sampled=4, self_checked=checked, source=SOURCE)
        for region, checked in (("河北", 10), ("山西", 7), ("辽宁", 8), ("吉林", 0))
    )
    lists = {entry.key: entry.members for entry in supervision_lists(msgspec.structs.replace(quarter, regions=regions), nation)}
    assert (lists[ListKey.SELF_CHECKED_ALL], lists[ListKey.SELF_CHECKED_MOST]) == (("河北",), ("辽宁",))


def folder(path: Path, rows: str) -> Path:
    path = path / "2018Q2"
    path.mkdir()
    (path / "self_checked_sites.csv").write_text(f"site_code,result\n{rows}", encoding="utf-8")
    return path


def test_reported_sites_are_imported(tmp_path: Path) -> None:
    checked = load_figures(folder(tmp_path, "1302990001,合格\nbt03000040,不合格\n")).self_checked
    assert [(site.site_code, site.passed) for site in checked] == [("1302990001", True), ("BT03000040", False)]


@pytest.mark.parametrize(
    ("rows", "field"),
    [("13,合格\n", "site_code"), ("1302990001,好\n", "result"), ("1302990001,合格\n1302990001,合格\n", "line 3, field site_code")],
)
def test_a_wrong_report_is_named_by_line_and_field(tmp_path: Path, rows: str, field: str) -> None:
    with pytest.raises(FiguresError, match=field):
        load_figures(folder(tmp_path, rows))
