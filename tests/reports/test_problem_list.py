"""The quarterly problem list: order, one row a site, formats."""

import csv
import io
import json
import time

import openpyxl
import pytest

from reports.errors import FormatError
from reports.problem_list import ProblemFilter, list_rows, problem_list
from reports.problems import SiteProblem
from rules.registry import Level
from rules.verdict import Severity
from storage.records import ProblemState
from tests.reports.invented import problem

PROBLEMS = [
    problem("search_missing", "4", region="甘肃", code="6201000001", wording="无搜索功能", severity=Severity.CITED),
    problem("columns_empty", "2", code="1302990002", wording="多个栏目为空白"),
    problem("homepage_stale", "2", code="1302990002", wording="首页面长时间未更新", state=ProblemState.CANDIDATE),
    problem("site_unregistered", "3", code=None, wording="未在全国政府网站信息报送系统中填报", severity=Severity.CITED),
    problem("site_unreachable", "1", code="1302990001", wording="站点长期无法访问"),
    problem("site_unreachable", "5", code="1302990005", state=ProblemState.REJECTED),
]


def test_one_row_a_site_with_its_most_outstanding_problem_in_the_order_of_annex_two() -> None:
    assert [(row.seq, row.region, row.site_code, row.problem) for row in list_rows(PROBLEMS)] == [
        (1, "河北", "1302990001", "站点长期无法访问"),
        (2, "河北", "1302990002", "首页面长时间未更新"),
        (3, "河北", "", "未在全国政府网站信息报送系统中填报"),
        (4, "甘肃", "6201000001", "无搜索功能"),
    ]


def test_all_problems_can_be_listed_and_rejected_ones_never_are() -> None:
    rows = list(list_rows(PROBLEMS, every_problem=True))
    assert [row.rule for row in rows] == ["site_unreachable", "homepage_stale", "columns_empty", "site_unregistered", "search_missing"]
    assert [row.status for row in rows[:2]] == ["已核实", "待核实"]


def test_csv_opens_in_excel_and_holds_the_five_columns() -> None:
    content = problem_list(PROBLEMS, "csv")
    assert content.startswith(b"\xef\xbb\xbf")
    header, first, *_ = csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))
    assert header == ["序号", "省（自治区、直辖市）", "网站名称", "存在的突出问题", "网站标识码"]
    assert first == ["1", "河北", "“安禾县教育局”网", "站点长期无法访问", "1302990001"]


def test_the_workbook_keeps_site_codes_as_texts() -> None:
    sheet = openpyxl.load_workbook(io.BytesIO(problem_list(PROBLEMS, "xlsx", details=True))).active
    code, seq = sheet["E2"], sheet["A2"]
    assert (code.value, code.data_type, code.number_format) == ("1302990001", "s", "@")
    assert (seq.value, seq.data_type) == (1, "n")
    assert (sheet.freeze_panes, sheet.print_title_rows) == ("A2", "$1:$1")
    assert [cell.value for cell in sheet[1]][5:] == ["首页网址", "依据", "证据链接", "首次发现", "状态"]


def test_json_holds_every_column_and_days_in_china_time() -> None:
    first = json.loads(problem_list(PROBLEMS, "json"))[0]
    assert first["first_seen"] == "2018-03-01"
    assert first["url"] == "http://site1.anhe.gov.cn/"


def test_an_unknown_format_is_one_sentence() -> None:
    with pytest.raises(FormatError, match="choose from csv, xlsx, json"):
        problem_list(PROBLEMS, "pdf")


def test_a_hundred_thousand_problems_take_seconds() -> None:
    many = [problem("homepage_stale", str(number // 4), code=f"{1300000000 + number // 4}") for number in range(100_000)]
    start = time.process_time()
    assert problem_list(many, "csv").count(b"\r\n") == 25_001
    assert time.process_time() - start < 20


def keys(*problems: SiteProblem, **choices: object) -> list[str]:
    return [row.rule for row in list_rows(problems, every_problem=True, wanted=ProblemFilter(**choices))]  # type: ignore[arg-type]


def test_a_list_is_narrowed_by_region_level_rule_and_status() -> None:
    found = (
        problem("homepage_stale", "1"),
        problem("search_missing", "1", state=ProblemState.NOTIFIED),
        problem("columns_stale", "2", region="甘肃", code="6299990001", state=ProblemState.REJECTED),
    )
    assert keys(*found) == ["homepage_stale", "search_missing"]
    assert keys(*found, regions=("甘肃",)) == []
    assert keys(*found, rules=("search_missing",)) == ["search_missing"]
    assert keys(*found, levels=(Level.CITY_DEPT,)) == []
    assert keys(*found, levels=(Level.COUNTY_BELOW,), states=(ProblemState.NOTIFIED,)) == ["search_missing"]
    assert keys(*found, states=(ProblemState.REJECTED,)) == ["columns_stale"]


def test_the_row_of_a_site_is_its_most_outstanding_problem_of_those_asked_for() -> None:
    found = [problem("search_missing", "1"), problem("homepage_stale", "1"), problem("domain_suffix", "1")]
    (row,) = list_rows(found, wanted=ProblemFilter(rules=("search_missing", "domain_suffix")))
    assert row.rule == "search_missing"
