"""The day's posted digest follows what is booked, asked and decided: redrawn with the figures of now."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from commands import speech
from commands.digest_facts import moment_of, shown_of
from commands.mornings import may_name
from commands.speech import Posted
from commands.views import digest as views
from commands.zones import zone_of
from db import digests, firm_settings, firms

if TYPE_CHECKING:
    from commands.context import Context
    from db.outbox import ClaimedTask


def redraw(context: Context, task: ClaimedTask) -> None:
    """Task: change today's message, if one was posted that told what waits; with the hour it is as of."""
    client = context.slack()
    with context.database.read() as session:
        firm = firms.get_firm(session, task.firm_id)
        if firm is None:
            return
        kept = digests.posted_on(session, firm.id, moment_of(context, firm).today)
        if kept is None or not kept.content.get("marks"):
            return
        shown = shown_of(session, context, firm, kept, kept.id)
        chosen = firm_settings.settings_of(session, firm.id)
    hour = f"{context.clock().astimezone(zone_of(firm.timezone)):%H:%M}"
    names = may_name(client, replace(chosen, digest_channel=kept.channel))
    speech.change(
        client, Posted(kept.channel, kept.message_ts), views.now(replace(shown, as_of=hour), names=names)
    )
