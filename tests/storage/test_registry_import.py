"""Registry files as people send them: the good rows go in, every bad one is named by line and reason."""

import zipfile
from pathlib import Path

import openpyxl
import pytest
from registry_files import CHINESE, rows_of, written
from storage_samples import AS_OF

from rules.registry import Level, RegistryRow, Status
from storage.database import Database
from storage.errors import RegistryFileError
from storage.records import ImportReport, RowProblem
from storage.registry.import_file import import_registry, read_registry


def test_chinese_and_english_headers_in_any_order_mean_the_same(database: Database, tmp_path: Path) -> None:
    chinese = written(
        tmp_path / "a.csv",
        CHINESE + ",联系电话",
        "1302050002,开平区青禾局,www.qinghe.gov.cn,青禾局,河北省,县级以下政府网站,正常运行,0315-1234567",
    )
    english = written(
        tmp_path / "b.csv", "status,联系电话,level,region,url,Site Code,name,sponsor",
        "running,0315-1234567,county_below,河北,http://WWW.QINGHE.gov.cn,1302050002,开平区青禾局,青禾局",
    )  # fmt: skip
    expected = RegistryRow(
        url="http://www.qinghe.gov.cn/",
        host="www.qinghe.gov.cn",
        site_code="1302050002",
        name="开平区青禾局",
        sponsor="青禾局",
        region="河北",
        level=Level.COUNTY_BELOW,
        status=Status.RUNNING,
        extra={"联系电话": "0315-1234567"},
    )
    assert [read_registry(path)[0][0].row for path in (chinese, english)] == [expected, expected]
    assert import_registry(database, chinese, AS_OF) == ImportReport(imported=1, updated=0)
    assert import_registry(database, english, AS_OF) == ImportReport(imported=0, updated=1)
    assert rows_of(database) == [expected]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_in_the_encodings_and_delimiters_of_office_programs(tmp_path: Path, encoding: str, delimiter: str) -> None:
    path = written(tmp_path / "r.csv", f"网站名称{delimiter}首页网址", f"䶮县政府{delimiter}yan.gov.cn", encoding=encoding)
    entries, rejected = read_registry(path)
    assert [(entry.line, entry.row.name, entry.row.host) for entry in entries] == [(2, "䶮县政府", "yan.gov.cn")]
    assert rejected == []


def test_a_title_and_blank_lines_above_the_header_are_passed_over(tmp_path: Path) -> None:
    path = written(tmp_path / "r.csv", "", "青禾市政府网站名录", "", "序号,首页网址", "", "1,a.gov.cn")
    entries, _ = read_registry(path)
    assert [(entry.line, entry.row.extra) for entry in entries] == [(6, {"序号": "1"})]


def test_ten_bad_rows_in_a_thousand(database: Database, tmp_path: Path) -> None:
    lines = [f"13{number:08d},第{number}局,http://www.s{number}.gov.cn/,,,市级部门,正常运行" for number in range(2, 1002)]
    bad = {
        10: ("1300990001,甲局,,,,,", RowProblem.NO_URL),
        20: ("1300990002,乙局,暂无,,,,", RowProblem.NO_URL),
        30: ("1300990003,丙局,ftp://c.gov.cn,,,,", RowProblem.BAD_URL),
        40: ("1300990004,丁局,http://d.gov.cn http://e.gov.cn,,,,", RowProblem.BAD_URL),
        50: ("12345,戊局,http://f.gov.cn,,,,", RowProblem.BAD_CODE),
        60: ("310000000044,己局,http://g.gov.cn,,,,", RowProblem.BAD_CODE),
        70: ("1300000002,庚局,http://h.gov.cn,,,,", RowProblem.DUPLICATE_CODE),
        80: ("1300990005,辛局,WWW.S3.gov.cn,,,,", RowProblem.DUPLICATE_URL),
        90: ("1300990006,壬局,http://i.gov.cn,,,村级网站,", RowProblem.UNKNOWN_LEVEL),
        100: ("1300990007,癸局,http://j.gov.cn,,,,不详", RowProblem.UNKNOWN_STATUS),
    }
    for line, (text, _) in bad.items():
        lines[line - 2] = text
    report = import_registry(database, written(tmp_path / "r.csv", CHINESE, *lines), AS_OF)
    assert (report.imported, report.updated) == (990, 0)
    assert {row.line: row.reason for row in report.rejected} == {line: reason for line, (_, reason) in bad.items()}
    told = {row.line: row for row in report.rejected}
    assert (told[70].first_line, told[80].first_line) == (2, 3)
    assert told[60].text == (
        "“310000000044” is not a site code; expected ten digits that begin with a region, or bm or BT and eight digits."
    )
    assert all(row.text.endswith(".") and "\n" not in row.text for row in report.rejected)
    assert len(rows_of(database)) == 990


def test_a_bad_row_does_not_keep_its_code_from_a_good_one(tmp_path: Path) -> None:
    path = written(tmp_path / "r.csv", CHINESE, "1300000001,,,,,,", "1300000001,,a.gov.cn,,,,")
    entries, rejected = read_registry(path)
    assert [entry.line for entry in entries] == [3] and [row.reason for row in rejected] == [RowProblem.NO_URL]


def test_codes_that_differ_in_case_alone_are_one_and_kept_as_printed(tmp_path: Path) -> None:
    path = written(tmp_path / "r.csv", CHINESE, "bm07000001,,a.gov.cn,,,,", "BM07000001,,b.gov.cn,,,,", "BT03000040,,c.gov.cn,,,,")
    entries, rejected = read_registry(path)
    assert [(entry.row.site_code, entry.row.region) for entry in entries] == [("bm07000001", None), ("BT03000040", "新疆生产建设兵团")]
    assert [row.reason for row in rejected] == [RowProblem.DUPLICATE_CODE]


def test_a_quoted_cell_over_two_lines_keeps_the_line_numbers_right(tmp_path: Path) -> None:
    path = written(tmp_path / "r.csv", "name,url", '"青禾\n县",a.gov.cn', "乙县,")
    entries, rejected = read_registry(path)
    assert (entries[0].line, entries[0].row.name, rejected[0].line) == (2, "青禾县", 4)


@pytest.mark.parametrize(
    ("cell", "region"),
    [("河北", "河北"), ("河北省唐山市", "河北"), ("新疆生产建设兵团", "新疆生产建设兵团"), ("", "青海"), ("海南藏族自治州", "青海")],
)
def test_the_region_is_the_cell_or_else_follows_from_the_code(tmp_path: Path, cell: str, region: str) -> None:
    ((entry,), _) = read_registry(written(tmp_path / "r.csv", CHINESE, f"6325000001,,a.gov.cn,,{cell},,"))
    assert entry.row.region == region


@pytest.mark.parametrize(
    ("cell", "level"),
    [
        ("国务院部门", Level.CENTRAL_DEPT),
        ("省级政府门户网站", Level.PROVINCIAL_PORTAL),
        ("省级部门", Level.PROVINCIAL_DEPT),
        ("地市级政府门户", Level.CITY_PORTAL),
        ("市级政府部门网站", Level.CITY_DEPT),
        ("区县级政府门户网站", Level.COUNTY_PORTAL),
        ("县级以下政府网站", Level.COUNTY_BELOW),
        ("COUNTY_BELOW", Level.COUNTY_BELOW),
        ("无", None),
    ],
)
def test_levels_in_their_long_and_short_forms(tmp_path: Path, cell: str, level: Level | None) -> None:
    ((entry,), _) = read_registry(written(tmp_path / "r.csv", "url,level", f"a.gov.cn,{cell}"))
    assert entry.row.level is level


@pytest.mark.parametrize(
    ("cell", "status"),
    [
        ("正常运行", Status.RUNNING),
        ("运行中", Status.RUNNING),
        ("临时下线", Status.OFFLINE_TEMPORARILY),
        ("已关停", Status.CLOSED),
        ("永久下线", Status.CLOSED),
        ("集约化", Status.MIGRATED),
        ("已迁移", Status.MIGRATED),
        ("", Status.RUNNING),
    ],
)
def test_statuses_in_their_usual_words(tmp_path: Path, cell: str, status: Status) -> None:
    ((entry,), _) = read_registry(written(tmp_path / "r.csv", "url,状态", f"a.gov.cn,{cell}"))
    assert entry.row.status is status


def workbook(path: Path, *rows: tuple[object, ...], first_sheet: str | None = None) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    if first_sheet:
        sheet.append([first_sheet])
        sheet = book.create_sheet("名录")
    for row in rows:
        sheet.append(row)
    book.save(path)
    return path


def test_a_workbook_with_codes_stored_as_numbers(database: Database, tmp_path: Path) -> None:
    header = ("网站标识码", "首页网址", "人数")
    path = workbook(
        tmp_path / "r.xlsx", (), ("名录",), header, (1302050002, "a.gov.cn", 3.5), (1302050003.0, "b.gov.cn", None), (None, None, 7)
    )
    report = import_registry(database, path, AS_OF)
    assert [(row.site_code, row.extra) for row in rows_of(database)] == [("1302050002", {"人数": "3.5"}), ("1302050003", {})]
    assert [(row.line, row.reason) for row in report.rejected] == [(6, RowProblem.NO_URL)]


def test_the_first_sheet_that_holds_addresses_is_read(tmp_path: Path) -> None:
    ((entry,), _) = read_registry(workbook(tmp_path / "r.xlsx", ("url",), ("a.gov.cn",), first_sheet="填表说明"))
    assert entry.row.host == "a.gov.cn"


def refusal(path: Path) -> str:
    with pytest.raises(RegistryFileError) as caught:
        read_registry(path)
    assert str(path) in str(caught.value)
    return str(caught.value)


def test_a_file_that_is_no_registry_gets_one_clear_sentence(tmp_path: Path) -> None:
    (tmp_path / "empty.csv").touch()
    (tmp_path / "broken.xlsx").write_bytes(b"PK\x03\x04 cut short")
    (tmp_path / "book.csv").write_bytes(b"PK\x03\x04 cut short")
    (tmp_path / "binary.csv").write_bytes(b"url\n\x00\x01\x02")
    (tmp_path / "old.xls").write_bytes(b"\xd0\xcf\x11\xe0")
    (tmp_path / "damaged.csv").write_bytes("网站名称,url\n青禾县".encode() + b"\xff" + "人民政府,a.gov.cn\n".encode())
    with zipfile.ZipFile(tmp_path / "bomb.xlsx", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b" " * 129 * 1024 * 1024)
    assert "is empty" in refusal(tmp_path / "empty.csv")
    assert "does not exist" in refusal(tmp_path / "missing.csv")
    assert "is a folder" in refusal(tmp_path)
    assert "neither .csv nor .xlsx" in refusal(tmp_path / "old.xls")
    assert "not a readable .xlsx workbook" in refusal(tmp_path / "broken.xlsx")
    assert "rename it to .xlsx" in refusal(tmp_path / "book.csv")
    assert "not a text file" in refusal(tmp_path / "binary.csv")
    assert "damaged on line 2" in refusal(tmp_path / "damaged.csv")
    assert "unpacks to more than" in refusal(tmp_path / "bomb.xlsx")
    assert "a header and no site" in refusal(written(tmp_path / "header.csv", CHINESE, ",,"))
    assert "no column headed 首页网址 or url" in refusal(written(tmp_path / "names.csv", "网站名称", "青禾县"))
    assert "columns 1 and 3 of line 1 are headed 首页网址" in refusal(written(tmp_path / "two.csv", "url,name,首页网址", "a.gov.cn,,"))
    assert "after line 1" in refusal(written(tmp_path / "quote.csv", "url", '"a.gov.cn' + "x" * 200_000))


def test_an_import_again_rewrites_what_the_file_says_and_keeps_the_rest(database: Database, tmp_path: Path) -> None:
    import_registry(database, written(tmp_path / "a.csv", CHINESE, "1300000001,旧名,http://a.gov.cn,青禾局,,市级部门,临时下线"), AS_OF)
    import_registry(database, written(tmp_path / "b.csv", "site_code,url,name,备注", "1300000001,http://b.gov.cn,新名,改域名"), AS_OF)
    import_registry(database, written(tmp_path / "c.csv", "url,联系人电话", "b.gov.cn,123"), AS_OF)
    (row,) = rows_of(database)
    assert (row.site_code, row.url, row.name, row.sponsor) == ("1300000001", "http://b.gov.cn/", "新名", "青禾局")
    assert (row.level, row.status, row.region) == (Level.CITY_DEPT, Status.OFFLINE_TEMPORARILY, "河北")
    assert row.extra == {"备注": "改域名", "联系人电话": "123"}


def test_two_sites_may_swap_their_addresses(database: Database, tmp_path: Path) -> None:
    import_registry(database, written(tmp_path / "a.csv", "site_code,url", "1300000001,a.gov.cn", "1300000002,b.gov.cn"), AS_OF)
    report = import_registry(database, written(tmp_path / "b.csv", "site_code,url", "1300000001,b.gov.cn", "1300000002,a.gov.cn"), AS_OF)
    assert report == ImportReport(imported=0, updated=2)
    assert [row.host for row in rows_of(database)] == ["b.gov.cn", "a.gov.cn"]


def test_an_address_that_another_site_keeps_is_refused(database: Database, tmp_path: Path) -> None:
    import_registry(database, written(tmp_path / "a.csv", "site_code,url", "1300000001,a.gov.cn", "1300000002,b.gov.cn"), AS_OF)
    report = import_registry(database, written(tmp_path / "b.csv", "site_code,url", "1300000001,b.gov.cn", "1300000003,c.gov.cn"), AS_OF)
    (refused,) = report.rejected
    assert (report.imported, report.updated, refused.line, refused.reason) == (1, 0, 2, RowProblem.URL_TAKEN)
    assert "1300000002" in refused.text
    assert [row.host for row in rows_of(database)] == ["a.gov.cn", "b.gov.cn", "c.gov.cn"]
