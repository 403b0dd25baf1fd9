"""Quiet findings: those that neither failed nor warned, one packed row a site, with the order in which all findings were judged."""

from collections.abc import Callable, Collection, Iterable, Mapping

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from rules.verdict import Finding, Verdict
from storage.records import QuietFinding
from storage.tables import quiet_findings

_KEPT_EVIDENCE = 1
"""Pieces of evidence kept where nothing failed."""

Entries = tuple[QuietFinding | str, ...]
"""The findings of a site in their order; of one that is loud, the rule alone."""


def is_quiet(finding: Finding) -> bool:
    """Tell whether a finding neither failed nor warned."""
    return finding.verdict is not Verdict.FAIL and not finding.notice


def entries_of(found: Iterable[Finding], judged_rule_id: Callable[[Finding], int]) -> Entries:
    """Return findings as they are kept here; `judged_rule_id` gives the row of what a finding shares with others of its rule."""
    return tuple(
        QuietFinding(
            rule=finding.rule,
            judged_rule_id=judged_rule_id(finding),
            verdict=finding.verdict,
            reason=finding.reason,
            reason_code=finding.reason_code,
            evidence=finding.evidence[:_KEPT_EVIDENCE],
        )
        if is_quiet(finding)
        else finding.rule
        for finding in found
    )


def entries_by_site(connection: Connection, scan_id: int, site_ids: Collection[int]) -> dict[int, Entries]:
    """Return the entries of a page of sites; nothing of a scan whose quiet findings were let go."""
    query = sa.select(quiet_findings.c.site_id, quiet_findings.c.content)
    rows = connection.execute(query.where(quiet_findings.c.scan_id == scan_id, quiet_findings.c.site_id.in_(site_ids)))
    return {row.site_id: row.content for row in rows}


def append_entries(connection: Connection, scan_id: int, added: Mapping[int, Entries]) -> None:
    """Put entries behind those that the sites have."""
    before = entries_by_site(connection, scan_id, list(added))
    new = [{"scan_id": scan_id, "site_id": site_id, "content": entries} for site_id, entries in added.items() if site_id not in before]
    if new:
        connection.execute(sa.insert(quiet_findings), new)
    _replace(connection, scan_id, {site_id: (*entries, *added[site_id]) for site_id, entries in before.items()})


def remove_entries(connection: Connection, scan_id: int, site_ids: Collection[int], rules: Collection[str]) -> None:
    """Take the entries of these rules away."""
    before = entries_by_site(connection, scan_id, site_ids)
    after = {site_id: tuple(each for each in entries if rule_of(each) not in rules) for site_id, entries in before.items()}
    _replace(connection, scan_id, {site_id: entries for site_id, entries in after.items() if len(entries) < len(before[site_id])})


def _replace(connection: Connection, scan_id: int, entries: Mapping[int, Entries]) -> None:
    same = sa.and_(quiet_findings.c.scan_id == scan_id, quiet_findings.c.site_id == sa.bindparam("of_site"))
    if entries:
        rows = [{"of_site": site_id, "now": of_site} for site_id, of_site in entries.items()]
        connection.execute(sa.update(quiet_findings).where(same).values(content=sa.bindparam("now")), rows)


def rule_of(entry: QuietFinding | str) -> str:
    """Return the rule of an entry."""
    return entry if isinstance(entry, str) else entry.rule
