"""The bulletin as PDF, set by Typst (the extra `pdf`). The text goes in as data and is never read as Typst source."""

import json
from importlib import resources
from typing import Any

from reports.bulletin.document import Align, Cell, Document, Table, placed
from reports.errors import OutputError
from reports.formats.fonts import Role, choose_fonts
from reports.formats.ledger import is_ledger, pages
from reports.formats.title_lines import title_lines
from reports.inert import plain


def render_pdf(document: Document) -> tuple[bytes, tuple[str, ...]]:
    """Return the bulletin as PDF with embedded fonts, and a warning for each font that had to be replaced.

    Raises `OutputError` where Typst or every Chinese font is missing.
    """
    try:
        import typst
    except ImportError as error:
        raise OutputError("PDF needs the extra “pdf” (Typst), which is not installed: pip install 'xuncha[pdf]'.") from error
    fonts = typst.Fonts()
    chosen = choose_fonts(fonts.families())
    families = {role.value: list(names) for role, names in chosen.families.items()}
    # 小标宋 is a bold face by itself; its free stand-ins are set bold.
    families["title-weight"] = "bold" if chosen.families[Role.TITLE][0].startswith(("Fandol", "Noto", "Source")) else "regular"  # type: ignore[assignment]
    source = resources.files("reports").joinpath("templates", "bulletin.typ").read_bytes()
    data = json.dumps(_data(document) | {"fonts": families}, ensure_ascii=False)
    compiler = typst.Compiler(source, font_paths=fonts, sys_inputs={"bulletin": data})
    try:
        # Tags for screen readers multiply a table of thousands of rows by twenty; the HTML bulletin is the accessible one.
        content = compiler.compile(format="pdf", timestamp=0, pdf_tags=False)
    except typst.TypstError as error:
        raise OutputError(f"Typst could not set the PDF: {error.message}.") from error
    if not isinstance(content, bytes):
        raise OutputError("Typst gave no PDF.")
    return content, chosen.warnings


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
    if is_ledger(table):
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
