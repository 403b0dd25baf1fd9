"""The bulletin as a Word document: a template's head is filled in, text and annexes are set in its named styles."""

import io
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import docx
from docxtpl import DocxTemplate
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment
from lxml import etree

from reports.bulletin.document import Annex, Document, Paragraph, Span, Style
from reports.errors import OutputError
from reports.formats import word_styles
from reports.formats.title_lines import title_lines
from reports.formats.word_tables import table_parts
from reports.formats.word_template import TEXT_MARK, word_template
from reports.inert import plain

_STYLE_NAMES = {
    Style.HEADING: word_styles.HEADING,
    Style.BODY: word_styles.BODY,
    Style.ADDRESSEE: word_styles.ADDRESSEE,
    Style.ATTACHMENT_FIRST: word_styles.ATTACHMENT_FIRST,
    Style.ATTACHMENT: word_styles.ATTACHMENT,
    Style.SIGNATURE: word_styles.SIGNATURE,
    Style.DATE: word_styles.DATE,
    Style.SIGNED_DATE: word_styles.SIGNED_DATE,
    Style.NOTE: word_styles.NOTE,
}
_NEEDED_STYLES = (
    *_STYLE_NAMES.values(),
    *(word_styles.RUN_IN, word_styles.ANNEX_LABEL, word_styles.ANNEX_TITLE, word_styles.TABLE_HEAD, word_styles.TABLE_TEXT),
    word_styles.TABLE_NOTE,
)


def render_docx(document: Document, template: str = "") -> bytes:
    """Return the bulletin as a Word document. `template` is the path of the office's own one; empty for that of xuncha.

    Raises `OutputError` where the template cannot be used, and says what it lacks.
    """
    name = template or "xuncha"
    word = docx.Document(io.BytesIO(_with_head(document, _template_bytes(template), name)))
    word.core_properties.title = plain(document.title)
    style_ids = {style.name: style.style_id for style in word.styles}
    missing = [style for style in _NEEDED_STYLES if style not in style_ids]
    if missing:
        raise OutputError("template_without_style", template=name, style=missing[0])
    mark = next((paragraph for paragraph in word.paragraphs if paragraph.text.strip() == TEXT_MARK), None)
    if mark is None:
        raise OutputError("template_without_mark", template=name, mark=TEXT_MARK)

    def add(text: str, style: str) -> Any:
        return mark.insert_paragraph_before(text, style=style)

    for paragraph in document.paragraphs:
        _add_paragraph(add, paragraph)
    for annex in document.annexes:
        _add_annex(add, annex)
    mark._p.getparent().remove(mark._p)
    content = io.BytesIO()
    word.save(content)
    return _with_tables(content, document.annexes, style_ids)


_TEXT_PART = "word/document.xml"
_NO_DATE = (1980, 1, 1, 0, 0, 0)
"""The same bulletin is the same file, whenever it was written."""


def _with_tables(saved: io.BytesIO, annexes: tuple[Annex, ...], style_ids: dict[str, str]) -> bytes:
    """Return the document with each annex's table in the place of the comment that stands for it."""
    content = io.BytesIO()
    with zipfile.ZipFile(saved) as source, zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            part = zipfile.ZipInfo(name, _NO_DATE)
            part.compress_type = zipfile.ZIP_DEFLATED
            with target.open(part, "w") as written:
                rest = source.read(name)
                for annex in annexes if name == _TEXT_PART else ():
                    before, _, rest = rest.partition(f"<!--{annex.label}-->".encode())
                    written.write(before)
                    written.writelines(table_parts(annex.table, style_ids))
                written.write(rest)
    return content.getvalue()


@cache
def _own_template() -> bytes:
    return word_template()


def _template_bytes(template: str) -> bytes:
    if not template:
        return _own_template()
    try:
        return Path(template).read_bytes()
    except OSError as error:
        raise OutputError("template_unreadable", template=template, why=error.strerror) from error


def _with_head(document: Document, template: bytes, name: str) -> bytes:
    """Return the template with its placeholders filled in: red head, number, title, the line of a draft."""
    values = {
        "red_head": plain(document.red_head),
        "number": plain(document.number),
        "title": "\n".join(title_lines(plain(document.title))),
        "draft": document.draft,
    }
    content = io.BytesIO()
    try:
        filled = DocxTemplate(io.BytesIO(template))
        filled.render(values, SandboxedEnvironment(undefined=StrictUndefined, autoescape=True), autoescape=True)
        filled.save(content)
    except (TemplateError, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise OutputError("template_unusable", template=name, why=error, known=", ".join(values)) from error
    return content.getvalue()


_Add = Callable[[str, str], Any]
"""Adds a paragraph of a style at the end of what was added, and returns it."""


def _add_paragraph(add: _Add, paragraph: Paragraph) -> None:
    added = add("", _STYLE_NAMES[paragraph.style])
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


def _add_title(add: _Add, title: str, style: str) -> None:
    first, *others = title_lines(plain(title))
    paragraph = add(first, style)
    for line in others:
        paragraph.runs[-1].add_break()
        paragraph.add_run(line)


def _add_annex(add: _Add, annex: Annex) -> None:
    add(annex.label, word_styles.ANNEX_LABEL)
    _add_title(add, annex.title, word_styles.ANNEX_TITLE)
    # Word wants a paragraph after a table; the note is one, else an empty one takes no space of its own.
    note = add(plain("".join(span.text for span in annex.note)), word_styles.TABLE_NOTE)
    note._p.addprevious(etree.Comment(annex.label))
