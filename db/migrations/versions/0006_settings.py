"""What makes room for how a firm wants things done: its channels, policy, banking and go-live date."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "firm_settings",
        sa.Column("firm_id", sa.String(36), sa.ForeignKey("firms.id"), primary_key=True),
        sa.Column("chosen", sa.JSON(), nullable=False),
        sa.Column("changed_at", MOMENT, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("firm_settings")
