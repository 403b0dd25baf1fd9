"""A scan that is killed loses nothing: finished sites stay finished, the others are visited again, nothing counts twice."""

import os
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from msgspec import structs
from storage_samples import AS_OF, audit_of, finding, registered_sites

from crawler.snapshot import Reach, ReachReason
from rules.dossier import GovernmentLink, SeenSite
from rules.verdict import Severity, Verdict
from storage.audits import (
    find_audit,
    iterate_verdicts,
    record_audits,
    record_registry_findings,
)
from storage.database import Database, open_database
from storage.errors import NotStored
from storage.findings.problems import decide_problem, iterate_problems
from storage.history import knock_days_of
from storage.records import DiscoveredSite, Knock, KnockOutcome, ProblemState, ScanStatus
from storage.registry.sites import add_discovered_sites, insert_registered
from storage.scans import extend_scan, find_scan, finish_scan, latest_scan, pending_sites, plan_scan, unfinished_scan
from storage.seen_sites import forget_links, iterate_links, iterate_seen_sites

FAILED = finding("columns_empty", Verdict.FAIL)
PASSED = finding("homepage_stale")
UNSEEN = finding("search_broken", Verdict.INCONCLUSIVE, Severity.CITED)


def plan(database: Database, site_ids: list[int]) -> int:
    return plan_scan(database, as_of=AS_OF, standard="2018q1-spot-check", site_ids=site_ids, started_at=AS_OF, settings={"max_pages": 50})


def test_a_scan_visits_its_sites_in_the_order_of_its_plan(database: Database) -> None:
    sites = registered_sites(database, 1203)
    wanted = [site.site_id for site in reversed(sites)]
    scan_id = plan(database, wanted)
    assert [site.site_id for site in pending_sites(database, scan_id)] == wanted


def test_a_killed_scan_goes_on_where_it_stopped(database: Database) -> None:
    sites = registered_sites(database, 4)
    scan_id = plan(database, [site.site_id for site in sites])
    record_audits(database, scan_id, [audit_of(sites[0], PASSED), audit_of(sites[2], FAILED)])
    with open_database(database.place) as reopened:
        scan = unfinished_scan(reopened)
        assert scan is not None
        assert (scan.scan_id, scan.planned, scan.done, scan.settings) == (scan_id, 4, 2, {"max_pages": 50})
        assert [site.site_id for site in pending_sites(reopened, scan_id)] == [sites[1].site_id, sites[3].site_id]
        assert {audit.site.site_id for audit in iterate_verdicts(reopened, scan_id)} == {sites[0].site_id, sites[2].site_id}


def test_a_batch_that_comes_twice_is_stored_once(database: Database) -> None:
    sites = registered_sites(database, 2)
    scan_id = plan(database, [site.site_id for site in sites])
    knock = Knock(site_id=sites[0].site_id, at=AS_OF, outcome=KnockOutcome.OPENED)
    first = audit_of(sites[0], FAILED, knocks=(knock,))
    assert record_audits(database, scan_id, [first]) == 1
    assert record_audits(database, scan_id, [first, audit_of(sites[1], PASSED)]) == 1
    assert [len(audit.findings) for audit in iterate_verdicts(database, scan_id)] == [1, 1]
    assert len(list(iterate_problems(database, scan_id))) == 1
    day = (AS_OF + timedelta(hours=8)).date()
    assert [knocks.opened for knocks in knock_days_of(database, [sites[0].site_id], day, day)[sites[0].site_id]] == [1]


def test_a_batch_is_stored_whole_or_not_at_all(database: Database) -> None:
    sites = registered_sites(database, 3)
    scan_id = plan(database, [sites[0].site_id])
    with pytest.raises(NotStored, match=f"does not plan to visit site {sites[1].site_id}"):
        record_audits(database, scan_id, [audit_of(sites[0], FAILED), audit_of(sites[1], FAILED)])
    assert list(iterate_verdicts(database, scan_id)) == []
    assert [site.site_id for site in pending_sites(database, scan_id)] == [sites[0].site_id]


def test_a_finished_scan_is_not_resumed(database: Database) -> None:
    scan_id = plan(database, [])
    finish_scan(database, scan_id, AS_OF + timedelta(hours=2))
    assert unfinished_scan(database) is None
    assert find_scan(database, scan_id).status is ScanStatus.FINISHED
    with pytest.raises(NotStored, match="no scan 99"):
        finish_scan(database, 99, AS_OF)


def test_a_newer_scan_hides_an_older_one_that_was_never_finished(database: Database) -> None:
    plan(database, [])
    newer = plan(database, [])
    finish_scan(database, newer, AS_OF)
    assert unfinished_scan(database) is None


def test_the_latest_scan_of_a_window_is_found(database: Database) -> None:
    scan_id = plan(database, [])
    found = latest_scan(database, AS_OF, AS_OF + timedelta(days=1))
    assert found is not None and found.scan_id == scan_id and found.as_of == AS_OF
    assert latest_scan(database, AS_OF + timedelta(seconds=1)) is None
    assert latest_scan(database, until=AS_OF) is None


def test_an_audit_comes_back_as_it_was_stored(database: Database) -> None:
    (site,) = registered_sites(database, 1)
    scan_id = plan(database, [site.site_id])
    result = audit_of(
        site, FAILED, PASSED, UNSEEN, reach=Reach.BLOCKED, reach_reason=ReachReason.CHALLENGE, reach_detail="A challenge page."
    )
    record_audits(database, scan_id, [result])
    stored = find_audit(database, scan_id, site.site_id)
    assert stored is not None
    assert stored.findings[0] == FAILED
    assert [len(found.evidence) for found in stored.findings] == [3, 1, 1]
    same = (
        "url",
        "host",
        "reach",
        "reach_reason",
        "reach_detail",
        "verdict",
        "title",
        "final_url",
        "pages",
        "requests",
        "seconds",
        "started_at",
    )
    assert {name: getattr(stored, name) for name in same} == {name: getattr(result, name) for name in same}
    assert stored.site == site
    assert find_audit(database, scan_id, site.site_id + 1) is None


def test_the_verdicts_come_without_evidence(database: Database) -> None:
    (site,) = registered_sites(database, 1)
    scan_id = plan(database, [site.site_id])
    record_audits(database, scan_id, [audit_of(site, FAILED)])
    (audit,) = iterate_verdicts(database, scan_id)
    assert audit.findings[0].evidence == () and audit.findings[0].problem == FAILED.problem


def test_links_are_forgotten_once_they_have_led_to_discovered_sites(database: Database) -> None:
    sites = registered_sites(database, 3)
    scan_id = plan(database, [site.site_id for site in sites])
    link = GovernmentLink(url="http://www.x.gov.cn/", host="www.x.gov.cn", found_on=sites[0].row.url)
    results = [audit_of(site, PASSED) for site in sites]
    linked = structs.replace(results[0], seen=structs.replace(results[0].seen, government_links=(link,)))
    record_audits(database, scan_id, [linked, *results[1:]])
    assert list(iterate_links(database, scan_id)) == [link]
    assert [seen.government_links for seen in iterate_seen_sites(database, scan_id)] == [()] * 3
    forget_links(database, scan_id)
    assert list(iterate_links(database, scan_id)) == []


def test_hostile_text_does_not_stop_a_batch(database: Database) -> None:
    (site,) = registered_sites(database, 1)
    scan_id = plan(database, [site.site_id])
    hostile = audit_of(site, finding("columns_empty", Verdict.FAIL, reason="a\x00b\ud800c"), title="\x00坏\udfff标题")
    record_audits(database, scan_id, [hostile])
    (audit,) = iterate_verdicts(database, scan_id)
    assert (audit.title, audit.findings[0].reason) == ("坏?标题", "ab?c")


def test_registry_rules_replace_their_findings_and_the_verdict(database: Database) -> None:
    sites = registered_sites(database, 2)
    scan_id = plan(database, [site.site_id for site in sites])
    record_audits(database, scan_id, [audit_of(site, PASSED) for site in sites])
    twin = finding("site_duplicate", Verdict.FAIL)
    record_registry_findings(database, scan_id, {site.site_id: [twin] for site in sites})
    assert [audit.verdict for audit in iterate_verdicts(database, scan_id)] == [Verdict.FAIL, Verdict.FAIL]
    record_registry_findings(database, scan_id, {sites[0].site_id: [finding("site_duplicate")], sites[1].site_id: [twin]})
    assert [audit.verdict for audit in iterate_verdicts(database, scan_id)] == [Verdict.PASS, Verdict.FAIL]
    assert [problem.site.site_id for problem in iterate_problems(database, scan_id)] == [sites[1].site_id]
    with pytest.raises(NotStored, match="no audit of site 99"):
        record_registry_findings(database, scan_id, {99: [twin]})


def test_a_decision_outlives_a_second_run_of_the_registry_rules(database: Database) -> None:
    (site,) = registered_sites(database, 1)
    scan_id = plan(database, [site.site_id])
    record_audits(database, scan_id, [audit_of(site)])
    twin = finding("site_duplicate", Verdict.FAIL)
    record_registry_findings(database, scan_id, {site.site_id: [twin]})
    (problem,) = iterate_problems(database, scan_id)
    decide_problem(database, problem.problem_id, ProblemState.REJECTED, "审核员", AS_OF, "已备案为同一单位")
    record_registry_findings(database, scan_id, {site.site_id: [twin]})
    (again,) = iterate_problems(database, scan_id)
    assert (again.state, again.note) == (ProblemState.REJECTED, "已备案为同一单位")
    record_registry_findings(database, scan_id, {site.site_id: [finding("site_duplicate", Verdict.FAIL, reason_code="other")]})
    assert [problem.state for problem in iterate_problems(database, scan_id)] == [ProblemState.CANDIDATE]


def test_discovered_sites_join_a_scan_and_are_streamed_to_the_registry_rules(database: Database) -> None:
    (site,) = registered_sites(database, 1)
    scan_id = plan(database, [site.site_id])
    link = "http://www.s1.gov.cn/links"
    found = [
        DiscoveredSite(url="http://new.gov.cn/", host="new.gov.cn", linked_from=(link,)),
        DiscoveredSite(url="http://s1.gov.cn/", host="s1.gov.cn", linked_from=(link,)),
        DiscoveredSite(url="http://www.s1.gov.cn:8080/", host="www.s1.gov.cn:8080", linked_from=(link,)),
    ]
    (new,) = add_discovered_sites(database, found, AS_OF)
    assert add_discovered_sites(database, found, AS_OF) == (new,)
    extend_scan(database, scan_id, [new.site_id, site.site_id])
    assert [pending.site_id for pending in pending_sites(database, scan_id)] == [site.site_id, new.site_id]
    record_audits(database, scan_id, [audit_of(site), audit_of(new)])
    registered, discovered = iterate_seen_sites(database, scan_id)
    assert (registered.row, registered.printed_codes, registered.linked_from) == (site.row, ("1300000001",), ())
    assert (discovered.row, discovered.linked_from, discovered.site_id) == (None, (link,), new.site_id)


@pytest.mark.parametrize(
    ("final_host", "printed_codes"),
    [("www.s2.gov.cn", ()), ("s2.gov.cn:8443", ()), ("new.gov.cn", ("1300000002",))],
    ids=["it redirects to it", "it redirects to another port of it", "it prints its code"],
)
def test_a_site_that_belongs_to_one_outside_the_sample_is_not_taken_for_unregistered(
    database: Database, final_host: str, printed_codes: tuple[str, ...]
) -> None:
    sampled, outside = registered_sites(database, 2)
    (new,) = add_discovered_sites(database, [DiscoveredSite(url="http://new.gov.cn/", host="new.gov.cn")], AS_OF)
    seen = SeenSite(
        site_id=0, row=None, url=new.row.url, host="new.gov.cn", final_host=final_host, reach=Reach.OK, printed_codes=printed_codes
    )
    for site_ids, streamed in (([sampled.site_id], 1), ([sampled.site_id, outside.site_id], 3)):
        scan_id = plan(database, [*site_ids, new.site_id])
        registered = [audit_of(site) for site in (sampled, outside) if site.site_id in site_ids]
        record_audits(database, scan_id, [*registered, audit_of(new, seen=seen, final_host=final_host)])
        assert len(list(iterate_seen_sites(database, scan_id))) == streamed


def test_a_discovered_site_that_is_registered_later_is_no_longer_accused(database: Database) -> None:
    (new,) = add_discovered_sites(database, [DiscoveredSite(url="http://new.gov.cn/", host="new.gov.cn")], AS_OF)
    scan_id = plan(database, [new.site_id])
    record_audits(database, scan_id, [audit_of(new)])
    with database.writing() as connection:
        insert_registered(connection, [new.row], AS_OF)
    assert list(iterate_seen_sites(database, scan_id)) == []


VISIT_UNTIL_KILLED = """
import sys
from storage_samples import audit_of, finding
from storage.audits import record_audits
from storage.database import open_database
from storage.scans import pending_sites, unfinished_scan
database = open_database(sys.argv[1])
scan_id = unfinished_scan(database).scan_id
for site in pending_sites(database, scan_id):
    record_audits(database, scan_id, [audit_of(site, finding("columns_empty"), finding("homepage_stale"))])
    print(site.site_id, flush=True)
"""


def test_a_scan_killed_while_writing_is_whole_and_complete_after_its_resumption(database: Database) -> None:
    sites = registered_sites(database, 2000)
    scan_id = plan(database, [site.site_id for site in sites])
    path = os.pathsep.join([str(Path(__file__).parent), *sys.path])
    command = [sys.executable, "-c", VISIT_UNTIL_KILLED, database.place]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": path}) as process:
        assert process.stdout is not None
        reported = [int(process.stdout.readline()) for _ in range(20)]
        process.kill()
    done = {audit.site.site_id: len(audit.findings) for audit in iterate_verdicts(database, scan_id)}
    assert set(reported) <= done.keys() and len(done) < len(sites)
    assert set(done.values()) == {2}
    left = list(pending_sites(database, scan_id))
    assert {site.site_id for site in left}.isdisjoint(done)
    assert record_audits(database, scan_id, [audit_of(site) for site in left]) == len(sites) - len(done)
    assert find_scan(database, scan_id).done == len(sites)
