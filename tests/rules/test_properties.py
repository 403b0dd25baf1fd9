"""What holds for any dossier: judging is total and repeatable, and what was not seen accuses nobody."""

from datetime import timedelta
from functools import cache

import msgspec
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from crawler.snapshot import Coverage, Failure, FailureKind, PageRole, Reach
from rules.coverage import ENOUGH_COLUMNS
from rules.dossier import Dossier, KnockDay, SeenSite
from rules.engine import Engine
from rules.reasons import EngineReason
from rules.rule import Cover, SiteRule
from rules.standard import DEFAULT_STANDARD, find_standard
from rules.verdict import Finding, Verdict
from tests.rules.case_tables import Case
from tests.rules.cases import build_dossier, load_cases
from tests.rules.strategies import TODAY, dossiers, full_coverage, seen_sites

ENGINE = Engine(find_standard(DEFAULT_STANDARD))
SITE_RULES = {rule_id: found.rule for rule_id, found in ENGINE.rules.items() if isinstance(found.rule, SiteRule)}
ABSENCE_RULES = {rule_id for rule_id, rule in SITE_RULES.items() if rule.covers}
CONTENT_RULES = {rule_id for rule_id, rule in SITE_RULES.items() if rule.judges_content}
RESTING_ON_ABSENCE = {*ABSENCE_RULES, "columns_stale", "columns_empty", "service_guide_incomplete"}
"""An old column lacks new entries, a blank one all of them, a poor guide its elements."""
SITE_CASES = [(rule_id, case) for rule_id, case in load_cases() if rule_id in RESTING_ON_ABSENCE]
CUTS: list[dict[str, object]] = [{"failure": Failure(kind=FailureKind.RESET)}, {"facts": None}, {"status": 502}]
# The same examples every time: what fails here was broken by the change at hand.
thorough = settings(max_examples=20, derandomize=True, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
NOT_OK = st.sampled_from([reach for reach in Reach if reach is not Reach.OK])


@cache
def _built(number: int) -> Dossier:
    return build_dossier(*SITE_CASES[number])


def built(named: tuple[str, Case]) -> Dossier:
    """Return the dossier of a case; reading its pages is the slow part."""
    return _built(SITE_CASES.index(named))


def judged(dossier: Dossier) -> dict[str, Finding]:
    return {finding.rule: finding for finding in ENGINE.judge(dossier)}


def with_snapshot(dossier: Dossier, **changes: object) -> Dossier:
    return msgspec.structs.replace(dossier, snapshot=msgspec.structs.replace(dossier.snapshot, **changes))


@thorough
@given(dossiers(st.sampled_from(Reach)))
def test_judging_is_total_and_repeatable_and_findings_survive_storage(dossier: Dossier) -> None:
    findings = ENGINE.judge(dossier)
    assert msgspec.json.decode(msgspec.json.encode(findings), type=tuple[Finding, ...]) == findings
    assert [finding.rule for finding in findings] == list(ENGINE.rules)
    assert [finding.reason for finding in findings if finding.reason_code == EngineReason.RULE_ERROR] == []
    assert ENGINE.judge(dossier) == findings
    for finding in findings:
        assert (finding.verdict is Verdict.FAIL) == bool(finding.problem) == bool(finding.remedy)
        assert finding.verdict is not Verdict.FAIL or finding.evidence
        assert all(len(piece.excerpt) <= 300 for piece in finding.evidence)


@thorough
@given(dossiers(NOT_OK))
def test_where_no_content_was_seen_no_content_rule_fails(dossier: Dossier) -> None:
    findings = judged(dossier)
    assert {findings[rule_id].verdict for rule_id in CONTENT_RULES} <= {Verdict.INCONCLUSIVE, Verdict.NOT_APPLICABLE}


def _sees_enough(rule_id: str, dossier: Dossier, coverage: Coverage) -> bool:
    """Say, in the words of the contract and not of the engine, whether anything may be called absent from a site."""
    home = dossier.snapshot.home
    whole = home is not None and home.is_whole and coverage.homepage_seen and not coverage.homepage_limited
    leads_on = coverage.columns_found > 0 or any(page.role is PageRole.CHANNEL for page in dossier.snapshot.pages)
    columns = coverage.columns_seen >= min(coverage.columns_found, ENOUGH_COLUMNS) or Cover.COLUMNS not in SITE_RULES[rule_id].covers
    return whole and leads_on and columns and not coverage.script_dependent


@thorough
@given(dossiers(), st.data())
def test_seeing_less_accuses_nobody_of_an_absence(dossier: Dossier, data: st.DataObject) -> None:
    """Pages are taken away and the coverage lowered to what is left: an absence may then be claimed only where enough was still seen."""
    before = judged(dossier)
    home, *others = dossier.snapshot.pages or (None,)
    kept = tuple(page for page in others if data.draw(st.booleans()))
    lowered = msgspec.structs.replace(
        dossier.snapshot.coverage,
        homepage_limited=data.draw(st.booleans()) or dossier.snapshot.coverage.homepage_limited,
        columns_seen=data.draw(st.integers(min_value=0, max_value=dossier.snapshot.coverage.columns_seen)),
    )
    less = with_snapshot(dossier, pages=(home, *kept) if home else kept, coverage=lowered)
    for rule_id, finding in judged(less).items():
        newly = finding.verdict is Verdict.FAIL and before[rule_id].verdict is not Verdict.FAIL
        assert not (newly and rule_id in ABSENCE_RULES) or _sees_enough(rule_id, less, lowered), rule_id


@thorough
@given(st.sampled_from(SITE_CASES), st.data())
def test_pages_missing_from_a_real_case_accuse_nobody(named: tuple[str, Case], data: st.DataObject) -> None:
    """The same, for the sites of the cases: they look as sites do."""
    rule_id, case = named
    whole = built(named)
    home, *others = whole.snapshot.pages or (None,)
    kept = tuple(page for page in others if data.draw(st.booleans()))
    seen = sum(page.is_whole for page in kept if page.role is PageRole.COLUMN)
    lowered = msgspec.structs.replace(whole.snapshot.coverage, columns_seen=min(seen, whole.snapshot.coverage.columns_seen))
    less = with_snapshot(whole, pages=(home, *kept) if home else kept, coverage=lowered)
    verdict = judged(less)[rule_id].verdict
    if verdict is Verdict.FAIL and case.expect.verdict is not Verdict.FAIL:
        assert rule_id in ABSENCE_RULES and _sees_enough(rule_id, less, lowered), case.name


@thorough
@given(st.sampled_from(SITE_CASES), st.sampled_from(CUTS))
def test_the_sites_of_the_cases_are_not_accused_when_every_page_broke_off(named: tuple[str, Case], changes: dict[str, object]) -> None:
    whole = built(named)
    cut = tuple(msgspec.structs.replace(page, **changes) for page in whole.snapshot.pages)
    coverage = msgspec.structs.replace(whole.snapshot.coverage, homepage_limited=True, columns_seen=0)
    assert judged(with_snapshot(whole, pages=cut, coverage=coverage))[named[0]].verdict is not Verdict.FAIL


@thorough
@given(dossiers())
def test_without_coverage_no_absence_is_claimed(dossier: Dossier) -> None:
    findings = judged(with_snapshot(dossier, coverage=Coverage()))
    assert all(findings[rule_id].verdict is not Verdict.FAIL for rule_id in ABSENCE_RULES)


@thorough
@given(dossiers())
def test_pages_that_broke_off_accuse_nobody(dossier: Dossier) -> None:
    """When every page is marked as cut, only what is shown may be held against a site: its address, its dates, its letters in a list."""
    cut = tuple(
        msgspec.structs.replace(page, facts=page.facts and msgspec.structs.replace(page.facts, limited=True))
        for page in dossier.snapshot.pages
    )
    findings = judged(with_snapshot(dossier, pages=cut, coverage=full_coverage))
    assert {rule_id for rule_id in RESTING_ON_ABSENCE if findings[rule_id].verdict is Verdict.FAIL} == set()


@thorough
@given(
    dossiers(), st.integers(min_value=0, max_value=139), st.integers(min_value=0, max_value=139), st.integers(min_value=0, max_value=999)
)
def test_too_few_visits_never_close_a_site(dossier: Dossier, opened: int, lost: int, unsure: int) -> None:
    week = tuple(KnockDay(day=TODAY - timedelta(days=back), unsure=unsure) for back in range(1, 7))
    one = msgspec.structs.replace(dossier, knocks=(*week, KnockDay(day=TODAY, opened=opened, failed=lost)))
    assert judged(one)["site_unreachable"].verdict is not Verdict.FAIL


@thorough
@given(st.lists(seen_sites, max_size=6, unique_by=lambda site: site.site_id))
def test_registry_rules_are_total_repeatable_and_judge_every_site_once(sites: list[SeenSite]) -> None:
    findings = list(ENGINE.judge_registry(sites))
    assert findings == list(ENGINE.judge_registry(iter(sites)))
    for rule_id in ("site_unregistered", "site_duplicate"):
        judged_sites = [site_id for site_id, finding in findings if finding.rule == rule_id]
        assert sorted(judged_sites) == sorted(site.site_id for site in sites)
    assert [finding.reason for _, finding in findings if finding.reason_code == EngineReason.RULE_ERROR] == []
    unseen = {site.site_id for site in sites if site.reach is not Reach.OK}
    assert not any(finding.verdict is Verdict.FAIL and site_id in unseen for site_id, finding in findings)


@thorough
@given(st.permutations(list(range(4))), st.lists(seen_sites, min_size=4, max_size=4, unique_by=lambda site: site.host))
def test_the_order_of_sites_decides_nothing(order: list[int], drawn: list[SeenSite]) -> None:
    sites = [msgspec.structs.replace(site, site_id=number) for number, site in enumerate(drawn)]
    verdicts = {(site_id, finding.rule): finding.verdict for site_id, finding in ENGINE.judge_registry(sites)}
    shuffled = {(site_id, finding.rule): finding.verdict for site_id, finding in ENGINE.judge_registry([sites[at] for at in order])}
    assert verdicts == shuffled
