"""The database's schema: where it stands, and how it is brought to this program's."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import text

from db.dialect import make_engine, read_url
from db.process_lock import ProcessLock

if TYPE_CHECKING:
    from sqlalchemy import Connection, Engine

MIGRATIONS = Path(__file__).parent / "migrations"
ADVISORY_LOCK = 0x0CA5E1ED6E4  # any number no one else uses; PostgreSQL only


@dataclass(frozen=True, slots=True)
class SchemaState:
    """The revision a database has, and the one this program needs."""

    current: str | None
    head: str
    known: bool

    @property
    def fits(self) -> bool:
        """Whether the program can work with the database."""
        return self.current == self.head


class SchemaMismatchError(RuntimeError):
    """The database's schema isn't this program's; nothing was changed."""

    def __init__(self, state: SchemaState) -> None:
        remedy = (
            "Run: caseledger migrate"
            if state.known
            else "It was written by a newer CaseLedger: install that version"
        )
        super().__init__(
            f"The database is at schema {state.current or 'none'}, this program needs {state.head}. "
            f"Nothing was changed. {remedy}."
        )
        self.state = state


class BrokenReferenceError(RuntimeError):
    """After a migration some rows point at rows that aren't there; it was rolled back."""


def migrate(url: str) -> None:
    """Bring the database to this program's schema, in one transaction.

    On SQLite raises :class:`AlreadyRunningError` while the program runs; on PostgreSQL waits for whoever
    migrates at the same moment.
    """
    read = read_url(url)
    with ProcessLock(url):
        engine = make_engine(read, foreign_keys=False, patient=True)
        try:
            with engine.begin() as connection:
                upgrade(connection)
        finally:
            engine.dispose()


def state_of(engine: Engine) -> SchemaState:
    """Which schema the database has."""
    scripts = ScriptDirectory.from_config(configuration())
    with engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
    known = current is None or current in {script.revision for script in scripts.walk_revisions()}
    return SchemaState(current, scripts.get_current_head() or "", known)


def configuration() -> Config:
    """Alembic's settings; there is no ini file."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.set_main_option("path_separator", "os")
    return config


def upgrade(connection: Connection, revision: str = "head") -> None:
    """Bring the database to this program's schema, or an earlier ``revision``, in the caller's transaction.

    On PostgreSQL it waits for whoever migrates at the same moment. Raises :class:`BrokenReferenceError`.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": ADVISORY_LOCK})
    config = configuration()
    config.attributes["connection"] = connection
    command.upgrade(config, revision)
    _check_references(connection)


def _check_references(connection: Connection) -> None:
    if connection.dialect.name != "sqlite":
        return
    broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
    if broken:
        raise BrokenReferenceError(f"{len(broken)} rows point nowhere after the migration")
