"""The engine: what no rule has to think of. Exemptions, missing facts, coverage, rules that raise, wordings."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

import msgspec
import pytest

from crawler.facts.records import Marks, PageFacts, PageType
from crawler.snapshot import PageRole, Reach, ReachReason, Rendering, RenderOutcome, RenderReason
from rules.dossier import Dossier, KnockDay, SeenSite
from rules.engine import Engine
from rules.reasons import REACH_SENTENCES
from rules.registry import RegistryRow, Status
from rules.rule import Cover, Need, RegistryRule, SiteRule, View, discover
from rules.standard import DEFAULT_STANDARD, StandardError, find_standard
from rules.verdict import Finding, Judgement, Severity, Verdict, failed, passed, site_verdict
from tests.rules.dossiers import HOST, PROOF, URL, absent, dossier, fine, home, judge, named, page, site_rule, standard

ENGINE = Engine(find_standard(DEFAULT_STANDARD))
CONTENT_RULES = {rule_id for rule_id, found in ENGINE.rules.items() if isinstance(found.rule, SiteRule) and found.rule.judges_content}


def raising(view: View) -> Judgement:
    raise ZeroDivisionError("quarter of nothing")


@pytest.mark.parametrize(
    ("status", "reason"),
    [(Status.CLOSED, "site_closed"), (Status.MIGRATED, "site_migrated"), (Status.OFFLINE_TEMPORARILY, "site_offline")],
)
def test_sites_that_do_not_run_are_exempt_from_every_rule(status: Status, reason: str) -> None:
    findings = ENGINE.judge(dossier(status=status, reach=Reach.DOWN, reason=ReachReason.DNS))
    assert {(finding.verdict, finding.reason_code) for finding in findings} == {(Verdict.NOT_APPLICABLE, reason)}
    assert len(findings) == len(ENGINE.rules)


OFFLINE = {"下线日期": "2018-02-10", "恢复日期": "2018年3月1日"}


@pytest.mark.parametrize(
    ("status", "extra", "reach", "expected"),
    [
        (Status.CLOSED, {"关停日期": "2018/3/1"}, Reach.OK, {"site_closed"}),
        (Status.CLOSED, {"关停日期": "2018-03-02"}, Reach.OK, {"fine"}),
        (Status.MIGRATED, {"迁移日期": "2018-03-02"}, Reach.OK, {"fine"}),
        (Status.OFFLINE_TEMPORARILY, OFFLINE, Reach.DOWN, {"site_offline"}),
        (Status.OFFLINE_TEMPORARILY, {**OFFLINE, "恢复日期": "2018-02-28"}, Reach.DOWN, {"offline_overdue"}),
        (Status.OFFLINE_TEMPORARILY, {**OFFLINE, "恢复日期": "2018-02-28"}, Reach.OK, {"fine"}),
        (Status.RUNNING, OFFLINE, Reach.DOWN, {"site_offline"}),
        (Status.RUNNING, {"对外服务": "无"}, Reach.OK, {"fine", "no_public_services"}),
        (Status.RUNNING, {"对外服务": "有"}, Reach.OK, {"fine"}),
    ],
)
def test_exemptions_are_in_force_on_their_days(status: Status, extra: dict[str, str], reach: Reach, expected: set[str]) -> None:
    judged = dossier(status=status, reach=reach)
    assert judged.row
    judged = msgspec.structs.replace(judged, row=msgspec.structs.replace(judged.row, extra=extra))
    services = SiteRule(version=1, needs=(), judge=fine, judges_services=True)
    findings = Engine(standard("general", "services"), named(general=site_rule(fine), services=services)).judge(judged)
    assert {finding.reason_code for finding in findings} == expected


def test_visits_on_days_on_which_the_site_was_allowed_to_be_offline_are_left_out() -> None:
    judged = dossier()
    assert judged.row
    row = msgspec.structs.replace(judged.row, extra={"下线日期": "2018-02-20", "恢复日期": "2018-02-24"})
    week = tuple(
        KnockDay(day=date(2018, 2, 22 + number), failed=24 if number < 3 else 0, opened=0 if number < 3 else 24) for number in range(7)
    )
    found = {finding.rule: finding for finding in ENGINE.judge(msgspec.structs.replace(judged, row=row, knocks=week))}
    assert (found["site_unreachable"].verdict, found["site_unreachable"].reason_code) == (Verdict.INCONCLUSIVE, "too_few_visits")


NOTICES = {ReachReason.MAINTENANCE, ReachReason.MOVED, ReachReason.CLOSED, ReachReason.OFFLINE}


@pytest.mark.parametrize("reach", [Reach.DOWN, Reach.BLOCKED, Reach.UNCLEAR])
@pytest.mark.parametrize("reason", [*ReachReason, None])
def test_content_is_judged_only_where_content_was_seen(reach: Reach, reason: ReachReason | None) -> None:
    by_rule = {finding.rule: finding for finding in ENGINE.judge(dossier(reach=reach, reason=reason))}
    assert {by_rule[rule_id].verdict for rule_id in CONTENT_RULES} == {Verdict.INCONCLUSIVE}
    code = f"notice_{reason}" if reason in NOTICES else f"reach_{reach}"
    assert {by_rule[rule_id].reason_code for rule_id in CONTENT_RULES} == {code}
    assert by_rule["site_unreachable"].reason_code == "too_few_visits"


def test_what_only_a_browser_could_have_shown_is_open_and_says_so() -> None:
    lacking = Rendering(reason=RenderReason.SHELL, outcome=RenderOutcome.NO_BROWSER)
    shell = dossier(
        msgspec.structs.replace(home(script_dependent=True), rendering=lacking), reach=Reach.UNCLEAR, reason=ReachReason.SCRIPT_ONLY
    )
    assert {finding.reason_code for finding in ENGINE.judge(shell) if finding.rule in CONTENT_RULES} == {"needs_browser"}
    unread = home(marks=Marks(footer_by_script=True))
    covered = site_rule(absent, covers=(Cover.FOOTER,))
    assert judge(covered, dossier(unread)).reason_code == "coverage_low"
    assert judge(covered, dossier(msgspec.structs.replace(unread, rendering=lacking))).reason_code == "needs_browser"


def test_every_reason_of_a_visit_has_a_sentence() -> None:
    assert set(REACH_SENTENCES) == set(ReachReason)
    of_the_registry = {rule_id for rule_id, named in ENGINE.rules.items() if isinstance(named.rule, RegistryRule)}
    assert set(ENGINE.rules) - CONTENT_RULES - of_the_registry == {"site_unreachable"}


@pytest.mark.parametrize(
    "judged", [dossier(page(PageRole.COLUMN, "lm/")), dossier(page(facts=None))], ids=["no homepage", "a homepage nobody could read"]
)
def test_a_missing_homepage_is_answered_before_the_rule_is_asked(judged: Dossier) -> None:
    assert judge(site_rule(raising), judged).reason_code == "not_seen"


def test_a_missing_registry_row_is_answered_before_the_rule_is_asked() -> None:
    finding = judge(site_rule(raising, needs=(Need.ROW,)), dossier(registered=False))
    assert (finding.verdict, finding.reason_code) == (Verdict.INCONCLUSIVE, "not_registered")


def test_a_rule_that_raises_is_undecided_and_the_others_are_judged() -> None:
    engine = Engine(standard("first", "broken", "last"), named(first=site_rule(fine), broken=site_rule(raising), last=site_rule(absent)))
    first, broken, last = engine.judge(dossier())
    assert (broken.verdict, broken.reason_code) == (Verdict.INCONCLUSIVE, "rule_error")
    assert "ZeroDivisionError: quarter of nothing" in broken.reason
    assert (first.verdict, last.verdict) == (Verdict.PASS, Verdict.FAIL)


@pytest.mark.parametrize(
    "look",
    [
        lambda view: view.knocks,
        lambda view: view.history,
        lambda view: view.row,
        lambda view: view.registered,
        lambda view: view.search_tries,
        lambda view: view.threshold("unset"),
        lambda view: None,
    ],
    ids=["knocks", "history", "row", "row if any", "search", "threshold", "no judgement"],
)
def test_what_a_rule_did_not_declare_it_does_not_see(look: object) -> None:
    assert callable(look)
    finding = judge(site_rule(look), dossier())
    assert (finding.verdict, finding.reason_code) == (Verdict.INCONCLUSIVE, "rule_error")


@pytest.mark.parametrize("need", [Need.HOME, Need.PAGES])
def test_home_and_pages_have_to_be_declared_too(need: Need) -> None:
    others = tuple(each for each in Need if each is not need)
    reading = {Need.HOME: lambda view: passed("seen", view.home.url), Need.PAGES: lambda view: passed("seen", str(view.pages))}[need]
    assert judge(site_rule(reading, needs=others), dossier()).reason_code == "rule_error"
    assert judge(site_rule(reading, needs=(need,)), dossier()).reason_code == "seen"


def test_the_wording_is_filled_by_the_rule() -> None:
    def lacking(view: View) -> Judgement:
        return failed("lacking", "未列明", PROOF, marks="{甲}和乙")

    assert judge(site_rule(lacking), dossier(), problem="未列明{marks}").problem == "未列明{甲}和乙"


@pytest.mark.parametrize("wording", ["未列明{marks}", "未列明{", "未列明{0}", "未列明{suffix.none}"])
def test_a_wording_that_cannot_be_filled_costs_no_site_its_findings(wording: str) -> None:
    def lacking(view: View) -> Judgement:
        return failed("lacking", "未列明", PROOF, suffix=".com")

    finding = judge(site_rule(lacking), dossier(), problem=wording)
    assert (finding.verdict, finding.reason_code, finding.problem) == (Verdict.INCONCLUSIVE, "rule_error", "")


def test_a_finding_says_which_rule_standard_and_clause_it_comes_from() -> None:
    finding = judge(site_rule(absent), dossier())
    assert (finding.rule, finding.rule_version, finding.standard, finding.clause, finding.remedy) == ("trial", 1, "trial", "某条", "改正")


def test_a_standard_that_names_an_unknown_rule_is_refused() -> None:
    with pytest.raises(StandardError, match="standard trial names rules that are not installed: unheard_of"):
        Engine(standard("trial", "unheard_of"), named(trial=site_rule(fine)))


def test_registry_rules_wait_for_the_end_of_the_scan_and_raise_for_nobody_else() -> None:
    def breaking(sites: Iterable[SeenSite], thresholds: Mapping[str, int]) -> Iterator[tuple[int, Judgement]]:
        raise LookupError("no sites")
        yield

    def counting(sites: Iterable[SeenSite], thresholds: Mapping[str, int]) -> Iterator[tuple[int, Judgement]]:
        seen = list(sites)
        yield from ((site.site_id, passed("counted", f"{len(seen)} of {thresholds['most']}")) for site in seen)

    made = named(broken=RegistryRule(version=1, judge=breaking), counted=RegistryRule(version=1, judge=counting), site=site_rule(fine))
    engine = Engine(standard("broken", "counted", "site", most=7), made)
    assert [finding.reason_code for finding in engine.judge(dossier())] == ["needs_scan", "needs_scan", "fine"]
    row = RegistryRow(url=URL, host=HOST)
    sites = [SeenSite(site_id=number, row=row, url=URL, host=HOST, final_host=HOST, reach=Reach.OK) for number in (4, 5)]
    found = [(site_id, finding.rule, finding.reason_code, finding.reason) for site_id, finding in engine.judge_registry(iter(sites))]
    assert [entry[:3] for entry in found] == [
        (4, "broken", "rule_error"),
        (5, "broken", "rule_error"),
        (4, "counted", "counted"),
        (5, "counted", "counted"),
    ]
    assert found[2][3] == "2 of 7"
    assert list(engine.with_registry_rules_only().rules) == ["broken", "counted"]


def _findings(*verdicts: tuple[Severity, Verdict]) -> tuple[Finding, ...]:
    one = judge(site_rule(fine), dossier())
    return tuple(msgspec.structs.replace(one, severity=severity, verdict=verdict) for severity, verdict in verdicts)


@pytest.mark.parametrize(
    ("vetoes", "expected"),
    [
        ((), Verdict.PASS),
        ((Verdict.PASS, Verdict.NOT_APPLICABLE), Verdict.PASS),
        ((Verdict.PASS, Verdict.INCONCLUSIVE), Verdict.INCONCLUSIVE),
        ((Verdict.INCONCLUSIVE, Verdict.FAIL), Verdict.FAIL),
        ((Verdict.FAIL, Verdict.PASS), Verdict.FAIL),
    ],
)
@pytest.mark.parametrize("cited", Verdict)
@pytest.mark.parametrize("severity", [Severity.CITED, Severity.NOTICE])
def test_only_vetoes_decide_on_a_site(vetoes: tuple[Verdict, ...], expected: Verdict, cited: Verdict, severity: Severity) -> None:
    findings = _findings((severity, cited), *((Severity.VETO, verdict) for verdict in vetoes), (severity, cited))
    assert site_verdict(findings) is expected


def test_a_page_that_answers_for_another_proves_nothing() -> None:
    facts = PageFacts(url=URL, encoding="utf-8", page_type=PageType.WAF_CHALLENGE)
    assert not page(facts=facts).is_whole
    assert page().is_whole and not page(status=500).is_whole
    assert page(status=404).is_gone and page(facts=msgspec.structs.replace(facts, page_type=PageType.SOFT_404)).is_gone


def test_every_rule_of_the_standard_is_installed_and_every_installed_rule_is_in_it() -> None:
    assert set(find_standard(DEFAULT_STANDARD).rules) == set(discover())
