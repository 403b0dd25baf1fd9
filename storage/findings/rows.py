"""Findings as rows: what a rule said of a site in a scan, and the case that a failed one opens."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.engine import Connection

from rules.verdict import Finding, Severity, Verdict
from storage.findings.cases import open_problems
from storage.findings.quiet import Entries, append_entries, entries_by_site, entries_of, is_quiet, remove_entries
from storage.records import ProblemState, QuietFinding
from storage.tables import findings, judged_rules, problems

_COMMON = ("rule", "rule_version", "standard", "severity", "clause", "remedy")
"""What a finding shares with all others of its rule under one standard."""


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
            "evidence": finding.evidence,
            "notice": finding.notice,
        }
        for site_id, of_site in found.items()
        for finding in of_site
        if not is_quiet(finding)
    ]
    if rows:
        connection.execute(sa.insert(findings), rows)
        failed = {site_id for site_id, of_site in found.items() if any(finding.verdict is Verdict.FAIL for finding in of_site)}
        open_problems(connection, scan_id, failed, observed_at)
    entries = {site_id: entries_of(of_site, lambda finding: shared[_digest(finding)]) for site_id, of_site in found.items()}
    append_entries(connection, scan_id, {site_id: of_site for site_id, of_site in entries.items() if of_site})


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


def findings_by_site(connection: Connection, scan_id: int, site_ids: Collection[int], *, evidence: bool) -> dict[int, tuple[Finding, ...]]:
    """Return the findings of a page of sites in the order in which they were judged."""
    query = findings_query(evidence=evidence).where(findings.c.scan_id == scan_id, findings.c.site_id.in_(site_ids))
    loud: dict[int, dict[str, Finding]] = defaultdict(dict)
    for row in connection.execute(query.order_by(findings.c.id)):
        loud[row.site_id][row.rule] = finding_of(row)
    quiet = entries_by_site(connection, scan_id, site_ids)
    shared = {row.id: row for row in connection.execute(sa.select(judged_rules))} if quiet else {}
    found = {}
    for site_id in sorted(loud.keys() | quiet.keys()):
        found[site_id] = tuple(_in_order(quiet.get(site_id, ()), loud[site_id], shared, evidence=evidence))
    return found


def _in_order(entries: Entries, loud: dict[str, Finding], shared: Mapping[int, Any], *, evidence: bool) -> Iterator[Finding]:
    """Yield the findings of a site; the loud ones alone where the quiet ones were let go."""
    for entry in entries or loud:
        yield loud[entry] if isinstance(entry, str) else _quiet_finding(entry, shared[entry.judged_rule_id], evidence=evidence)


def _quiet_finding(kept: QuietFinding, shared: Any, *, evidence: bool) -> Finding:
    return Finding(
        rule=kept.rule,
        rule_version=shared.rule_version,
        standard=shared.standard,
        verdict=kept.verdict,
        severity=Severity(shared.severity),
        problem="",
        reason=kept.reason,
        reason_code=kept.reason_code,
        clause=shared.clause,
        remedy=shared.remedy,
        evidence=kept.evidence if evidence else (),
    )


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
    remove_entries(connection, scan_id, site_ids, rules)
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
