"""A folder of figures is read whole, or its first mistake is named by file, line and field."""

import json
from pathlib import Path

import pytest

from reports.errors import FiguresError
from reports.figures.directory import load_figures
from reports.figures.records import REGION_COUNTS
from reports.period import Period

HEADER = "seq,region," + ",".join(REGION_COUNTS)


def test_a_table_of_regions_alone_is_enough(tmp_path: Path) -> None:
    folder = tmp_path / "2018Q2"
    folder.mkdir()
    (folder / "regions.csv").write_bytes(f"{HEADER}\n1,河北,3,1,2,0,0,0,0,2,1\n".encode("gb18030"))
    figures = load_figures(folder)
    assert figures.period == Period(year=2018, quarter=2)
    assert (figures.regions[0].region, figures.regions[0].counts) == ("河北", (3, 1, 2, 0, 0, 0, 0, 2, 1))
    assert figures.regions[0].source.place == "regions.csv:2"
    assert figures.totals is None


@pytest.mark.parametrize(
    ("name", "content", "parts"),
    [
        ("regions.csv", f"{HEADER}\n1,河北,3,1,x,0,0,0,0,2,1\n", ("regions.csv, line 2, field provincial_dept", "'x'")),
        ("regions.csv", f"{HEADER}\n1,河北,3,1,-2,0,0,0,0,2,1\n", ("line 2, field provincial_dept", "'-2'")),
        ("regions.csv", f"{HEADER}\n1,河北,3\n", ("regions.csv, line 2", "3 cells under 11 headings")),
        ("regions.csv", f"{HEADER}\n1,河北,3,1,2,0,0,0,0,2,1\n2,河北,3,1,2,0,0,0,0,2,1\n", ("line 3, field region",)),
        ("regions.csv", "seq,region\n", ("regions.csv, line 1", "running_total")),
        ("problem_sites.csv", "region,site_name,problem,site_code\n河北,甲网,首页面长时间未更新,12\n", ("line 2, field site_code", "'12'")),
        ("cited_problems.csv", "region,problem,rule_family,as_printed\n河北,无搜索功能,mystery,甲网\n", ("line 2, field rule_family",)),
        ("self_check.json", "{", ("self_check.json",)),
        ("self_check.json", json.dumps({"bulletin": {"year": 2018, "quarter": "一"}}), ("self_check.json", "$.bulletin.quarter")),
        ("self_check.json", json.dumps({"bulletin": {"year": 2018, "quarter": 5}}), ("2018Q5",)),
        ("annex1.json", json.dumps({"groups": [{"heading": "甲", "key": "other", "list": []}]}), ("annex1.json", "'other'")),
    ],
)
def test_the_first_mistake_is_named(tmp_path: Path, name: str, content: str, parts: tuple[str, ...]) -> None:
    (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(FiguresError) as caught:
        load_figures(tmp_path, Period(year=2018, quarter=1))
    assert all(part in str(caught.value) for part in parts), caught.value


def test_an_empty_folder_is_refused_with_what_was_expected(tmp_path: Path) -> None:
    with pytest.raises(FiguresError, match=r"expected at least one of regions\.csv"):
        load_figures(tmp_path)


def test_figures_of_another_quarter_are_refused(tmp_path: Path) -> None:
    (tmp_path / "self_check.json").write_text(json.dumps({"bulletin": {"year": 2018, "quarter": 1}}), encoding="utf-8")
    with pytest.raises(FiguresError, match="2018Q1, not of 2018Q2"):
        load_figures(tmp_path, Period(year=2018, quarter=2))
