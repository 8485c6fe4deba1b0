"""Somebody looked what others wrote into the books, for tests that are about something else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from db import others
from db.others import Kept

if TYPE_CHECKING:
    from datetime import datetime

    from db.engine import Database


def looked(database: Database, firm_id: str, realm_id: str, now: datetime) -> None:
    """What is known of others' documents is so at ``now``, however far back; nothing is known otherwise."""
    with database.write() as session:
        before = others.load(session, firm_id, realm_id) or Kept(date.min, now, ())
        others.keep(session, firm_id, realm_id, replace(before, read_at=now))
