"""Who rejected what was asked about client money, when, and why."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("trust_approvals", sa.Column("rejected_by", sa.String(32), nullable=True))
    op.add_column("trust_approvals", sa.Column("rejected_at", sa.DateTime(timezone=True), nullable=True))
    op.add_column("trust_approvals", sa.Column("reason", sa.String(1000), nullable=True))


def downgrade() -> None:
    for column in ("reason", "rejected_at", "rejected_by"):
        op.drop_column("trust_approvals", column)
