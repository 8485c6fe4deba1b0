"""What makes room for who pays: a contact may be of one case of a client alone."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None

CURRENT = "uq_contact_links_current"
HOLDS = sa.text("replaced_at IS NULL")


def upgrade() -> None:
    case = sa.Column("case_number", sa.String(200), server_default=sa.text("''"), nullable=False)
    op.add_column("contact_links", case)
    _one_current("firm_id", "realm_id", "payer", "currency", "case_number")


def downgrade() -> None:
    op.execute("DELETE FROM contact_links WHERE case_number <> ''")
    _one_current("firm_id", "realm_id", "payer", "currency")
    op.drop_column("contact_links", "case_number")


def _one_current(*columns: str) -> None:
    op.drop_index(CURRENT, "contact_links")
    op.create_index(
        CURRENT, "contact_links", columns, unique=True, sqlite_where=HOLDS, postgresql_where=HOLDS
    )
