"""What is let go of old scans: what neither failed nor warned. What somebody may be asked about stays."""

from datetime import timedelta

from msgspec import structs

from rules.verdict import Severity, Verdict
from storage.audits import iterate_verdicts, record_audits
from storage.database import Database
from storage.findings.problems import iterate_problems
from storage.findings.retention import thin_findings
from storage.scans import finish_scan, plan_scan
from tests.storage.storage_samples import AS_OF, audit_of, finding, registered_sites

FAILED = finding("columns_empty", Verdict.FAIL)
PASSED = finding("homepage_stale")
UNSEEN = finding("search_broken", Verdict.INCONCLUSIVE, Severity.CITED)
WARNED = structs.replace(finding("columns_stale"), notice="7个栏目超过规定时限未更新")


def rules_of(database: Database, scan_id: int) -> list[str]:
    return [found.rule for audit in iterate_verdicts(database, scan_id) for found in audit.findings]


def test_old_scans_keep_what_failed_and_what_warned(database: Database) -> None:
    (site,) = registered_sites(database, 1)
    scans = []
    for days_ago, finished in ((60, True), (50, False), (40, True), (1, True)):
        moment = AS_OF - timedelta(days=days_ago)
        scan_id = plan_scan(database, as_of=moment, standard="s", site_ids=[site.site_id], started_at=moment, settings={})
        record_audits(database, scan_id, [audit_of(site, FAILED, PASSED, UNSEEN, WARNED)])
        if finished:
            finish_scan(database, scan_id, moment)
        scans.append(scan_id)
    oldest, running, older, newest = scans
    assert thin_findings(database, AS_OF - timedelta(days=35)) == 2
    assert rules_of(database, oldest) == rules_of(database, older) == ["columns_empty", "columns_stale"]
    assert len(rules_of(database, running)) == len(rules_of(database, newest)) == 4
    assert [audit.verdict for audit in iterate_verdicts(database, oldest)] == [Verdict.FAIL], "the verdict stays"
    assert len(list(iterate_problems(database, oldest))) == 1
    assert thin_findings(database, AS_OF - timedelta(days=35)) == 0


def test_the_newest_finished_scan_stays_whole_however_old_it_is(database: Database) -> None:
    (site,) = registered_sites(database, 1)
    moment = AS_OF - timedelta(days=400)
    scan_id = plan_scan(database, as_of=moment, standard="s", site_ids=[site.site_id], started_at=moment, settings={})
    record_audits(database, scan_id, [audit_of(site, PASSED)])
    finish_scan(database, scan_id, moment)
    assert thin_findings(database, AS_OF) == 0 and rules_of(database, scan_id) == ["homepage_stale"]
