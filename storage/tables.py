"""The tables; those of the evidence are in `storage.evidence.tables`.

Every change needs a migration in `storage/migrations/versions` and a new `SCHEMA_REVISION`.
"""

from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from rules.dossier import GovernmentLink, SeenSite
from rules.verdict import Evidence, Finding
from storage.columns import Json, Packed, SiteText, UtcTime
from storage.records import QuietFinding

SCHEMA_REVISION = "0010"
"""The newest migration: a database at this revision is opened without loading alembic, which takes a second or more."""

metadata = sa.MetaData(
    naming_convention={"pk": "pk_%(table_name)s"} | {kind: f"{kind}_%(table_name)s_%(column_0_N_name)s" for kind in ("uq", "ix", "fk")}
)

sites = sa.Table(
    "sites",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("registered", sa.Boolean, nullable=False),
    sa.Column("site_code", SiteText, unique=True),
    sa.Column("url", SiteText, nullable=False),
    sa.Column("host", SiteText, nullable=False, index=True),
    sa.Column("name", SiteText, nullable=False),
    sa.Column("sponsor", SiteText, nullable=False),
    sa.Column("region", SiteText),
    sa.Column("level", sa.Text),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("extra", Json(dict[str, str]), nullable=False),
    sa.Column("linked_from", Json(tuple[str, ...]), nullable=False),
    sa.Column("imported_at", UtcTime, nullable=False),
    # A discovered site keeps its own row, and its past, when the registry later names the same address.
    sa.UniqueConstraint("url", "registered"),
)

scans = sa.Table(
    "scans",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("as_of", UtcTime, nullable=False),
    sa.Column("standard", sa.Text, nullable=False),
    sa.Column("status", sa.Text, nullable=False),
    sa.Column("started_at", UtcTime, nullable=False),
    sa.Column("finished_at", UtcTime),
    sa.Column("sample_size", sa.BigInteger),
    sa.Column("sample_seed", sa.BigInteger),
    sa.Column("settings", Json(dict[str, Any]), nullable=False),
)

scan_sites = sa.Table(
    "scan_sites",
    metadata,
    sa.Column("scan_id", sa.ForeignKey("scans.id"), primary_key=True),
    sa.Column("ordinal", sa.Integer, primary_key=True),
    sa.Column("site_id", sa.ForeignKey("sites.id"), nullable=False),
    sa.Column("done", sa.Boolean, nullable=False),
    sa.UniqueConstraint("scan_id", "site_id"),
    sqlite_with_rowid=False,
)

audits = sa.Table(
    "audits",
    metadata,
    sa.Column("scan_id", sa.ForeignKey("scans.id"), primary_key=True),
    sa.Column("site_id", sa.ForeignKey("sites.id"), primary_key=True),
    sa.Column("url", SiteText, nullable=False),
    sa.Column("host", SiteText, nullable=False),
    sa.Column("reach", sa.Text, nullable=False),
    sa.Column("reach_reason", sa.Text),
    sa.Column("reach_detail", SiteText, nullable=False),
    sa.Column("verdict", sa.Text, nullable=False),
    sa.Column("title", SiteText, nullable=False),
    sa.Column("final_url", SiteText, nullable=False),
    sa.Column("final_host", SiteText, nullable=False),
    sa.Column("pages", sa.Integer, nullable=False),
    sa.Column("requests", sa.Integer, nullable=False),
    sa.Column("seconds", sa.Float, nullable=False),
    sa.Column("started_at", UtcTime, nullable=False),
    sa.Column("finished_at", UtcTime, nullable=False),
    sa.Column("observed_at", UtcTime, nullable=False),
    sa.Column("seen", Packed(SeenSite), nullable=False),
    sa.Index("ix_audits_site_id_reach_observed_at", "site_id", "reach", "observed_at"),
)

found_links = sa.Table(
    "found_links",
    metadata,
    # Of a running scan: the rows go once they have led to the discovered sites.
    sa.Column("scan_id", sa.ForeignKey("scans.id"), primary_key=True),
    sa.Column("site_id", sa.ForeignKey("sites.id"), primary_key=True),
    sa.Column("links", Packed(tuple[GovernmentLink, ...]), nullable=False),
)

judged_rules = sa.Table(
    "judged_rules",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    # Of the whole row: clause and remedy are the same for thousands of findings.
    sa.Column("digest", sa.Text, nullable=False, unique=True),
    sa.Column("rule", sa.Text, nullable=False),
    sa.Column("rule_version", sa.Integer, nullable=False),
    sa.Column("standard", sa.Text, nullable=False),
    sa.Column("severity", sa.Text, nullable=False),
    sa.Column("clause", SiteText, nullable=False),
    sa.Column("remedy", SiteText, nullable=False),
)

findings = sa.Table(
    "findings",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("scan_id", sa.Integer, nullable=False),
    sa.Column("site_id", sa.Integer, nullable=False),
    sa.Column("rule", sa.Text, nullable=False),
    sa.Column("judged_rule_id", sa.ForeignKey("judged_rules.id"), nullable=False),
    sa.Column("verdict", sa.Text, nullable=False),
    sa.Column("problem", SiteText, nullable=False),
    sa.Column("reason", SiteText, nullable=False),
    sa.Column("reason_code", sa.Text, nullable=False),
    sa.Column("evidence", Packed(tuple[Evidence, ...]), nullable=False),
    # Early warning of a finding that passes.
    sa.Column("notice", SiteText, nullable=False, server_default=""),
    sa.ForeignKeyConstraint(["scan_id", "site_id"], ["audits.scan_id", "audits.site_id"]),
    sa.UniqueConstraint("scan_id", "site_id", "rule"),
)

quiet_findings = sa.Table(
    "quiet_findings",
    metadata,
    # All that neither failed nor warned.
    sa.Column("scan_id", sa.Integer, primary_key=True),
    sa.Column("site_id", sa.Integer, primary_key=True),
    sa.Column("content", Packed(tuple[QuietFinding | str, ...]), nullable=False),
    sa.ForeignKeyConstraint(["scan_id", "site_id"], ["audits.scan_id", "audits.site_id"]),
)

first_looks = sa.Table(
    "first_looks",
    metadata,
    sa.Column("scan_id", sa.Integer, primary_key=True),
    sa.Column("site_id", sa.Integer, primary_key=True),
    sa.Column("looked_at", UtcTime, nullable=False),
    # The failures as they were found. The row goes when the second look has decided them.
    sa.Column("findings", Json(tuple[Finding, ...]), nullable=False),
    sa.ForeignKeyConstraint(["scan_id", "site_id"], ["audits.scan_id", "audits.site_id"]),
    sqlite_with_rowid=False,
)

problems = sa.Table(
    "problems",
    metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("finding_id", sa.ForeignKey("findings.id"), nullable=False, unique=True),
    sa.Column("site_id", sa.ForeignKey("sites.id"), nullable=False),
    sa.Column("rule", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("observed_at", UtcTime, nullable=False),
    sa.Column("decided_by", SiteText, nullable=False),
    sa.Column("decided_at", UtcTime),
    sa.Column("note", SiteText, nullable=False),
    # The earlier case whose rejection this one carries on.
    sa.Column("carried_from", sa.Integer),
    sa.Index("ix_problems_site_id_rule_observed_at", "site_id", "rule", "observed_at"),
)

knocks = sa.Table(
    "knocks",
    metadata,
    sa.Column("site_id", sa.ForeignKey("sites.id"), primary_key=True),
    sa.Column("day", sa.Date, primary_key=True),
    sa.Column("opened", sa.Integer, nullable=False),
    sa.Column("failed", sa.Integer, nullable=False),
    sa.Column("unsure", sa.Integer, nullable=False),
    sqlite_with_rowid=False,
)

observed_items = sa.Table(
    "observed_items",
    metadata,
    sa.Column("site_id", sa.ForeignKey("sites.id"), primary_key=True),
    # A digest: addresses may be longer than an index of PostgreSQL takes.
    sa.Column("key", sa.LargeBinary(16), primary_key=True),
    sa.Column("url", SiteText, nullable=False),
    sa.Column("title", SiteText, nullable=False),
    sa.Column("column_url", SiteText, nullable=False),
    sa.Column("first_seen", UtcTime, nullable=False),
    sa.Column("dates", Json(tuple[tuple[date, datetime], ...]), nullable=False),
    sqlite_with_rowid=False,
)

observed_columns = sa.Table(
    "observed_columns",
    metadata,
    sa.Column("site_id", sa.ForeignKey("sites.id"), primary_key=True),
    sa.Column("key", sa.LargeBinary(16), primary_key=True),
    sa.Column("url", SiteText, nullable=False),
    sa.Column("first_read", UtcTime, nullable=False),
    sa.Column("last_read", UtcTime, nullable=False),
    sa.Column("oldest", sa.Date),
    sqlite_with_rowid=False,
)

figure_files = sa.Table(
    "figure_files",
    metadata,
    sa.Column("quarter", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("content", SiteText, nullable=False),
    sa.Column("imported_at", UtcTime, nullable=False),
)

samples = sa.Table(
    "samples",
    metadata,
    sa.Column("quarter", sa.Text, primary_key=True),
    sa.Column("purpose", sa.Text, primary_key=True),
    sa.Column("size", sa.Integer, nullable=False),
    sa.Column("least", sa.Integer, nullable=False),
    sa.Column("seed", SiteText, nullable=False),
    sa.Column("registry_hash", sa.Text, nullable=False),
    sa.Column("frame_size", sa.Integer, nullable=False),
    sa.Column("drawn_at", UtcTime, nullable=False),
)

sample_sites = sa.Table(
    "sample_sites",
    metadata,
    sa.Column("quarter", sa.Text, primary_key=True),
    sa.Column("purpose", sa.Text, primary_key=True),
    sa.Column("ordinal", sa.Integer, primary_key=True),
    sa.Column("site_id", sa.ForeignKey("sites.id"), nullable=False),
    sa.Column("unit", SiteText, nullable=False),
    sa.ForeignKeyConstraint(["quarter", "purpose"], ["samples.quarter", "samples.purpose"]),
    sa.UniqueConstraint("quarter", "purpose", "site_id"),
    sqlite_with_rowid=False,
)

kept_quarters = sa.Table(
    "kept_quarters",
    metadata,
    sa.Column("scope", SiteText, primary_key=True),
    sa.Column("quarter", sa.Text, primary_key=True),
    sa.Column("summary", SiteText, nullable=False),
    sa.Column("kept_at", UtcTime, nullable=False),
)

daemon_runs = sa.Table(
    "daemon_runs",
    metadata,
    sa.Column("job", sa.Text, primary_key=True),
    sa.Column("due", UtcTime, primary_key=True),
    sa.Column("started_at", UtcTime, nullable=False),
    # Unknown of a run that is under way, or was killed.
    sa.Column("finished_at", UtcTime),
    sa.Column("outcome", sa.Text),
    sa.Column("detail", SiteText, nullable=False),
)
