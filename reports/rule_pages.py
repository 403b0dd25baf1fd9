"""The pages of `docs/rules`: each rule from its own docstring, the standards that name it, and the cases that test it."""

from collections.abc import Iterable, Mapping, Sequence

from crawler.facts.records import Record
from rules.rule import NamedRule, SiteRule
from rules.standard import UNVERIFIED, Clause, Standard
from rules.verdict import Severity, Verdict

INDEX = "README.md"
VERDICT_NAMES = {
    Verdict.PASS: "合格",
    Verdict.FAIL: "不合格",
    Verdict.INCONCLUSIVE: "未能判定",
    Verdict.NOT_APPLICABLE: "不适用",
}
SEVERITY_NAMES = {Severity.VETO: "单项否决", Severity.CITED: "点名", Severity.NOTICE: "提示"}
_DECIDING, _CITING = "判定", "依据"
_WRITTEN = "<!-- Written by `xuncha dev rule-docs` from the rule, the standards and the cases: change those, not this page. -->"


class CaseLine(Record, frozen=True, kw_only=True):
    """What a page tells of a case: its name, and the verdict with the reason that must come of it."""

    name: str
    verdict: Verdict
    reason: str
    notice: bool = False


def rule_pages(
    rules: Mapping[str, NamedRule], standards: Mapping[str, Standard], cases: Mapping[str, Sequence[CaseLine]]
) -> dict[str, str]:
    """Return all pages in Markdown by file name, the index among them. Rules without cases get a page that says so."""
    pages = {f"{rule_id}.md": _page(named, standards, cases.get(rule_id, ())) for rule_id, named in rules.items()}
    return {INDEX: _index(rules, standards, cases), **pages}


def _index(rules: Mapping[str, NamedRule], standards: Mapping[str, Standard], cases: Mapping[str, Sequence[CaseLine]]) -> str:
    rows = [
        (
            f"[{rule_id}]({rule_id}.md)",
            named.document.title,
            *(_weight(standard.rules.get(rule_id)) for standard in standards.values()),
            str(len(cases.get(rule_id, ()))),
        )
        for rule_id, named in rules.items()
    ]
    heading = ("检查项", "名称", *standards, "用例")
    return "\n\n".join((_WRITTEN, "# 检查项", _table(heading, rows))) + "\n"


def _page(named: NamedRule, standards: Mapping[str, Standard], cases: Sequence[CaseLine]) -> str:
    parts = [_WRITTEN, f"# {named.document.title}（{named.id}）", _facts(named)]
    for heading, text in named.document.parts.items():
        parts.append(f"## {heading}")
        parts.append(_verdict_table(text) if heading == _DECIDING else text.replace("\n", ""))
        if heading == _CITING:
            parts.extend(_clauses(named.id, standards))
    return "\n\n".join((*parts, "## 用例", _case_table(named.id, cases))) + "\n"


def _facts(named: NamedRule) -> str:
    """Say what the rule sees and what must have been covered before it may call something absent."""
    facts = [f"版本 {named.rule.version}", f"范围 `{named.rule.scope}`"]
    if isinstance(named.rule, SiteRule):
        facts.append("所见 " + "、".join(f"`{need}`" for need in named.rule.needs))
        if named.rule.covers:
            facts.append("认定缺失前须已看到 " + "、".join(f"`{cover}`" for cover in named.rule.covers))
    return "；".join(facts) + "。"


def _verdict_table(text: str) -> str:
    rows: list[tuple[str, str]] = []
    for line in text.splitlines():
        word, _, rest = line.partition(" ")
        if word in tuple(Verdict):
            rows.append((f"{VERDICT_NAMES[Verdict(word)]} `{word}`", rest.strip()))
        elif rows:
            rows[-1] = (rows[-1][0], rows[-1][1] + line)
    return _table(("判定", "情形"), rows)


def _clauses(rule_id: str, standards: Mapping[str, Standard]) -> Iterable[str]:
    naming = [(standard, standard.rules[rule_id]) for standard in standards.values() if rule_id in standard.rules]
    if not naming:
        yield "随程序提供的检查指标都没有采用本项。"
        return
    for standard, clause in naming:
        lines = [f"**{standard.title}**（`{standard.id}`）", f"- {_weight(clause)}：{clause.problem}", f"- {clause.clause}"]
        if clause.thresholds:
            lines.append(f"- 阈值 {_figures(clause.thresholds)}")
        if clause.notice_at:
            lines.append(f"- 提示 {_figures(clause.notice_at)}")
        if not clause.verified:
            lines.append(f"- {UNVERIFIED}，不单独据以否决")
        yield "\n".join((lines[0], "", *lines[1:], f"- 出处 {clause.source}"))


def _weight(clause: Clause | None) -> str:
    return "–" if clause is None else SEVERITY_NAMES[clause.effective_severity]


def _figures(thresholds: Mapping[str, int]) -> str:
    return "、".join(f"`{name} = {value}`" for name, value in thresholds.items())


def _case_table(rule_id: str, cases: Sequence[CaseLine]) -> str:
    if not cases:
        return f"`tests/rules/{rule_id}/` 中没有用例。"
    order = list(Verdict)
    told = sorted(cases, key=lambda case: order.index(case.verdict))
    rows = [(f"{VERDICT_NAMES[case.verdict]}{'，有提示' if case.notice else ''}", f"`{case.reason}`", case.name) for case in told]
    return f"取自 [tests/rules/{rule_id}](../../tests/rules/{rule_id}/cases.toml)。\n\n" + _table(("判定", "原因", "情形"), rows)


def _table(heading: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    return "\n".join(f"| {' | '.join(_cell(cell) for cell in row)} |" for row in (heading, ["---"] * len(heading), *rows))


def _cell(text: str) -> str:
    return text.replace("|", "\\|")
