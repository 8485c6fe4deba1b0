"""Whatever earlier version a firm comes from, after `caseledger migrate` all it had is there and readable."""

from __future__ import annotations

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext

from db import audit
from db.columns import Base
from db.engine import check_schema, migrate, open_database
from tests.upgrades.earlier import brought_up_to, empty_places, left_by, revisions, rows_now
from tests.upgrades.rows import BROUGHT


def test_every_revision_has_rows_for_what_it_brought() -> None:
    """Whoever adds a revision adds rows that fill its tables and columns to tests/upgrades/rows.py."""
    assert [] == [revision for revision in revisions() if not BROUGHT.get(revision)]


@pytest.mark.parametrize("revision", revisions())
def test_nothing_is_empty_before_the_upgrade(sqlite_folder_url: str, revision: str) -> None:
    """An empty table or column would be upgraded without proving anything."""
    left_by(sqlite_folder_url, revision)
    assert [] == empty_places(sqlite_folder_url)


@pytest.mark.parametrize("revision", revisions())
def test_all_that_was_there_is_there_after_the_upgrade(bare_database_url: str, revision: str) -> None:
    """Each row, each value; the audit chain holds; the tables are exactly the program's."""
    left_by(bare_database_url, revision)
    migrate(bare_database_url)
    database = open_database(bare_database_url)
    check_schema(database)
    with database.engine.connect() as connection:
        compared = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        assert [] == compare_metadata(compared, Base.metadata)
        for table, row in brought_up_to(revision):
            assert row in [
                {name: one[name] for name in row if name in one} for one in rows_now(connection, table)
            ]
    with database.read() as session:
        assert () == audit.verify(session, "firm-1")
    database.close()
