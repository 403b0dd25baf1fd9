"""The Word template of the bulletin: page, named styles and head (GB/T 9704-2012). Offices edit it in Word and name it in their profile."""

import io
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from reports.formats import word_styles

TEXT_MARK = "〔正文〕"
"""The paragraph of the template in whose place the text and the annexes go."""
_PARAGRAPHS = (
    ("{%p if red_head %}", word_styles.BODY),
    ("{{ red_head }}", word_styles.RED_HEAD),
    ("{%p endif %}", word_styles.BODY),
    ("{%p if number %}", word_styles.BODY),
    ("{{ number }}", word_styles.NUMBER),
    ("{%p endif %}", word_styles.BODY),
    ("{%p if red_head %}", word_styles.BODY),
    ("", word_styles.RED_RULE),
    ("{%p endif %}", word_styles.BODY),
    ("{{ title }}", word_styles.TITLE),
    ("{%p if draft %}", word_styles.BODY),
    ("{{ draft }}", word_styles.DRAFT),
    ("{%p endif %}", word_styles.BODY),
    (TEXT_MARK, word_styles.BODY),
)
"""The template's paragraphs; lines with {%p … %} are gone from the bulletin."""


def word_template() -> bytes:
    """Return the template that bulletins are made from where the profile names no other."""
    word = docx.Document()
    _clean_properties(word)
    word_styles.add_styles(word)
    _set_page(word)
    for text, style in _PARAGRAPHS:
        word.add_paragraph(text, style=style)
    content = io.BytesIO()
    word.save(content)
    return content.getvalue()


def _clean_properties(word: Any) -> None:
    """Clear what the library's own template says of itself and of its date."""
    properties = word.core_properties
    properties.author, properties.comments, properties.keywords = "", "", ""
    for name in ("created", "modified"):
        for element in properties._element.findall(qn(f"dcterms:{name}")):
            properties._element.remove(element)


def _set_page(word: Any) -> None:
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.footer_distance = Mm(22)
    for old in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(old)
    grid = OxmlElement("w:docGrid")
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), "579")
    section._sectPr.append(grid)
    word.settings.odd_and_even_pages_header_footer = True
    _add_page_number(section.footer, WD_ALIGN_PARAGRAPH.RIGHT)
    _add_page_number(section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)


def _add_page_number(footer: Any, side: WD_ALIGN_PARAGRAPH) -> None:
    """Put `— n —` on the outer side, one character in."""
    footer.is_linked_to_previous = False
    paragraph = footer.paragraphs[0]
    paragraph.alignment = side
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(14)
    for text in ("— ", None, " —"):
        run = paragraph.add_run(text or "")
        word_styles.set_fonts(run._r.get_or_add_rPr(), word_styles.SONGTI)
        run.font.size = Pt(14)
        if text is None:
            _add_page_field(run._r)


def _add_page_field(run: Any) -> None:
    for kind in ("begin", "instruction", "end"):
        if kind == "instruction":
            element = OxmlElement("w:instrText")
            element.text = "PAGE"
        else:
            element = OxmlElement("w:fldChar")
            element.set(qn("w:fldCharType"), kind)
        run.append(element)
