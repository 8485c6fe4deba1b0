"""What makes room for how fast each company is called, and until when it rests."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
NEXT = ["firm_id", "state", "due_at", "created_at", "position", "id"]


def upgrade() -> None:
    op.create_table(
        "company_calls",
        sa.Column("realm_id", sa.String(32), primary_key=True),
        sa.Column("begins", sa.LargeBinary(), nullable=False),
        sa.Column("under_way", sa.JSON(), nullable=False),
        sa.Column("tickets", sa.Integer(), nullable=False),
        sa.Column("rests_until", MOMENT),
        sa.Column("free_at", MOMENT, nullable=False),
    )
    op.create_index("ix_effects_next", "effects", NEXT)
    op.create_index("ix_effects_served", "effects", ["firm_id", "last_sent"])


def downgrade() -> None:
    op.drop_index("ix_effects_served", "effects")
    op.drop_index("ix_effects_next", "effects")
    op.drop_table("company_calls")
