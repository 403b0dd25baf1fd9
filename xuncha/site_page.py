"""The HTML report of one site, from an audit as it was made or as it was stored."""

from datetime import datetime

from reports.site_report import SiteAudit, render_site_report
from rules.engine import Engine
from rules.registry import RegistryRow
from storage.records import AuditResult, StoredAudit


def site_report(row: RegistryRow | None, audit: AuditResult | StoredAudit, as_of: datetime, engine: Engine) -> str:
    """Return the report page of a site. `engine` names the standard and the rules as they were judged by."""
    return render_site_report(
        SiteAudit(
            url=audit.url,
            site=row,
            title=audit.title,
            as_of=as_of,
            standard_title=engine.standard.title,
            reach=audit.reach,
            reach_reason=audit.reach_reason,
            verdict=audit.verdict,
            findings=audit.findings,
            rule_titles={rule_id: named.document.title for rule_id, named in engine.rules.items()},
            pages=audit.pages,
            requests=audit.requests,
            seconds=audit.seconds,
        )
    )
