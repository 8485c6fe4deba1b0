"""Insert a row unless its key is already there, in one statement on both databases."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy.dialects import postgresql, sqlite

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from db.columns import Base


def insert_if_absent(session: Session, table: type[Base], values: Mapping[str, Any]) -> bool:
    """Whether the row is new; where any of the table's keys is taken, nothing changes.

    On PostgreSQL it waits for whoever inserts the same key at this moment.
    """
    if session.get_bind().dialect.name == "sqlite":
        statement = sqlite.insert(table).values(**values).on_conflict_do_nothing().returning(table)
    else:
        statement = postgresql.insert(table).values(**values).on_conflict_do_nothing().returning(table)
    return session.execute(statement).first() is not None
