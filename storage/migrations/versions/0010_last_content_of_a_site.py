"""An index that answers by itself when a site's content was last seen: asked of every site each night, over all nights before."""

from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_BEFORE, _NOW = ["site_id", "observed_at"], ["site_id", "reach", "observed_at"]


def upgrade() -> None:
    """Put the new index in the place of the old one."""
    _replace(_BEFORE, _NOW)


def downgrade() -> None:
    """Put the old index back."""
    _replace(_NOW, _BEFORE)


def _replace(old: list[str], new: list[str]) -> None:
    op.create_index(f"ix_audits_{'_'.join(new)}", "audits", new)
    op.drop_index(f"ix_audits_{'_'.join(old)}", "audits")
