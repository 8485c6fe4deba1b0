"""Somebody looked what others wrote into the books, for tests that are about something else."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from db import others, syncs
from db.others import Kept
from qb.going_on import go_on, waiting

if TYPE_CHECKING:
    from datetime import datetime

    from db.engine import Database


def looked(database: Database, firm_id: str, realm_id: str, now: datetime) -> None:
    """What is known of others' documents is so at ``now``, however far back; nothing is known otherwise."""
    with database.write() as session:
        before = others.load(session, firm_id, realm_id) or Kept(date.min, now, ())
        others.keep(session, firm_id, realm_id, replace(before, read_at=now))


def take_up(database: Database, firm_id: str, realm_id: str, now: datetime) -> None:
    """What waited for a connection goes on, where it is as approved, as the program does."""
    with database.read() as session:
        left = [one.id for one in syncs.running(session, firm_id) if waiting(session, firm_id, one.id)]
    for sync_id in left:
        looked(database, firm_id, realm_id, now)
        go_on(database, firm_id=firm_id, sync_id=sync_id, looked_at=now, now=now)
