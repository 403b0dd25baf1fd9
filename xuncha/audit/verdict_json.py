"""The JSON object of one audited site: what `audit --json` and `export verdicts` print."""

from datetime import datetime
from typing import Any

import msgspec

from crawler.china_time import CHINA
from rules.registry import RegistryRow
from rules.verdict import Finding
from storage.records import AuditResult, StoredAudit


def verdict_object(
    row: RegistryRow | None, audit: AuditResult | StoredAudit, as_of: datetime, standard: str, *, evidence: bool
) -> dict[str, Any]:
    """Return the contract's object for one site, with or without evidence. `as_of` is printed in China time."""
    return {
        "site": {
            "url": row.url if row else audit.url,
            "host": row.host if row else audit.host,
            "site_code": row.site_code if row else None,
            "name": row.name if row else "",
            "region": row.region if row else None,
            "level": row.level if row else None,
        },
        "as_of": as_of.astimezone(CHINA).isoformat(),
        "standard": standard,
        "host": audit.host,
        "url": audit.url,
        "reach": audit.reach,
        "reach_reason": audit.reach_reason,
        "reach_detail": audit.reach_detail,
        "verdict": audit.verdict,
        "title": audit.title,
        "final_host": audit.final_host,
        "pages": audit.pages,
        "requests": audit.requests,
        "seconds": round(audit.seconds, 1),
        "rules": {finding.rule: finding.verdict for finding in audit.findings},
        "findings": [_finding(finding, evidence) for finding in audit.findings],
    }


def _finding(finding: Finding, evidence: bool) -> dict[str, Any]:
    shown: dict[str, Any] = {
        "rule": finding.rule,
        "verdict": finding.verdict,
        "severity": finding.severity,
        "problem": finding.problem,
        "reason": finding.reason,
        "reason_code": finding.reason_code,
        "clause": finding.clause,
        "remedy": finding.remedy,
        "notice": finding.notice,
    }
    return shown | ({"evidence": [_piece(piece) for piece in finding.evidence]} if evidence else {})


def _piece(piece: msgspec.Struct) -> dict[str, Any]:
    return {name: getattr(piece, name) for name in piece.__struct_fields__}


def encode_line(value: dict[str, Any]) -> str:
    """Return a JSON line."""
    return msgspec.json.encode(value).decode()
