"""What Alembic runs: our tables, on the connection that ``db.schema`` hands over."""

from __future__ import annotations

from alembic import context

from db.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,  # SQLite can't alter most things in place
    transactional_ddl=True,  # ours begins its own transactions on SQLite too
    compare_server_default=True,
)
with context.begin_transaction():
    context.run_migrations()
