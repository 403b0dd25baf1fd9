"""The report of one site, as HTML or PDF, from an audit as it was made or as it was stored."""

from datetime import datetime
from pathlib import Path

from crawler.snapshot import Screenshot
from reports.site_report import SiteAudit, render_site_report, render_site_report_pdf
from rules.engine import Engine
from rules.registry import RegistryRow
from storage.records import AuditResult, StoredAudit


def site_report(
    row: RegistryRow | None, audit: AuditResult | StoredAudit, as_of: datetime, engine: Engine, screenshots: tuple[Screenshot, ...] = ()
) -> str:
    """Return the report page of a site. `engine` names the standard and the rules as they were judged by."""
    return render_site_report(_site_audit(row, audit, as_of, engine, screenshots))


def write_site_report(path: Path, row: RegistryRow | None, audit: AuditResult, as_of: datetime, engine: Engine) -> tuple[str, ...]:
    """Write the report of a site, as PDF where the file's name ends like one, else as HTML, and return warnings of replaced fonts.

    Raises OutputError, OSError.
    """
    told = _site_audit(row, audit, as_of, engine, audit.screenshots)
    if path.suffix.lower() == ".pdf":
        content, warnings = render_site_report_pdf(told)
        path.write_bytes(content)
        return warnings
    path.write_text(render_site_report(told), encoding="utf-8")
    return ()


def _site_audit(
    row: RegistryRow | None, audit: AuditResult | StoredAudit, as_of: datetime, engine: Engine, screenshots: tuple[Screenshot, ...]
) -> SiteAudit:
    return SiteAudit(
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
        screenshots=screenshots,
    )
