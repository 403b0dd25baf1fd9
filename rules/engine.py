"""The engine: judges a dossier by a standard. It alone handles exemptions, missing facts, coverage and rules that raise."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache, partial

import msgspec

from crawler.china_time import china_day
from crawler.snapshot import Reach, ReachReason
from rules.columns import site_columns
from rules.coverage import gap_in
from rules.dossier import Dossier, SeenSite
from rules.exemptions import ExemptionKind, exemptions_of
from rules.reasons import BROWSER_WANTED, NOTICE_REASONS, REACH_REASONS, REACH_SENTENCES, EngineReason
from rules.registry import Status
from rules.rule import Columns, Cover, NamedRule, Need, RegistryRule, SiteRule, View, discover
from rules.standard import Clause, Standard, StandardError
from rules.verdict import Finding, Judgement, Verdict, not_applicable, undecided

EXEMPT = {
    ExemptionKind.CLOSED: (EngineReason.SITE_CLOSED, "登记状态为关停，不作判定"),
    ExemptionKind.MIGRATED: (EngineReason.SITE_MIGRATED, "登记状态为已迁移，不作判定"),
    ExemptionKind.OFFLINE: (EngineReason.SITE_OFFLINE, "登记状态为临时下线，不作判定"),
    ExemptionKind.NO_PUBLIC_SERVICES: (EngineReason.NO_PUBLIC_SERVICES, "登记为没有对外服务职能，不检查办事服务"),
}
MAX_EXCERPT = 300


class Engine:
    """Judges by one standard. The same dossier always yields the same findings."""

    def __init__(self, standard: Standard, rules: Mapping[str, NamedRule] | None = None) -> None:
        """Take the rules that the standard names from those discovered, or from `rules`.

        Raises StandardError when the standard names a rule that is not installed.
        """
        known = discover() if rules is None else rules
        missing = [rule_id for rule_id in standard.rules if rule_id not in known]
        if missing:
            raise StandardError("rules_not_installed", standard=standard.id, missing=", ".join(missing))
        self.standard = standard
        self.rules = {rule_id: known[rule_id] for rule_id in standard.rules}

    def with_registry_rules_only(self) -> "Engine":
        """Return an engine for sites that nobody registered: they are compared with the registry, not judged by content."""
        chosen = {rule_id: named for rule_id, named in self.rules.items() if isinstance(named.rule, RegistryRule)}
        clauses = {rule_id: self.standard.rules[rule_id] for rule_id in chosen}
        return Engine(msgspec.structs.replace(self.standard, rules=clauses), chosen)

    def judge(self, dossier: Dossier) -> tuple[Finding, ...]:
        """Return one finding a rule, in the order of the standard. Registry rules answer `inconclusive` until the scan's end."""
        columns = cache(partial(site_columns, dossier))
        return tuple(self._finding(named, self._judgement(named, dossier, columns)) for named in self.rules.values())

    def calls_absent(self, dossier: Dossier) -> bool:
        """Tell whether a rule would say that something is absent from the homepage: a browser may still show it there."""
        about_home = (named for named in self.rules.values() if isinstance(named.rule, SiteRule) and Cover.HOMEPAGE in named.rule.covers)
        columns = cache(partial(site_columns, dossier))
        judgements = (self._judgement(named, dossier, columns) for named in about_home)
        return any(judgement.verdict is Verdict.FAIL and judgement.claims_absence for judgement in judgements)

    def judge_registry(self, sites: Iterable[SeenSite]) -> Iterator[tuple[int, Finding]]:
        """Yield the findings of the registry rules over all sites of a scan, as (site id, finding)."""
        seen = tuple(sites)
        for named in self.rules.values():
            if isinstance(named.rule, RegistryRule):
                thresholds = self.standard.rules[named.id].thresholds
                try:
                    judgements = dict(named.rule.judge(seen, thresholds))
                except Exception as error:  # one rule must never stop a scan
                    judgements = {site.site_id: _rule_error(error) for site in seen}
                for site_id, judgement in judgements.items():
                    yield site_id, self._finding(named, judgement)

    def _judgement(self, named: NamedRule, dossier: Dossier, columns: Columns) -> Judgement:
        if exempted := _exempted(named.rule, dossier):
            return exempted
        if isinstance(named.rule, RegistryRule):
            return undecided(EngineReason.NEEDS_SCAN, "须在扫描结束后与登记库及其他网站比对")
        missing = _missing(named.rule, dossier)
        if missing:
            return missing
        clause = self.standard.rules[named.id]
        try:
            judgement = _judged(named.rule, dossier, columns, clause.thresholds)
            if judgement.verdict is Verdict.PASS and clause.notice_at:
                return _with_notice(judgement, _judged(named.rule, dossier, columns, clause.thresholds | clause.notice_at))
            return judgement
        except Exception as error:  # one rule must never stop a site
            return _rule_error(error)

    def _finding(self, named: NamedRule, judgement: Judgement) -> Finding:
        clause = self.standard.rules[named.id]
        try:
            problem = _problem(clause, judgement)
        except (LookupError, ValueError, AttributeError) as error:  # the wording has a place that the rule does not fill
            judgement, problem = _rule_error(error), ""
        return Finding(
            rule=named.id,
            rule_version=named.rule.version,
            standard=self.standard.id,
            verdict=judgement.verdict,
            severity=clause.effective_severity,
            problem=problem,
            reason=judgement.reason,
            reason_code=judgement.reason_code,
            clause=clause.citation,
            remedy=named.document.remedy if judgement.verdict is Verdict.FAIL else "",
            evidence=judgement.evidence,
            notice=judgement.notice,
            again=judgement.again,
        )


def _exempted(rule: SiteRule | RegistryRule, dossier: Dossier) -> Judgement | None:
    """Answer for the rule where the registry exempts the site on the day of judgement."""
    if dossier.row is None:
        return None
    today = china_day(dossier.as_of)
    about_services = isinstance(rule, SiteRule) and rule.judges_services
    for exemption in exemptions_of(dossier.row):
        if exemption.covers(today) and (about_services or exemption.kind is not ExemptionKind.NO_PUBLIC_SERVICES):
            return not_applicable(*EXEMPT[exemption.kind])
    if dossier.row.status is Status.OFFLINE_TEMPORARILY and dossier.snapshot.reach is not Reach.OK:
        return undecided(EngineReason.OFFLINE_OVERDUE, "登记的临时下线期限已过而未见恢复，登记状态也未变更，须人工核对")
    return None


def _judged(rule: SiteRule, dossier: Dossier, columns: Columns, thresholds: Mapping[str, int]) -> Judgement:
    return _covered(rule.judge(View(dossier, columns, rule.needs, thresholds)), rule.covers, dossier)


def _with_notice(judgement: Judgement, warned: Judgement) -> Judgement:
    """Attach what the early-warning thresholds found to a judgement that passes, with the evidence that shows it."""
    if warned.verdict is not Verdict.FAIL:
        return judgement
    return msgspec.structs.replace(judgement, notice=warned.reason, evidence=warned.evidence)


def _problem(clause: Clause, judgement: Judgement) -> str:
    return clause.problem.format_map(dict(judgement.wording)) if judgement.verdict is Verdict.FAIL else ""


def _rule_error(error: Exception) -> Judgement:
    return undecided(EngineReason.RULE_ERROR, f"规则执行出错（{type(error).__name__}: {error}），本项未判定"[:MAX_EXCERPT])


def _missing(rule: SiteRule, dossier: Dossier) -> Judgement | None:
    """Answer for the rule when what it needs is not there."""
    snapshot = dossier.snapshot
    if rule.judges_content and snapshot.reach is not Reach.OK:
        if snapshot.reach_reason is ReachReason.SCRIPT_ONLY and snapshot.home and snapshot.home.lacks_browser:
            return undecided(EngineReason.NEEDS_BROWSER, f"首页内容由脚本生成，{BROWSER_WANTED}")
        why = REACH_SENTENCES[snapshot.reach_reason] if snapshot.reach_reason else "原因不明"
        code = NOTICE_REASONS.get(snapshot.reach_reason) if snapshot.reach_reason else None
        return undecided(code or REACH_REASONS[snapshot.reach], f"本次访问未见到网站内容：{why}")
    if Need.HOME in rule.needs and (snapshot.home is None or snapshot.home.facts is None):
        return undecided(EngineReason.NOT_SEEN, "首页内容未取得")
    if Need.ROW in rule.needs and dossier.row is None:
        return undecided(EngineReason.NOT_REGISTERED, "登记库中没有该网站的信息，无法比对")
    return None


def _covered(judgement: Judgement, covers: tuple[Cover, ...], dossier: Dossier) -> Judgement:
    """Let a claim of absence stand only where enough was seen."""
    gap = gap_in(covers, dossier.snapshot) if judgement.claims_absence else None
    return undecided(gap.code, gap.reason, *judgement.evidence) if gap else judgement
