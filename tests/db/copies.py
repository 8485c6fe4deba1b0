"""What two databases hold, to be compared."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db import copying
from db.dialect import make_engine, read_url
from tests.upgrades.earlier import revisions, rows_now

if TYPE_CHECKING:
    from db.copying import Held

HEAD = revisions()[-1]
"""Today's schema."""


def held(url: str) -> dict[str, Held]:
    """What each table of a database holds."""
    engine = make_engine(read_url(url))
    with engine.connect() as connection:
        found = copying.held(connection)
    engine.dispose()
    return found


def same(before: dict[str, Held], after: dict[str, Held], *, but: set[str]) -> bool:
    """Whether both hold the same, in all tables but these."""
    return {name: what for name, what in before.items() if name not in but} == {
        name: what for name, what in after.items() if name not in but
    }


def effects_in(url: str) -> dict[str, dict[str, Any]]:
    """The effects' rows by id."""
    engine = make_engine(read_url(url))
    with engine.connect() as connection:
        found = {row["id"]: row for row in rows_now(connection, "effects")}
    engine.dispose()
    return found
