"""Hostile text is harmless wherever it is printed."""

import io
import re

import docx
import msgspec
import openpyxl
import pytest
from markdown_it import MarkdownIt
from selectolax.lexbor import LexborHTMLParser

from reports.bulletin.compose import compose_bulletin
from reports.figures.records import CitedProblem, Figures, Origin, ProblemSite, RegionFigures, Source
from reports.formats.docx import render_docx
from reports.formats.html import render_html
from reports.formats.markdown import render_markdown
from reports.formats.tables import annex_tables
from reports.formats.xlsx import render_annexes
from reports.inert import markdown_text, plain, spreadsheet_text
from reports.problem_list import problem_list
from reports.profile import Profile
from tests.reports.invented import problem

BULLETIN_TAGS = {
    "body",
    "main",
    "table",
    "colgroup",
    "col",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "h1",
    "h2",
    "p",
    "b",
    "span",
    "section",
    "div",
}
ALLOWED_ATTRIBUTES = {"class", "data-source", "tabindex", "scope", "style", "colspan", "rowspan"}
MARKDOWN_TAGS = {"body", "h1", "h2", "p", "blockquote", "strong", "table", "thead", "tbody", "tr", "th", "td"}
FORMULA = re.compile(r'(?:^|[\n,"])[=+\-@\t\r]')


@pytest.mark.parametrize(
    ("text", "clean"),
    [
        ("安禾县\x00教育局\x1b[31m", "安禾县教育局[31m"),
        ("\u202e局育教\u202c", "局育教"),
        ("两\n行\t字\u2028", "两 行 字"),
        ("零\u200b宽\ufeff", "零宽"),
        ("半个\ud800字", "半个字"),
        ("㸌村𫭟塘", "㸌村𫭟塘"),
    ],
)
def test_plain_text_keeps_what_is_read_and_drops_what_deceives(text: str, clean: str) -> None:
    assert plain(text) == clean


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t=", "\r=", "＝", "\u200b="])
def test_no_cell_starts_a_formula(start: str) -> None:
    assert spreadsheet_text(f"{start}HYPERLINK(1)").startswith("'")


def test_markdown_prints_markup_as_it_is() -> None:
    assert markdown_text("a|b <i> [x](http://e.cn) `c` www.e.cn") == r"a\|b \<i\> \[x\](http\://e.cn) \`c\` www\.e.cn"


def hostile_quarter(quarter: Figures, texts: list[str]) -> Figures:
    source = Source(origin=Origin.SCAN, place="scan 1")
    named = [text for text in texts if plain(text)]
    regions = (RegionFigures(region="河北", sampled=len(named), problem=len(named), running_total=0, source=source),)
    return msgspec.structs.replace(
        quarter,
        regions=regions,
        problem_sites=tuple(ProblemSite(region="河北", printed_name=text, problem=text, source=source) for text in named),
        cited=tuple(CitedProblem(rule="search_missing", region="河北", printed_name=text, problem=text, source=source) for text in named),
    )


@pytest.mark.shared
def test_hostile_names_are_inert_in_every_format(hostile_strings: list[str], quarter: Figures, nation: Profile) -> None:
    figures = hostile_quarter(quarter, hostile_strings)
    document = compose_bulletin(figures, nation)
    page = render_html(document)
    tree = LexborHTMLParser(page)
    assert {node.tag for node in tree.css("body, body *")} <= BULLETIN_TAGS
    assert {name for node in tree.css("body *") for name in node.attributes} <= ALLOWED_ATTRIBUTES
    rendered = LexborHTMLParser(MarkdownIt("gfm-like", {"linkify": False}).render(render_markdown(document)))
    assert {node.tag for node in rendered.css("body, body *")} <= MARKDOWN_TAGS
    assert len(rendered.css("p strong")) == 1
    assert docx.Document(io.BytesIO(render_docx(document))).tables[-1].rows[1].cells[2].text == plain(figures.problem_sites[0].printed_name)
    for content in annex_tables(figures, nation).values():
        assert not FORMULA.search(content.decode("utf-8-sig").replace("\r\n", "\n"))
    for sheet in openpyxl.load_workbook(io.BytesIO(render_annexes(document))):
        kinds = {cell.data_type for line in sheet.iter_rows() for cell in line}
        assert kinds <= {"s", "n"}


@pytest.mark.shared
def test_hostile_names_are_inert_in_the_problem_list(hostile_strings: list[str]) -> None:
    problems = [problem("homepage_stale", str(number), name=text, wording=text) for number, text in enumerate(hostile_strings)]
    lines = problem_list(problems, "csv", details=True).decode("utf-8-sig")
    assert lines.count("\r\n") == len(hostile_strings) + 1
    assert not FORMULA.search(lines.replace("\r\n", "\n"))
    sheet = openpyxl.load_workbook(io.BytesIO(problem_list(problems, "xlsx", details=True))).active
    assert sheet.max_row == len(hostile_strings) + 1
    assert {cell.data_type for line in sheet.iter_rows() for cell in line} <= {"s", "n"}
    assert not any(cell.hyperlink for line in sheet.iter_rows() for cell in line)
    assert problem_list(problems, "json").decode("utf-8")
