"""What a mapping choice rested on when it was confirmed, and who reviewed the whole mapping when."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("mapping_choices", sa.Column("rests_on", sa.JSON(), nullable=True))
    op.create_table(
        "mapping_reviews",
        sa.Column("id", ROW_ID, primary_key=True),
        sa.Column("firm_id", sa.String(36), sa.ForeignKey("firms.id"), nullable=False),
        sa.Column("realm_id", sa.String(32), nullable=False),
        sa.Column("reviewed_by", sa.String(32), nullable=False),
        sa.Column("reviewed_at", MOMENT, nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
    )
    op.create_index("ix_mapping_reviews_firm_id", "mapping_reviews", ["firm_id", "realm_id", "id"])


def downgrade() -> None:
    op.drop_table("mapping_reviews")
    op.drop_column("mapping_choices", "rests_on")
