"""Evidence: the archive files of a scan, what they keep of each audit, and the digest of all of them."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "evidence_files",
        sa.Column("id", sa.Integer, nullable=False),
        sa.Column("scan_id", sa.Integer, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("bytes", sa.BigInteger),
        sa.Column("sha256", sa.Text),
        sa.PrimaryKeyConstraint("id", name="pk_evidence_files"),
        sa.ForeignKeyConstraint(["scan_id"], ["scans.id"], name="fk_evidence_files_scan_id"),
        sa.UniqueConstraint("scan_id", "name", name="uq_evidence_files_scan_id_name"),
    )
    op.create_table(
        "kept_audits",
        sa.Column("scan_id", sa.Integer, nullable=False),
        sa.Column("site_id", sa.Integer, nullable=False),
        sa.Column("look", sa.Integer, nullable=False),
        sa.Column("file_id", sa.Integer, nullable=False),
        sa.Column("offset", sa.BigInteger, nullable=False),
        sa.Column("length", sa.BigInteger, nullable=False),
        sa.Column("responses", sa.LargeBinary, nullable=False),
        sa.PrimaryKeyConstraint("scan_id", "site_id", "look", name="pk_kept_audits"),
        sa.ForeignKeyConstraint(["scan_id"], ["scans.id"], name="fk_kept_audits_scan_id"),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name="fk_kept_audits_site_id"),
        sa.ForeignKeyConstraint(["file_id"], ["evidence_files.id"], name="fk_kept_audits_file_id"),
    )
    op.create_index("ix_kept_audits_site_id_scan_id_look", "kept_audits", ["site_id", "scan_id", "look"])
    op.create_table(
        "evidence_manifests",
        sa.Column("scan_id", sa.Integer, nullable=False),
        sa.Column("root", sa.Text, nullable=False),
        sa.Column("sealed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("thinned_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("scan_id", name="pk_evidence_manifests"),
        sa.ForeignKeyConstraint(["scan_id"], ["scans.id"], name="fk_evidence_manifests_scan_id"),
    )


def downgrade() -> None:
    """Drop the tables."""
    for table in ("evidence_manifests", "kept_audits", "evidence_files"):
        op.drop_table(table)
