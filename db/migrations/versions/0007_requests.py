"""What makes room for requests for approval: who decides, until when, and what became of each."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("syncs", sa.Column("weighed", sa.JSON()))
    op.create_table(
        "requests",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("firm_id", sa.String(36), sa.ForeignKey("firms.id"), nullable=False),
        sa.Column("sync_id", sa.String(36), sa.ForeignKey("syncs.id"), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("asked_by", sa.String(32), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("rules", sa.JSON(), nullable=False),
        sa.Column("alone", sa.Boolean(), nullable=False),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("message_ts", sa.String(32), nullable=False),
        sa.Column("decided_by", sa.String(32), nullable=False),
        sa.Column("decided_at", MOMENT),
        sa.Column("reason", sa.String(1000), nullable=False),
        sa.Column("handed_to", sa.String(32), nullable=False),
        sa.Column("reminded_to", sa.String(32), nullable=False),
        sa.Column("reminded_at", MOMENT),
        sa.Column("reminders", sa.Integer(), nullable=False),
        sa.UniqueConstraint("sync_id", "version"),
    )
    op.create_index("ix_requests_state", "requests", ["firm_id", "state", "asked_at"])
    op.create_index("ix_requests_open", "requests", ["state", "expires_at"])


def downgrade() -> None:
    op.drop_table("requests")
    with op.batch_alter_table("syncs") as syncs:
        syncs.drop_column("weighed")
