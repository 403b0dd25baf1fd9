"""Cells of annex tables."""

from reports.bulletin.document import Cell, figure, words
from reports.figures.records import Source


def header_cell(text: str, columns: int = 1, rows: int = 1) -> Cell:
    """Return a cell of fixed words."""
    return Cell(span=words(text), columns=columns, rows=rows)


def text_cell(text: str, source: Source) -> Cell:
    """Return a cell with a text that has a source."""
    return Cell(span=figure(text, source))


def count_cell(number: int, source: Source) -> Cell:
    """Return a cell with a count."""
    return Cell(span=figure(number, source), number=number)
