"""What the exports leave open is asked once, and the answers are kept with their history."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
HOLDS = sa.text("replaced_at IS NULL")


def upgrade() -> None:
    op.create_table(
        "questions",
        sa.Column("id", ROW_ID, primary_key=True),
        sa.Column("firm_id", sa.String(36), sa.ForeignKey("firms.id"), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("subject", sa.String(500), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("asked_by", sa.String(64), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.UniqueConstraint("firm_id", "kind", "subject"),
    )
    op.create_table(
        "answers",
        sa.Column("id", ROW_ID, primary_key=True),
        sa.Column("firm_id", sa.String(36), sa.ForeignKey("firms.id"), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("subject", sa.String(500), nullable=False),
        sa.Column("answer", sa.JSON(), nullable=False),
        sa.Column("said_by", sa.String(64), nullable=False),
        sa.Column("said_at", MOMENT, nullable=False),
        sa.Column("replaced_at", MOMENT),
    )
    op.create_index(
        "uq_answers_current",
        "answers",
        ("firm_id", "kind", "subject"),
        unique=True,
        sqlite_where=HOLDS,
        postgresql_where=HOLDS,
    )


def downgrade() -> None:
    op.drop_table("answers")
    op.drop_table("questions")
