"""The registry given out again: exported, searched, filtered, counted."""

import csv
from pathlib import Path

import pytest
from registry_files import CHINESE, rows_of, written
from storage_samples import AS_OF

from rules.registry import Status
from storage.database import Database
from storage.errors import StorageError
from storage.records import DiscoveredSite
from storage.registry.export_file import export_registry
from storage.registry.import_file import import_registry, read_registry
from storage.registry.sites import (
    add_discovered_sites,
    find_site,
    list_sites,
    name_discovered_sites,
)


@pytest.mark.parametrize("name", ["registry.csv", "registry.xlsx"])
def test_what_is_exported_can_be_imported(database: Database, tmp_path: Path, name: str) -> None:
    lines = ["1300000001,=cmd,a.gov.cn,+青禾局,,市级部门,关停,@备注", "bm07000001,,北京.政务,,,国务院部门,,"]
    import_registry(database, written(tmp_path / "a.csv", f"{CHINESE},备注", *lines), AS_OF)
    assert export_registry(database, tmp_path / name) == 2
    entries, rejected = read_registry(tmp_path / name)
    assert ([entry.row for entry in entries], rejected) == (rows_of(database), [])
    assert rows_of(database)[1].host == "xn--1lq90i.xn--zfr164b"


def test_an_exported_csv_holds_no_formula(database: Database, tmp_path: Path) -> None:
    import_registry(database, written(tmp_path / "a.csv", "url,name,+列", "a.gov.cn,=1+1,-2"), AS_OF)
    export_registry(database, tmp_path / "out.csv")
    cells = [cell for row in csv.reader((tmp_path / "out.csv").read_text("utf-8-sig").splitlines()) for cell in row]
    assert "'=1+1" in cells and not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)


def test_an_export_that_cannot_be_written_says_so(database: Database, tmp_path: Path) -> None:
    for path in (tmp_path / "missing" / "out.csv", tmp_path / "missing" / "out.xlsx", tmp_path / "out.pdf"):
        with pytest.raises(StorageError, match="out"):
            export_registry(database, path)


def test_sites_are_found_by_code_address_and_host(database: Database, tmp_path: Path) -> None:
    import_registry(
        database, written(tmp_path / "a.csv", "site_code,url", "bm07000001,http://a.gov.cn/x/", "1300000002,http://a.gov.cn/y/"), AS_OF
    )
    add_discovered_sites(database, [DiscoveredSite(url="http://new.gov.cn/", host="new.gov.cn")], AS_OF)

    def found(name: str) -> str | None:
        site = find_site(database, name)
        return site.row.url if site else None

    assert found("BM07000001") == "http://a.gov.cn/x/"
    assert found("http://A.gov.cn/y/") == "http://a.gov.cn/y/"
    assert found("a.gov.cn") == "http://a.gov.cn/x/"
    assert found("new.gov.cn") == "http://new.gov.cn/"
    assert found("none.gov.cn") is None and found("青禾") is None


def test_sites_are_filtered(database: Database, tmp_path: Path) -> None:
    lines = [
        "1300000001,,a.gov.cn,,,市级部门,",
        "1400000001,,b.gov.cn,,,市级部门,",
        "1300000002,,c.gov.cn,,,市级部门,关停",
        "1300000003,,d.gov.cn,,,,",
    ]
    import_registry(database, written(tmp_path / "a.csv", CHINESE, *lines), AS_OF)
    add_discovered_sites(database, [DiscoveredSite(url="http://new.gov.cn/", host="new.gov.cn")], AS_OF)
    assert [site.row.host for site in list_sites(database, region="河北", status=Status.RUNNING)] == ["a.gov.cn", "d.gov.cn"]
    assert [site.row.host for site in list_sites(database, registered=False)] == ["new.gov.cn"]


def test_discovered_sites_are_named_and_registered_ones_keep_their_names(database: Database, tmp_path: Path) -> None:
    import_registry(database, written(tmp_path / "a.csv", "url,name", "a.gov.cn,青禾局"), AS_OF)
    (found,) = add_discovered_sites(database, [DiscoveredSite(url="http://b.gov.cn/", host="b.gov.cn")], AS_OF)
    (known,) = list_sites(database)
    name_discovered_sites(database, {found.site_id: "乌有市教育信息中心", known.site_id: "改名"})
    assert {site.row.host: site.row.name for site in list_sites(database, registered=None)} == {
        "a.gov.cn": "青禾局",
        "b.gov.cn": "乌有市教育信息中心",
    }
