"""The bulletin as PDF."""

from typing import Any

from reports.bulletin.document import Align, Cell, Document, Table, placed
from reports.formats.long_tables import is_long, pages
from reports.formats.title_lines import title_lines
from reports.formats.typesetting import typeset
from reports.inert import plain


def render_pdf(document: Document) -> tuple[bytes, tuple[str, ...]]:
    """Return the bulletin as PDF, and a warning for each font that had to be replaced. Raises `OutputError` where there is no Typst."""
    return typeset("bulletin.typ", _data(document))


def _data(document: Document) -> dict[str, Any]:
    return {
        "red-head": plain(document.red_head),
        "number": plain(document.number),
        "title": plain(document.title),
        "title-lines": title_lines(plain(document.title)),
        "draft": document.draft,
        "paragraphs": [
            {"style": paragraph.style.value, "spans": [{"text": plain(span.text), "heading": span.heading} for span in paragraph.spans]}
            for paragraph in document.paragraphs
        ],
        "annexes": [
            {
                "label": annex.label,
                "title-lines": title_lines(plain(annex.title)),
                "columns": [{"width": column.width, "left": column.align is Align.LEFT} for column in annex.table.columns],
                "header": _cells(annex.table.header, 0),
                "rows": len(annex.table.body),
                **_body(annex.table),
                "note": plain("".join(span.text for span in annex.note)),
            }
            for annex in document.annexes
        ],
    }


def _body(table: Table) -> dict[str, Any]:
    if is_long(table):
        return {"body": [], "pages": list(pages(table))}
    return {"body": _cells(table.body, len(table.header)), "pages": []}


def _cells(rows: tuple[tuple[Cell, ...], ...], top: int) -> list[dict[str, Any]]:
    return [
        {
            "x": place.column,
            "y": top + place.row,
            "columns": place.cell.columns,
            "rows": place.cell.rows,
            "text": plain(place.cell.text),
        }
        for place in placed(rows)
    ]
