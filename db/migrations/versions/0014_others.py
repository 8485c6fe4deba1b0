"""What others wrote into the firm's books, and what a person said of an invoice that looks booked already."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "others_read",
        sa.Column("firm_id", sa.String(36), sa.ForeignKey("firms.id"), primary_key=True),
        sa.Column("realm_id", sa.String(32), primary_key=True),
        sa.Column("since", sa.String(10), nullable=False),
        sa.Column("read_at", MOMENT, nullable=False),
        sa.Column("documents", sa.JSON(), nullable=False),
    )
    op.create_table(
        "booked_answers",
        sa.Column("id", ROW_ID, primary_key=True),
        sa.Column("firm_id", sa.String(36), sa.ForeignKey("firms.id"), nullable=False),
        sa.Column("realm_id", sa.String(32), nullable=False),
        sa.Column("subject", sa.String(500), nullable=False),
        sa.Column("answer", sa.String(16), nullable=False),
        sa.Column("linked", sa.String(100)),
        sa.Column("dismissed", sa.JSON(), nullable=False),
        sa.Column("number", sa.String(21), nullable=False),
        sa.Column("answered_by", sa.String(32), nullable=False),
        sa.Column("answered_at", MOMENT, nullable=False),
        sa.UniqueConstraint("firm_id", "realm_id", "subject"),
        sa.UniqueConstraint("firm_id", "realm_id", "linked"),
    )


def downgrade() -> None:
    op.drop_table("booked_answers")
    op.drop_table("others_read")
