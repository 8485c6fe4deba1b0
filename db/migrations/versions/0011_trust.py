"""What makes room for client money: the fund of a mapped account, who approved what, and reads counted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
CURRENT = "uq_mapping_choices_current"
HOLDS = sa.text("replaced_at IS NULL")


def upgrade() -> None:
    op.add_column(
        "mapping_choices", sa.Column("fund", sa.String(16), server_default="operating", nullable=False)
    )
    _one_current("firm_id", "realm_id", "kind", "fund", "source")
    _trust_approvals()
    op.create_table(
        "metered_reads",
        sa.Column("month", sa.String(7), primary_key=True),
        sa.Column("reads", sa.Integer(), nullable=False),
    )


def downgrade() -> None:
    op.drop_table("metered_reads")
    op.drop_table("trust_approvals")
    op.execute("DELETE FROM mapping_choices WHERE fund <> 'operating'")
    _one_current("firm_id", "realm_id", "kind", "source")
    op.drop_column("mapping_choices", "fund")


def _one_current(*columns: str) -> None:
    op.drop_index(CURRENT, "mapping_choices")
    op.create_index(
        CURRENT, "mapping_choices", columns, unique=True, sqlite_where=HOLDS, postgresql_where=HOLDS
    )


def _trust_approvals() -> None:
    op.create_table(
        "trust_approvals",
        sa.Column("id", ROW_ID, primary_key=True),
        sa.Column("firm_id", sa.String(36), sa.ForeignKey("firms.id"), nullable=False),
        sa.Column("realm_id", sa.String(32), nullable=False),
        sa.Column("subject", sa.String(500), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("asked_by", sa.String(32), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=False),
        sa.Column("approved_by", sa.String(32)),
        sa.Column("approved_name", sa.String(80), nullable=False),
        sa.Column("approved_at", MOMENT),
        sa.UniqueConstraint("firm_id", "realm_id", "subject", "fingerprint"),
    )
