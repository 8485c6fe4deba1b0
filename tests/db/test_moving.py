"""A firm moves from SQLite to PostgreSQL: everything or nothing, and what is left behind says where to."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError, IntegrityError

from bot.running import CannotStartError, prepared_database
from db import copying, epochs
from db.backups import BackupRefusedError
from db.dialect import make_engine, read_url
from db.engine import open_database
from db.moving import move
from tests.db.copies import HEAD, effects_in, held, same
from tests.upgrades.earlier import left_by

if TYPE_CHECKING:
    from pathlib import Path

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
CHANGED_BY_MOVING = {"effects", "tasks"}
pytestmark = pytest.mark.postgres


def test_a_firm_moves_whole(full_file: Path, empty_postgres_url: str) -> None:
    """Each row the same, leases void, doubts and waits kept; the old file says where the records went."""
    url = f"sqlite:///{full_file}"
    before = held(url)
    rows = move(url, empty_postgres_url, NOW)
    after = held(empty_postgres_url)
    assert same(before, after, but=CHANGED_BY_MOVING)
    assert sum(what.rows for what in before.values()) == rows
    now = effects_in(empty_postgres_url)
    assert {(True, None)} == {(row["doubtful"], row["lease_until"]) for row in now.values()}
    database = open_database(url)
    with database.read() as session:
        assert "postgresql+psycopg" == str(epochs.moved_to(session)).partition(":")[0]
    database.close()
    with pytest.raises(BackupRefusedError, match="It was moved to"):
        move(url, empty_postgres_url, NOW)


def test_a_move_that_fails_leaves_both_as_they_were(full_file: Path, empty_postgres_url: str) -> None:
    """A name longer than PostgreSQL takes: its table is named, not even empty tables are left behind."""
    url = f"sqlite:///{full_file}"
    database = open_database(url)
    with database.write() as session:
        session.execute(text("UPDATE drafts SET kind = :long"), {"long": "x" * 33})
    database.close()
    before = full_file.read_bytes()
    with pytest.raises(copying.RowRefusedError, match="A row of drafts"):
        move(url, empty_postgres_url, NOW)
    assert before == full_file.read_bytes()
    engine = make_engine(read_url(empty_postgres_url))
    with engine.connect() as connection:
        count = "SELECT count(*) FROM pg_tables WHERE schemaname = 'public'"
        assert 0 == connection.scalar(text(count))
    engine.dispose()


def run_in(url: str, *statements: str) -> None:
    """Do this in a database, behind the program's back."""
    engine = make_engine(read_url(url))
    with engine.begin() as connection:
        for statement in statements:
            connection.execute(text(statement))
    engine.dispose()


def left_for(url: str) -> str | None:
    """Where a database says that its records have moved to."""
    database = open_database(url)
    with database.read() as session:
        place = epochs.moved_to(session)
    database.close()
    return place


def test_without_its_note_nothing_has_moved(full_file: Path, postgres_url: str) -> None:
    """Where the old file can't be told that it is old, the new database stays empty: never two that work."""
    url = f"sqlite:///{full_file}"
    run_in(url, "CREATE TRIGGER cut BEFORE INSERT ON epochs BEGIN SELECT RAISE(ABORT, 'cut'); END")
    with pytest.raises(IntegrityError):
        move(url, postgres_url, NOW)
    assert 0 == sum(what.rows for what in held(postgres_url).values())
    assert left_for(url) is None


def test_a_move_cut_between_its_two_ends_goes_on(
    full_file: Path, postgres_url: str, empty_postgres_url: str
) -> None:
    """The old file has its note, the new database nothing: neither works, until the same move is repeated."""
    url = f"sqlite:///{full_file}"
    run_in(
        postgres_url,
        "CREATE FUNCTION cut() RETURNS trigger LANGUAGE plpgsql AS $$BEGIN RAISE EXCEPTION 'cut'; END$$",
        "CREATE CONSTRAINT TRIGGER cut AFTER INSERT ON firms DEFERRABLE INITIALLY DEFERRED "
        "FOR EACH ROW EXECUTE FUNCTION cut()",
    )
    with pytest.raises(DatabaseError, match="cut"):
        move(url, postgres_url, NOW)
    assert 0 == sum(what.rows for what in held(postgres_url).values())
    with pytest.raises(CannotStartError, match="run the same caseledger migrate --to again"):
        prepared_database(url)
    with pytest.raises(BackupRefusedError, match="It was moved to"):
        move(url, empty_postgres_url, NOW)
    run_in(postgres_url, "DROP TRIGGER cut ON firms")
    assert 0 < move(url, postgres_url, NOW)
    assert left_for(postgres_url) is None
    with pytest.raises(BackupRefusedError, match="It was moved to"):
        move(url, postgres_url, NOW)


def test_a_move_into_records_is_refused(full_file: Path, bare_database_url: str, postgres_url: str) -> None:
    """And only SQLite to PostgreSQL is a move."""
    url = f"sqlite:///{full_file}"
    with pytest.raises(BackupRefusedError, match="moves an SQLite file to PostgreSQL"):
        move(postgres_url, bare_database_url, NOW)
    with pytest.raises(BackupRefusedError, match="moves an SQLite file to PostgreSQL"):
        move(url, url, NOW)
    left_by(postgres_url, HEAD)
    with pytest.raises(BackupRefusedError, match="holds a firm's records"):
        move(url, postgres_url, NOW)
