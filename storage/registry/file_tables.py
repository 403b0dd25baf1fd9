"""Registry files as people keep them, CSV or XLSX, read into lines of plain text cells."""

import codecs
import csv
import io
import warnings
import zipfile
from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, NamedTuple

from storage.errors import RegistryFileError

_MAX_BYTES = 128 * 1024 * 1024
"""A registry of the whole country has under 10 MB: more, packed or unpacked, is a mistake or a bomb."""

_DELIMITERS = (",", ";", "\t")

_CONTROL = dict.fromkeys((*range(32), 127, 65279))


class Line(NamedTuple):
    """A line of a table: its number in the file, counted from 1, and its cells as text."""

    number: int
    cells: tuple[str, ...]

    @property
    def blank(self) -> bool:
        """Tell whether nothing is written in it."""
        return not any(self.cells)


def tables_of(path: Path) -> Iterator[Iterator[Line]]:
    """Yield the tables that a file can be read as: a workbook sheet by sheet, a CSV file by each delimiter.

    CSV may be in UTF-8 (with or without BOM), UTF-16 with BOM, or GB18030. Raises RegistryFileError, also while lines are read.
    """
    try:
        reader = _reader(path)
        if path.stat().st_size == 0:
            raise RegistryFileError("file_empty", path=path)
        if path.stat().st_size > _MAX_BYTES:
            raise RegistryFileError("registry_too_large", path=path, megabytes=_MAX_BYTES // 1024**2)
        yield from reader(path)
    except FileNotFoundError as error:
        raise RegistryFileError("file_missing", path=path) from error
    except OSError as error:
        raise RegistryFileError("file_unreadable", path=path, why=error.strerror or error) from error


def _reader(path: Path) -> Callable[[Path], Iterator[Iterator[Line]]]:
    kind = path.suffix.lower()
    if path.is_dir():
        raise RegistryFileError("registry_is_folder", path=path)
    if kind == ".csv":
        return _csv_tables
    if kind == ".xlsx":
        return _workbook_tables
    raise RegistryFileError("registry_kind", path=path)


def _csv_tables(path: Path) -> Iterator[Iterator[Line]]:
    content = path.read_bytes()
    if content.startswith(b"PK\x03\x04"):
        raise RegistryFileError("registry_is_workbook", path=path)
    text = _decode(content, path)
    return (_csv_lines(text, delimiter, path) for delimiter in _DELIMITERS)


def _csv_lines(text: str, delimiter: str, path: Path) -> Iterator[Line]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    last = 0
    try:
        for cells in reader:
            # A quoted cell may span lines: the row is named by the line it begins on.
            yield Line(last + 1, tuple(_clean(cell) for cell in cells))
            last = reader.line_num
    except csv.Error as error:
        raise RegistryFileError("registry_bad_csv", path=path, line=last, why=error) from error


def _decode(content: bytes, path: Path) -> str:
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", "replace")
    if b"\x00" in content:
        raise RegistryFileError("registry_not_text", path=path)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        damaged_line = content.count(b"\n", 0, error.start) + 1
    # Bytes of GB18030 hardly ever form a valid sequence of UTF-8: many of them mean UTF-8 with a damaged spot.
    text = content.decode("utf-8", "replace")
    foreign = sum(not character.isascii() for character in text)
    if foreign and text.count("\ufffd") / foreign > 0.1:
        try:
            return content.decode("gb18030")
        except UnicodeDecodeError as error:
            damaged_line = content.count(b"\n", 0, error.start) + 1
    raise RegistryFileError("registry_damaged", path=path, line=damaged_line)


def _workbook_tables(path: Path) -> Iterator[Iterator[Line]]:
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(part.file_size for part in archive.infolist())
        if unpacked > _MAX_BYTES:
            raise RegistryFileError("registry_unpacks_too_large", path=path, megabytes=_MAX_BYTES // 1024**2)
        sheets = _sheets(path)
    except (RegistryFileError, OSError):
        raise
    except Exception as error:
        # The parser raises errors of every kind on damaged or hostile workbooks.
        raise RegistryFileError("registry_bad_workbook", path=path) from error
    return iter([iter(lines) for lines in sheets])


def _sheets(path: Path) -> list[list[Line]]:
    import openpyxl  # a fifth of a second, which every command would pay

    with warnings.catch_warnings():
        # Remarks on styles and validations that other programs wrote: nothing that a registry needs.
        warnings.simplefilter("ignore")
        workbook = openpyxl.load_workbook(path, read_only=True, data_only=True)
        try:
            return [list(_sheet_lines(sheet)) for sheet in workbook.worksheets]
        finally:
            workbook.close()


def _sheet_lines(sheet: Any) -> Iterator[Line]:
    # Some writers state a wrong size of the sheet.
    sheet.reset_dimensions()
    for number, row in enumerate(sheet.iter_rows(values_only=True), start=1):
        line = Line(number, tuple(_cell_text(value) for value in row))
        if not line.blank:
            yield line


def _cell_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        # Codes are often stored as numbers.
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time():
        value = value.date()
    return value.isoformat() if isinstance(value, date) else _clean(str(value))


def _clean(cell: str) -> str:
    """Return the text without control characters, blanks around it, and the apostrophe that marks text in spreadsheets."""
    return cell.translate(_CONTROL).strip().removeprefix("'").strip()
