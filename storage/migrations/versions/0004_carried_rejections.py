"""Carried rejections: a case that was rejected before names the earlier one."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the column."""
    op.add_column("problems", sa.Column("carried_from", sa.Integer))


def downgrade() -> None:
    """Drop the column."""
    op.drop_column("problems", "carried_from")
