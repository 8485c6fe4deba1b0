"""Lets a test go on when others wait for a lock it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import text

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

BLOCKED = text("SELECT count(*) FROM pg_locks WHERE NOT granted")


def wait_for(session: Session, waiting: int) -> None:
    """Until so many others wait for a lock; SQLite's writers wait for each other in any case."""
    while session.get_bind().dialect.name == "postgresql":
        if session.execute(BLOCKED).scalar_one() >= waiting:
            return
