"""First looks: failures of a scan that wait for the second look."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "first_looks",
        sa.Column("scan_id", sa.Integer, nullable=False),
        sa.Column("site_id", sa.Integer, nullable=False),
        sa.Column("looked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("findings", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("scan_id", "site_id", name="pk_first_looks"),
        sa.ForeignKeyConstraint(["scan_id", "site_id"], ["audits.scan_id", "audits.site_id"], name="fk_first_looks_scan_id_site_id"),
        sqlite_with_rowid=False,
    )


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("first_looks")
