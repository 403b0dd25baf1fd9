"""Figures counted from a scan: registry, sample and problems, with people's decisions respected."""

from datetime import date

import msgspec
import pytest

from reports.bulletin.compose import compose_bulletin
from reports.errors import FiguresError
from reports.figures.records import Figures, Messages, Metadata, Origin, Source
from reports.figures.scan import figures_from_scan, quarter_figures
from reports.period import Period
from reports.problems import ListedSite, SampledSite, SiteProblem
from reports.profile import Profile
from rules.registry import Level, RegistryRow, Status
from rules.verdict import Severity, Verdict
from storage.records import ProblemState
from tests.reports.invented import problem

PERIOD = Period(year=2018, quarter=1)
GANSU, HEBEI = "甘肃", "河北"


def registered(region: str | None, level: Level | None, status: Status = Status.RUNNING) -> RegistryRow:
    return RegistryRow(url="http://www.anhe.gov.cn/", host="www.anhe.gov.cn", region=region, level=level, status=status)


def sampled(key: str, verdict: Verdict, region: str | None = HEBEI, level: Level = Level.COUNTY_BELOW) -> SampledSite:
    site = ListedSite(key=key, name="安禾县教育局", url=f"http://site{key}.anhe.gov.cn/", region=region, level=level)
    return SampledSite(site=site, verdict=verdict)


def counted(sample: list[SampledSite], problems: list[SiteProblem], registry: list[RegistryRow] | None = None) -> Figures:
    rows = registry if registry is not None else [registered(HEBEI, Level.COUNTY_BELOW)]
    return figures_from_scan(PERIOD, date(2018, 3, 1), rows, sample, problems, "scan 7")


def test_running_sites_are_counted_by_region_and_level() -> None:
    registry = [
        registered(GANSU, Level.COUNTY_PORTAL),
        registered(HEBEI, Level.PROVINCIAL_PORTAL),
        registered(HEBEI, Level.CITY_DEPT, Status.CLOSED),
        registered(None, Level.CENTRAL_DEPT),
    ]
    figures = counted([], [], registry)
    assert [(row.region, row.running_total) for row in figures.regions] == [(HEBEI, 1), (GANSU, 1)]
    assert figures.registry is not None
    assert figures.registry.running == 3
    assert figures.registry.by_level[Level.CENTRAL_DEPT] == 1


def test_a_site_without_a_level_is_counted_and_told(nation: Profile) -> None:
    document = compose_bulletin(counted([], [], [registered(HEBEI, None), registered(HEBEI, Level.CITY_DEPT)]), nation)
    assert any("运行网站总数2与各类网站数之和1不符" in line for line in document.warnings)


def test_only_named_vetoes_fail_a_sampled_site() -> None:
    sample = [sampled("1", Verdict.FAIL), sampled("2", Verdict.PASS), sampled("3", Verdict.INCONCLUSIVE)]
    problems = [problem("columns_empty", "1", wording="多个栏目为空白"), problem("search_missing", "2", severity=Severity.CITED)]
    (row,) = counted(sample, problems).regions
    assert (row.sampled, row.problem, row.undecided) == (3, 1, 1)


def test_sampled_cited_and_failed_are_separate_facts() -> None:
    """A problem outside the sample is cited, and puts nobody on Annex 3."""
    figures = counted([sampled("1", Verdict.PASS)], [problem("homepage_stale", "9", wording="首页面长时间未更新")])
    assert figures.problem_sites == ()
    assert [entry.problem for entry in figures.cited] == ["首页面长时间未更新"]


def test_the_annex_prints_the_most_outstanding_problem_of_a_site() -> None:
    problems = [
        problem("interaction_unanswered", "1"),
        problem("homepage_stale", "1"),
        problem("search_missing", "1", severity=Severity.CITED),
    ]
    (site,) = counted([sampled("1", Verdict.FAIL)], problems).problem_sites
    assert (site.problem, site.printed_name, site.site_code) == ("homepage_stale", "“安禾县教育局”网", "1302990001")


@pytest.mark.parametrize(
    ("sponsor", "printed"), [("禾州市商务局", "河北省禾州市商务局"), ("河北省商务厅", "河北省商务厅"), ("", "河北省“安禾商务网”的主办单位")]
)
def test_two_sites_of_one_unit_are_told_of_the_unit(sponsor: str, printed: str) -> None:
    found = problem("site_duplicate", severity=Severity.CITED)
    site = ListedSite(key="1", name="安禾商务网", url="http://shangwu.anhe.gov.cn/", region=HEBEI, sponsor=sponsor)
    (cited,) = counted([], [msgspec.structs.replace(found, site=site)]).cited
    assert cited.printed_name == printed


def test_rejected_problems_are_never_named() -> None:
    figures = counted([sampled("1", Verdict.FAIL)], [problem("homepage_stale", "1", state=ProblemState.REJECTED)])
    assert figures.cited == figures.problem_sites == ()
    assert figures.regions[0].undecided == 1


def test_before_anybody_decided_the_candidates_make_a_draft() -> None:
    figures = counted([sampled("1", Verdict.FAIL)], [problem("homepage_stale", "1", state=ProblemState.CANDIDATE)])
    assert len(figures.problem_sites) == figures.named_candidates == 1


def test_once_people_confirmed_problems_only_those_are_named() -> None:
    problems = [problem("homepage_stale", "1", state=ProblemState.NOTIFIED), problem("columns_empty", "2", state=ProblemState.CANDIDATE)]
    figures = counted([sampled("1", Verdict.FAIL), sampled("2", Verdict.FAIL)], problems)
    assert [entry.problem for entry in figures.cited] == ["homepage_stale"]
    assert (figures.named_candidates, figures.withheld_candidates) == (0, 1)
    assert (figures.regions[0].problem, figures.regions[0].undecided) == (1, 1)


def test_departments_of_the_state_council_are_sampled_but_not_in_the_table_of_regions(nation: Profile) -> None:
    sample = [sampled("1", Verdict.PASS), sampled("2", Verdict.PASS, None, Level.CENTRAL_DEPT)]
    figures = counted(sample, [], [registered(HEBEI, Level.COUNTY_BELOW)] * 3)
    assert [row.region for row in figures.regions] == [HEBEI]
    text = "".join(paragraph.text for paragraph in compose_bulletin(figures, nation).paragraphs)
    assert "从各地区和国务院部门随机抽取政府网站2个进行检查，合格率为100%。" in text


def test_a_scan_of_every_site_is_not_called_a_random_sample(nation: Profile) -> None:
    text = "".join(paragraph.text for paragraph in compose_bulletin(counted([sampled("1", Verdict.PASS)], []), nation).paragraphs)
    assert "第一季度对各地区政府网站逐一检查，共1个，合格率为100%。" in text


def test_mere_notices_are_not_cited() -> None:
    assert counted([], [problem("homepage_stale", severity=Severity.NOTICE)]).cited == ()


def test_a_scan_is_completed_with_what_only_the_office_knows() -> None:
    scanned = counted([sampled("1", Verdict.PASS)], [])
    source = Source(origin=Origin.IMPORTED, place="self_check.json")
    messages = Messages(valid=10, completion_percent=99, source=source)
    imported = Figures(period=PERIOD, metadata=Metadata(issuer="某办公室", source=source), messages=messages)
    figures = quarter_figures(scanned, imported)
    assert (figures.regions, figures.messages, figures.metadata.issuer) == (scanned.regions, messages, "某办公室")
    with pytest.raises(FiguresError, match="2018Q2"):
        quarter_figures(scanned, msgspec.structs.replace(imported, period=PERIOD.following))
    with pytest.raises(FiguresError, match="neither"):
        quarter_figures(None, None)
