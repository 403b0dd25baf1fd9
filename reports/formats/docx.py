"""The bulletin as a Word document laid out as GB/T 9704-2012 asks: A4, 22 lines of 28 characters, named styles that an office can edit."""

import io
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from reports.bulletin.document import Annex, Document, Paragraph, Span, Style
from reports.formats import word_styles
from reports.formats.title_lines import title_lines
from reports.formats.word_tables import table_element
from reports.inert import plain

_STYLE_NAMES = {
    Style.HEADING: word_styles.HEADING,
    Style.BODY: word_styles.BODY,
    Style.ATTACHMENT_FIRST: word_styles.ATTACHMENT_FIRST,
    Style.ATTACHMENT: word_styles.ATTACHMENT,
    Style.DATE: word_styles.DATE,
    Style.NOTE: word_styles.NOTE,
}


def render_docx(document: Document) -> bytes:
    """Return the bulletin as a Word document."""
    word = docx.Document()
    _clean_properties(word, document.title)
    word_styles.add_styles(word)
    _set_page(word)
    _add_title(word, document.title, word_styles.TITLE)
    if document.draft:
        word.add_paragraph(document.draft, style=word_styles.DRAFT)
    for paragraph in document.paragraphs:
        _add_paragraph(word, paragraph)
    style_ids = {style.name: style.style_id for style in word.styles}
    for annex in document.annexes:
        _add_annex(word, annex, style_ids)
    content = io.BytesIO()
    word.save(content)
    return content.getvalue()


def _clean_properties(word: Any, title: str) -> None:
    """Set the title, and clear what the library's own template says of itself and of its date."""
    properties = word.core_properties
    properties.title, properties.author, properties.comments, properties.keywords = plain(title), "", "", ""
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


def _add_title(word: Any, title: str, style: str) -> None:
    first, *others = title_lines(plain(title))
    paragraph = word.add_paragraph(first, style=style)
    for line in others:
        paragraph.runs[-1].add_break()
        paragraph.add_run(line)


def _add_paragraph(word: Any, paragraph: Paragraph) -> None:
    added = word.add_paragraph(style=_STYLE_NAMES[paragraph.style])
    for span in _joined(paragraph.spans):
        added.add_run(span.text, style=word_styles.RUN_IN if span.heading else None)


def _joined(spans: tuple[Span, ...]) -> list[Span]:
    """Return the spans with neighbours of one kind put together, so that an editor meets whole sentences."""
    joined: list[Span] = []
    for span in spans:
        text = plain(span.text)
        if joined and joined[-1].heading == span.heading:
            text = joined.pop().text + text
        joined.append(Span(text=text, heading=span.heading))
    return joined


def _add_annex(word: Any, annex: Annex, style_ids: dict[str, str]) -> None:
    word.add_paragraph(annex.label, style=word_styles.ANNEX_LABEL)
    _add_title(word, annex.title, word_styles.ANNEX_TITLE)
    # Word wants a paragraph after a table; the note is one, else an empty one takes no space of its own.
    note = word.add_paragraph(plain("".join(span.text for span in annex.note)), style=word_styles.TABLE_NOTE)
    note._p.addprevious(table_element(annex.table, style_ids))
