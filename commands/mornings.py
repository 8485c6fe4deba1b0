"""Leaves each day's digest to the worker, once a firm and day, and posts it where the firm wants it."""

from __future__ import annotations

import logging
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from slack_sdk.errors import SlackApiError

from commands import speech
from commands.comparing import look_again
from commands.digest_facts import shown_of
from commands.firm import next_task
from commands.ids import Task
from commands.omens import freshen
from commands.views import digest as views
from commands.views.digest_settings import is_named, nowhere
from commands.zones import zone_of
from db import digests, firm_settings, firms

if TYPE_CHECKING:
    from datetime import tzinfo

    from slack_sdk import WebClient
    from sqlalchemy.orm import Session

    from commands.context import Context
    from commands.views.blocks import Message
    from db.chosen import FirmSettings
    from db.digests import Kept
    from db.firms import Firm
    from db.outbox import ClaimedTask

APART = timedelta(seconds=2)
"""Between the firms of one hour: a thousand of them don't begin before everything else that is due."""
log = logging.getLogger("mornings")


def post_due(context: Context) -> int:
    """Leave today's digest of every firm whose hour has come and that hasn't had it; how many were left.

    Whatever slept at that hour makes it up on the same day. Several processes may look in the same minute:
    the first who writes the day down does it.
    """
    now = context.clock()
    with context.database.read() as session:
        chosen = firm_settings.of_all(session)
        zones = {one.id: zone_of(one.timezone) for one in firms.all_firms(session)}
        due = {firm: day for firm, zone in zones.items() if (day := due_day(now, zone, chosen.get(firm)))}
        begun = digests.begun(session, set(due.values())) if due else frozenset()
    left = 0
    for firm, day in due.items():
        if (firm, day) not in begun:
            left += _left(context, firm, day, now, after=left * APART)
    return left


def due_day(now: datetime, zone: tzinfo, chosen: FirmSettings | None) -> date | None:
    """The day (in ``zone``) whose digest is due at ``now``, an aware moment; None where none is.

    Of an hour that the clocks leave out it is due at the same moment after midnight, of one that comes twice
    at the first. An hour that was over when it was chosen isn't made up for.
    """
    if chosen is None or not chosen.digest_channel:
        return None
    today = now.astimezone(zone).date()
    if today.isoweekday() not in {*chosen.digest_days, chosen.all_clear_on}:
        return None
    hour = hour_of(today, zone, chosen.digest_at)
    was_ahead = chosen.digest_set_at is None or chosen.digest_set_at <= hour
    return today if was_ahead and now >= hour else None


def next_day(now: datetime, zone: tzinfo, chosen: FirmSettings, *, had_today: bool) -> date | None:
    """The day (in ``zone``) of the next digest after ``now``, an aware moment; None where none is posted.

    ``had_today``: today's was begun already, and a day has one.
    """
    if not chosen.digest_channel:
        return None
    today = now.astimezone(zone).date()
    is_today = not had_today and _comes_today(now, zone, chosen)
    days = (today + timedelta(days=ahead) for ahead in range(0 if is_today else 1, 8))
    return next((day for day in days if day.isoweekday() in chosen.digest_days), None)


def _comes_today(now: datetime, zone: tzinfo, chosen: FirmSettings) -> bool:
    today = now.astimezone(zone).date()
    return now < hour_of(today, zone, chosen.digest_at) or due_day(now, zone, chosen) == today


def hour_of(day: date, zone: tzinfo, at: str) -> datetime:
    """The moment (UTC) of a day's ``HH:MM`` in a zone."""
    return datetime.combine(day, time.fromisoformat(at), tzinfo=zone).astimezone(UTC)


def post(context: Context, task: ClaimedTask) -> None:
    """Task: post the day's digest, and keep what it said for the next one; nothing where nothing waits."""
    client = context.slack()
    with context.database.read() as session:
        kept = digests.get(session, task.firm_id, task.content["digest"])
        firm = firms.get_firm(session, task.firm_id)
        chosen = firm_settings.settings_of(session, task.firm_id)
        if kept is None or kept.message_ts or firm is None or not chosen.digest_channel:
            return
    freshen(context, firm.id)
    look_again(context, firm.id)
    with context.database.read() as session:
        shown = shown_of(session, context, firm, kept, kept.id)
    names = may_name(client, chosen)
    message = views.of_day(shown, chosen.digest_days, chosen.all_clear_on, names=names)
    with context.database.write() as session:
        content = {"marks": list(shown.digest.marks), "record": shown.record}
        digests.keep(session, firm.id, kept.id, content, context.clock())
    if message is not None:
        _post(context, client, firm, kept, chosen.digest_channel, message)


def may_name(client: WebClient, chosen: FirmSettings) -> bool:
    """Whether clients may be named in the digest's channel: it is private, and our firm's alone.

    Slack says so to whom it lets ask (``channels:read`` isn't among our scopes); else it counts that an admin
    chose it among the private ones.
    """
    try:
        info = client.conversations_info(channel=chosen.digest_channel)["channel"]
    except SlackApiError:
        return is_named(chosen)
    shared = info.get("is_ext_shared") or info.get("is_org_shared") or info.get("is_pending_ext_shared")
    return bool(info.get("is_private")) and not shared


def _left(context: Context, firm_id: str, day: date, now: datetime, *, after: timedelta) -> bool:
    digest_id = context.new_id()
    with context.database.write() as session:
        if not digests.begin_day(session, digest_id=digest_id, firm_id=firm_id, day=day, now=now):
            return False
        key = f"{Task.DIGEST}:{day}"
        next_task(session, context, firm_id, Task.DIGEST, {"digest": digest_id}, key=key, after=after)
    return True


def _post(
    context: Context, client: WebClient, firm: Firm, kept: Kept, channel: str, message: Message
) -> None:
    try:
        posted = speech.post(client, channel, message)
    except SlackApiError as error:
        if error.response["error"] not in speech.CLOSED:
            raise
        log.warning("a digest could not be posted: %s", error.response["error"])
        _tell_admins(context, client, firm, channel)
        return
    with context.database.write() as session:
        digests.set_message(session, firm.id, kept.id, channel=posted.channel, ts=posted.ts)


def _tell_admins(context: Context, client: WebClient, firm: Firm, channel: str) -> None:
    with context.database.read() as session:
        admins = _admins(session, firm)
    for user in admins:
        speech.post(client, user, nowhere(channel, "CaseLedger isn't in it, or it was archived."))


def _admins(session: Session, firm: Firm) -> tuple[str, ...]:
    return firms.people_with(session, firm.id, firms.ADMIN)
