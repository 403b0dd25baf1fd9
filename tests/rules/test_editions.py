"""The same dossier is judged by the edition at hand: each gives the verdict it defines, and no figure from memory fails a site."""

import re
from datetime import date
from pathlib import Path

import msgspec
import pytest

from crawler.facts.records import Column, Item, NavigationLink, PageFacts, PageType
from crawler.snapshot import PageRole
from rules.engine import Engine
from rules.rule import SiteRule, discover
from rules.standard import UNVERIFIED, Clause, Standard, StandardError, find_standard, shipped_standards
from rules.verdict import Finding, Severity, Verdict, failed, site_verdict
from tests.rules.case_tables import Case
from tests.rules.cases import build_dossier, load_cases
from tests.rules.dossiers import dossier, home, named, page, site_rule

DOCUMENT = Path(__file__).parents[2] / "docs" / "standards.md"
OWN = re.findall(r"```toml\n(.*?)```", DOCUMENT.read_text(encoding="utf-8"), re.DOTALL)[0]
"""The example of the documentation."""


def case_of(rule_id: str, name: str) -> Case:
    return next(case for rule, case in load_cases() if rule == rule_id and case.name == name)


def judged(standard_id: str, rule_id: str, case: Case) -> tuple[Finding, Verdict]:
    """Return a rule's finding on a case under a standard, and what the standard makes of the site."""
    findings = Engine(find_standard(standard_id)).judge(build_dossier(rule_id, case))
    return next(finding for finding in findings if finding.rule == rule_id), site_verdict(findings)


def test_a_site_without_a_channel_for_letters_is_cited_in_2015_and_fails_in_2019() -> None:
    case = next(case for rule, case in load_cases() if rule == "interaction_missing" and case.expect.verdict is Verdict.FAIL)
    before, site_before = judged("2015-census", "interaction_missing", case)
    since, site_since = judged("2019-index", "interaction_missing", case)
    assert (before.verdict, before.severity, before.problem) == (Verdict.FAIL, Severity.CITED, "未开设政务咨询类栏目")
    assert (since.verdict, since.severity, since.problem) == (Verdict.FAIL, Severity.VETO, "互动回应差：未提供网上有效咨询建言渠道")
    assert site_before is not Verdict.FAIL and site_since is Verdict.FAIL


def test_a_city_that_wants_an_update_a_week_gets_it_by_a_file_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(OWN, encoding="utf-8")
    case = case_of("homepage_stale", "eleven days without an update are not two weeks, but worth a notice")
    usual, _ = judged("2018q1-spot-check", "homepage_stale", case)
    own, site = judged(str(tmp_path / "own.toml"), "homepage_stale", case)
    assert usual.verdict is Verdict.PASS and usual.notice
    assert (own.verdict, own.standard, own.problem, own.notice) == (Verdict.FAIL, "our-city", "首页一周未更新", "")
    assert site is Verdict.FAIL


def test_every_edition_judges_every_case_of_its_rules_as_the_case_says() -> None:
    """The editions share the official windows and counts: what differs is wording and weight."""
    editions, base = [find_standard(standard_id) for standard_id in shipped_standards()], find_standard("2018q1-spot-check")
    for rule_id, case in load_cases():
        if not isinstance(discover()[rule_id].rule, SiteRule):
            continue
        built = build_dossier(rule_id, case)
        for edition in editions:
            clause = edition.rules.get(rule_id)
            if clause is None or not clause.thresholds.items() <= base.rules[rule_id].thresholds.items():
                continue
            (finding,) = Engine(msgspec.structs.replace(edition, rules={rule_id: clause})).judge(built)
            expected = case.expect.verdict
            if clause.thresholds != base.rules[rule_id].thresholds and "without any date" in case.name:
                expected = Verdict.INCONCLUSIVE  # only the table of 2015 counts them as not updated
            assert (finding.standard, finding.verdict) == (edition.id, expected), (rule_id, case.name)


def _policy_list(number: int) -> PageFacts:
    items = tuple(Item(title=f"清河县某办法第{number}{day}号", date=date(2017, 1, 9 - day)) for day in range(5))
    return PageFacts(url=None, encoding="utf-8", page_type=PageType.COLUMN, column=Column(items=items))


@pytest.mark.parametrize(("named_on", "expected"), [("navigation", Verdict.FAIL), ("nowhere", Verdict.PASS)])
def test_the_index_of_2019_counts_the_policy_columns_that_the_navigation_names(named_on: str, expected: Verdict) -> None:
    columns = [page(PageRole.COLUMN, f"zc{number}/", facts=_policy_list(number), link_text="政策文件") for number in range(5)]
    links = tuple(NavigationLink(text="政策文件", url=column.url) for column in columns)
    front = home(navigation=links if named_on == "navigation" else ())
    for standard_id, verdict in (("2015-census", Verdict.FAIL), ("2019-index", expected)):
        findings = Engine(find_standard(standard_id)).judge(dossier(front, *columns))
        assert next(finding.verdict for finding in findings if finding.rule == "columns_stale") is verdict


def test_a_veto_by_figures_from_memory_cites_a_site_and_does_not_fail_it() -> None:
    rules = named(mine=site_rule(lambda view: failed("found", "发现问题")))
    for verified, severity, expected in ((True, Severity.VETO, Verdict.FAIL), (False, Severity.CITED, Verdict.PASS)):
        clause = Clause(severity=Severity.VETO, problem="问题", clause="某条", source="memory", verified=verified)
        edition = Standard(id="trial", title="试行", version=1, valid_from=date(2018, 1, 1), rules={"mine": clause})
        findings = Engine(edition, rules).judge(dossier())
        assert (findings[0].verdict, findings[0].severity) == (Verdict.FAIL, severity)
        assert site_verdict(findings) is expected
        assert (UNVERIFIED in findings[0].clause) is not verified


def test_a_notice_at_something_that_is_no_threshold_is_refused(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(f"{OWN}notice_at = {{ days = 5 }}\n", encoding="utf-8")
    with pytest.raises(StandardError, match=r"own\.toml gives rule homepage_stale a notice at 'days', which is no threshold of it"):
        find_standard(str(tmp_path / "own.toml"))
