"""An early warning reaches everybody who looks at the site, and counts as failed nowhere."""

import io
import json
from pathlib import Path

import msgspec
import pytest
from rich.console import Console
from selectolax.lexbor import LexborHTMLParser

from crawler.snapshot import Reach
from reports.site_report import SiteAudit, render_site_report
from rules.engine import Engine
from rules.standard import find_standard
from rules.verdict import Finding, Verdict, site_verdict
from storage.audits import iterate_verdicts, record_audits
from storage.database import open_database
from storage.findings.problems import iterate_problems
from storage.scans import plan_scan
from tests.rules.cases import build_dossier, load_cases
from tests.storage.storage_samples import AS_OF, audit_of, registered_sites
from xuncha.audit.panel import print_audit
from xuncha.audit.verdict_json import encode_line, verdict_object

ENGINE = Engine(find_standard("2018q1-spot-check"))
WARNED = [(rule_id, case) for rule_id, case in load_cases() if case.expect.notice]


def warned() -> Finding:
    rule_id, case = next((rule_id, case) for rule_id, case in WARNED if rule_id == "columns_empty")
    return next(finding for finding in ENGINE.judge(build_dossier(rule_id, case)) if finding.rule == rule_id)


def test_each_of_the_four_early_warnings_has_a_case() -> None:
    clauses = ENGINE.standard.rules
    assert {rule_id for rule_id, _ in WARNED} >= {rule_id for rule_id, clause in clauses.items() if clause.notice_at}
    told = {rule_id: clause.notice_at for rule_id, clause in clauses.items() if clause.notice_at}
    assert told == {
        "site_unreachable": {"failed_percent": 3},
        "homepage_stale": {"window_days": 10},
        "columns_stale": {"stale_total": 7},
        "columns_empty": {"empty": 3},
    }


def test_a_warning_is_stored_with_its_evidence_and_opens_no_problem(tmp_path: Path) -> None:
    with open_database(tmp_path / "xuncha.db") as database:
        (site,) = registered_sites(database, 1)
        scan_id = plan_scan(database, as_of=AS_OF, standard=ENGINE.standard.id, site_ids=[site.site_id], started_at=AS_OF)
        record_audits(database, scan_id, [audit_of(site, warned())])
        (stored,) = iterate_verdicts(database, scan_id, evidence=True)
        assert stored.verdict is Verdict.PASS
        assert stored.findings == (warned(),) and len(warned().evidence) == 4
        assert list(iterate_problems(database, scan_id)) == []


def test_a_warning_fails_no_site() -> None:
    assert site_verdict((warned(),)) is Verdict.PASS


def test_a_warning_is_in_the_json_of_an_audit(tmp_path: Path) -> None:
    with open_database(tmp_path / "xuncha.db") as database:
        (site,) = registered_sites(database, 1)
    plain = msgspec.structs.replace(warned(), rule="columns_stale", notice="")
    shown = json.loads(encode_line(verdict_object(site.row, audit_of(site, warned(), plain), AS_OF, "own", evidence=True)))
    assert shown["rules"]["columns_empty"] == "pass"
    assert [finding["notice"] for finding in shown["findings"]] == ["6个栏目中有4个为空白", ""]


@pytest.mark.parametrize("terminal", [True, False])
def test_a_warning_is_shown_beside_the_passing_rule(tmp_path: Path, capsys: pytest.CaptureFixture[str], terminal: bool) -> None:
    with open_database(tmp_path / "xuncha.db") as database:
        (site,) = registered_sites(database, 1)
    console = Console(file=io.StringIO(), force_terminal=terminal, width=160, color_system="standard")
    print_audit(console, site.row, audit_of(site, warned()), ENGINE)
    shown = console.file.getvalue() if terminal else capsys.readouterr().out  # type: ignore[attr-defined]
    (line,) = [line for line in shown.splitlines() if "notice" in line]
    assert "6个栏目中有4个为空白" in line
    assert ("\x1b[36m" in line) is terminal
    assert "✗" not in shown and "fail" not in shown


def test_a_site_report_names_warnings_apart_from_problems() -> None:
    audit = SiteAudit(
        url="http://www.anhe.gov.cn/",
        site=None,
        as_of=AS_OF,
        standard_title=ENGINE.standard.title,
        reach=Reach.OK,
        verdict=Verdict.PASS,
        findings=(warned(),),
    )
    text = LexborHTMLParser(render_site_report(audit)).text(separator="\n")
    assert "接近规定限值" in text and "不计为问题" in text and "6个栏目中有4个为空白" in text
