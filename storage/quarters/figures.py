"""A quarter's figures that were gathered elsewhere: the files as they came, kept by quarter."""

from datetime import UTC, datetime
from pathlib import Path

import msgspec
import sqlalchemy as sa

from storage.database import Database
from storage.errors import FiguresError
from storage.tables import figure_files

FIGURE_FILES = ("regions.csv", "problem_sites.csv", "cited_problems.csv", "self_check.json", "annex1.json", "self_checked_sites.csv")
"""The files of a quarter. `self_check.json` is needed, for it says which quarter it is; the others may be missing."""

_NAMES_THE_QUARTER = "self_check.json"


class _Bulletin(msgspec.Struct):
    year: int
    quarter: int


class _SelfCheck(msgspec.Struct):
    bulletin: _Bulletin


def import_figures(database: Database, directory: Path, imported_at: datetime | None = None) -> str:
    """Keep the figure files of a folder, in the place of those kept before, and return their quarter (`2018Q1`).

    Their content is checked by whoever reads them for a bulletin; here they only have to be text. `imported_at` is now unless
    given. Raises FiguresError, StorageError.
    """
    if not directory.is_dir():
        raise FiguresError("figures_not_a_folder", path=directory, files=", ".join(FIGURE_FILES))
    contents = {name: _read(directory / name) for name in FIGURE_FILES if (directory / name).exists()}
    if _NAMES_THE_QUARTER not in contents:
        raise FiguresError("figures_without_quarter_file", path=directory, file=_NAMES_THE_QUARTER)
    quarter = _quarter(contents[_NAMES_THE_QUARTER], directory / _NAMES_THE_QUARTER)
    instant = imported_at or datetime.now(UTC)
    rows = [{"quarter": quarter, "name": name, "content": content, "imported_at": instant} for name, content in contents.items()]
    with database.writing() as connection:
        connection.execute(sa.delete(figure_files).where(figure_files.c.quarter == quarter))
        connection.execute(sa.insert(figure_files), rows)
    return quarter


def figures_of(database: Database, quarter: str) -> dict[str, str]:
    """Return the files kept of a quarter, text by file name; nothing was imported where it is empty. Raises StorageError."""
    query = sa.select(figure_files.c.name, figure_files.c.content).where(figure_files.c.quarter == quarter)
    with database.reading() as connection:
        return {row.name: row.content for row in connection.execute(query.order_by(figure_files.c.name))}


def figure_quarters(database: Database) -> tuple[str, ...]:
    """Return the quarters that figures were imported for, the earliest first. Raises StorageError."""
    with database.reading() as connection:
        return tuple(connection.scalars(sa.select(figure_files.c.quarter).distinct().order_by(figure_files.c.quarter)))


def _read(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise FiguresError("file_not_utf8", path=path) from error
    except OSError as error:
        raise FiguresError("file_unreadable", path=path, why=error.strerror or error) from error


def _quarter(text: str, path: Path) -> str:
    try:
        bulletin = msgspec.json.decode(text, type=_SelfCheck).bulletin
    except msgspec.DecodeError as error:
        raise FiguresError("figures_without_quarter", path=path, why=error) from error
    if not 1 <= bulletin.quarter <= 4:
        raise FiguresError("figures_bad_quarter", path=path, quarter=bulletin.quarter)
    return f"{bulletin.year}Q{bulletin.quarter}"
