"""What the columns and cells of a registry file mean: header names, levels, statuses, regions, codes, addresses."""

import re
import unicodedata
from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

from rules.registry import SITE_CODE, Level, RegistryRow, Status, region_of, regions
from storage.errors import RegistryFileError
from storage.records import RejectedRow, RowProblem
from storage.registry.file_tables import Line
from storage.registry.urls import BadUrl, normalise_url
from storage.wording import wording

HEADERS = {
    "site_code": "网站标识码",
    "name": "网站名称",
    "url": "首页网址",
    "sponsor": "主办单位",
    "region": "地区",
    "level": "类别",
    "status": "状态",
}
"""The columns of a registry file: English names, and the Chinese ones used where xuncha writes the file."""

_HEADER_NAMES = {
    "site_code": ("网站标识码", "政府网站标识码", "标识码", "sitecode", "code"),
    "name": ("网站名称", "name", "sitename", "wzmc"),
    "url": ("首页网址", "首页地址", "网站网址", "网站地址", "网址", "url", "homepage"),
    "sponsor": ("主办单位", "网站主办单位", "sponsor", "wzzgdw"),
    "region": ("地区", "所属地区", "region"),
    "level": ("类别", "网站类别", "网站类型", "level"),
    "status": ("状态", "网站状态", "运行状态", "status"),
}
_FIELD_OF_HEADER = {name: field for field, names in _HEADER_NAMES.items() for name in names}

_LEVELS = {
    "国务院部门": Level.CENTRAL_DEPT,
    "国务院部门及其内设、垂直管理机构": Level.CENTRAL_DEPT,
    "中央部门": Level.CENTRAL_DEPT,
    "部委": Level.CENTRAL_DEPT,
    "省级门户": Level.PROVINCIAL_PORTAL,
    "省级部门": Level.PROVINCIAL_DEPT,
    "市级门户": Level.CITY_PORTAL,
    "市级部门": Level.CITY_DEPT,
    "县级门户": Level.COUNTY_PORTAL,
    "县级以下": Level.COUNTY_BELOW,
    "县级部门": Level.COUNTY_BELOW,
    "乡镇": Level.COUNTY_BELOW,
}
"""Chinese names after `_level_key`: the classes of Annex 2, whatever is left of 政府 and 网站 in them."""

_LEVEL_FILLERS = re.compile(r"政府|网站|的|[\s()（）]")
_TIER_NAMES = (("地市级", "市级"), ("地级市", "市级"), ("区县级", "县级"), ("县区级", "县级"), ("县市区", "县级"))

_STATUSES = {
    "正常运行": Status.RUNNING,
    "正常": Status.RUNNING,
    "运行": Status.RUNNING,
    "在运行": Status.RUNNING,
    "临时下线": Status.OFFLINE_TEMPORARILY,
    "暂停": Status.OFFLINE_TEMPORARILY,
    "关停": Status.CLOSED,
    "关闭": Status.CLOSED,
    "永久下线": Status.CLOSED,
    "注销": Status.CLOSED,
    "迁移": Status.MIGRATED,
    "集约化": Status.MIGRATED,
    "整合": Status.MIGRATED,
}
"""Chinese names without a leading 已 and a trailing 中 or 网站 (standards.md section 8)."""

_NOTHING = frozenset({"无", "暂无", "空", "-", "--", "—", "——", "/", "none", "null", "n/a", "nan"})
"""What people write into a cell that has nothing to say."""


class Header(NamedTuple):
    """Where the columns of a file are: known ones by field, the others by name."""

    fields: dict[str, int]
    others: dict[str, int]


class Entry(NamedTuple):
    """A good row: its line, what it says, and the fields that the file gives a value for."""

    line: int
    row: RegistryRow
    given: frozenset[str]


def header_of(line: Line, path: Path) -> Header | None:
    """Read a line as the header, or return None if no column of it holds addresses.

    Raises RegistryFileError where two columns claim the same field; `path` names the file in its sentence.
    """
    fields: dict[str, int] = {}
    others: dict[str, int] = {}
    for index, cell in enumerate(line.cells):
        field = _FIELD_OF_HEADER.get(re.sub(r"[\s_*:：-]|[(（].*[)）]", "", cell).lower())
        if field in fields:
            place = {"line": line.number, "first": fields[field] + 1, "second": index + 1}
            raise RegistryFileError("registry_columns_twice", path=path, header=HEADERS[field], **place)
        if field:
            fields[field] = index
        elif cell:
            others.setdefault(cell, index)
    return Header(fields, others) if "url" in fields else None


def read_entries(header: Header, lines: Iterable[Line]) -> tuple[list[Entry], list[RejectedRow]]:
    """Read the lines below the header; blank ones are passed over. The first of two rows with one code or address is taken."""
    entries: list[Entry] = []
    rejected: list[RejectedRow] = []
    by_code: dict[str, int] = {}
    by_url: dict[str, int] = {}
    for line in lines:
        if line.blank:
            continue
        try:
            entry = _entry(header, line)
            _claim(entry, by_code, by_url)
            entries.append(entry)
        except _Rejected as reason:
            rejected.append(reason.row)
    return entries, rejected


class _Rejected(Exception):
    def __init__(self, line: int, reason: RowProblem, text: str, value: str = "", first_line: int | None = None) -> None:
        super().__init__(text)
        self.row = RejectedRow(line=line, reason=reason, text=text, value=value, first_line=first_line)


def _entry(header: Header, line: Line) -> Entry:
    cells = {field: _value(line, index) for field, index in header.fields.items()}
    url, host = _address(line, cells["url"])
    site_code = _site_code(line, cells.get("site_code", ""))
    extra = {name: line.cells[index] for name, index in header.others.items() if index < len(line.cells) and line.cells[index]}
    region = _region(cells.get("region", ""))
    if cells.get("region") and region is None:
        extra[HEADERS["region"]] = cells["region"]
    row = RegistryRow(
        url=url,
        host=host,
        site_code=site_code,
        name=cells.get("name", ""),
        sponsor=cells.get("sponsor", ""),
        region=region or region_of(site_code),
        level=_level(line, cells.get("level", "")),
        status=_status(line, cells.get("status", "")),
        extra=extra,
    )
    given = {field for field, cell in cells.items() if cell and (field != "region" or region)}
    return Entry(line.number, row, frozenset(given | {"host"}))


def _claim(entry: Entry, by_code: dict[str, int], by_url: dict[str, int]) -> None:
    row, code = entry.row, (entry.row.site_code or "").lower()
    if code and code in by_code:
        first = by_code[code]
        text = wording("row_code_twice", code=row.site_code, line=first)
        raise _Rejected(entry.line, RowProblem.DUPLICATE_CODE, text, row.site_code or "", first)
    if row.url in by_url:
        first = by_url[row.url]
        text = wording("row_address_twice", url=row.url, line=first)
        raise _Rejected(entry.line, RowProblem.DUPLICATE_URL, text, row.url, first)
    by_url[row.url] = entry.line
    if code:
        by_code[code] = entry.line


def _value(line: Line, index: int) -> str:
    cell = line.cells[index] if index < len(line.cells) else ""
    return "" if cell.lower() in _NOTHING else cell


def _address(line: Line, cell: str) -> tuple[str, str]:
    if not cell:
        text = wording("row_without_address")
        raise _Rejected(line.number, RowProblem.NO_URL, text)
    try:
        return normalise_url(cell)
    except BadUrl as error:
        text = wording("row_bad_address", cell=cell)
        raise _Rejected(line.number, RowProblem.BAD_URL, text, cell) from error


def _site_code(line: Line, cell: str) -> str | None:
    if not cell:
        return None
    code = unicodedata.normalize("NFKC", cell)
    if not SITE_CODE.fullmatch(code):
        text = wording("row_bad_code", cell=cell)
        raise _Rejected(line.number, RowProblem.BAD_CODE, text, cell)
    return code


def _level(line: Line, cell: str) -> Level | None:
    if not cell:
        return None
    if cell.lower() in list(Level):
        return Level(cell.lower())
    key = _LEVEL_FILLERS.sub("", cell)
    for name, tier in _TIER_NAMES:
        key = key.replace(name, tier)
    if key not in _LEVELS:
        text = wording("row_bad_level", cell=cell, levels=", ".join(Level))
        raise _Rejected(line.number, RowProblem.UNKNOWN_LEVEL, text, cell)
    return _LEVELS[key]


def _status(line: Line, cell: str) -> Status:
    if not cell:
        return Status.RUNNING
    if cell.lower() in list(Status):
        return Status(cell.lower())
    key = re.sub(r"^已|中$|网站|\s", "", cell)
    if key not in _STATUSES:
        text = wording("row_bad_status", cell=cell, statuses=", ".join(Status))
        raise _Rejected(line.number, RowProblem.UNKNOWN_STATUS, text, cell)
    return _STATUSES[key]


def _region(cell: str) -> str | None:
    """Return the short name of the region a cell names, by its short name or with its full name in front (河北省唐山市).

    A short name in front proves nothing: 海南藏族自治州 is not in 海南.
    """
    return next((region.short_name for region in regions() if cell == region.short_name or cell.startswith(region.full_name)), None)
