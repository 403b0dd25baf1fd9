"""The workbook of annexes: real merged cells, frozen header, print set-up, plain numbers and texts."""

import io

import msgspec
import openpyxl

from reports.bulletin.compose import compose_bulletin
from reports.figures.records import Figures, Origin, ProblemSite, RegionFigures, Source
from reports.formats.xlsx import list_workbook, render_annexes
from reports.profile import Profile

SOURCE = Source(origin=Origin.SCAN, place="scan 7")


def test_each_annex_is_a_printable_sheet(quarter: Figures, nation: Profile) -> None:
    regions = (RegionFigures(region="河北", running_total=1, county_below=1, sampled=1, problem=1, source=SOURCE),)
    site = ProblemSite(region="河北", printed_name="“甲”网", problem="多个栏目为空白", site_code="1302990001", source=SOURCE)
    figures = msgspec.structs.replace(quarter, regions=regions, problem_sites=(site,), registry=None)
    book = openpyxl.load_workbook(io.BytesIO(render_annexes(compose_bulletin(figures, nation))))
    assert book.sheetnames == ["附件1", "附件2", "附件3"]
    table = book["附件2"]
    assert {str(merged) for merged in table.merged_cells.ranges} == {
        *("A1:K1", "A2:A3", "B2:B3", "C2:C3", "D2:E2", "F2:G2", "H2:I2", "J2:J3", "K2:K3"),
        "A5:B5",
    }
    assert (table.freeze_panes, table.print_title_rows) == ("A4", "$1:$3")
    assert (table.page_setup.paperSize, table.page_setup.fitToHeight) == (9, 0)
    assert [cell.value for cell in table[4]] == [1, "河北", 1, 0, 0, 0, 0, 0, 1, 1, 1]
    assert [cell.value for cell in table[5]] == ["合计", None, 1, 0, 0, 0, 0, 0, 1, 1, 1]
    code = book["附件3"]["E3"]
    assert (code.value, code.data_type, code.number_format) == ("1302990001", "s", "@")


def test_a_quarter_without_annexes_is_still_a_workbook(quarter: Figures, nation: Profile) -> None:
    bare = Figures(period=quarter.period, metadata=quarter.metadata)
    assert openpyxl.load_workbook(io.BytesIO(render_annexes(compose_bulletin(bare, nation)))).sheetnames == ["附件"]


def test_a_row_is_as_high_as_its_longest_text_takes() -> None:
    book = list_workbook(
        "清单", [("编号", 8), ("依据", 20)], [(1, "短"), (2, "《政府网站发展指引》（国办发〔2017〕47号）附件《网页设计规范》")]
    )
    rows = openpyxl.load_workbook(io.BytesIO(book)).active.row_dimensions
    assert (rows[2].height or 15, rows[3].height) == (15, 60)
