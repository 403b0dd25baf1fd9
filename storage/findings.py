"""Findings as rows: what a rule said of a site in a scan, and the case that a failed one opens."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from rules.verdict import Finding, Severity, Verdict
from storage.cases import open_problems
from storage.records import ProblemState
from storage.tables import findings, judged_rules, problems

_COMMON = ("rule", "rule_version", "standard", "severity", "clause", "remedy")
"""What a finding shares with all others of its rule under one standard."""

_KEPT_EVIDENCE = 1
"""Pieces of evidence kept where nothing failed: fifteen of sixteen findings of a scan are such."""


def add_findings(connection: Connection, scan_id: int, found: Mapping[int, Iterable[Finding]], observed_at: Mapping[int, datetime]) -> None:
    """Insert the findings of audited sites, and open a problem for each failed one. Both mappings are by site id."""
    shared = _judged_rule_ids(connection, [finding for of_site in found.values() for finding in of_site])
    rows = [
        {
            "scan_id": scan_id,
            "site_id": site_id,
            "rule": finding.rule,
            "judged_rule_id": shared[_digest(finding)],
            "verdict": finding.verdict,
            "problem": finding.problem,
            "reason": finding.reason,
            "reason_code": finding.reason_code,
            "evidence": finding.evidence if finding.verdict is Verdict.FAIL or finding.notice else finding.evidence[:_KEPT_EVIDENCE],
            "notice": finding.notice,
        }
        for site_id, of_site in found.items()
        for finding in of_site
    ]
    if rows:
        connection.execute(sa.insert(findings), rows)
        failed = {site_id for site_id, of_site in found.items() if any(finding.verdict is Verdict.FAIL for finding in of_site)}
        open_problems(connection, scan_id, failed, observed_at)


def _judged_rule_ids(connection: Connection, found: Iterable[Finding]) -> dict[str, int]:
    """Return the ids of the shared parts of these findings by digest; store those that are new."""
    wanted = {_digest(finding): finding for finding in found}
    ids = _known_rules(connection)
    new = [
        {"digest": digest, **{name: getattr(finding, name) for name in _COMMON}} for digest, finding in wanted.items() if digest not in ids
    ]
    if new:
        connection.execute(sa.insert(judged_rules), new)
        ids = _known_rules(connection)
    return ids


def _known_rules(connection: Connection) -> dict[str, int]:
    return {row.digest: row.id for row in connection.execute(sa.select(judged_rules.c.digest, judged_rules.c.id))}


def _digest(finding: Finding) -> str:
    return sha256(msgspec.json.encode([getattr(finding, name) for name in _COMMON])).hexdigest()


def findings_query(*columns: Any, evidence: bool) -> sa.Select[Any]:
    """Select findings with what they share, and further columns; without evidence where it is not wanted, for it is the bulk of them."""
    own = ("site_id", "rule", "verdict", "problem", "reason", "reason_code", "notice", *(("evidence",) if evidence else ()))
    shared = ("rule_version", "standard", "severity", "clause", "remedy")
    chosen = (*(findings.c[name] for name in own), *(judged_rules.c[name] for name in shared), *columns)
    return sa.select(*chosen).select_from(findings).join(judged_rules, judged_rules.c.id == findings.c.judged_rule_id)


def finding_of(row: Any) -> Finding:
    """Read a finding from a row of `findings_query`."""
    return Finding(
        rule=row.rule,
        rule_version=row.rule_version,
        standard=row.standard,
        verdict=Verdict(row.verdict),
        severity=Severity(row.severity),
        problem=row.problem,
        reason=row.reason,
        reason_code=row.reason_code,
        clause=row.clause,
        remedy=row.remedy,
        evidence=getattr(row, "evidence", ()),
        notice=row.notice,
    )


def findings_by_site(
    connection: Connection, scan_id: int, site_ids: Collection[int], *, evidence: bool, where: Iterable[Any] = ()
) -> dict[int, tuple[Finding, ...]]:
    """Return the findings of a page of sites in the order in which they were judged."""
    query = findings_query(evidence=evidence).where(findings.c.scan_id == scan_id, findings.c.site_id.in_(site_ids), *where)
    by_site: dict[int, list[Finding]] = defaultdict(list)
    for row in connection.execute(query.order_by(findings.c.id)):
        by_site[row.site_id].append(finding_of(row))
    return {site_id: tuple(found) for site_id, found in by_site.items()}


def remove_findings(
    connection: Connection, scan_id: int, site_ids: Collection[int], rules: Collection[str]
) -> dict[tuple[int, str, str], Any]:
    """Delete findings of these rules with their cases; return the decided cases by site, rule and reason code."""
    chosen = sa.and_(findings.c.scan_id == scan_id, findings.c.site_id.in_(site_ids), findings.c.rule.in_(rules))
    decided = (
        sa.select(findings.c.site_id, findings.c.rule, findings.c.reason_code, problems.c.state, problems.c.decided_by)
        .add_columns(problems.c.decided_at, problems.c.note)
        .join(problems, problems.c.finding_id == findings.c.id)
        .where(chosen, problems.c.state != ProblemState.CANDIDATE)
    )
    kept = {(row.site_id, row.rule, row.reason_code): row for row in connection.execute(decided)}
    connection.execute(sa.delete(problems).where(problems.c.finding_id.in_(sa.select(findings.c.id).where(chosen))))
    connection.execute(sa.delete(findings).where(chosen))
    return kept


def restore_decisions(connection: Connection, scan_id: int, decided: Mapping[tuple[int, str, str], Any]) -> None:
    """Give cases back what people decided, where the site still fails the same rule for the same reason."""
    for (site_id, rule, reason_code), case in decided.items():
        same = sa.select(findings.c.id).where(
            findings.c.scan_id == scan_id,
            findings.c.site_id == site_id,
            findings.c.rule == rule,
            findings.c.reason_code == reason_code,
            findings.c.verdict == Verdict.FAIL,
        )
        decision = {"state": case.state, "decided_by": case.decided_by, "decided_at": case.decided_at, "note": case.note}
        connection.execute(sa.update(problems).where(problems.c.finding_id.in_(same)).values(decision))
