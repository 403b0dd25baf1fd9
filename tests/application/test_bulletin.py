"""The quarter's work from the command line: draw the sample, write the bulletin, compare with the last one, narrow the list."""

import csv
import io
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.snapshot import Reach
from rules.dossier import SeenSite
from rules.registry import Level, RegistryRow
from rules.verdict import Finding, Severity, Verdict, site_verdict
from storage.database import open_database
from storage.records import AuditResult, Site
from storage.registry.sites import insert_registered, list_sites
from storage.scans import finish_scan, plan_scan
from tests.application.conftest import Run

AS_OF = datetime(2018, 6, 1, 1, tzinfo=UTC)
STANDARD = "2018q1-spot-check"


def audited(site: Site, failed: bool) -> AuditResult:
    finding = Finding(
        rule="homepage_stale",
        rule_version=1,
        standard=STANDARD,
        verdict=Verdict.FAIL if failed else Verdict.PASS,
        severity=Severity.VETO,
        problem="首页面长时间未更新" if failed else "",
        reason="理由",
        reason_code="stale",
        clause="国办发〔2015〕15号",
        remedy="更新",
    )
    row = site.row
    seen = SeenSite(site_id=site.site_id, row=None, url=row.url, host=row.host, final_host=row.host, reach=Reach.OK)
    return AuditResult(
        site_id=site.site_id, url=row.url, host=row.host, reach=Reach.OK, verdict=site_verdict((finding,)),
        started_at=AS_OF, finished_at=AS_OF, observed_at=AS_OF, findings=(finding,), seen=seen,
    )  # fmt: skip


@pytest.fixture
def scanned(tmp_path: Path) -> Path:
    """Return a database of forty sites in two regions, scanned; every tenth site has a stale homepage."""
    from storage.audits import record_audits

    rows = [
        RegistryRow(
            url=f"http://www.s{number}.gov.cn/",
            host=f"www.s{number}.gov.cn",
            site_code=f"{prefix}9901{number:04d}",
            name=f"青禾县第{number}局",
            region=region,
            level=Level.COUNTY_BELOW,
        )
        for region, prefix, numbers in (("河北", "13", range(30)), ("甘肃", "62", range(30, 40)))
        for number in numbers
    ]
    path = tmp_path / "xuncha.db"
    with open_database(path) as database:
        with database.writing() as connection:
            insert_registered(connection, rows, AS_OF)
        sites = list(list_sites(database))
        scan = plan_scan(database, as_of=AS_OF, standard=STANDARD, site_ids=[site.site_id for site in sites], started_at=AS_OF)
        record_audits(database, scan, [audited(site, number % 10 == 0) for number, site in enumerate(sites)])
        finish_scan(database, scan, AS_OF)
    return path


def rows_of(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline="")))


def test_only_drawn_sites_count_in_the_sample_and_the_others_stay_cited(xuncha: Run, scanned: Path, tmp_path: Path) -> None:
    done = xuncha("sample", "draw", "2018Q2", "--size", 12, "--seed", "7", "--out", "drawn")
    assert (done.returncode, done.stderr) == (0, "")
    drawn = {row["site_code"] for row in rows_of(tmp_path / "drawn" / "sample.csv")}
    told = json.loads((tmp_path / "drawn" / "sample.json").read_text(encoding="utf-8"))
    assert (len(drawn), told["seed"], told["frame_size"]) == (12, "7", 40)
    xuncha("problems", "confirm", "--all", "--by", "某")
    assert xuncha("bulletin", "2018Q2", "--out", "out", "--format", "md", "--internal").returncode == 0
    regions = {row["region"]: row for row in rows_of(tmp_path / "out" / "annex2.csv")}
    assert {name: row["sampled"] for name, row in regions.items()} == {"河北": "7", "甘肃": "5", "合计": "12"}
    named = {row["site_code"] for row in rows_of(tmp_path / "out" / "annex3.csv")}
    assert named == {f"{prefix}9901{number:04d}" for prefix, number in (("13", 0), ("13", 10), ("13", 20), ("62", 30))} & drawn
    text = (tmp_path / "out" / "bulletin.md").read_text(encoding="utf-8")
    assert "青禾县第30局" in text
    assert "95%置信区间" in text


def test_a_sample_is_not_drawn_twice_in_passing(xuncha: Run, scanned: Path) -> None:
    assert xuncha("sample", "draw", "2018Q2", "--size", 12, "--seed", "7").returncode == 0
    again = xuncha("sample", "draw", "2018Q2", "--size", 12, "--seed", "8")
    assert (again.returncode, "--replace" in again.stderr) == (2, True)
    assert xuncha("sample", "draw", "2018Q2", "--size", 12, "--seed", "8", "--replace").returncode == 0


def test_what_regions_reported_is_checked_again(xuncha: Run, scanned: Path, tmp_path: Path) -> None:
    nothing = xuncha("sample", "recheck", "2018Q2", "--size", 4, "--seed", "7")
    assert (nothing.returncode, "self_checked_sites.csv" in nothing.stderr) == (2, True)
    folder = tmp_path / "figures"
    folder.mkdir()
    (folder / "self_check.json").write_text('{"bulletin": {"year": 2018, "quarter": 2}}', encoding="utf-8")
    reported = "".join(f"139901{number:04d},合格\n" for number in range(21)) + "1399019999,合格\n"
    (folder / "self_checked_sites.csv").write_text(f"site_code,result\n{reported}", encoding="utf-8")
    xuncha("figures", "import", "figures")
    done = xuncha("sample", "recheck", "2018Q2", "--size", 21, "--seed", "7")
    assert (done.returncode, "1 reported sites" in done.stderr) == (0, True)
    xuncha("problems", "confirm", "--all", "--by", "某")
    xuncha("bulletin", "2018Q2", "--out", "out", "--format", "md")
    text = (tmp_path / "out" / "bulletin.md").read_text(encoding="utf-8")
    assert "从上报的网站中抽取21个进行复核，与上报结果一致的18个，一致率为86%。" in text
    lists = {row["item"]: row["members"] for row in rows_of(tmp_path / "out" / "annex1.csv")}
    assert lists["第二季度上报抽查网站比例/高于运行网站总数70%"] == ""
    assert lists["第二季度上报抽查网站比例/达到100%"] == ""


@pytest.mark.parametrize(
    ("options", "count"),
    [
        ((), 4),
        (("--region", "甘肃"), 1),
        (("--rule", "search_missing"), 0),
        (("--status", "confirmed"), 0),
        (("--level", "county_below"), 4),
    ],
)
def test_the_problem_list_is_narrowed(xuncha: Run, scanned: Path, tmp_path: Path, options: tuple[str, ...], count: int) -> None:
    assert xuncha("export", "problems", "--quarter", "2018Q2", "--format", "csv", "--out", "list.csv", *options).returncode == 0
    assert len(rows_of(tmp_path / "list.csv")) == count


def test_the_next_quarter_is_compared_with_the_kept_one(xuncha: Run, scanned: Path, tmp_path: Path) -> None:
    xuncha("problems", "confirm", "--all", "--by", "某")
    xuncha("bulletin", "2018Q2", "--out", "second", "--format", "md")
    assert not (tmp_path / "second" / "trend.html").exists()
    folder = tmp_path / "figures"
    folder.mkdir()
    (folder / "self_check.json").write_text('{"bulletin": {"year": 2018, "quarter": 3}}', encoding="utf-8")
    header = "region,running_total,provincial_portal,provincial_dept,city_portal,city_dept,county_portal,county_below,sampled,problem"
    (folder / "regions.csv").write_text(f"{header}\n河北,30,0,0,0,0,0,30,20,0\n", encoding="utf-8")
    xuncha("figures", "import", "figures")
    done = xuncha("bulletin", "2018Q3", "--out", "third", "--format", "md")
    assert done.returncode == 0, done.stderr
    assert "与上季度（2018年第二季度）相比，合格率上升10.0个百分点。" in (tmp_path / "third" / "bulletin.md").read_text(encoding="utf-8")
    assert "2018Q2" in (tmp_path / "third" / "trend.html").read_text(encoding="utf-8")


def test_the_office_gets_a_template_to_edit(xuncha: Run, tmp_path: Path) -> None:
    import docx

    assert xuncha("bulletin-template", "--out", "own.docx").returncode == 0
    assert any("title" in paragraph.text for paragraph in docx.Document(str(tmp_path / "own.docx")).paragraphs)
