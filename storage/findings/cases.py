"""Cases: what a failed finding opens. One that a person rejected before, on the same ground, opens as rejected."""

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from rules.verdict import Evidence, EvidenceKind, Verdict
from storage.records import ProblemState
from storage.tables import findings, problems


def open_problems(connection: Connection, scan_id: int, failed: Collection[int], observed_at: Mapping[int, datetime]) -> None:
    """Open a case for each failed finding of these sites that has none yet."""
    query = (
        sa.select(findings.c.id, findings.c.site_id, findings.c.rule, findings.c.reason_code, findings.c.evidence)
        .outerjoin(problems, problems.c.finding_id == findings.c.id)
        .where(findings.c.scan_id == scan_id, findings.c.site_id.in_(failed), findings.c.verdict == Verdict.FAIL, problems.c.id.is_(None))
        .order_by(findings.c.id)
    )
    rejected = _rejected_last(connection, failed)
    cases = [
        {"finding_id": row.id, "site_id": row.site_id, "rule": row.rule, "observed_at": observed_at[row.site_id]}
        | _first_state(row, rejected.get((row.site_id, row.rule)))
        for row in connection.execute(query)
    ]
    if cases:
        connection.execute(sa.insert(problems), cases)


def _first_state(finding: Any, precedent: Any | None) -> dict[str, Any]:
    if precedent is None or _ground(finding.reason_code, finding.evidence) != _ground(precedent.reason_code, precedent.evidence):
        return {"state": ProblemState.CANDIDATE, "decided_by": "", "decided_at": None, "note": "", "carried_from": None}
    return {
        "state": ProblemState.REJECTED,
        "decided_by": precedent.decided_by,
        "decided_at": precedent.decided_at,
        "note": precedent.note,
        "carried_from": precedent.carried_from or precedent.id,
    }


def _rejected_last(connection: Connection, site_ids: Collection[int]) -> dict[tuple[int, str], Any]:
    """Return, by site and rule, the case that a person decided last, where the decision was that it is no problem."""
    decided = (
        sa.select(sa.func.max(problems.c.id))
        .where(problems.c.site_id.in_(site_ids), problems.c.state != ProblemState.CANDIDATE)
        .group_by(problems.c.site_id, problems.c.rule)
    )
    query = (
        sa.select(problems, findings.c.reason_code, findings.c.evidence)
        .join(findings, findings.c.id == problems.c.finding_id)
        .where(problems.c.id.in_(decided), problems.c.state == ProblemState.REJECTED)
    )
    return {(row.site_id, row.rule): row for row in connection.execute(query)}


def _ground(reason_code: str, evidence: Iterable[Evidence]) -> tuple[str, frozenset[tuple[str, ...]]]:
    """Return what a decision rested on: the reason and what was shown, whenever it was fetched."""
    shown = frozenset((piece.kind, piece.url, piece.label, piece.excerpt) for piece in evidence if piece.kind is not EvidenceKind.LOOKS)
    return reason_code, shown
