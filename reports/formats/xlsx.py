"""Workbooks: annexes and lists as printable sheets. Texts are written as texts, counts as plain numbers, formulas never."""

import io
import math
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter

from reports.bulletin.document import Align, Annex, Document, Placed, placed
from reports.inert import spreadsheet_text

_OPTIONS = {"in_memory": True, "strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False}
_A4 = 9
_CHARACTERS_A_MILLIMETRE = 0.52
"""Column widths of a sheet are counted in digits of the default font."""
_LINE = 15.0
"""Points of a line of 10.5 pt in a row."""
_UPRIGHT_CHARACTERS = 120
"""Widest list, in characters, that can still be read where it is printed on an upright page."""
_SONGTI, _HEITI, _TITLE_SONG = "宋体", "黑体", "方正小标宋_GBK"


def render_annexes(document: Document) -> bytes:
    """Return a workbook with a sheet an annex: title, merged header, frozen panes, print set-up."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, _OPTIONS) as workbook:
        formats = _Formats(workbook)
        for annex in document.annexes:
            _add_annex(workbook.add_worksheet(annex.label), annex, formats, document.draft)
        if not document.annexes:
            workbook.add_worksheet("附件")
    return content.getvalue()


def list_workbook(name: str, header: Sequence[tuple[str, float]], rows: Iterable[Sequence[object]]) -> bytes:
    """Return a workbook with one sheet: a header of names and widths (in characters), and rows of texts and whole numbers."""
    content = io.BytesIO()
    with xlsxwriter.Workbook(content, _OPTIONS) as workbook:
        formats = _Formats(workbook)
        sheet = workbook.add_worksheet(name)
        count = 0
        for column, (title, width) in enumerate(header):
            sheet.set_column(column, column, width)
            sheet.write_string(0, column, title, formats.head)
        for count, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                _write(sheet, count, column, value, formats.left)
            sheet.set_row(count, _LINE * max(_lines(str(value), width) for value, (_, width) in zip(row, header, strict=True)))
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, count, len(header) - 1)
        if sum(width for _, width in header) > _UPRIGHT_CHARACTERS:
            sheet.set_landscape()
        _set_print(sheet, last_header_row=0)
    return content.getvalue()


class _Formats:
    """The cell formats of one workbook."""

    def __init__(self, workbook: Any) -> None:
        self.title = workbook.add_format(
            {"font_name": _TITLE_SONG, "font_size": 18, "align": "center", "valign": "vcenter", "text_wrap": True}
        )
        self.draft = workbook.add_format({"font_name": _HEITI, "font_size": 12, "align": "left", "font_color": "#C00000"})
        framed = {"border": 1, "valign": "vcenter", "text_wrap": True, "font_size": 10.5}
        self.head = workbook.add_format({**framed, "font_name": _HEITI, "align": "center"})
        # "@": a text cell stays a text when an editor opens it, so that site codes keep their ten digits.
        self.center = workbook.add_format({**framed, "font_name": _SONGTI, "align": "center", "num_format": "@"})
        self.left = workbook.add_format({**framed, "font_name": _SONGTI, "align": "left", "num_format": "@"})
        self.number = workbook.add_format({**framed, "font_name": _SONGTI, "align": "center", "num_format": "0"})
        self.note = workbook.add_format({"font_name": _SONGTI, "font_size": 10.5, "text_wrap": True, "valign": "top"})


def _add_annex(sheet: Any, annex: Annex, formats: _Formats, draft: str) -> None:
    last = len(annex.table.columns) - 1
    widths = [column.width * _CHARACTERS_A_MILLIMETRE for column in annex.table.columns]
    for column, width in enumerate(widths):
        sheet.set_column(column, column, width)
    sheet.merge_range(0, 0, 0, last, spreadsheet_text(annex.title), formats.title)
    sheet.set_row(0, 36)
    top = 1
    for place in placed(annex.table.header):
        _put(sheet, top, place, formats.head)
    for part in (annex.table.header, annex.table.body):
        for row, height in _heights(placed(part), widths).items():
            sheet.set_row(top + row, height)
        top += len(part)
    top -= len(annex.table.body)
    for place in placed(annex.table.body):
        left = annex.table.columns[place.column].align is Align.LEFT
        _put(sheet, top, place, formats.number if place.cell.number is not None else formats.left if left else formats.center)
    foot = top + len(annex.table.body)
    if annex.note:
        note = spreadsheet_text("".join(span.text for span in annex.note))
        sheet.merge_range(foot, 0, foot, last, note, formats.note)
        sheet.set_row(foot, _LINE * _lines(note, sum(widths)))
    if draft:
        sheet.merge_range(foot + 1, 0, foot + 1, last, draft, formats.draft)
        sheet.set_header(f"&R{draft}")
    sheet.freeze_panes(top, 0)
    _set_print(sheet, last_header_row=top - 1)


def _lines(text: str, width: float) -> int:
    """Return how many lines a text takes in so many digits' width, of which a Chinese character takes two."""
    return max(1, math.ceil(sum(1 if character.isascii() else 2 for character in text) / max(width - 1, 1)))


def _heights(cells: Iterable[Placed], widths: Sequence[float]) -> dict[int, float]:
    """Return the heights of rows in points: no spreadsheet program fits them to merged cells, and not each of them to other ones."""
    heights: dict[int, float] = {}
    for place in cells:
        width = sum(widths[place.column : place.column + place.cell.columns])
        needed = _LINE * _lines(place.cell.text, width) / place.cell.rows
        for row in range(place.row, place.row + place.cell.rows):
            heights[row] = max(heights.get(row, _LINE), needed)
    return heights


def _put(sheet: Any, top: int, place: Placed, style: Any) -> None:
    cell, row = place.cell, top + place.row
    if cell.columns * cell.rows > 1:
        bottom, right = row + cell.rows - 1, place.column + cell.columns - 1
        sheet.merge_range(row, place.column, bottom, right, spreadsheet_text(cell.text), style)
    else:
        _write(sheet, row, place.column, cell.text if cell.number is None else cell.number, style)


def _write(sheet: Any, row: int, column: int, value: object, style: Any) -> None:
    if isinstance(value, int):
        sheet.write_number(row, column, value, style)
    else:
        sheet.write_string(row, column, spreadsheet_text(str(value)), style)


def _set_print(sheet: Any, last_header_row: int) -> None:
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, last_header_row)
    sheet.set_footer("&C— &P —")
