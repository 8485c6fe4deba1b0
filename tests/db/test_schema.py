"""The schema: made by migrations alone, and never guessed at."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import text

from db.engine import (
    AlreadyRunningError,
    Database,
    ProcessLock,
    SchemaMismatchError,
    SchemaState,
    check_schema,
    migrate,
    open_database,
    schema_state,
)
from db.tables import Base

VERSIONS = Path(__file__).parents[2] / "db" / "migrations" / "versions"
HEAD = max(each.name[:4] for each in VERSIONS.glob("[0-9]*.py"))


def test_tables_and_migrations_agree(database: Database) -> None:
    """What the migrations make is what the program's tables say."""
    with database.engine.connect() as connection:
        context = MigrationContext.configure(
            connection, opts={"compare_type": True, "compare_server_default": True}
        )
        assert compare_metadata(context, Base.metadata) == []


def test_a_new_database_is_not_taken_for_ours(bare_database_url: str) -> None:
    """Without a schema the program refuses, and says what to type."""
    database = open_database(bare_database_url)

    assert schema_state(database) == SchemaState(None, HEAD, known=True)
    with pytest.raises(SchemaMismatchError, match="caseledger migrate"):
        check_schema(database)
    database.close()


def test_migrating_makes_it_fit(bare_database_url: str) -> None:
    """After migrate the program starts; a second migrate changes nothing."""
    migrate(bare_database_url)
    migrate(bare_database_url)
    database = open_database(bare_database_url)

    check_schema(database)
    assert schema_state(database).current == HEAD
    database.close()


def test_a_newer_database_is_refused_with_its_own_remedy(database: Database) -> None:
    """Migrating can't mend what a newer program wrote."""
    with database.write() as session:
        session.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    with pytest.raises(SchemaMismatchError, match="newer CaseLedger") as refusal:
        check_schema(database)
    assert "caseledger migrate" not in str(refusal.value)


def test_migrating_is_refused_while_the_program_runs(tmp_path: Path) -> None:
    """On SQLite the running program holds the file; nothing is made."""
    url = f"sqlite:///{tmp_path / 'books.db'}"
    with ProcessLock(url), pytest.raises(AlreadyRunningError):
        migrate(url)

    assert not (tmp_path / "books.db").exists()


def test_two_that_migrate_at_once_do_it_once(bare_database_url: str) -> None:
    """On PostgreSQL the second waits and finds nothing to do; on SQLite it may be told that one works."""
    ready = threading.Barrier(2)

    def go(_: int) -> None:
        ready.wait()
        with suppress(AlreadyRunningError):
            migrate(bare_database_url)

    with ThreadPoolExecutor(2) as threads:
        list(threads.map(go, range(2)))

    database = open_database(bare_database_url)
    check_schema(database)
    database.close()
