"""What makes room for what the sweep of the books found."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    _checks()
    _findings()
    op.add_column("connections", sa.Column("state_since", MOMENT))


def downgrade() -> None:
    op.drop_column("connections", "state_since")
    op.drop_table("findings")
    op.drop_table("checks")


def _checks() -> None:
    op.create_table(
        "checks",
        sa.Column("id", ROW_ID, primary_key=True),
        sa.Column("firm_id", sa.String(36), sa.ForeignKey("firms.id"), nullable=False),
        sa.Column("realm_id", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("local_date", sa.String(10)),
        sa.Column("asked_by", sa.String(32), nullable=False),
        sa.Column("began_at", MOMENT, nullable=False),
        sa.Column("read_at", MOMENT),
        sa.Column("compared", sa.Integer(), nullable=False),
        sa.UniqueConstraint("firm_id", "kind", "local_date"),
    )
    op.create_index("ix_checks_read", "checks", ["firm_id", "realm_id", "read_at"])


def _findings() -> None:
    op.create_table(
        "findings",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("firm_id", sa.String(36), sa.ForeignKey("firms.id"), nullable=False),
        sa.Column("realm_id", sa.String(32), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("entity", sa.String(32), nullable=False),
        sa.Column("mark", sa.String(32), nullable=False),
        sa.Column("effect_id", sa.String(36), sa.ForeignKey("effects.id")),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("first_seen", MOMENT, nullable=False),
        sa.Column("last_seen", MOMENT, nullable=False),
        sa.Column("settled_by", sa.String(32), nullable=False),
        sa.Column("settled_at", MOMENT),
        sa.UniqueConstraint("firm_id", "realm_id", "kind", "entity", "mark"),
    )
    op.create_index("ix_findings_state", "findings", ["firm_id", "realm_id", "state"])
