"""The document tree: titles, paragraphs of spans, tables of cells. Formats render it; they add no words of their own."""

from collections.abc import Iterator
from enum import StrEnum

from crawler.facts.records import Record
from reports.figures.records import Source


class Span(Record, frozen=True, kw_only=True):
    """A run of text. A printed figure, name or list carries the sources it was taken or calculated from."""

    text: str
    sources: tuple[Source, ...] = ()
    how: str = ""
    """How a derived figure follows from its sources."""
    heading: bool = False
    """A second-level heading that runs in with the text."""


class Style(StrEnum):
    """What a paragraph is, in the terms of GB/T 9704-2012."""

    HEADING = "heading"
    """一级标题, on a line of its own."""
    BODY = "body"
    ATTACHMENT_FIRST = "attachment_first"
    """附件说明, its first line."""
    ATTACHMENT = "attachment"
    ADDRESSEE = "addressee"
    """主送机关."""
    SIGNATURE = "signature"
    """发文机关署名."""
    DATE = "date"
    """成文日期."""
    SIGNED_DATE = "signed_date"
    """成文日期 on the line after the issuer."""
    NOTE = "note"
    """附注."""


class Paragraph(Record, frozen=True, kw_only=True):
    """A paragraph of spans in one style."""

    style: Style
    spans: tuple[Span, ...]

    @property
    def text(self) -> str:
        """Return the paragraph's text without styles and sources."""
        return "".join(span.text for span in self.spans)


class Align(StrEnum):
    """Where a column sets its cells."""

    LEFT = "left"
    CENTER = "center"


class TableColumn(Record, frozen=True, kw_only=True):
    """A grid column: its width in millimetres (the columns of a table fill the 156 mm of the text area), and its alignment."""

    width: float
    align: Align = Align.CENTER


class Cell(Record, frozen=True, kw_only=True):
    """A cell that covers `columns` by `rows` of the grid. `number` is set where the text is a count."""

    span: Span
    number: int | None = None
    columns: int = 1
    rows: int = 1

    @property
    def text(self) -> str:
        """Return the cell's text."""
        return self.span.text


class Table(Record, frozen=True, kw_only=True):
    """A table whose header rows repeat on every page. Cells covered by a merged one are left out of their row."""

    columns: tuple[TableColumn, ...]
    header: tuple[tuple[Cell, ...], ...]
    body: tuple[tuple[Cell, ...], ...]


def one_source(row: tuple[Cell, ...]) -> bool:
    """Tell whether all traced cells of a row come from one source in one way, so that telling it once is enough."""
    return len({(cell.span.sources, cell.span.how) for cell in row if cell.span.sources}) == 1


class Placed(Record, frozen=True, kw_only=True):
    """A cell with its place on the grid, both counted from 0."""

    row: int
    column: int
    cell: Cell


def placed(rows: tuple[tuple[Cell, ...], ...]) -> Iterator[Placed]:
    """Yield the cells of a header or a body with the grid place of their upper left corner."""
    taken: set[tuple[int, int]] = set()
    for row, cells in enumerate(rows):
        column = 0
        for cell in cells:
            while (row, column) in taken:
                column += 1
            yield Placed(row=row, column=column, cell=cell)
            taken.update((row + down, column + right) for down in range(cell.rows) for right in range(cell.columns))
            column += cell.columns


class Annex(Record, frozen=True, kw_only=True):
    """An annex: its number, its title, one table, and the note under it."""

    number: int
    title: str
    table: Table
    note: tuple[Span, ...] = ()

    @property
    def label(self) -> str:
        """Return the annex's label, as it stands on its first line."""
        return f"附件{self.number}"


class Document(Record, frozen=True, kw_only=True):
    """A bulletin: head, title, the line that marks a draft, metadata of the web form, text, annexes, and the warnings beside it."""

    red_head: str = ""
    """发文机关标志; empty for a bulletin without a red head."""
    number: str = ""
    """发文字号."""
    title: str
    draft: str = ""
    """What the reader must know before anything else: a draft, or an edition that is not to be published."""
    metadata: tuple[tuple[str, str], ...] = ()
    paragraphs: tuple[Paragraph, ...]
    annexes: tuple[Annex, ...]
    warnings: tuple[str, ...] = ()

    def prose(self) -> Iterator[tuple[str, Span]]:
        """Yield every span of the text with its place: section and paragraph."""
        section = "前言"
        number = 0
        for paragraph in self.paragraphs:
            if paragraph.style is Style.HEADING:
                section, number = paragraph.text, 0
                continue
            number += 1
            for span in paragraph.spans:
                yield f"{section} 第{number}段", span


def words(text: str) -> Span:
    """Return fixed words, which need no source."""
    return Span(text=text)


def figure(value: object, *sources: Source, how: str = "") -> Span:
    """Return a printed value with the sources behind it."""
    return Span(text=str(value), sources=sources, how=how)
