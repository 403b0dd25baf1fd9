"""The first schema: registry, scans, audits, findings, problems, observations, figures."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create all tables."""
    _create_registry()
    _create_scans()
    _create_findings()
    _create_observations()
    op.create_table(
        "figure_files",
        sa.Column("quarter", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("imported_at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("quarter", "name", name="pk_figure_files"),
    )


def _create_registry() -> None:
    op.create_table(
        "sites",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("registered", sa.Boolean, nullable=False),
        sa.Column("site_code", sa.Text),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("host", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("sponsor", sa.Text, nullable=False),
        sa.Column("region", sa.Text),
        sa.Column("level", sa.Text),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("extra", sa.Text, nullable=False),
        sa.Column("linked_from", sa.Text, nullable=False),
        sa.Column("imported_at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_sites"),
        sa.UniqueConstraint("site_code", name="uq_sites_site_code"),
        sa.UniqueConstraint("url", "registered", name="uq_sites_url_registered"),
    )
    op.create_index("ix_sites_host", "sites", ["host"])


def _create_scans() -> None:
    op.create_table(
        "scans",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("as_of", _INSTANT, nullable=False),
        sa.Column("standard", sa.Text, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("started_at", _INSTANT, nullable=False),
        sa.Column("finished_at", _INSTANT),
        sa.Column("sample_size", sa.BigInteger),
        sa.Column("sample_seed", sa.BigInteger),
        sa.Column("settings", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_scans"),
    )
    op.create_table(
        "scan_sites",
        sa.Column("scan_id", sa.Integer, nullable=False),
        sa.Column("ordinal", sa.Integer, nullable=False),
        sa.Column("site_id", sa.Integer, nullable=False),
        sa.Column("done", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("scan_id", "ordinal", name="pk_scan_sites"),
        sa.UniqueConstraint("scan_id", "site_id", name="uq_scan_sites_scan_id_site_id"),
        sa.ForeignKeyConstraint(["scan_id"], ["scans.id"], name="fk_scan_sites_scan_id"),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name="fk_scan_sites_site_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "audits",
        sa.Column("scan_id", sa.Integer, nullable=False),
        sa.Column("site_id", sa.Integer, nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("host", sa.Text, nullable=False),
        sa.Column("reach", sa.Text, nullable=False),
        sa.Column("reach_reason", sa.Text),
        sa.Column("reach_detail", sa.Text, nullable=False),
        sa.Column("verdict", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("final_url", sa.Text, nullable=False),
        sa.Column("final_host", sa.Text, nullable=False),
        sa.Column("pages", sa.Integer, nullable=False),
        sa.Column("requests", sa.Integer, nullable=False),
        sa.Column("seconds", sa.Float, nullable=False),
        sa.Column("started_at", _INSTANT, nullable=False),
        sa.Column("finished_at", _INSTANT, nullable=False),
        sa.Column("observed_at", _INSTANT, nullable=False),
        sa.Column("seen", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("scan_id", "site_id", name="pk_audits"),
        sa.ForeignKeyConstraint(["scan_id"], ["scans.id"], name="fk_audits_scan_id"),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name="fk_audits_site_id"),
    )
    op.create_index("ix_audits_site_id_observed_at", "audits", ["site_id", "observed_at"])


def _create_findings() -> None:
    op.create_table(
        "judged_rules",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("rule", sa.Text, nullable=False),
        sa.Column("rule_version", sa.Integer, nullable=False),
        sa.Column("standard", sa.Text, nullable=False),
        sa.Column("severity", sa.Text, nullable=False),
        sa.Column("clause", sa.Text, nullable=False),
        sa.Column("remedy", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_judged_rules"),
        sa.UniqueConstraint("digest", name="uq_judged_rules_digest"),
    )
    op.create_table(
        "findings",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("scan_id", sa.Integer, nullable=False),
        sa.Column("site_id", sa.Integer, nullable=False),
        sa.Column("rule", sa.Text, nullable=False),
        sa.Column("judged_rule_id", sa.Integer, nullable=False),
        sa.Column("verdict", sa.Text, nullable=False),
        sa.Column("problem", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("reason_code", sa.Text, nullable=False),
        sa.Column("evidence", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_findings"),
        sa.UniqueConstraint("scan_id", "site_id", "rule", name="uq_findings_scan_id_site_id_rule"),
        sa.ForeignKeyConstraint(["scan_id", "site_id"], ["audits.scan_id", "audits.site_id"], name="fk_findings_scan_id_site_id"),
        sa.ForeignKeyConstraint(["judged_rule_id"], ["judged_rules.id"], name="fk_findings_judged_rule_id"),
    )
    op.create_table(
        "problems",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("finding_id", sa.Integer, nullable=False),
        sa.Column("site_id", sa.Integer, nullable=False),
        sa.Column("rule", sa.Text, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("observed_at", _INSTANT, nullable=False),
        sa.Column("decided_by", sa.Text, nullable=False),
        sa.Column("decided_at", _INSTANT),
        sa.Column("note", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_problems"),
        sa.UniqueConstraint("finding_id", name="uq_problems_finding_id"),
        sa.ForeignKeyConstraint(["finding_id"], ["findings.id"], name="fk_problems_finding_id"),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name="fk_problems_site_id"),
    )
    op.create_index("ix_problems_site_id_rule_observed_at", "problems", ["site_id", "rule", "observed_at"])


def _create_observations() -> None:
    op.create_table(
        "knocks",
        sa.Column("site_id", sa.Integer, nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("opened", sa.Integer, nullable=False),
        sa.Column("failed", sa.Integer, nullable=False),
        sa.Column("unsure", sa.Integer, nullable=False),
        sa.PrimaryKeyConstraint("site_id", "day", name="pk_knocks"),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name="fk_knocks_site_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "observed_items",
        sa.Column("site_id", sa.Integer, nullable=False),
        sa.Column("key", sa.LargeBinary(16), nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("column_url", sa.Text, nullable=False),
        sa.Column("first_seen", _INSTANT, nullable=False),
        sa.Column("dates", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("site_id", "key", name="pk_observed_items"),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name="fk_observed_items_site_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "observed_columns",
        sa.Column("site_id", sa.Integer, nullable=False),
        sa.Column("key", sa.LargeBinary(16), nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("first_read", _INSTANT, nullable=False),
        sa.Column("last_read", _INSTANT, nullable=False),
        sa.Column("oldest", sa.Date),
        sa.PrimaryKeyConstraint("site_id", "key", name="pk_observed_columns"),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name="fk_observed_columns_site_id"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Drop all tables, the dependent ones first."""
    for table in (
        "figure_files",
        "observed_columns",
        "observed_items",
        "knocks",
        "problems",
        "findings",
        "judged_rules",
        "audits",
        "scan_sites",
        "scans",
        "sites",
    ):
        op.drop_table(table)
