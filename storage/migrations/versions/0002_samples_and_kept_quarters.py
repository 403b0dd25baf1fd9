"""Samples drawn for a quarter, and what is kept of each quarter's bulletin."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create the tables."""
    op.create_table(
        "samples",
        sa.Column("quarter", sa.Text, nullable=False),
        sa.Column("purpose", sa.Text, nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("least", sa.Integer, nullable=False),
        sa.Column("seed", sa.Text, nullable=False),
        sa.Column("registry_hash", sa.Text, nullable=False),
        sa.Column("frame_size", sa.Integer, nullable=False),
        sa.Column("drawn_at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("quarter", "purpose", name="pk_samples"),
    )
    op.create_table(
        "sample_sites",
        sa.Column("quarter", sa.Text, nullable=False),
        sa.Column("purpose", sa.Text, nullable=False),
        sa.Column("ordinal", sa.Integer, nullable=False),
        sa.Column("site_id", sa.Integer, nullable=False),
        sa.Column("unit", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("quarter", "purpose", "ordinal", name="pk_sample_sites"),
        sa.ForeignKeyConstraint(["site_id"], ["sites.id"], name="fk_sample_sites_site_id"),
        sa.ForeignKeyConstraint(["quarter", "purpose"], ["samples.quarter", "samples.purpose"], name="fk_sample_sites_quarter_purpose"),
        sa.UniqueConstraint("quarter", "purpose", "site_id", name="uq_sample_sites_quarter_purpose_site_id"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "kept_quarters",
        sa.Column("scope", sa.Text, nullable=False),
        sa.Column("quarter", sa.Text, nullable=False),
        sa.Column("summary", sa.Text, nullable=False),
        sa.Column("kept_at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("scope", "quarter", name="pk_kept_quarters"),
    )


def downgrade() -> None:
    """Drop the tables."""
    for table in ("kept_quarters", "sample_sites", "samples"):
        op.drop_table(table)
