"""Profiles: other units, levels, columns, sections and texts, without a change to the program."""

from datetime import date
from pathlib import Path

import msgspec
import pytest

from reports.bulletin.compose import compose_bulletin
from reports.bulletin.document import Style
from reports.errors import ProfileError
from reports.figures.records import Figures, Origin, ProblemSite, RegionFigures, Source
from reports.figures.scan import figures_from_scan
from reports.period import Period
from reports.problems import SampledSite, listed_site
from reports.profile import Profile, Section, SiteColumn, Thresholds, UnitColumn, load_profile
from reports.units import UnitKind, Units
from rules.registry import Level, RegistryRow
from rules.verdict import Verdict

SOURCE = Source(origin=Origin.SCAN, place="scan 7")


def registered(name: str, code: str, level: Level, **changes: object) -> RegistryRow:
    return RegistryRow(
        url=f"http://{code}.gov.cn/", host=f"{code}.gov.cn", name=name, site_code=code, region="河北", level=level, **changes
    )


CITY = registered("安禾县教育局", "1302990001", Level.COUNTY_BELOW)
DEPARTMENT = registered("安州教育网", "1300000007", Level.PROVINCIAL_DEPT, sponsor="安州省教育厅")
CITIES = Units(kind=UnitKind.CITY, names={"1302": "禾州市", "130299": "安禾县"}, sponsor_levels=(Level.PROVINCIAL_DEPT,))


@pytest.mark.parametrize(
    ("units", "row", "unit"),
    [
        (Units(), CITY, "河北"),
        (CITIES, CITY, "安禾县"),
        (CITIES, DEPARTMENT, "安州省教育厅"),
        (Units(kind=UnitKind.DISTRICT, names={"99": "x"}), CITY, None),
        (Units(kind=UnitKind.DEPARTMENT), CITY, None),
        (Units(kind=UnitKind.VERTICAL, column="分局"), msgspec.structs.replace(CITY, extra={"分局": "禾州分局"}), "禾州分局"),
    ],
)
def test_a_unit_follows_from_the_registry(units: Units, row: RegistryRow, unit: str | None) -> None:
    assert units.of(row) == unit
    assert units.printed(row) == (unit or "未标明地区")


def test_places_come_in_their_order_then_departments() -> None:
    units = Units(kind=UnitKind.CITY, names={"1302": "禾州市", "1301": "安州市"})
    assert sorted(["安州省教育厅", "安州市", "禾州市"], key=units.place) == ["禾州市", "安州市", "安州省教育厅"]


def test_a_provinces_bulletin_compares_its_cities_and_departments() -> None:
    profile = msgspec.structs.replace(
        load_profile("province"), units=msgspec.structs.replace(load_profile("province").units, names={"1302": "禾州市"})
    )
    rows = [CITY, DEPARTMENT]
    sample = [SampledSite(site=listed_site(row.url, row, profile.units), verdict=Verdict.PASS) for row in rows]
    figures = figures_from_scan(Period(year=2018, quarter=2), date(2018, 6, 1), rows, sample, [], "scan 7", units=profile.units)
    document = compose_bulletin(figures, profile)
    assert (document.red_head, document.number) == ("某省人民政府办公厅", "某政办函〔2018〕　号")
    assert document.paragraphs[0].text == "各市人民政府，省政府各部门："
    assert [paragraph.text for paragraph in document.paragraphs if paragraph.style is Style.SIGNATURE] == ["某省人民政府办公厅"]
    table = document.annexes[1].table
    assert [cell.text for cell in table.header[0]] == [
        *(
            "序号",
            "市、省政府部门",
            "运行网站总数",
            "市级网站数",
            "县级及以下政府网站数",
            "抽查网站数",
            "抽查存在突出问题的网站数",
            "合格率",
        ),
    ]
    assert [[cell.text for cell in row][1:] for row in table.body] == [
        ["禾州市", "1", "0", "0", "0", "1", "1", "0", "100.0%"],
        ["安州省教育厅", "1", "0", "0", "0", "0", "1", "0", "100.0%"],
        ["2", "0", "0", "0", "1", "2", "0", "100.0%"],
    ]
    assert abs(sum(column.width for column in table.columns) - 156) < 0.01


@pytest.mark.parametrize("name", ["nation", "province", "city"])
def test_every_shipped_profile_writes_a_bulletin(quarter: Figures, name: str) -> None:
    document = compose_bulletin(quarter, load_profile(name))
    assert document.title
    assert "{" not in "".join(paragraph.text for paragraph in document.paragraphs)


def test_a_quarter_without_problems_asks_for_no_mending(quarter: Figures, nation: Profile) -> None:
    due = msgspec.structs.replace(quarter, metadata=msgspec.structs.replace(quarter.metadata, next_report_due=date(2018, 9, 20)))
    text = "".join(paragraph.text for paragraph in compose_bulletin(due, nation).paragraphs)
    assert "防止问题反弹" in text
    assert "应在9月20日以前" in text
    assert "整改" not in text.partition("三、下一步工作要求")[2]


def test_sections_are_left_out_and_the_rest_renumbered(quarter: Figures, nation: Profile) -> None:
    profile = msgspec.structs.replace(nation, sections=(Section.PROBLEMS, Section.UNITS_ANNEX))
    document = compose_bulletin(quarter, profile)
    assert [paragraph.text for paragraph in document.paragraphs if paragraph.style is Style.HEADING] == ["一、主要问题"]
    assert [annex.label for annex in document.annexes] == ["附件1"]


def test_thresholds_are_strict_on_their_side(quarter: Figures, nation: Profile) -> None:
    """19 of 20 is exactly 95 %: praised at 95, and not below it."""
    rows = tuple(RegionFigures(region=name, sampled=20, problem=bad, source=SOURCE) for name, bad in (("河北", 1), ("甘肃", 2)))
    profile = msgspec.structs.replace(nation, thresholds=Thresholds(passed_percent=95, below_percent=95, rate_decimals=2))
    document = compose_bulletin(msgspec.structs.replace(quarter, regions=rows), profile)
    lists = [(row[-2].text, row[-1].text) for row in document.annexes[0].table.body]
    assert lists == [("达到95%", "河北"), ("低于95%", "甘肃")]
    assert "合格率为92.50%" in "".join(paragraph.text for paragraph in document.paragraphs)


def test_columns_of_the_annexes_are_chosen(quarter: Figures, nation: Profile) -> None:
    profile = msgspec.structs.replace(
        nation, unit_columns=(UnitColumn.SAMPLED, UnitColumn.RATE), site_columns=(SiteColumn.NAME, SiteColumn.URL)
    )
    site = ProblemSite(region="河北", printed_name="“甲”网", problem="空白", url="http://a.gov.cn/", source=SOURCE)
    regions = (RegionFigures(region="河北", sampled=9, problem=1, source=SOURCE),)
    figures = msgspec.structs.replace(quarter, regions=regions, problem_sites=(site,))
    _, units, sites = compose_bulletin(figures, profile).annexes
    (header,) = units.table.header
    assert [cell.text for cell in sites.table.body[0]] == ["1", "“甲”网", "http://a.gov.cn/"]
    assert [cell.text for cell in header] == ["序号", "省（自治区、直辖市）", "抽查网站数", "合格率"]


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        ('[units]\nkind = "vertical"', "units.column"),
        ('[units]\nkind = "city"', "units.names"),
        ('sections = ["summary"]', "summary"),
        ("[thresholds]\nrate_decimals = 3", "rate_decimals"),
        ('[annex_titles]\nunits = "{ort}"', "{ort}"),
    ],
)
def test_a_profile_that_cannot_work_is_refused(tmp_path: Path, lines: str, told: str) -> None:
    file = tmp_path / "own.toml"
    file.write_text(f'name = "市"\nissuer = "办公室"\n{lines}', encoding="utf-8")
    with pytest.raises(ProfileError) as caught:
        load_profile(str(file))
    assert told in str(caught.value)
