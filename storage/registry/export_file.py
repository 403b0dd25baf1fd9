"""The registry back into a file that can be imported again."""

import csv
import io
from pathlib import Path

import xlsxwriter

from rules.registry import RegistryRow
from storage.database import Database
from storage.errors import RegistryFileError, StorageError
from storage.registry.file_rows import HEADERS
from storage.registry.sites import list_sites


def export_registry(database: Database, path: Path) -> int:
    """Write the registered sites into a .csv (UTF-8 with BOM) or .xlsx file that can be imported again; return how many.

    Raises RegistryFileError for another kind of file, StorageError for one that cannot be written.
    """
    rows = [site.row for site in list_sites(database)]
    others = list(dict.fromkeys(name for row in rows for name in row.extra))
    table = [[*HEADERS.values(), *others], *([*_cells(row), *(row.extra.get(name, "") for name in others)] for row in rows)]
    if path.suffix.lower() not in (".csv", ".xlsx"):
        raise RegistryFileError("export_kind", path=path)
    try:
        (_write_csv if path.suffix.lower() == ".csv" else _write_workbook)(path, table)
    except (OSError, xlsxwriter.exceptions.FileCreateError) as error:
        raise StorageError("export_unwritable", path=path, why=getattr(error, "strerror", None) or error) from error
    return len(rows)


def _cells(row: RegistryRow) -> list[str]:
    return [str(getattr(row, field) or "") for field in HEADERS]


def _write_csv(path: Path, table: list[list[str]]) -> None:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([_inert(cell) for cell in cells] for cells in table)
    path.write_text(text.getvalue(), encoding="utf-8-sig", newline="")


def _inert(cell: str) -> str:
    """Keep a spreadsheet program from taking a cell for a formula; the import takes the apostrophe off again."""
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@", "\t", "\r")) else cell


def _write_workbook(path: Path, table: list[list[str]]) -> None:
    plain_text = {"strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(path, plain_text) as workbook:
        sheet = workbook.add_worksheet("网站")
        for number, cells in enumerate(table):
            sheet.write_row(number, 0, cells)
