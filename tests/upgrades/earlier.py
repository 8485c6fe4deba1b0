"""A database as an earlier version of the program left it: that schema, with rows in every table."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, Table, inspect, select

from db.columns import Base
from db.dialect import make_engine, read_url
from db.schema import configuration, upgrade
from tests.upgrades.rows import BROUGHT, READ_ANEW

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sqlalchemy import Connection

ALEMBICS = "alembic_version"


def revisions() -> tuple[str, ...]:
    """Every revision there is, oldest first."""
    scripts = ScriptDirectory.from_config(configuration())
    return tuple(reversed([script.revision for script in scripts.walk_revisions()]))


def brought_up_to(revision: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each row that the revisions up to this one brought, with its table."""
    for one in revisions()[: revisions().index(revision) + 1]:
        for table, rows in BROUGHT.get(one, {}).items():
            for row in rows:
                yield table, row


def emptied_since(revision: str) -> frozenset[str]:
    """The tables that a later revision empties."""
    later = revisions()[revisions().index(revision) + 1 :]
    return frozenset[str]().union(*(READ_ANEW.get(one, frozenset()) for one in later))


def left_by(url: str, revision: str) -> None:
    """Make the schema of this revision in an empty database, and fill it."""
    engine = make_engine(read_url(url), patient=True)
    with engine.begin() as connection:
        upgrade(connection, revision)
    seen = MetaData()
    with engine.begin() as connection:
        for name, row in brought_up_to(revision):
            table = Table(name, seen, autoload_with=connection)
            connection.execute(table.insert(), [_as_kept(row, connection)])
    engine.dispose()


def empty_places(url: str) -> list[str]:
    """Tables without a row, and columns without a value in any row."""
    engine = make_engine(read_url(url))
    seen, found = MetaData(), list[str]()
    with engine.connect() as connection:
        for name in inspect(connection).get_table_names():
            if name == ALEMBICS:
                continue
            table = Table(name, seen, autoload_with=connection)
            rows = connection.execute(select(table)).mappings().all()
            found += [
                f"{name}.{column.name}"
                for column in table.columns
                if all(row[column.name] is None for row in rows)
            ]
    engine.dispose()
    return found


def rows_now(connection: Connection, table: str) -> list[dict[str, Any]]:
    """A table's rows as today's program reads them."""
    found = connection.execute(select(Base.metadata.tables[table])).mappings()
    return [dict(row) for row in found]


def _as_kept(row: dict[str, Any], connection: Connection) -> dict[str, Any]:
    """SQLite keeps moments without their zone, in UTC."""
    if connection.dialect.name != "sqlite":
        return row
    return {
        name: value.replace(tzinfo=None) if isinstance(value, datetime) else value
        for name, value in row.items()
    }
