"""Leaves each night's check of the books to the worker: once a firm and night, whoever's clock ticks."""

from __future__ import annotations

import logging
from datetime import time, timedelta
from typing import TYPE_CHECKING

from commands.firm import next_task
from commands.ids import Task
from commands.zones import known_zone, zone_of
from db import checks, connections, firms

if TYPE_CHECKING:
    from datetime import date, datetime

    from commands.context import Context

EVERY = timedelta(minutes=1)
"""How often to look whether a night's check is due: two short questions for all firms."""
AT = time(2, 0)
"""When it is due, in the firm's own time zone."""
APART = timedelta(seconds=2)
"""Between the firms of one time zone: a thousand of them don't begin before everything else that is due."""
log = logging.getLogger("nightly")


def check_due(context: Context) -> int:
    """Leave this night's check of every connected firm that hasn't had it; how many were left.

    After a sleep of many nights it is one. Several processes may look in the same minute: the first who
    writes the night down does it.
    """
    now = context.clock()
    with context.database.read() as session:
        zones = {one.id: one.timezone for one in firms.all_firms(session)}
        known = {firm: night_of(now, zone) for firm, zone in zones.items()}
        joined = {one.firm_id: one.realm_id for one in connections.in_state(session, connections.OK)}
        begun = checks.begun(session, set(known.values()))
    due = [(firm, known[firm]) for firm in joined if firm in known and (firm, known[firm]) not in begun]
    left = 0
    for firm, night in due:
        if known_zone(zones[firm]) is None:
            log.warning(
                "there is no time zone called %r: firm %s's nights are counted in UTC", zones[firm], firm
            )
        left += _left(context, firm, joined[firm], night, now, after=left * APART)
    return left


def night_of(now: datetime, timezone: str) -> date:
    """The day (in ``timezone``, an IANA name, else UTC) whose check is due now: today's from 02:00 on."""
    local = now.astimezone(zone_of(timezone))
    return local.date() if local.time() >= AT else local.date() - timedelta(days=1)


def _left(
    context: Context, firm_id: str, realm_id: str, night: date, now: datetime, *, after: timedelta
) -> bool:
    with context.database.write() as session:
        if not checks.begin_night(session, firm_id, realm_id, night, now):
            return False
        content = {"night": night.isoformat(), "tried": 0}
        key = f"{Task.CHECK_NIGHT}:{night}"
        next_task(session, context, firm_id, Task.CHECK_NIGHT, content, key=key, after=after)
    return True
