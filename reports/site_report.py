"""The site report: one page for a site's webmaster, with what is wrong, where, by which clause, and how to mend it."""

import re
from base64 import b64encode
from datetime import UTC, datetime
from itertools import groupby
from typing import Any

from crawler.china_time import CHINA
from crawler.facts.records import Record
from crawler.snapshot import Reach, ReachReason, Screenshot
from reports.chinese import listed
from reports.formats.html import environment, is_web_address
from reports.formats.typesetting import typeset
from reports.inert import plain
from reports.problem_families import family_of
from rules.reasons import REACH_SENTENCES
from rules.registry import RegistryRow
from rules.verdict import Evidence, EvidenceKind, Finding, Severity, Verdict

_VERDICT_TEXTS = {Verdict.PASS: "合格", Verdict.FAIL: "不合格", Verdict.INCONCLUSIVE: "暂不能判定", Verdict.NOT_APPLICABLE: "不适用"}
_SEVERITY_TEXTS = {Severity.VETO: "单项否决", Severity.CITED: "通报事项", Severity.NOTICE: "提示"}
_REACH_TEXTS = {Reach.OK: "可以访问", Reach.DOWN: "本次访问失败", Reach.BLOCKED: "访问受阻", Reach.UNCLEAR: "未取得可判断的内容"}
_EVIDENCE_TEXTS = {
    EvidenceKind.PAGE_QUOTE: "页面原文",
    EvidenceKind.DATED_ITEM: "栏目条目",
    EvidenceKind.COLUMN: "栏目",
    EvidenceKind.LETTER: "留言",
    EvidenceKind.ABSENCE: "未找到",
    EvidenceKind.PROBE: "测试请求",
    EvidenceKind.KNOCKS: "访问记录",
    EvidenceKind.LOOKS: "两次查看",
    EvidenceKind.REGISTRY: "登记信息",
    EvidenceKind.LINK: "链接来源",
}
_OTHER_HEADINGS = {
    Verdict.INCONCLUSIVE: ("未能判定", "不计为问题"),
    Verdict.PASS: ("检查通过", ""),
    Verdict.NOT_APPLICABLE: ("不适用", ""),
}
_NOTICE_HEADING = ("接近规定限值", "请留意，不计为问题")
_SEVERITY_ORDER = tuple(Severity)


class SiteAudit(Record, frozen=True, kw_only=True):
    """One audit of a site, as its report needs it."""

    url: str
    site: RegistryRow | None = None
    """None for an address that no registry at hand knows."""
    title: str = ""
    """The title of the homepage: names the site where the registry does not."""
    as_of: datetime
    standard_title: str
    reach: Reach
    reach_reason: ReachReason | None = None
    verdict: Verdict
    findings: tuple[Finding, ...]
    rule_titles: dict[str, str] = {}
    """Rule ids with their Chinese titles, for rules that the bulletin has no family for."""
    pages: int = 0
    requests: int = 0
    seconds: float = 0.0
    screenshots: tuple[Screenshot, ...] = ()
    """Of pages that findings rest on."""


def render_site_report(audit: SiteAudit) -> str:
    """Return the report as one HTML page in Chinese that needs no outside resource; every text from the site is escaped."""
    return (
        environment()
        .get_template("site_report.html")
        .render(
            **_common(audit),
            audit=audit,
            subject=lambda finding: _subject(audit, finding),
            seen=_by_page,
            screenshots=lambda finding: _screenshots(audit, finding),
            severity_texts=_SEVERITY_TEXTS,
            evidence_texts=_EVIDENCE_TEXTS,
            china_time=_china_time,
        )
    )


def render_site_report_pdf(audit: SiteAudit) -> tuple[bytes, tuple[str, ...]]:
    """Return the same report as PDF, and a warning for each font that had to be replaced; raises `OutputError` where there is no Typst."""
    common = _common(audit)
    return typeset(
        "site_report.typ",
        {
            "name": plain(common["name"]),
            "url": plain(audit.url),
            "verdict": audit.verdict.value,
            "verdict-text": common["verdict_text"],
            "summary": common["summary"],
            "facts": _facts(audit, common["reach_text"]),
            "failed": [_finding_data(audit, finding) for finding in common["failed"]],
            "other": [
                {"heading": heading, "remark": remark, "count": count, "rows": [[plain(text) for text in row] for row in rows]}
                for (heading, remark), count, rows in common["other"]
                if rows
            ],
        },
    )


def _common(audit: SiteAudit) -> dict[str, Any]:
    """Return what the page and the PDF print alike."""
    notices = [(_subject(audit, finding), finding.notice) for finding in audit.findings if finding.notice]
    return {
        "name": (audit.site.name if audit.site else "") or audit.title or audit.url,
        "verdict_text": _VERDICT_TEXTS[audit.verdict],
        "reach_text": _reach_text(audit),
        "summary": _summary(audit),
        "failed": sorted(_with(audit, Verdict.FAIL), key=lambda finding: _SEVERITY_ORDER.index(finding.severity)),
        "other": [
            (_NOTICE_HEADING, len(notices), notices),
            *((heading, len(_with(audit, verdict)), _by_reason(audit, verdict)) for verdict, heading in _OTHER_HEADINGS.items()),
        ],
    }


def _facts(audit: SiteAudit, reach_text: str) -> list[list[str]]:
    site = audit.site
    facts = [
        ("检查时间（北京时间）", _china_time(audit.as_of)),
        ("检查指标", audit.standard_title),
        ("访问情况", reach_text),
        ("读取网页", f"{audit.pages}个（共{audit.requests}次请求，用时{audit.seconds:.1f}秒）"),
        *((("网站标识码", site.site_code or ""), ("主办单位", site.sponsor), ("所属地区", site.region or "")) if site else ()),
    ]
    return [[name, plain(value)] for name, value in facts if value]


def _finding_data(audit: SiteAudit, finding: Finding) -> dict[str, Any]:
    return {
        "problem": plain(finding.problem or _subject(audit, finding)),
        "severity": _SEVERITY_TEXTS[finding.severity],
        "veto": finding.severity is Severity.VETO,
        "reason": plain(finding.reason),
        "remedy": plain(finding.remedy),
        "clause": plain(finding.clause),
        "evidence": [
            {
                "kind": "：".join(filter(None, [_EVIDENCE_TEXTS[piece.kind], plain(piece.label)])),
                "excerpts": [plain(excerpt) for excerpt in excerpts],
                "url": plain(piece.url),
                "link": is_web_address(piece.url),
                "read": f"{_china_time(piece.fetched_at)}（北京时间）读取" if piece.fetched_at else "",
                "sha256": piece.sha256[:16],
            }
            for piece, excerpts in _by_page(finding.evidence)
        ],
    }


def site_report_name(host: str) -> str:
    """Return a file name for the report of a host: letters, digits, dots and hyphens only."""
    return (re.sub(r"[^a-z0-9.-]+", "_", host.lower()).strip("._") or "site") + ".html"


def _with(audit: SiteAudit, verdict: Verdict) -> list[Finding]:
    return [finding for finding in audit.findings if finding.verdict is verdict]


def _subject(audit: SiteAudit, finding: Finding) -> str:
    return family_of(finding.rule).subject or audit.rule_titles.get(finding.rule, finding.rule)


def _by_reason(audit: SiteAudit, verdict: Verdict) -> list[tuple[str, str]]:
    """Return what was looked at with the reason of the verdict, once for all that share it, such as a visit that saw no content."""
    subjects: dict[str, list[str]] = {}
    for finding in _with(audit, verdict):
        subjects.setdefault(finding.reason, []).append(_subject(audit, finding))
    return [(listed(names), reason) for reason, names in subjects.items()]


def _by_page(evidence: tuple[Evidence, ...]) -> list[tuple[Evidence, tuple[str, ...]]]:
    """Return pieces of evidence with their excerpts, neighbours from one reading of one page put together."""

    def place(piece: Evidence) -> tuple[object, ...]:
        return piece.kind, piece.label, piece.url, piece.fetched_at, piece.sha256

    groups = [list(group) for _, group in groupby(evidence, key=place)]
    return [(group[0], tuple(dict.fromkeys(piece.excerpt for piece in group if piece.excerpt))) for group in groups]


def _screenshots(audit: SiteAudit, finding: Finding) -> list[tuple[Screenshot, str]]:
    """Return the screenshots of the pages that a finding rests on, each with its content in base 64."""
    named = {piece.url for piece in finding.evidence} if finding.severity is Severity.VETO else set()
    return [(screenshot, b64encode(screenshot.image).decode()) for screenshot in audit.screenshots if screenshot.url in named]


def _reach_text(audit: SiteAudit) -> str:
    reason = REACH_SENTENCES[audit.reach_reason] if audit.reach_reason else ""
    return "：".join(filter(None, (_REACH_TEXTS[audit.reach], reason)))


def _summary(audit: SiteAudit) -> str:
    """Return in one sentence what was found, the gravest first."""
    failed = _with(audit, Verdict.FAIL)
    counts = [(f"{text}{number}项", number) for severity, text in _SEVERITY_TEXTS.items() if (number := _count(failed, severity))]
    undecided = len(_with(audit, Verdict.INCONCLUSIVE))
    if failed:
        found = f"发现问题{len(failed)}项（{'，'.join(text for text, _ in counts)}）"
    else:
        found = "没有查实的问题" if undecided else "未发现问题"
    return f"{found}；有{undecided}项未能判定，不计为问题。" if undecided else f"{found}。"


def _count(findings: list[Finding], severity: Severity) -> int:
    return sum(finding.severity is severity for finding in findings)


def _china_time(instant: datetime) -> str:
    """Return an instant as Beijing time; one without a zone is taken for UTC."""
    known = instant if instant.tzinfo else instant.replace(tzinfo=UTC)
    local = known.astimezone(CHINA)
    return f"{local.year}年{local.month}月{local.day}日 {local:%H:%M}"
