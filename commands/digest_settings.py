"""The settings page *Daily digest*: which hour, days and channel; admins change it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from commands.access import must_admin
from commands.ids import Act
from commands.mornings import next_day
from commands.page import below, saved
from commands.views import digest_settings as views
from commands.views.digest_settings import Next
from commands.zones import zone_of
from db import digests, firm_settings

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from commands.call import Call
    from db.chosen import FirmSettings
    from db.firms import Firm

WHAT = "change the daily digest"
HOUR = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")
WEEKDAYS = frozenset("1234567")
WHEN = ("digest_channel", "digest_at", "digest_days")
"""What decides when one comes, by the settings' names."""


def summary(session: Session, firm: Firm) -> str:
    """When and where it comes."""
    return views.summary(firm_settings.settings_of(session, firm.id), firm.timezone)


def start(call: Call) -> None:
    """Open the page, for an admin."""
    firm = call.asker.firm
    with call.context.database.read() as session:
        must_admin(session, call.asker, WHAT)
        chosen = firm_settings.settings_of(session, firm.id)
    call.ack()
    call.open(views.page(chosen, firm.timezone, below(call)))


def submitted(call: Call) -> None:
    """Save, and say when the next one comes: an hour of today that is over isn't made up for."""
    picked, problems = _picked(call)
    if problems:
        call.ack(response_action="errors", errors=problems)
        return
    firm, now = call.asker.firm, call.context.clock()
    with call.context.database.write() as session:
        must_admin(session, call.asker, WHAT)
        before = firm_settings.settings_of(session, firm.id)
        if any(getattr(before, key) != picked[key] for key in WHEN):
            picked["digest_set_at"] = now
        chosen = firm_settings.change(session, firm_id=firm.id, by=call.asker.user_id, now=now, **picked)
        comes = _next(session, firm, chosen, now)
        saved(session, call, call.draft_id)
    call.ack(response_action="update", view=views.saved(chosen, firm.timezone, comes))


def _next(session: Session, firm: Firm, chosen: FirmSettings, now: datetime) -> Next:
    """When the next one comes, in the firm's zone."""
    zone = zone_of(firm.timezone)
    today = now.astimezone(zone).date()
    had_today = (firm.id, today) in digests.begun(session, {today})
    is_first = digests.last_told(session, firm.id, now) is None
    return Next(
        today, next_day(now, zone, chosen, had_today=had_today), had_today=had_today, is_first=is_first
    )


def _picked(call: Call) -> tuple[dict[str, object], dict[str, str]]:
    """What was chosen, by the settings' names, and what is wrong with it, by block."""
    private = _channel(call, views.PRIVATE_BLOCK, Act.DIGEST_PRIVATE)
    other = _channel(call, views.ANY_BLOCK, Act.DIGEST_ANY)
    ticked = call.typed(views.DAYS_BLOCK, Act.DIGEST_DAYS).get("selected_options") or []
    days = tuple(sorted(filter(None, (_weekday(one) for one in ticked))))
    hour = str(call.typed(views.AT_BLOCK, Act.DIGEST_AT).get("selected_time") or "")
    problems = {}
    if private and other:
        problems[views.ANY_BLOCK] = views.TWO_PLACES
    if not days:
        problems[views.DAYS_BLOCK] = views.NO_DAY
    if not HOUR.fullmatch(hour):  # else every firm's digest would wait for what can't be read
        problems[views.AT_BLOCK] = views.NO_HOUR
    picked: dict[str, object] = {
        "digest_channel": private or other,
        "digest_named_in": private,
        "digest_at": hour,
        "digest_days": days,
        "all_clear_on": _weekday(call.typed(views.CLEAR_BLOCK, Act.ALL_CLEAR).get("selected_option") or {}),
    }
    return picked, problems


def _weekday(option: Mapping[str, Any]) -> int:
    """The ISO weekday an option stands for; 0 where it stands for none."""
    value = str(option.get("value") or "")
    return int(value) if value in WEEKDAYS else 0


def _channel(call: Call, block: str, act: Act) -> str:
    return str(call.typed(block, act).get("selected_conversation") or "")
