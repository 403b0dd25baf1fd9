"""The paragraph styles of the Word bulletin (GB/T 9704-2012), by names that an office finds and edits in Word."""

from typing import Any

from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from crawler.facts.records import Record

FANGSONG, KAITI, HEITI, SONGTI, TITLE_SONG = "仿宋_GB2312", "楷体_GB2312", "黑体", "宋体", "方正小标宋_GBK"
LINE = Pt(28.95)
"""22 lines on a page: 29 pt gives 21 (measured)."""
CONDENSED = -5
"""Twentieths of a point: 28 characters of 16 pt fit into the 156 mm of a line only when runs are condensed by 0.25 pt (measured)."""
CHARACTER = Pt(16)
TABLE_LINE = 14.5
RED = RGBColor(0xC0, 0, 0)

RED_HEAD, NUMBER, RED_RULE = "公文发文机关标志", "公文发文字号", "公文红色分隔线"
ADDRESSEE, SIGNATURE, SIGNED_DATE = "公文主送机关", "公文发文机关署名", "公文署名日期"
TITLE, HEADING, BODY, RUN_IN = "公文标题", "公文一级标题", "公文正文", "公文二级标题"
ATTACHMENT_FIRST, ATTACHMENT, DATE, NOTE, DRAFT = "公文附件说明首行", "公文附件说明", "公文成文日期", "公文附注", "公文草稿标识"
ANNEX_LABEL, ANNEX_TITLE, TABLE_HEAD, TABLE_TEXT, TABLE_NOTE = "公文附件标识", "公文附件标题", "公文表头", "公文表格", "公文表注"


class _Style(Record, frozen=True, kw_only=True):
    name: str
    font: str = FANGSONG
    size: float = 16
    line: float = LINE.pt
    """Exact line pitch in points."""
    on_grid: bool = True
    """On the page's grid of 22 lines; tables keep off it."""
    align: int = WD_ALIGN_PARAGRAPH.JUSTIFY
    before: float = 0
    after: float = 0
    left: float = 0
    right: float = 0
    first_line: float = 0
    """Indents and spaces in points."""
    condensed: bool = False
    outline: int | None = None
    new_page: bool = False
    red: bool = False
    ruled: bool = False
    """A red rule over the paragraph, as wide as the text."""


_EM = CHARACTER.pt
_STYLES = (
    # The upper edge of the issuer's name lies 35 mm below that of the text.
    _Style(name=RED_HEAD, font=TITLE_SONG, size=36, line=44, align=WD_ALIGN_PARAGRAPH.CENTER, before=99, red=True, on_grid=False),
    _Style(name=NUMBER, align=WD_ALIGN_PARAGRAPH.CENTER, before=2 * LINE.pt),
    _Style(name=RED_RULE, line=4, align=WD_ALIGN_PARAGRAPH.CENTER, before=11.3, after=2 * LINE.pt, on_grid=False, ruled=True),
    _Style(name=TITLE, font=TITLE_SONG, size=22, line=36, align=WD_ALIGN_PARAGRAPH.CENTER, after=LINE.pt, outline=0),
    _Style(name=DRAFT, font=HEITI, align=WD_ALIGN_PARAGRAPH.CENTER, after=LINE.pt, red=True),
    _Style(name=HEADING, font=HEITI, first_line=2 * _EM, outline=1),
    _Style(name=ADDRESSEE, align=WD_ALIGN_PARAGRAPH.LEFT),
    _Style(name=BODY, first_line=2 * _EM, condensed=True),
    # The name starts 6.5 characters in, after 2 of indent, 附件： and "1. "; turned-over lines start there too.
    _Style(name=ATTACHMENT_FIRST, before=LINE.pt, left=6.5 * _EM, first_line=-4.5 * _EM, align=WD_ALIGN_PARAGRAPH.LEFT),
    _Style(name=ATTACHMENT, left=6.5 * _EM, first_line=-1.5 * _EM, align=WD_ALIGN_PARAGRAPH.LEFT),
    _Style(name=SIGNATURE, before=2 * LINE.pt, right=2 * _EM, align=WD_ALIGN_PARAGRAPH.RIGHT),
    _Style(name=DATE, before=2 * LINE.pt, right=4 * _EM, align=WD_ALIGN_PARAGRAPH.RIGHT),
    _Style(name=SIGNED_DATE, right=4 * _EM, align=WD_ALIGN_PARAGRAPH.RIGHT),
    _Style(name=NOTE, first_line=2 * _EM),
    _Style(name=ANNEX_LABEL, font=HEITI, new_page=True, align=WD_ALIGN_PARAGRAPH.LEFT),
    _Style(
        name=ANNEX_TITLE, font=TITLE_SONG, size=22, line=36, align=WD_ALIGN_PARAGRAPH.CENTER, before=LINE.pt, after=LINE.pt / 2, outline=1
    ),
    _Style(name=TABLE_HEAD, font=HEITI, size=10.5, line=TABLE_LINE, on_grid=False, align=WD_ALIGN_PARAGRAPH.CENTER),
    _Style(name=TABLE_TEXT, size=10.5, line=TABLE_LINE, on_grid=False, align=WD_ALIGN_PARAGRAPH.LEFT),
    _Style(name=TABLE_NOTE, size=10.5, line=TABLE_LINE, on_grid=False, before=6, align=WD_ALIGN_PARAGRAPH.LEFT),
)


def add_styles(document: Any) -> None:
    """Add the styles to a Word document."""
    set_fonts(document.styles["Normal"].element.get_or_add_rPr(), FANGSONG)
    document.styles["Normal"].font.size = Pt(16)
    for style in _STYLES:
        _add(document, style)
    run_in = document.styles.add_style(RUN_IN, WD_STYLE_TYPE.CHARACTER)
    set_fonts(run_in.element.get_or_add_rPr(), KAITI)


def set_fonts(properties: Any, font: str) -> None:
    """Name the font for East Asian and Western characters alike: Word takes the East Asian one from `w:eastAsia` only."""
    fonts = properties.get_or_add_rFonts()
    for attribute in list(fonts.attrib):
        del fonts.attrib[attribute]
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), font)


def _add(document: Any, style: _Style) -> None:
    added = document.styles.add_style(style.name, WD_STYLE_TYPE.PARAGRAPH)
    added.base_style = document.styles["Normal"]
    added.quick_style = True
    run = added.element.get_or_add_rPr()
    set_fonts(run, style.font)
    added.font.size = Pt(style.size)
    if style.red:
        added.font.color.rgb = RED
    if style.condensed:
        run.insert_element_before(_value("w:spacing", CONDENSED), "w:sz")
    layout = added.paragraph_format
    layout.alignment = style.align
    layout.space_before, layout.space_after = Pt(style.before), Pt(style.after)
    layout.left_indent, layout.right_indent, layout.first_line_indent = Pt(style.left), Pt(style.right), Pt(style.first_line)
    layout.line_spacing = Pt(style.line)
    layout.widow_control = False
    layout.page_break_before = style.new_page
    layout.keep_with_next = style.outline is not None or style.new_page
    properties = added.element.get_or_add_pPr()
    if style.ruled:
        properties.insert_element_before(_red_rule(), "w:snapToGrid", "w:spacing")
    if not style.on_grid:
        properties.insert_element_before(_value("w:snapToGrid", 0), "w:spacing")
    if style.outline is not None:
        properties.append(_value("w:outlineLvl", style.outline))


def _red_rule() -> Any:
    borders, rule = OxmlElement("w:pBdr"), OxmlElement("w:top")
    for name, value in (("val", "single"), ("sz", "16"), ("space", "0"), ("color", str(RED))):
        rule.set(qn(f"w:{name}"), value)
    borders.append(rule)
    return borders


def _value(tag: str, value: int) -> Any:
    element = OxmlElement(tag)
    element.set(qn("w:val"), str(value))
    return element
