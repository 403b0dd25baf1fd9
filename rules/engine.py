"""The engine: judges a dossier by a standard. It alone handles exemptions, missing facts, coverage and rules that raise."""

from collections.abc import Iterable, Iterator, Mapping

import msgspec

from crawler.snapshot import PageRole, Reach
from rules.dossier import Dossier, SeenSite
from rules.reasons import NOTICE_REASONS, REACH_REASONS, REACH_SENTENCES, EngineReason
from rules.registry import Status
from rules.rule import Cover, NamedRule, Need, RegistryRule, SiteRule, View, discover
from rules.standard import Clause, Standard, StandardError
from rules.verdict import Finding, Judgement, Verdict, not_applicable, undecided

EXEMPT = {
    Status.CLOSED: (EngineReason.SITE_CLOSED, "登记状态为关停，不作判定"),
    Status.MIGRATED: (EngineReason.SITE_MIGRATED, "登记状态为已迁移，不作判定"),
    Status.OFFLINE_TEMPORARILY: (EngineReason.SITE_OFFLINE, "登记状态为临时下线，不作判定"),
}
MAX_EXCERPT = 300
ENOUGH_COLUMNS = 20
"""Columns that must have been read before something may be called absent from a site that has more of them."""


class Engine:
    """Judges by one standard. The same dossier always yields the same findings."""

    def __init__(self, standard: Standard, rules: Mapping[str, NamedRule] | None = None) -> None:
        """Take the rules that the standard names from those discovered, or from `rules`.

        Raises StandardError when the standard names a rule that is not installed.
        """
        known = discover() if rules is None else rules
        missing = [rule_id for rule_id in standard.rules if rule_id not in known]
        if missing:
            raise StandardError(f"standard {standard.id} names rules that are not installed: {', '.join(missing)}")
        self.standard = standard
        self.rules = {rule_id: known[rule_id] for rule_id in standard.rules}

    def with_registry_rules_only(self) -> "Engine":
        """Return an engine for sites that nobody registered: they are compared with the registry, not judged by content."""
        chosen = {rule_id: named for rule_id, named in self.rules.items() if isinstance(named.rule, RegistryRule)}
        clauses = {rule_id: self.standard.rules[rule_id] for rule_id in chosen}
        return Engine(msgspec.structs.replace(self.standard, rules=clauses), chosen)

    def judge(self, dossier: Dossier) -> tuple[Finding, ...]:
        """Return one finding a rule, in the order of the standard. Registry rules answer `inconclusive` until the scan's end."""
        return tuple(self._finding(named, self._judgement(named, dossier)) for named in self.rules.values())

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

    def _judgement(self, named: NamedRule, dossier: Dossier) -> Judgement:
        if dossier.row and dossier.row.status in EXEMPT:
            return not_applicable(*EXEMPT[dossier.row.status])
        if isinstance(named.rule, RegistryRule):
            return undecided(EngineReason.NEEDS_SCAN, "须在扫描结束后与登记库及其他网站比对")
        missing = _missing(named.rule, dossier)
        if missing:
            return missing
        clause = self.standard.rules[named.id]
        try:
            judgement = _judged(named.rule, dossier, clause.thresholds)
            if judgement.verdict is Verdict.PASS and clause.notice_at:
                return _with_notice(judgement, _judged(named.rule, dossier, clause.thresholds | clause.notice_at))
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
        )


def _judged(rule: SiteRule, dossier: Dossier, thresholds: Mapping[str, int]) -> Judgement:
    return _covered(rule.judge(View(dossier, rule.needs, thresholds)), rule.covers, dossier)


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
    gap = _gap(covers, dossier) if judgement.claims_absence else None
    return undecided(EngineReason.COVERAGE_LOW, gap, *judgement.evidence) if gap else judgement


def _gap(covers: tuple[Cover, ...], dossier: Dossier) -> str | None:
    """Say what was not seen of that which must be seen before something may be called absent; None when nothing lacks."""
    coverage = dossier.snapshot.coverage
    if Cover.HOMEPAGE in covers and (gap := _homepage_gap(dossier)):
        return gap
    if Cover.NAVIGATION in covers and not any(page.facts and page.facts.navigation for page in dossier.snapshot.pages):
        return "没有读到导航栏，导航可能是图片或由脚本、框架写入，不能认定缺失"
    if Cover.FOOTER in covers and _footer_unread(dossier):
        return "页脚由脚本或框架写入且未能读到，不能认定缺失"
    if Cover.COLUMNS in covers and coverage.columns_seen < min(coverage.columns_found, ENOUGH_COLUMNS):
        return f"找到{coverage.columns_found}个栏目，只看到{coverage.columns_seen}个，不能认定缺失"
    return None


def _homepage_gap(dossier: Dossier) -> str | None:
    coverage, home = dossier.snapshot.coverage, dossier.snapshot.home
    if home is None or home.facts is None or not coverage.homepage_seen:
        return "首页内容未取得，不能认定缺失"
    if coverage.homepage_limited or home.facts.limited:
        return "首页超过读取上限，只读到一部分，不能认定缺失"
    if coverage.script_dependent or home.facts.script_dependent:
        return "首页内容由脚本生成，未执行脚本，不能认定缺失"
    if not home.is_whole:
        return "首页没有完整读到，不能认定缺失"
    if _only_an_entry(dossier):
        return "从首页没有看到其他页面，首页可能只是入口，不能认定缺失"
    return None


def _only_an_entry(dossier: Dossier) -> bool:
    """Tell whether nothing but the homepage was seen: a picture with a link to the site proper lacks everything."""
    snapshot = dossier.snapshot
    channels = [page.is_whole for page in snapshot.pages if page.role is PageRole.CHANNEL]
    return not any(channels) if channels else snapshot.coverage.columns_found == 0


def _footer_unread(dossier: Dossier) -> bool:
    """Tell whether the homepage's footer is written by scripts or frames, and not all that were asked for were read."""
    home = dossier.snapshot.home
    if home is None or home.facts is None or not home.facts.marks.footer_by_script:
        return False
    footers = [page.is_whole for page in dossier.snapshot.pages if page.role is PageRole.FOOTER]
    return not footers or not all(footers)
