"""Problems are cases: a failed finding opens one, people decide, and what they rejected is not asked again."""

from datetime import timedelta

import pytest
from msgspec import structs
from storage_samples import AS_OF, audit_of, finding, registered_sites

from rules.verdict import Finding, Severity, Verdict
from storage.audits import record_audits
from storage.database import Database
from storage.errors import NotStored
from storage.findings.problems import decide_problem, iterate_problems
from storage.records import Problem, ProblemState
from storage.registry.sites import list_sites
from storage.scans import plan_scan

FAILED = finding("columns_empty", Verdict.FAIL)
PASSED = finding("homepage_stale")
UNSEEN = finding("search_broken", Verdict.INCONCLUSIVE, Severity.CITED)


def plan(database: Database, site_ids: list[int]) -> int:
    return plan_scan(database, as_of=AS_OF, standard="2018q1-spot-check", site_ids=site_ids, started_at=AS_OF, settings={})


def test_a_failed_finding_opens_a_candidate_that_a_person_decides(database: Database) -> None:
    (site,) = registered_sites(database, 1)
    scan_id = plan(database, [site.site_id])
    record_audits(database, scan_id, [audit_of(site, FAILED, PASSED, UNSEEN)])
    (problem,) = iterate_problems(database, scan_id)
    assert (problem.state, problem.finding, problem.decided_at) == (ProblemState.CANDIDATE, FAILED, None)
    decided = decide_problem(database, problem.problem_id, ProblemState.REJECTED, "审核员", AS_OF, "栏目由脚本填充")
    assert list(iterate_problems(database, scan_id, [ProblemState.REJECTED])) == [decided]
    assert list(iterate_problems(database, scan_id, [ProblemState.CANDIDATE])) == []
    with pytest.raises(NotStored, match="no problem 99"):
        decide_problem(database, 99, ProblemState.CONFIRMED, "审核员", AS_OF)


def scanned_again(database: Database, site_id: int, *findings: Finding) -> Problem:
    """Scan the site once more, some time later, and return the one problem that was found."""
    (site,) = (site for site in list_sites(database) if site.site_id == site_id)
    scan_id = plan(database, [site_id])
    later = AS_OF + timedelta(days=scan_id)
    record_audits(database, scan_id, [audit_of(site, *findings, observed_at=later)])
    (problem,) = iterate_problems(database, scan_id)
    return problem


def with_evidence(**changes: object) -> Finding:
    """The failed finding with other evidence."""
    return structs.replace(FAILED, evidence=tuple(structs.replace(piece, **changes) for piece in FAILED.evidence))


def test_a_rejection_is_carried_on_while_the_evidence_stays(database: Database) -> None:
    (site,) = registered_sites(database, 1)
    first = scanned_again(database, site.site_id, FAILED)
    decide_problem(database, first.problem_id, ProblemState.REJECTED, "审核员", AS_OF, "栏目由脚本填充")
    for _ in range(2):
        again = scanned_again(database, site.site_id, with_evidence(fetched_at=AS_OF + timedelta(days=9), sha256="ab" * 32))
        assert (again.state, again.decided_by, again.decided_at, again.note) == (ProblemState.REJECTED, "审核员", AS_OF, "栏目由脚本填充")
        assert again.carried_from == first.problem_id


def test_changed_evidence_reopens_a_rejected_problem(database: Database) -> None:
    (site,) = registered_sites(database, 1)
    first = scanned_again(database, site.site_id, FAILED)
    decide_problem(database, first.problem_id, ProblemState.REJECTED, "审核员", AS_OF)
    changed = scanned_again(database, site.site_id, with_evidence(excerpt="另一处暂无内容"))
    assert (changed.state, changed.carried_from, changed.decided_by) == (ProblemState.CANDIDATE, None, "")
    assert scanned_again(database, site.site_id, structs.replace(FAILED, reason_code="other")).state is ProblemState.CANDIDATE


def test_only_the_latest_decision_counts_and_only_for_that_site(database: Database) -> None:
    sites = registered_sites(database, 2)
    first = scanned_again(database, sites[0].site_id, FAILED)
    decide_problem(database, first.problem_id, ProblemState.REJECTED, "审核员", AS_OF)
    assert scanned_again(database, sites[1].site_id, FAILED).state is ProblemState.CANDIDATE
    carried = scanned_again(database, sites[0].site_id, FAILED)
    confirmed = decide_problem(database, carried.problem_id, ProblemState.CONFIRMED, "复核员", AS_OF)
    assert confirmed.carried_from is None
    assert scanned_again(database, sites[0].site_id, FAILED).state is ProblemState.CANDIDATE


def test_a_problem_knows_when_it_was_first_seen(database: Database) -> None:
    (site,) = registered_sites(database, 1)
    later = AS_OF + timedelta(days=90)
    for observed_at in (AS_OF, later):
        scan_id = plan(database, [site.site_id])
        record_audits(database, scan_id, [audit_of(site, FAILED, observed_at=observed_at)])
    assert [problem.first_seen for problem in iterate_problems(database, scan_id)] == [AS_OF]


def test_a_problem_that_was_put_right_and_comes_again_is_first_seen_anew(database: Database) -> None:
    (site,) = registered_sites(database, 1)
    days = [AS_OF, AS_OF + timedelta(days=30), AS_OF + timedelta(days=60)]
    for observed_at in days:
        scan_id = plan(database, [site.site_id])
        record_audits(database, scan_id, [audit_of(site, FAILED, observed_at=observed_at)])
        (problem,) = iterate_problems(database, scan_id)
        if observed_at == days[0]:
            decide_problem(database, problem.problem_id, ProblemState.RECTIFIED, "审核员", AS_OF)
    assert problem.first_seen == days[1]
