"""Whose row of the Client Listing each is: so that an identifier is found that stands for several clients."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

NAMED = sa.text("client IS NOT NULL")


def upgrade() -> None:
    op.add_column("source_rows", sa.Column("client", sa.String(500)))
    rows = sa.table(
        "source_rows", sa.column("report"), sa.column("cells", sa.JSON), sa.column("client", sa.String)
    )
    said = sa.func.nullif(rows.c.cells["Client Identifier"].as_string(), "")
    op.execute(rows.update().where(rows.c.report == "client_listing").values(client=said))
    op.create_index(
        "ix_source_rows_client",
        "source_rows",
        ["firm_id", "client"],
        sqlite_where=NAMED,
        postgresql_where=NAMED,
    )


def downgrade() -> None:
    op.drop_index("ix_source_rows_client", "source_rows")
    op.drop_column("source_rows", "client")
