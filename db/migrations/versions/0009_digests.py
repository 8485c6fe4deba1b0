"""What makes room for the daily digests that were posted, and what was put off until later."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "digests",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("firm_id", sa.String(36), sa.ForeignKey("firms.id"), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("local_date", sa.String(10), nullable=False),
        sa.Column("began_at", MOMENT, nullable=False),
        sa.Column("told_at", MOMENT),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("message_ts", sa.String(32), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.UniqueConstraint("firm_id", "kind", "local_date"),
    )
    op.create_index("ix_digests_told", "digests", ["firm_id", "kind", "told_at"])
    op.create_table(
        "snoozes",
        sa.Column("firm_id", sa.String(36), sa.ForeignKey("firms.id"), primary_key=True),
        sa.Column("mark", sa.String(32), primary_key=True),
        sa.Column("until", sa.String(10)),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("snoozed_by", sa.String(32), nullable=False),
        sa.Column("snoozed_at", MOMENT, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("snoozes")
    op.drop_table("digests")
