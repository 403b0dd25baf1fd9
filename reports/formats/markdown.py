"""The bulletin as Markdown (GitHub's dialect, for its tables)."""

import re

from reports.bulletin.document import Annex, Cell, Document, Paragraph, Span, Style, Table, placed
from reports.inert import markdown_text

_LIST_START = re.compile(r"^(\d*)([.)#+-])")
"""What Markdown reads as a list or a heading at the start of a line."""


def render_markdown(document: Document) -> str:
    """Return the bulletin as Markdown. Site texts are escaped: they can neither mark up nor link."""
    blocks = [markdown_text(line) for line in (document.red_head, document.number) if line]
    blocks.append(f"# {markdown_text(document.title)}")
    if document.draft:
        blocks.append(f"> **{markdown_text(document.draft)}**")
    blocks += map(_paragraph, document.paragraphs)
    for annex in document.annexes:
        blocks += _annex(annex)
    return "\n\n".join(blocks) + "\n"


def _paragraph(paragraph: Paragraph) -> str:
    if paragraph.style is Style.HEADING:
        return f"## {markdown_text(paragraph.text)}"
    text = "".join(_run_in(span) if span.heading else markdown_text(span.text) for span in paragraph.spans)
    return _LIST_START.sub(r"\1\\\2", text)


def _run_in(span: Span) -> str:
    """Return a heading that runs in with the text. Its full stop stays outside: no emphasis ends between punctuation and a letter."""
    return f"**{markdown_text(span.text.removesuffix('。'))}**。"


def _annex(annex: Annex) -> list[str]:
    note = [markdown_text("".join(span.text for span in annex.note))] if annex.note else []
    return [f"## {annex.label}　{markdown_text(annex.title)}", _table(annex.table), *note]


def _table(table: Table) -> str:
    """Return a pipe table: it knows one header row and no merged cells, so header levels are joined and merged cells left blank."""
    levels = _texts(table.header, len(table.columns), repeat=True)
    header = ["·".join(dict.fromkeys(filter(None, column))) for column in zip(*levels, strict=True)]
    lines = [header, ["---"] * len(table.columns), *_texts(table.body, len(table.columns), repeat=False)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _texts(rows: tuple[tuple[Cell, ...], ...], width: int, *, repeat: bool) -> list[list[str]]:
    texts = [[""] * width for _ in rows]
    for place in placed(rows):
        text = markdown_text(place.cell.text)
        for down in range(place.cell.rows if repeat else 1):
            for right in range(place.cell.columns if repeat else 1):
                texts[place.row + down][place.column + right] = text
    return texts
