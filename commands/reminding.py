"""Looks each minute at the requests nobody has decided: one is over, of another somebody is reminded."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

from commands.asking import others_who_approve
from commands.firm import next_task
from commands.ids import Task
from commands.stand_ins import stands_in
from commands.zones import zone_of
from db import decisions, firm_settings, firms, requests

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from sqlalchemy.orm import Session

    from commands.context import Context
    from db.chosen import FirmSettings
    from db.requests import Request

EVERY = timedelta(minutes=1)
"""How often to look: one short question for all firms."""
AFTER = timedelta(hours=4)
"""From when on somebody is reminded of a request, in hours the firm works."""
BEFORE_THE_END = timedelta(hours=24)
"""So long before it expires somebody is reminded once more."""
OPENS, CLOSES = time(9), time(17)
WEEKEND = 6
MOST_REMINDERS = 2


def look(context: Context) -> int:
    """End what is over and remind of what waits; how many messages were left. Several processes may look."""
    now = context.clock()
    with context.database.read() as session:
        waiting = requests.open_ones(session)
        zones = {one.id: one.timezone for one in firms.all_firms(session)} if waiting else {}
    return sum(_look_at(context, one, now, zones[one.firm_id]) for one in waiting)


def _look_at(context: Context, request: Request, now: datetime, zone: str) -> bool:
    if request.expires_at <= now:
        return _expired(context, request, now)
    if request.alone or not reminder_due(request, now.astimezone(zone_of(zone))):
        return False
    return _reminded(context, request, now, zone)


def _expired(context: Context, request: Request, now: datetime) -> bool:
    with context.database.write() as session:
        if not decisions.expire(session, request, now):
            return False
        key = f"{Task.DECIDED}:{request.id}:expired"
        content = {"sync": request.sync_id, "user": request.asked_by}
        next_task(session, context, request.firm_id, Task.DECIDED, content, key=key)
    return True


def _reminded(context: Context, request: Request, now: datetime, zone: str) -> bool:
    today = now.astimezone(zone_of(zone)).date()
    with context.database.write() as session:
        chosen = firm_settings.settings_of(session, request.firm_id)
        to = whose_turn(session, request, chosen, today)
        if not to or not requests.remind(session, request, to=to, now=now):
            return False
        key = f"{Task.REMIND}:{request.id}:{request.reminders}"
        content = {"sync": request.sync_id, "to": to, "user": to}
        next_task(session, context, request.firm_id, Task.REMIND, content, key=key)
    return True


def reminder_due(request: Request, now: datetime) -> bool:
    """Whether somebody should hear of it ``now`` (in the firm's zone): after hours of work, or near its end.

    Never at night or on a weekend, and never twice for the same reason.
    """
    if not _at_work(now) or request.reminders >= MOST_REMINDERS:
        return False
    ends_soon = request.expires_at - now <= BEFORE_THE_END
    if request.reminders == 0:
        return worked_between(request.asked_at.astimezone(now.tzinfo), now) >= AFTER
    return ends_soon and request.reminded_at is not None and now - request.reminded_at >= AFTER


def worked_between(start: datetime, end: datetime) -> timedelta:
    """The hours between nine and five, Monday to Friday, from one moment to another of the same zone."""
    worked, day = timedelta(), start.date()
    while day <= end.date():
        if day.isoweekday() < WEEKEND:
            opens = max(start, datetime.combine(day, OPENS, start.tzinfo))
            closes = min(end, datetime.combine(day, CLOSES, end.tzinfo))
            worked += max(closes - opens, timedelta())
        day += timedelta(days=1)
    return worked


def _at_work(now: datetime) -> bool:
    return now.isoweekday() < WEEKEND and OPENS <= now.time() < CLOSES


def whose_turn(session: Session, request: Request, chosen: FirmSettings, today: date) -> str:
    """Who is reminded: to whom it was handed, else who was longest not; for the away, whom they named."""
    able = others_who_approve(session, request.firm_id, request.asked_by)
    if request.handed_to in able:
        return stands_in(request.handed_to, chosen, able, today)
    asked = requests.last_reminded(session, request.firm_id)
    here = [one for one in able if stands_in(one, chosen, able, today) == one]
    return longest_unasked(here or [stands_in(one, chosen, able, today) for one in able], asked)


def longest_unasked(people: Sequence[str], asked: Mapping[str, datetime]) -> str:
    """Who was never reminded, else who was least recently; the first of several, nobody of none."""
    never = [one for one in people if one not in asked]
    return never[0] if never else min(people, key=lambda one: asked[one], default="")
