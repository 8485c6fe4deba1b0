"""The settings page *Channels and time zone*: where requests and digests go, and which clock the firm has."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import available_timezones

from commands import speech
from commands.access import must_admin
from commands.firm import next_task
from commands.ids import Act, Task
from commands.page import below, saved
from commands.views import places as views
from commands.views.blocks import OPTIONS, Message, section
from commands.views.text import clean
from commands.zones import known_zone
from db import firm_settings, firms

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from commands.call import Call
    from commands.context import Context
    from db.firms import Firm
    from db.outbox import ClaimedTask

CANADA = (
    "America/Toronto",
    "America/Vancouver",
    "America/Edmonton",
    "America/Winnipeg",
    "America/Halifax",
    "America/St_Johns",
    "America/Regina",
)
"""Offered before anything is typed."""
CHANNELS = ("approval_channel", "digest_channel")


def summary(session: Session, firm: Firm) -> str:
    """Where things are posted, and the firm's time zone."""
    chosen = firm_settings.settings_of(session, firm.id)
    return views.summary(chosen.approval_channel, chosen.digest_channel, firm.timezone)


def start(call: Call) -> None:
    """Open the page, for an admin."""
    firm = call.asker.firm
    with call.context.database.read() as session:
        must_admin(session, call.asker, "change the channels")
        chosen = firm_settings.settings_of(session, firm.id)
    call.ack()
    call.open(views.page(chosen.approval_channel, chosen.digest_channel, firm.timezone, below(call)))


def zones_offered(call: Call) -> None:
    """Time zones by what is typed; Canada's where nothing is."""
    typed = clean(str(call.body.get("value") or "")).replace(" ", "_").casefold()
    found = sorted(zone for zone in available_timezones() if typed in zone.casefold()) if typed else CANADA
    call.ack(options=[views.zone_option(zone) for zone in found[:OPTIONS]])


def submitted(call: Call) -> None:
    """Save: audited; a channel chosen anew is told so, which also shows whether we are in it."""
    picked = {key: _channel(call, key) for key in CHANNELS}
    zone = str((call.typed(views.ZONE_BLOCK, Act.ZONE).get("selected_option") or {}).get("value") or "")
    if known_zone(zone) is None:
        call.ack(response_action="errors", errors={views.ZONE_BLOCK: "Choose a time zone from the list."})
        return
    firm, now, by = call.asker.firm, call.context.clock(), call.asker.user_id
    with call.context.database.write() as session:
        must_admin(session, call.asker, "change the channels")
        before = firm_settings.settings_of(session, firm.id)
        firm_settings.change(session, firm_id=firm.id, by=by, now=now, **picked)
        firms.set_timezone(session, firm_id=firm.id, timezone=zone, by=by, now=now)
        for key, channel in picked.items():
            if channel and channel != getattr(before, key):
                content = {"user": by, "channel": channel, "what": key}
                run = call.once(Task.PLACE_CHOSEN)
                next_task(session, call.context, firm.id, Task.PLACE_CHOSEN, content, key=f"{run}:{key}")
        saved(session, call, call.draft_id)
    call.ack()


def tell(context: Context, task: ClaimedTask) -> None:
    """Task: say in the channel what will be posted there; where we aren't in it, say so to who chose it."""
    client, content = context.slack(), task.content
    if not speech.announce(client, content["channel"], views.chosen_here(content["what"], content["user"])):
        told = views.not_in_channel(content["what"], content["channel"])
        speech.post(client, content["user"], Message(told, (section(told),)))


def _channel(call: Call, key: str) -> str:
    return str(call.typed(f"{views.PLACE_BLOCK}{key}", Act.PLACE).get("selected_conversation") or "")
