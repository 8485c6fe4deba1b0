"""What others wrote is read whole once more: earlier versions left out whatever carried a mark."""

from __future__ import annotations

from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("DELETE FROM others_read")


def downgrade() -> None:
    """What was read with marks serves an earlier version as well."""
