"""Daemon runs: what the daemon has begun and ended, so that it knows after a restart what is due."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "daemon_runs",
        sa.Column("job", sa.Text, nullable=False),
        sa.Column("due", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True)),
        sa.Column("outcome", sa.Text),
        sa.Column("detail", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("job", "due", name="pk_daemon_runs"),
    )


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("daemon_runs")
