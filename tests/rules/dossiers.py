"""Dossiers made by hand, and the rules and standards that tests of the engine put together."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import msgspec

from crawler.facts.records import Marks, PageFacts, PageType
from crawler.snapshot import Coverage, Page, PageRole, Reach, ReachReason, SiteSnapshot, Target
from rules.dossier import Dossier
from rules.engine import Engine
from rules.registry import RegistryRow, Status
from rules.rule import Cover, NamedRule, Need, RegistryRule, RuleDocument, SiteRule, View
from rules.standard import Clause, Standard
from rules.verdict import Evidence, EvidenceKind, Finding, Judgement, Severity, failed, passed

AT = datetime(2018, 3, 1, 1, 0, tzinfo=UTC)
URL = "http://www.qinghe.gov.cn.test/"
HOST = "www.qinghe.gov.cn.test"
PROOF = Evidence(kind=EvidenceKind.ABSENCE, url=URL, label="某物")
SEEN = Coverage(homepage_seen=True, columns_found=3, columns_seen=3)


def page(role: PageRole = PageRole.HOME, path: str = "", **changes: object) -> Page:
    facts = PageFacts(url=URL + path, encoding="utf-8", page_type=PageType.OTHER, text_length=800)
    whole = Page(role=role, url=URL + path, final_url=URL + path, status=200, facts=facts, fetched_at=AT, sha256="0a1b")
    return msgspec.structs.replace(whole, **changes)


def home(*, marks: Marks | None = None, **changes: object) -> Page:
    """Return a homepage; `changes` are of its facts."""
    facts = PageFacts(url=URL, encoding="utf-8", title="清河县人民政府", page_type=PageType.HOME, text_length=800, marks=marks or Marks())
    return page(facts=msgspec.structs.replace(facts, **changes))


def dossier(
    *pages: Page,
    coverage: Coverage = SEEN,
    reach: Reach = Reach.OK,
    reason: ReachReason | None = None,
    status: Status = Status.RUNNING,
    registered: bool = True,
) -> Dossier:
    """Return a dossier of a registered site that was seen well, with the pages given or a bare homepage."""
    row = RegistryRow(url=URL, host=HOST, site_code="1305340001", status=status) if registered else None
    snapshot = SiteSnapshot(
        target=Target(url=URL),
        host=HOST,
        started_at=AT,
        finished_at=AT,
        reach=reach,
        reach_reason=reason,
        final_url=URL,
        final_host=HOST,
        pages=pages or (home(),),
        coverage=coverage,
    )
    return Dossier(row=row, snapshot=snapshot, as_of=AT)


def site_rule(
    judge: Callable[[View], Judgement],
    *,
    needs: tuple[Need, ...] = (Need.HOME, Need.PAGES),
    covers: tuple[Cover, ...] = (),
    judges_content: bool = True,
) -> SiteRule:
    return SiteRule(version=1, needs=needs, judge=judge, covers=covers, judges_content=judges_content)


def named(**made: SiteRule | RegistryRule) -> dict[str, NamedRule]:
    return {rule_id: NamedRule(rule_id, RuleDocument(rule_id, {"整改建议": "改正"}), rule) for rule_id, rule in made.items()}


def standard(*rule_ids: str, problem: str = "问题", severity: Severity = Severity.VETO, **thresholds: int) -> Standard:
    clause = Clause(severity=severity, problem=problem, clause="某条", source="test", thresholds=thresholds)
    return Standard(id="trial", title="试行", version=1, valid_from=date(2018, 1, 1), rules=dict.fromkeys(rule_ids, clause))


def absent(view: View) -> Judgement:
    return failed("absent", "未见", PROOF, absence=True)


def fine(view: View) -> Judgement:
    return passed("fine", "正常")


def judge(rule: SiteRule, judged: Dossier, problem: str = "问题") -> Finding:
    return Engine(standard("trial", problem=problem), named(trial=rule)).judge(judged)[0]
