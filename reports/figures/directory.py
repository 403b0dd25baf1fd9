"""Reading a folder of figures that were gathered elsewhere: tables as CSV, reports and lists as JSON."""

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

import msgspec

from reports.errors import FiguresError
from reports.figures.documents import read_annex_lists, read_reported
from reports.figures.records import (
    REGION_COUNTS,
    TOTAL,
    CitedProblem,
    Figures,
    Metadata,
    Origin,
    ProblemSite,
    RegionFigures,
    SelfCheckedSite,
    Source,
)
from reports.inert import plain
from reports.period import Period
from reports.problem_families import rule_named
from rules.registry import SITE_CODE, region_of

REGIONS, PROBLEM_SITES, CITED = "regions.csv", "problem_sites.csv", "cited_problems.csv"
REPORTED, ANNEX_LISTS, SELF_CHECKED = "self_check.json", "annex1.json", "self_checked_sites.csv"
_FILES = (REGIONS, PROBLEM_SITES, CITED, REPORTED, ANNEX_LISTS, SELF_CHECKED)
_RESULTS = {"合格": True, "pass": True, "不合格": False, "fail": False}


def load_figures_text(files: Mapping[str, str], period: Period) -> Figures:
    """Return the figures of a quarter's files, given as text by file name; raises `FiguresError` as `load_figures` does."""
    with TemporaryDirectory() as folder:
        for name, content in files.items():
            (Path(folder) / name).write_text(content, encoding="utf-8")
        try:
            return load_figures(Path(folder), period)
        except FiguresError as error:
            raise error.naming(period.name, folder) from error


def load_figures(directory: Path, period: Period | None = None) -> Figures:
    """Return the figures of a folder. Every file may be missing, but not all of them.

    The quarter is the one of `self_check.json`, else the one given, else the name of the folder.
    Raises `FiguresError` naming the file, the line and the field of the first mistake.
    """
    present = {name for name in _FILES if (directory / name).is_file()}
    if not present:
        raise FiguresError("folder_without_figures", folder=directory, files=", ".join(_FILES))
    reported = read_reported(_read_bytes(directory / REPORTED), REPORTED) if REPORTED in present else None
    named = reported.period if reported else period or Period.parse(directory.resolve().name)
    if period and named != period:
        raise FiguresError("figures_of_another_quarter", file=REPORTED, found=named.name, wanted=period.name)
    rows = tuple(_regions(directory / REGIONS)) if REGIONS in present else ()
    checked = tuple(_self_checked(directory / SELF_CHECKED)) if SELF_CHECKED in present else ()
    counted = Counter(region_of(site.site_code) for site in checked)
    if checked:
        rows = tuple(msgspec.structs.replace(row, self_checked=counted[row.region]) for row in rows)
    figures = Figures(
        period=named,
        metadata=Metadata(source=Source(origin=Origin.IMPORTED, place=directory.name)),
        regions=tuple(row for row in rows if row.region != TOTAL),
        totals=next((row for row in rows if row.region == TOTAL), None),
        problem_sites=tuple(_problem_sites(directory / PROBLEM_SITES)) if PROBLEM_SITES in present else (),
        cited=tuple(_cited(directory / CITED)) if CITED in present else (),
        self_checked=checked,
        lists=read_annex_lists(_read_bytes(directory / ANNEX_LISTS), ANNEX_LISTS) if ANNEX_LISTS in present else (),
    )
    return reported.complete(figures) if reported else figures


def _read_bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise FiguresError("file_unreadable", path=path, why=error.strerror) from error


def _read_text(path: Path) -> str:
    data = _read_bytes(path)
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise FiguresError("file_not_text", file=path.name)


class _Row:
    """A line of a CSV file that knows where it stands."""

    def __init__(self, file: str, line: int, cells: dict[str, str]) -> None:
        self.place = f"{file}:{line}"
        self._file, self._line, self._cells = file, line, cells

    def source(self) -> Source:
        return Source(origin=Origin.IMPORTED, place=self.place)

    def error(self, key: str, field: str) -> FiguresError:
        return FiguresError(key, file=self._file, line=self._line, field=field, found=self._cells.get(field, ""))

    def text(self, field: str) -> str:
        return plain(self._cells[field])

    def required(self, field: str) -> str:
        text = self.text(field)
        if not text:
            raise self.error("field_empty", field)
        return text

    def count(self, field: str) -> int:
        text = self.text(field)
        if not (text.isascii() and text.isdigit()):
            raise self.error("field_not_count", field)
        return int(text)


def _rows(path: Path, fields: tuple[str, ...]) -> Iterator[_Row]:
    reader = csv.reader(io.StringIO(_read_text(path), newline=""))
    try:
        header = [name.strip() for name in next(reader, [])]
        missing = [field for field in fields if field not in header]
        if missing:
            raise FiguresError("header_lacks", file=path.name, missing=", ".join(missing))
        for cells in reader:
            if any(cell.strip() for cell in cells):
                if len(cells) != len(header):
                    raise FiguresError("cells_and_headings", file=path.name, line=reader.line_num, cells=len(cells), headings=len(header))
                yield _Row(path.name, reader.line_num, dict(zip(header, cells, strict=True)))
    except csv.Error as error:
        raise FiguresError("not_csv", file=path.name, line=reader.line_num, why=error) from error


def _regions(path: Path) -> Iterator[RegionFigures]:
    seen: set[str] = set()
    for row in _rows(path, ("region", *REGION_COUNTS)):
        region = row.required("region")
        if region in seen:
            raise row.error("field_region_twice", "region")
        seen.add(region)
        yield RegionFigures(region=region, source=row.source(), **{name: row.count(name) for name in REGION_COUNTS})


def _problem_sites(path: Path) -> Iterator[ProblemSite]:
    for row in _rows(path, ("region", "site_name", "problem", "site_code")):
        code = row.text("site_code")
        if code and not SITE_CODE.fullmatch(code):
            raise row.error("field_not_code", "site_code")
        yield ProblemSite(
            region=row.required("region"),
            printed_name=row.required("site_name"),
            problem=row.required("problem"),
            site_code=code or None,
            source=row.source(),
        )


def _cited(path: Path) -> Iterator[CitedProblem]:
    for row in _rows(path, ("region", "problem", "rule_family", "as_printed")):
        rule = rule_named(row.required("rule_family"))
        if rule is None:
            raise row.error("field_not_family", "rule_family")
        yield CitedProblem(
            rule=rule,
            region=row.required("region"),
            printed_name=row.required("as_printed"),
            problem=row.required("problem"),
            source=row.source(),
        )


def _self_checked(path: Path) -> Iterator[SelfCheckedSite]:
    seen: set[str] = set()
    for row in _rows(path, ("site_code", "result")):
        code, result = row.text("site_code").upper(), row.text("result")
        if not SITE_CODE.fullmatch(code) or code in seen:
            raise row.error("field_not_new_code", "site_code")
        if result not in _RESULTS:
            raise row.error("field_not_result", "result")
        seen.add(code)
        yield SelfCheckedSite(site_code=code, passed=_RESULTS[result], source=row.source())
