"""No site is named for what one look showed: two looks must agree, and what they do not agree on stays open."""

from datetime import UTC, datetime, timedelta

import msgspec
import pytest

from rules.engine import Engine
from rules.rule import SiteRule
from rules.second_look import joined, needs_second_look, until_second_look
from rules.standard import DEFAULT_STANDARD, find_standard
from rules.verdict import Evidence, EvidenceKind, Finding, Severity, Verdict, site_verdict
from tests.rules.cases import build_dossier, load_cases

FIRST = datetime(2018, 2, 28, 17, 0, tzinfo=UTC)
SECOND = FIRST + timedelta(hours=3)
URL = "http://www.qinghe.gov.cn.test/"
PIECE = Evidence(kind=EvidenceKind.COLUMN, url=URL + "tzgg/", label="通知公告", excerpt="栏目内没有任何信息", fetched_at=FIRST)


def finding(verdict: Verdict, severity: Severity = Severity.VETO, reason: str = "5个栏目没有任何信息") -> Finding:
    return Finding(
        rule="columns_empty",
        rule_version=1,
        standard="trial",
        verdict=verdict,
        severity=severity,
        problem="多个栏目为空白" if verdict is Verdict.FAIL else "",
        reason=reason,
        reason_code="many_empty",
        clause="某条",
        remedy="补齐内容" if verdict is Verdict.FAIL else "",
        evidence=(PIECE,),
    )


FAILED = finding(Verdict.FAIL)


@pytest.mark.parametrize("verdict", list(Verdict))
@pytest.mark.parametrize("severity", list(Severity))
def test_what_fails_the_site_by_itself_needs_a_second_look(verdict: Verdict, severity: Severity) -> None:
    assert needs_second_look(finding(verdict, severity)) == (verdict is Verdict.FAIL and severity is Severity.VETO)


def test_what_may_pass_by_itself_needs_one_also_where_it_only_cites() -> None:
    for severity in Severity:
        search = msgspec.structs.replace(finding(Verdict.FAIL, severity), again=1)
        assert needs_second_look(search) == (severity is not Severity.NOTICE)


ONE_LOOK = {"domain_suffix"}
"""A domain does not change in a minute."""


def test_which_rules_want_a_second_look() -> None:
    engine = Engine(find_standard(DEFAULT_STANDARD))
    of_sites = {rule for rule, named in engine.rules.items() if isinstance(named.rule, SiteRule)}
    failing = {rule: case for rule, case in load_cases() if rule in of_sites and case.expect.verdict is Verdict.FAIL}
    found = {rule: one for rule, case in failing.items() for one in engine.judge(build_dossier(rule, case)) if one.rule == rule}
    assert {rule for rule, one in found.items() if not needs_second_look(one)} == ONE_LOOK


def test_until_the_second_look_a_failure_is_an_open_question() -> None:
    (held,) = until_second_look([FAILED])
    assert (held.verdict, held.reason_code, held.problem, held.remedy) == (Verdict.INCONCLUSIVE, "second_look_due", "", "")
    assert FAILED.reason in held.reason and held.evidence == FAILED.evidence
    assert site_verdict((held,)) is Verdict.INCONCLUSIVE
    others = (finding(Verdict.PASS), finding(Verdict.FAIL, Severity.CITED), finding(Verdict.INCONCLUSIVE))
    assert until_second_look(others) == others


def test_two_looks_that_agree_make_a_failure_that_shows_both() -> None:
    second = finding(Verdict.FAIL, reason="6个栏目没有任何信息")
    both = joined(FAILED, second, url=URL, first_at=FIRST, second_at=SECOND)
    assert (both.verdict, both.problem, both.reason_code) == (Verdict.FAIL, FAILED.problem, FAILED.reason_code)
    assert both.evidence[0] == PIECE
    looks = both.evidence[-1]
    assert looks.kind is EvidenceKind.LOOKS
    assert looks.excerpt == "首次2018-03-01 01:00:00：5个栏目没有任何信息；再次2018-03-01 04:00:00：6个栏目没有任何信息"


def test_columns_that_are_blank_by_turns_are_none_of_them_blank() -> None:
    def look(*names: str) -> Finding:
        pieces = tuple(msgspec.structs.replace(PIECE, url=URL + name) for name in names)
        return msgspec.structs.replace(FAILED, evidence=pieces, again=2)

    by_turns = joined(look("a/", "b/", "c/"), look("c/", "d/", "e/"), url=URL, first_at=FIRST, second_at=SECOND)
    assert (by_turns.verdict, by_turns.reason_code, by_turns.problem) == (Verdict.INCONCLUSIVE, "looks_disagree", "")
    assert "只有1个，不足2个" in by_turns.reason and by_turns.evidence[0].kind is EvidenceKind.LOOKS
    assert joined(look("a/", "b/", "c/"), look("b/", "c/", "d/"), url=URL, first_at=FIRST, second_at=SECOND).verdict is Verdict.FAIL
    few = look("a/")
    assert joined(few, look("a/", "b/"), url=URL, first_at=FIRST, second_at=SECOND).verdict is Verdict.FAIL, "no more is shown"
    assert joined(few, look("b/", "c/"), url=URL, first_at=FIRST, second_at=SECOND).verdict is Verdict.INCONCLUSIVE


def test_a_mark_that_the_second_look_sees_is_not_called_missing() -> None:
    def look(*marks: str) -> Finding:
        missing = tuple(msgspec.structs.replace(PIECE, kind=EvidenceKind.ABSENCE, url=URL, label=mark) for mark in marks)
        return msgspec.structs.replace(finding(Verdict.FAIL, Severity.CITED), evidence=missing, again=len(marks))

    one, both = look("ICP备案编号"), look("ICP备案编号", "公安机关备案标识")
    assert joined(both, one, url=URL, first_at=FIRST, second_at=SECOND).verdict is Verdict.INCONCLUSIVE
    assert joined(one, both, url=URL, first_at=FIRST, second_at=SECOND).verdict is Verdict.FAIL


def test_entries_of_one_list_are_told_apart_by_their_words() -> None:
    def look(*entries: str) -> Finding:
        pieces = tuple(msgspec.structs.replace(PIECE, kind=EvidenceKind.DATED_ITEM, excerpt=entry) for entry in entries)
        return msgspec.structs.replace(FAILED, evidence=pieces, again=2)

    first, same, redated = (
        look("2018-02-26　甲", "2018-02-25　乙"),
        look("2018-02-25　乙", "2018-02-26　甲"),
        look("2018-02-26　甲", "2017-12-25　乙"),
    )
    assert joined(first, same, url=URL, first_at=FIRST, second_at=SECOND).verdict is Verdict.FAIL
    assert joined(first, redated, url=URL, first_at=FIRST, second_at=SECOND).verdict is Verdict.INCONCLUSIVE


@pytest.mark.parametrize(
    ("second", "code"),
    [
        (finding(Verdict.PASS, reason="31个栏目都有信息"), "looks_disagree"),
        (finding(Verdict.NOT_APPLICABLE, reason="不作判定"), "looks_disagree"),
        (finding(Verdict.INCONCLUSIVE, reason="访问被安全防护拦截"), "second_look_unseen"),
        (None, "second_look_unseen"),
    ],
)
def test_looks_that_do_not_agree_leave_the_question_open(second: Finding | None, code: str) -> None:
    both = joined(FAILED, second, url=URL, first_at=FIRST, second_at=SECOND)
    assert (both.verdict, both.reason_code, both.problem, both.remedy) == (Verdict.INCONCLUSIVE, code, "", "")
    assert both.evidence[0].kind is EvidenceKind.LOOKS, "the piece that is always kept must name both looks"
    assert FAILED.reason in both.evidence[0].excerpt and (second.reason if second else "没有结果") in both.evidence[0].excerpt
