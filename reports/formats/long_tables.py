"""Long tables cut into pages beforehand: what is set from whole columns of lines takes a tenth of the memory of cells (measured)."""

import unicodedata
from collections.abc import Iterator
from typing import Any

from reports.bulletin.document import Align, Table
from reports.inert import plain

LONG = 400
"""Rows above which a table is set page by page: a shorter one may merge cells in its body and sets them in the middle of their rows."""
LINES_A_PAGE = 35
"""Lines of 5.8 mm under a repeated header of two of them."""
LINES_UNDER_TITLE = 28
"""On the first page, which has the annex's label and a title of two lines at most."""
_CHARACTER = 10.5 * 25.4 / 72
"""Millimetres of a character of 5号 (10.5 pt)."""
_INSETS = {Align.LEFT: 1.5, Align.CENTER: 0.7}
"""Millimetres free on both sides of a cell together."""
_LATIN, _DIGIT = 0.62, 0.5
"""Widths in characters: of the widest letters of usual words, and of digits."""


def pages(table: Table) -> Iterator[dict[str, Any]]:
    """Yield the pages of a table without merged cells in its body: each column as one text, and the lines under which a rule is drawn."""
    fits = [(column.width - _INSETS[column.align]) / _CHARACTER for column in table.columns]
    lines: list[list[str]] = [[] for _ in fits]
    rules: list[int] = []
    room_on_page = LINES_UNDER_TITLE
    for row in table.body:
        cells = [_wrapped(plain(cell.text), room) for cell, room in zip(row, fits, strict=True)]
        height = max(map(len, cells))
        if rules and rules[-1] + height > room_on_page:
            yield _page(lines, rules)
            lines, rules, room_on_page = [[] for _ in fits], [], LINES_A_PAGE
        for column, cell in zip(lines, cells, strict=True):
            column += cell + [""] * (height - len(cell))
        rules.append((rules[-1] if rules else 0) + height)
    if rules:
        yield _page(lines, rules)


def is_long(table: Table) -> bool:
    """Tell whether a table is to be set page by page: a long one with a simple header and no merged cells at its end."""
    plain_body = all(cell.columns == cell.rows == 1 for row in table.body[-1:] for cell in row)
    return len(table.body) > LONG and len(table.header) == 1 and plain_body


def _page(lines: list[list[str]], rules: list[int]) -> dict[str, Any]:
    return {"columns": ["\n".join(column) for column in lines], "rules": rules}


def _wrapped(text: str, room: float) -> list[str]:
    """Return the text in lines that fit into so many characters; one that is taller than a page is cut, and says so."""
    lines, width = [""], 0.0
    for character in text:
        step = 1.0 if unicodedata.east_asian_width(character) in "WFA" else _DIGIT if character.isdigit() else _LATIN
        if width + step > room and lines[-1]:
            lines.append("")
            width = 0.0
        lines[-1] += character
        width += step
    return lines if len(lines) <= LINES_UNDER_TITLE else [*lines[: LINES_UNDER_TITLE - 1], "……"]
