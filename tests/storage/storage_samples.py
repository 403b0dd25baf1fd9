"""Invented sites, findings and audits to fill a database with."""

from datetime import UTC, datetime

from crawler.snapshot import Reach
from rules.dossier import SeenSite
from rules.registry import RegistryRow
from rules.verdict import Evidence, EvidenceKind, Finding, Severity, Verdict, site_verdict
from storage.database import Database
from storage.records import AuditResult, Site
from storage.registry.sites import insert_registered, list_sites

AS_OF = datetime(2018, 2, 28, 16, tzinfo=UTC)
"""The first of March 2018 in China."""


def registered_sites(database: Database, count: int) -> list[Site]:
    """Put sites with invented names into the registry and return them."""
    rows = [
        RegistryRow(
            url=f"http://www.s{number}.gov.cn/",
            host=f"www.s{number}.gov.cn",
            site_code=f"13{number:08d}",
            name=f"青禾县第{number}局",
            region="河北",
        )
        for number in range(1, count + 1)
    ]
    with database.writing() as connection:
        insert_registered(connection, rows, AS_OF)
    return list(list_sites(database))


def finding(rule: str, verdict: Verdict = Verdict.PASS, severity: Severity = Severity.VETO, **changes: object) -> Finding:
    """A finding with three pieces of evidence."""
    values: dict[str, object] = {
        "rule": rule,
        "rule_version": 1,
        "standard": "2018q1-spot-check",
        "verdict": verdict,
        "severity": severity,
        "problem": "多个栏目为空白" if verdict is Verdict.FAIL else "",
        "reason": "31个栏目中有5个没有内容",
        "reason_code": "columns_hold_nothing",
        "clause": "第一条",
        "remedy": "补齐内容",
        "evidence": tuple(
            Evidence(kind=EvidenceKind.PAGE_QUOTE, url=f"http://www.s1.gov.cn/{part}", excerpt="暂无内容", fetched_at=AS_OF)
            for part in "abc"
        ),
    }
    return Finding(**{**values, **changes})  # type: ignore[arg-type]


def audit_of(site: Site, *findings: Finding, observed_at: datetime = AS_OF, **changes: object) -> AuditResult:
    """What the pipeline hands over for one site whose content was seen."""
    values: dict[str, object] = {
        "site_id": site.site_id,
        "url": site.row.url,
        "host": site.row.host,
        "reach": Reach.OK,
        "verdict": site_verdict(findings),
        "title": "青禾县人民政府",
        "final_url": site.row.url,
        "final_host": site.row.host,
        "pages": 12,
        "requests": 14,
        "seconds": 3.5,
        "started_at": observed_at,
        "finished_at": observed_at,
        "observed_at": observed_at,
        "findings": findings,
        "seen": SeenSite(
            site_id=site.site_id,
            row=site.row,
            url=site.row.url,
            host=site.row.host,
            final_host=site.row.host,
            reach=Reach.OK,
            printed_codes=("1300000001",),
        ),
    }
    return AuditResult(**{**values, **changes})  # type: ignore[arg-type]
