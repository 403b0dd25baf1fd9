"""Every rule keeps its cases: verdict, reason and evidence, from the bytes of the pages to the finding."""

from urllib.parse import urljoin

import pytest

from rules.engine import Engine
from rules.rule import RegistryRule, discover
from rules.standard import DEFAULT_STANDARD, find_standard
from rules.verdict import Evidence, Finding, Verdict
from tests.rules.case_tables import Case, EvidenceTable
from tests.rules.cases import build_dossier, load_cases

ENGINE = Engine(find_standard(DEFAULT_STANDARD))
LEAST = {Verdict.PASS: 1, Verdict.FAIL: 2, Verdict.INCONCLUSIVE: 2, Verdict.NOT_APPLICABLE: 1}


def judge(rule_id: str, case: Case) -> Finding:
    if case.seen:
        findings = ENGINE.judge_registry(case.seen)
        return next(finding for site_id, finding in findings if finding.rule == rule_id and site_id == case.judged)
    dossier = build_dossier(rule_id, case)
    finding = next(finding for finding in ENGINE.judge(dossier) if finding.rule == rule_id)
    assert finding in ENGINE.judge(dossier), "the same dossier was judged in two ways"
    return finding


@pytest.mark.parametrize(("rule_id", "case"), [pytest.param(rule_id, case, id=f"{rule_id}: {case.name}") for rule_id, case in load_cases()])
def test_a_case_ends_in_the_finding_it_names(rule_id: str, case: Case) -> None:
    finding = judge(rule_id, case)
    expected = case.expect
    assert (finding.verdict, finding.reason_code) == (expected.verdict, expected.reason), finding.reason
    assert finding.notice == expected.notice
    if expected.problem is not None:
        assert finding.problem == expected.problem
    assert {piece.kind for piece in finding.evidence} == {wanted.kind for wanted in expected.evidence}
    for wanted in expected.evidence:
        assert any(_is_there(wanted, piece, case.site.url) for piece in finding.evidence), (wanted, finding.evidence)
    _says_enough(finding)


def _says_enough(finding: Finding) -> None:
    """A finding says why; one that accuses quotes the official wording, the clause, the remedy, and shows evidence."""
    accuses = finding.verdict is Verdict.FAIL
    assert finding.reason and finding.clause
    assert bool(finding.problem) == bool(finding.remedy) == accuses
    assert finding.evidence or not accuses


def _is_there(wanted: EvidenceTable, piece: Evidence, site_url: str) -> bool:
    at_place = wanted.url is None or piece.url == urljoin(site_url, wanted.url)
    return piece.kind is wanted.kind and at_place and wanted.excerpt in piece.excerpt and wanted.label in piece.label


@pytest.mark.parametrize("rule_id", sorted(discover()))
def test_every_rule_has_cases_in_all_four_verdicts(rule_id: str) -> None:
    cases = [case for named, case in load_cases() if named == rule_id]
    for verdict, least in LEAST.items():
        reasons = [case.expect.reason for case in cases if case.expect.verdict is verdict]
        assert len(reasons) >= least, f"{rule_id} has {len(reasons)} cases that end in {verdict}, {least} are wanted"
    undecided = {case.expect.reason for case in cases if case.expect.verdict is Verdict.INCONCLUSIVE}
    assert len(undecided) >= 2, f"{rule_id} has only one reason to be inconclusive"


@pytest.mark.parametrize("rule_id", sorted(rule_id for rule_id, named in discover().items() if isinstance(named.rule, RegistryRule)))
def test_registry_rules_are_judged_over_several_sites(rule_id: str) -> None:
    assert all(len(case.seen) > 1 for named, case in load_cases() if named == rule_id and case.expect.reason != "needs_scan")
