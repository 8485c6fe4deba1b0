"""What makes room for who opened Home, and what a person has seen of the first-visit guide."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "visits",
        sa.Column("firm_id", sa.String(36), sa.ForeignKey("firms.id"), primary_key=True),
        sa.Column("user_id", sa.String(32), primary_key=True),
        sa.Column("first_at", MOMENT, nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("guide_ended_at", MOMENT, nullable=True),
        sa.Column("shown", sa.String(64), nullable=False),
        sa.Column("rests_until", MOMENT, nullable=False),
        sa.Column("view_hash", sa.String(128), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("visits")
