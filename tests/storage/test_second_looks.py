"""First looks wait in the database: nothing is named before the second look, and a killed scan forgets none."""

from datetime import timedelta

import msgspec
from storage_samples import AS_OF, audit_of, finding, registered_sites

from rules.second_look import until_second_look
from rules.verdict import EvidenceKind, Severity, Verdict, site_verdict
from storage.audits import find_audit, iterate_verdicts, record_audits
from storage.database import Database, open_database
from storage.findings.first_looks import count_first_looks, waiting_first_looks
from storage.findings.problems import iterate_problems
from storage.findings.second_looks import record_second_looks
from storage.history import knock_days_of
from storage.records import AuditResult, Knock, KnockOutcome, Site
from storage.scans import plan_scan

FAILED = finding("columns_empty", Verdict.FAIL)
PASSED = finding("columns_empty")
CITED = finding("search_broken", Verdict.FAIL, Severity.CITED)
LATER = AS_OF + timedelta(hours=2)


def first_look(site: Site) -> AuditResult:
    """What the first pass hands over of a site that it would fail."""
    findings = until_second_look([FAILED, CITED])
    return msgspec.structs.replace(audit_of(site, *findings), held=(FAILED,), verdict=site_verdict(findings))


def planned(database: Database, count: int) -> tuple[int, list[Site]]:
    """Plan a scan whose sites all fail at first sight."""
    sites = registered_sites(database, count)
    scan_id = plan_scan(
        database, as_of=AS_OF, standard="2018q1-spot-check", site_ids=[site.site_id for site in sites], started_at=AS_OF, settings={}
    )
    record_audits(database, scan_id, [first_look(site) for site in sites])
    return scan_id, sites


def second_look(site: Site, *findings: object) -> AuditResult:
    """What the second pass hands over: its failures stand as they are."""
    knock = Knock(site_id=site.site_id, at=AS_OF, outcome=KnockOutcome.OPENED)
    return msgspec.structs.replace(audit_of(site, *findings, knocks=(knock,)), finished_at=LATER)  # type: ignore[arg-type]


def test_nothing_is_named_before_the_second_look(database: Database) -> None:
    scan_id, (site,) = planned(database, 1)
    assert [problem.finding.rule for problem in iterate_problems(database, scan_id)] == ["search_broken"]
    assert list(iterate_verdicts(database, scan_id)) == [], "the site is not finished"
    stored = find_audit(database, scan_id, site.site_id)
    assert stored is not None and stored.verdict is Verdict.INCONCLUSIVE


def test_a_confirmed_failure_opens_a_case(database: Database) -> None:
    scan_id, (site,) = planned(database, 1)
    assert record_second_looks(database, scan_id, [second_look(site, FAILED, CITED)]) == 1
    assert sorted(problem.finding.rule for problem in iterate_problems(database, scan_id)) == ["columns_empty", "search_broken"]
    (audit,) = iterate_verdicts(database, scan_id, evidence=True)
    assert audit.verdict is Verdict.FAIL
    confirmed = next(found for found in audit.findings if found.rule == "columns_empty")
    assert confirmed.evidence[:3] == FAILED.evidence and confirmed.evidence[-1].kind is EvidenceKind.LOOKS
    day = (AS_OF + timedelta(hours=8)).date()
    assert [knocks.opened for knocks in knock_days_of(database, [site.site_id], day, day)[site.site_id]] == [1]


def test_a_failure_that_is_not_seen_again_stays_open(database: Database) -> None:
    scan_id, (site,) = planned(database, 1)
    record_second_looks(database, scan_id, [second_look(site, PASSED, CITED)])
    (audit,) = iterate_verdicts(database, scan_id, evidence=True)
    assert audit.verdict is Verdict.INCONCLUSIVE
    open_question = next(found for found in audit.findings if found.rule == "columns_empty")
    assert open_question.reason_code == "looks_disagree"
    assert [piece.kind for piece in open_question.evidence] == [EvidenceKind.LOOKS]
    assert [problem.finding.rule for problem in iterate_problems(database, scan_id)] == ["search_broken"]


def test_a_second_look_that_comes_twice_counts_once(database: Database) -> None:
    scan_id, (site,) = planned(database, 1)
    assert record_second_looks(database, scan_id, [second_look(site, FAILED)]) == 1
    assert record_second_looks(database, scan_id, [second_look(site, PASSED)]) == 0
    (audit,) = iterate_verdicts(database, scan_id)
    assert audit.verdict is Verdict.FAIL
    day = (AS_OF + timedelta(hours=8)).date()
    assert [knocks.opened for knocks in knock_days_of(database, [site.site_id], day, day)[site.site_id]] == [1]


def test_a_killed_scan_knows_who_waits_for_a_second_look(database: Database) -> None:
    scan_id, sites = planned(database, 5)
    record_second_looks(database, scan_id, [second_look(sites[1], FAILED)])
    with open_database(database.place) as reopened:
        assert count_first_looks(reopened, scan_id) == 4
        seen, last = [], None
        while page := waiting_first_looks(reopened, scan_id, last, 2):
            seen += [look.site.site_id for look in page]
            last = page[-1]
        assert seen == [site.site_id for site in sites if site is not sites[1]]
