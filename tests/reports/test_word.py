"""The Word bulletin keeps to GB/T 9704-2012 where a program can tell: page, grid, styles, tables, page numbers."""

import io
from typing import Any

import docx
import msgspec
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from reports.bulletin.compose import compose_bulletin
from reports.figures.records import CitedProblem, Figures, Origin, Source
from reports.formats.docx import render_docx
from reports.formats.title_lines import title_lines
from reports.profile import Profile


@pytest.fixture
def word(quarter: Figures, nation: Profile) -> Any:
    source = Source(origin=Origin.SCAN, place="scan 7")
    cited = CitedProblem(rule="search_missing", region="河北", printed_name="河北省“甲”网", problem="无搜索功能", source=source)
    figures = msgspec.structs.replace(quarter, cited=(cited,), named_candidates=1)
    return docx.Document(io.BytesIO(render_docx(compose_bulletin(figures, nation))))


def test_the_page_is_a4_with_the_margins_and_the_grid_of_the_standard(word: Any) -> None:
    (section,) = word.sections
    sizes = (section.page_width, section.page_height, section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    for size, millimetres in zip(sizes, (210, 297, 37, 35, 28, 26), strict=True):
        assert abs(size - Mm(millimetres)) < Mm(0.1)
    grid = section._sectPr.find(qn("w:docGrid"))
    assert (grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) == ("lines", "579")


@pytest.mark.parametrize(
    ("style", "font", "size"),
    [
        ("公文标题", "方正小标宋_GBK", 22),
        ("公文一级标题", "黑体", 16),
        ("公文正文", "仿宋_GB2312", 16),
        ("公文附件标识", "黑体", 16),
        ("公文表格", "仿宋_GB2312", 10.5),
    ],
)
def test_styles_name_the_fonts_for_east_asian_text(word: Any, style: str, font: str, size: float) -> None:
    found = word.styles[style]
    assert found.element.rPr.rFonts.get(qn("w:eastAsia")) == font
    assert found.font.size == Pt(size)


def test_body_lines_are_exact_and_condensed(word: Any) -> None:
    body = word.styles["公文正文"]
    assert body.paragraph_format.line_spacing == Pt(28.95)
    assert body.element.rPr.find(qn("w:spacing")).get(qn("w:val")) == "-5"
    assert body.paragraph_format.first_line_indent == Pt(32)


def test_second_level_headings_run_in_with_the_text_in_their_own_font(word: Any) -> None:
    paragraph = next(found for found in word.paragraphs if found.text.startswith("（一）"))
    assert (paragraph.runs[0].text, paragraph.runs[0].style.name) == ("（一）在线服务不便民。", "公文二级标题")
    assert word.styles["公文二级标题"].element.rPr.rFonts.get(qn("w:eastAsia")) == "楷体_GB2312"


def test_a_draft_is_marked_under_the_title(word: Any) -> None:
    assert (word.paragraphs[1].text, word.paragraphs[1].style.name) == ("草稿：以下问题尚未经人工核实", "公文草稿标识")


def test_page_numbers_alternate_between_the_outer_sides(word: Any) -> None:
    (section,) = word.sections
    assert word.settings.odd_and_even_pages_header_footer
    sides = [footer.paragraphs[0].alignment for footer in (section.footer, section.even_page_footer)]
    assert [str(side) for side in sides] == ["RIGHT (2)", "LEFT (0)"]
    assert "PAGE" in section.footer.paragraphs[0]._p.xml


def test_annexes_start_pages_and_their_tables_repeat_and_merge_their_header(word: Any) -> None:
    labels = [paragraph for paragraph in word.paragraphs if paragraph.text.startswith("附件") and paragraph.style.name == "公文附件标识"]
    assert [label.text for label in labels] == ["附件1", "附件2"]
    assert word.styles["公文附件标识"].paragraph_format.page_break_before
    table = word.tables[1]
    header = [row for row in table.rows if row._tr.trPr.find(qn("w:tblHeader")) is not None]
    assert len(header) == 2
    assert table.cell(0, 0).text == table.cell(1, 0).text == "序号"
    assert [table.cell(1, column).text for column in range(3, 9)] == ["门户", "部门", "门户", "部门", "县级门户", "县级以下"]
    assert table.cell(0, 3).text == table.cell(0, 4).text == "省级政府网站数"
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)
    assert [cell.text for cell in table.rows[2].cells] == ["1", "河北", "20", "1", "0", "0", "0", "19", "0", "10", "0"]


def test_the_document_says_nothing_of_its_maker(word: Any) -> None:
    properties = word.core_properties
    assert (properties.author, properties.comments, properties.created) == ("", "", None)


def test_long_titles_are_broken_before_a_word() -> None:
    assert title_lines("抽查发现存在突出问题的政府网站名单") == ("抽查发现存在突出问题的政府网站名单",)
    assert title_lines("2018年第一季度各地区、各部门政府网站监管工作情况") == ("2018年第一季度各地区、各部门", "政府网站监管工作情况")
