"""What makes room for when this database was restored from a backup."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
ROW_ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "epochs",
        sa.Column("id", ROW_ID, primary_key=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("taken_at", MOMENT, nullable=False),
        sa.Column("began_at", MOMENT),
        sa.Column("place", sa.String(200), nullable=False),
    )
    op.add_column("effects", sa.Column("unknown_since", MOMENT))
    op.add_column("effects", sa.Column("unknown_until", MOMENT))


def downgrade() -> None:
    with op.batch_alter_table("effects") as effects:
        effects.drop_column("unknown_until")
        effects.drop_column("unknown_since")
    op.drop_table("epochs")
