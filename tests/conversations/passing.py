"""Time that passes while nothing happens: everything that is waited for lies that much further back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select

from db import tables
from db.engine import open_database

if TYPE_CHECKING:
    from datetime import timedelta

EFFECT = ("due_at", "lease_until", "first_sent", "last_sent")
TASK = ("due_at", "lease_until")
CONSENT = ("created_at", "expires_at")
EPOCH = ("taken_at", "began_at")
MOMENTS = (
    (tables.Effect, EFFECT),
    (tables.Task, TASK),
    (tables.ConsentRequest, CONSENT),
    (tables.EpochRow, EPOCH),
)


def let_pass(database_url: str, length: timedelta) -> None:
    """Let so long pass, mostly between the end of one process and the start of the next."""
    database = open_database(database_url)
    with database.write() as session:
        for kind, moments in MOMENTS:
            for row in session.scalars(select(kind)):
                for name in moments:
                    moment = getattr(row, name)
                    setattr(row, name, None if moment is None else moment - length)
    database.close()
