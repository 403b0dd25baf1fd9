"""Annex tables in WordprocessingML, written row by row: a tree of a whole registry would take hundreds of megabytes (measured)."""

from collections.abc import Iterator
from typing import Any

from docx.opc.oxml import serialize_part_xml
from docx.oxml import OxmlElement
from docx.oxml.ns import nsmap, qn

from reports.bulletin.document import Align, Cell, Table, placed
from reports.formats.word_styles import TABLE_HEAD, TABLE_TEXT
from reports.inert import plain

_TWIPS_A_MILLIMETRE = 1440 / 25.4
_ROW_HEIGHT = round(5.8 * _TWIPS_A_MILLIMETRE)
"""The least height of a row: 35 of them and the heading fit on a page."""
_TEXT_MARGIN = 60
"""Twips beside texts set to the left. Centred cells have none: 新疆生产建设兵团 just fits into its column."""
_HALF_POINT_LINE = "4"
"""Border width in eighths of a point."""


def table_parts(table: Table, style_ids: dict[str, str]) -> Iterator[bytes]:
    """Yield a `w:tbl` in parts: fixed grid, thin lines, header rows that repeat on every page, rows that do not break across pages."""
    widths = [round(column.width * _TWIPS_A_MILLIMETRE) for column in table.columns]
    yield f'<w:tbl xmlns:w="{nsmap["w"]}">'.encode()
    yield _serialised(_properties(sum(widths)))
    grid = OxmlElement("w:tblGrid")
    for width in widths:
        grid.append(_element("w:gridCol", w=width))
    yield _serialised(grid)
    for row in _rows(table, table.header, widths, style_ids[TABLE_HEAD], header=True):
        yield _serialised(row)
    for row in _rows(table, table.body, widths, style_ids[TABLE_TEXT], header=False):
        yield _serialised(row)
    yield b"</w:tbl>"


def _serialised(element: Any) -> bytes:
    return serialize_part_xml(element).partition(b"?>")[2].lstrip()


def _properties(width: int) -> Any:
    properties = OxmlElement("w:tblPr")
    properties.append(_element("w:tblW", w=width, type="dxa"))
    properties.append(_element("w:jc", val="center"))
    borders = OxmlElement("w:tblBorders")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        borders.append(_element(f"w:{side}", val="single", sz=_HALF_POINT_LINE, space="0", color="000000"))
    properties.append(borders)
    properties.append(_element("w:tblLayout", type="fixed"))
    properties.append(_margins("w:tblCellMar", 0))
    return properties


def _margins(tag: str, twips: int) -> Any:
    margins = OxmlElement(tag)
    for side in ("left", "right"):
        margins.append(_element(f"w:{side}", w=twips, type="dxa"))
    return margins


def _rows(table: Table, rows: tuple[tuple[Cell, ...], ...], widths: list[int], style: str, *, header: bool) -> Iterator[Any]:
    """Yield the rows; a cell merged downwards goes on as an empty one in the rows below it."""
    grid: list[dict[int, tuple[Cell, bool]]] = [{} for _ in rows]
    for place in placed(rows):
        for down in range(place.cell.rows):
            grid[place.row + down][place.column] = (place.cell, down == 0)
    for cells in grid:
        row = OxmlElement("w:tr")
        properties = OxmlElement("w:trPr")
        properties.append(OxmlElement("w:cantSplit"))
        properties.append(_element("w:trHeight", val=_ROW_HEIGHT, hRule="atLeast"))
        if header:
            properties.append(OxmlElement("w:tblHeader"))
        row.append(properties)
        for column, (cell, first) in sorted(cells.items()):
            width = sum(widths[column : column + cell.columns])
            left = not header and table.columns[column].align is Align.LEFT
            row.append(_cell(cell, width, style, first=first, left=left))
        yield row


def _cell(cell: Cell, width: int, style: str, *, first: bool, left: bool) -> Any:
    element, properties = OxmlElement("w:tc"), OxmlElement("w:tcPr")
    properties.append(_element("w:tcW", w=width, type="dxa"))
    if cell.columns > 1:
        properties.append(_element("w:gridSpan", val=cell.columns))
    if cell.rows > 1:
        properties.append(_element("w:vMerge", val="restart" if first else "continue"))
    if left:
        properties.append(_margins("w:tcMar", _TEXT_MARGIN))
    properties.append(_element("w:vAlign", val="center"))
    element.append(properties)
    paragraph, layout = OxmlElement("w:p"), OxmlElement("w:pPr")
    layout.append(_element("w:pStyle", val=style))
    layout.append(_element("w:jc", val="left" if left else "center"))
    paragraph.append(layout)
    if first and cell.text:
        run, text = OxmlElement("w:r"), OxmlElement("w:t")
        text.text = plain(cell.text)
        run.append(text)
        paragraph.append(run)
    element.append(paragraph)
    return element


def _element(tag: str, **attributes: object) -> Any:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), str(value))
    return element
