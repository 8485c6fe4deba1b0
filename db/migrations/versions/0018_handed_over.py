"""Who handed a request over and when, and the direct messages that change with what they are about."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None

EMPTY = sa.text("''")


def upgrade() -> None:
    op.add_column("requests", sa.Column("handed_by", sa.String(32), server_default=EMPTY, nullable=False))
    op.add_column("requests", sa.Column("handed_at", sa.DateTime(timezone=True), nullable=True))
    op.create_table(
        "direct_messages",
        sa.Column("id", sa.String(36), nullable=False),
        sa.Column("firm_id", sa.String(36), nullable=False),
        sa.Column("about", sa.String(120), nullable=False),
        sa.Column("user_id", sa.String(32), nullable=False),
        sa.Column("channel", sa.String(32), nullable=False),
        sa.Column("message_ts", sa.String(32), nullable=False),
        sa.Column("posted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(["firm_id"], ["firms.id"]),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_direct_messages_about", "direct_messages", ["firm_id", "about", "ended_at"])


def downgrade() -> None:
    op.drop_table("direct_messages")
    op.drop_column("requests", "handed_at")
    op.drop_column("requests", "handed_by")
