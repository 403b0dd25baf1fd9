"""Two looks before a site is named: a veto failure stands only when another look, at another time, finds the same.

So does, where it only cites the site, whatever may pass by itself: something missing from pages that are just being published or failed to
load in part, a search or guides in the busy hour of a database, dates on pages that a cache or a proxy took for others. Not so a domain,
which does not change in a minute.
"""

from collections.abc import Iterable
from datetime import datetime

import msgspec

from crawler.china_time import CHINA
from rules.evidence import MAX_EXCERPT
from rules.reasons import EngineReason
from rules.verdict import Evidence, EvidenceKind, Finding, Severity, Verdict


def needs_second_look(finding: Finding) -> bool:
    """Tell whether a finding would fail the site by itself, or names what must be found again: the first look at it is not yet its word."""
    named = finding.severity is Severity.VETO or (finding.severity is Severity.CITED and finding.again > 0)
    return finding.verdict is Verdict.FAIL and named


def until_second_look(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Return the findings as they read until the second look: what needs a second look is open."""
    return tuple(_open(finding) if needs_second_look(finding) else finding for finding in findings)


def _open(first: Finding) -> Finding:
    reason = f"首次查看：{first.reason}；须另行查看一次，两次一致方可认定"
    return _undecided(first, EngineReason.SECOND_LOOK_DUE, reason, first.evidence)


def joined(first: Finding, second: Finding | None, *, url: str, first_at: datetime, second_at: datetime) -> Finding:
    """Return the finding of two looks at the homepage `url`: the failure where both failed, else an open question that names both.

    What is counted must be the same in both: columns that are blank by turns, on a server that is overloaded, are none of them blank. Of
    more than evidence is shown of, all that is shown must be the same.
    `second` is the same rule's finding by the second look, None where it gave none. The times carry a zone and are shown in China time.
    """
    both = Evidence(
        kind=EvidenceKind.LOOKS,
        url=url,
        excerpt=f"首次{_shown(first_at)}：{first.reason}；再次{_shown(second_at)}：{second.reason if second else '没有结果'}"[:MAX_EXCERPT],
        fetched_at=second_at,
    )
    evidence = (both, *first.evidence)
    if second is not None and second.verdict is Verdict.FAIL:
        counted = _counted(first)
        same, needed = len(counted & _counted(second)), min(first.again, len(counted))
        if same >= needed:
            return msgspec.structs.replace(first, evidence=(*first.evidence, both))
        reason = f"两次查看都不合格，但两次相同的只有{same}个，不足{needed}个，不能认定"
        return _undecided(first, EngineReason.LOOKS_DISAGREE, reason, evidence)
    if second is None or second.verdict is Verdict.INCONCLUSIVE:
        return _undecided(first, EngineReason.SECOND_LOOK_UNSEEN, "首次查看不合格，再次查看未能核实，不能认定", evidence)
    return _undecided(first, EngineReason.LOOKS_DISAGREE, "首次查看不合格，再次查看未发现该问题，两次不一致，不能认定", evidence)


def _counted(finding: Finding) -> set[tuple[str, str, str]]:
    """Return what a finding shows by address and name: columns, letters, searches, guides, marks that are not there.

    Entries are many at the address of their list, and known by their words.
    """
    return {(piece.url, piece.label, piece.excerpt if piece.kind is EvidenceKind.DATED_ITEM else "") for piece in finding.evidence}


def _undecided(finding: Finding, code: EngineReason, reason: str, evidence: tuple[Evidence, ...]) -> Finding:
    return msgspec.structs.replace(
        finding, verdict=Verdict.INCONCLUSIVE, problem="", remedy="", reason=reason, reason_code=code, evidence=evidence
    )


def _shown(moment: datetime) -> str:
    return moment.astimezone(CHINA).strftime("%Y-%m-%d %H:%M:%S")
