"""A request's own message: posted where it is decided, replaced by what became of it, carrying the result."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from slack_sdk.errors import SlackApiError

from commands import speech
from commands.asked_again import rejection_before
from commands.asking import others_who_approve
from commands.firm import next_task
from commands.ids import Task
from commands.parts import leave_parts
from commands.speech import ELSEWHERE, Posted
from commands.views import request as views
from commands.views import request_ended as endings
from commands.views.places import channel as channel_by_name
from commands.views.preview import approval
from db import decisions, firm_settings, requests, syncs
from db.requests import RequestState
from qb.canonical import from_canonical

if TYPE_CHECKING:
    from collections.abc import Sequence

    from slack_sdk import WebClient

    from commands.context import Context
    from commands.views.blocks import Message
    from db.outbox import ClaimedTask
    from db.requests import Request
    from db.syncs import Sync
    from qb.entry import Entry

A_MOMENT = timedelta(seconds=5)
"""Between the first press and the second message of who works alone."""
NO_ROOM = ELSEWHERE | {"is_archived", "restricted_action"}
OVER = frozenset({RequestState.REJECTED, RequestState.WITHDRAWN, RequestState.EXPIRED})


def post(context: Context, task: ClaimedTask) -> None:
    """Task: the requester's message says that it waits; then the second person is asked, where they look."""
    found = _found(context, task)
    if found is None or found[0].state is not RequestState.OPEN:
        return
    request, sync = found
    entries = from_canonical(sync.plan).entries
    if request.alone:
        _change_preview(context, sync, views.pausing(entries))
        with context.database.write() as session:
            key = f"{Task.LOOK_TWICE}:{request.id}"
            next_task(session, context, task.firm_id, Task.LOOK_TWICE, task.content, key=key, after=A_MOMENT)
        return
    with context.database.read() as session:
        who = others_who_approve(session, task.firm_id, request.asked_by)
        channel = firm_settings.settings_of(session, task.firm_id).approval_channel
    _change_preview(context, sync, _waiting(request, entries, channel, who))
    places = [one for one in (channel, request.handed_to, *who) if one]
    if places and not request.message_ts:  # nobody may approve any more: it waits, and expires
        _ask(context, request, entries, places)


def _waiting(request: Request, entries: Sequence[Entry], channel: str, who: Sequence[str]) -> Message:
    return views.waiting(
        entries,
        value=approval(request.sync_id, request.version),
        at=request.asked_at,
        expires=request.expires_at,
        place=f" in {channel_by_name(channel)}" if channel else "",
        who=who,
    )


def _ask(context: Context, request: Request, entries: Sequence[Entry], places: Sequence[str]) -> None:
    """In the channel; where there is none, or we aren't in it, to the first who may approve."""
    with context.database.read() as session:
        before = rejection_before(session, request)
    first, *more = views.request(
        entries,
        [sentence for _, sentence in request.rules],
        asked_by=request.asked_by,
        value=approval(request.sync_id, request.version),
        expires=request.expires_at,
        handed_to=request.handed_to,
        before=before,
    )
    posted = _posted(context.slack(), places, first)
    with context.database.write() as session:
        requests.set_message(session, request, channel=posted.channel, ts=posted.ts)
        leave_parts(session, context, request.firm_id, posted, more, run=f"request:{request.id}:{posted.ts}")


def _posted(client: WebClient, places: Sequence[str], message: Message) -> Posted:
    *before, last = places
    for place in before:
        try:
            return speech.post(client, place, message)
        except SlackApiError as error:
            if error.response["error"] not in NO_ROOM:
                raise
    return speech.post(client, last, message)


def look_twice(context: Context, task: ClaimedTask) -> None:
    """Task: after a pause, who works alone sees everything again in a message of its own."""
    found = _found(context, task)
    if found is None or found[0].state is not RequestState.OPEN or found[0].message_ts:
        return
    request, sync = found
    entries = from_canonical(sync.plan).entries
    first, *more = views.look_again(entries, value=approval(request.sync_id, request.version))
    posted = speech.post(context.slack(), request.asked_by, first)
    with context.database.write() as session:
        requests.set_message(session, request, channel=posted.channel, ts=posted.ts)
        leave_parts(session, context, request.firm_id, posted, more, run=f"request:{request.id}:{posted.ts}")


def decided(context: Context, task: ClaimedTask) -> None:
    """Task: the request's message gives way to what became of it, and who asked hears it directly."""
    found = _found(context, task)
    if found is None:
        return
    request, sync = found
    entries = from_canonical(sync.plan).entries
    if request.state in OVER:
        _tell_over(context, request, sync, entries)
    elif request.state is RequestState.APPROVED and request.decided_at is not None:
        by, at = request.decided_by, request.decided_at
        if request.alone:
            _change(context, request, views.alone(entries, at=at))
            return
        _change(context, request, views.approved(entries, by=by, at=at, asked_by=request.asked_by))
        speech.post(context.slack(), request.asked_by, views.told_approved(entries, by))


def _tell_over(context: Context, request: Request, sync: Sync, entries: Sequence[Entry]) -> None:
    """In its own place; and to who asked once: in the message they pressed, or in one they are called to."""
    why, asked_by = _why(request), request.asked_by
    _change(context, request, endings.ended(entries, why=why, asked_by=asked_by))
    again, was_rejected = approval(request.sync_id, request.version), request.state is RequestState.REJECTED
    is_expired = request.state is RequestState.EXPIRED
    told = endings.ended(entries, why=why, asked_by=asked_by, again=again, as_it_was=is_expired)
    if request.state is RequestState.WITHDRAWN:
        _change_preview(context, sync, told)
        return
    _change_preview(context, sync, endings.told_below(entries, is_rejected=was_rejected))
    speech.post(context.slack(), asked_by, told)


def _why(request: Request) -> str:
    at = request.decided_at or request.expires_at
    if request.state is RequestState.REJECTED:
        return endings.rejected(request.decided_by, at, request.reason)
    if request.state is RequestState.WITHDRAWN:
        return endings.withdrawn(request.decided_by, at)
    return endings.expired(at)


def overtaken(context: Context, sync: Sync, changes: Sequence[str]) -> None:
    """What was approved changed before it was booked: its request says what, before and after."""
    with context.database.write() as session:
        request = decisions.supersede(session, sync.firm_id, sync.id, "; ".join(changes))
    if request is not None:
        entries = from_canonical(sync.plan).entries
        why = endings.superseded(changes, request.asked_by)
        _change(context, request, endings.ended(entries, why=why, asked_by=request.asked_by))


def carry_result(context: Context, sync: Sync, result: Message, *, more: bool) -> None:
    """The request's message shows what came of it, too; ``more``: the rest is with who asked."""
    with context.database.read() as session:
        request = requests.of_sync(session, sync.firm_id, sync.id)
    if request is not None and request.state is RequestState.APPROVED and not request.alone:
        told = views.with_who(result, asked_by=request.asked_by, by=request.decided_by, more=more)
        _change(context, request, told)


def tell_handed_over(context: Context, task: ClaimedTask) -> None:
    """Task: whose turn it is hears it directly."""
    found = _found(context, task)
    if found is None or found[0].state is not RequestState.OPEN:
        return
    request, sync = found
    entries, by = from_canonical(sync.plan).entries, task.content["user"]
    told = views.handed_over(entries, by=by, asked_by=request.asked_by, place=place_of(request))
    speech.post(context.slack(), task.content["to"], told)
    if not place_of(request):
        _move(context, request, entries, task.content["to"])


def remind(context: Context, task: ClaimedTask) -> None:
    """Task: one person hears that a request waits for them, unless it was decided meanwhile."""
    found = _found(context, task)
    if found is None or found[0].state is not RequestState.OPEN:
        return
    request, sync = found
    entries = from_canonical(sync.plan).entries
    told = views.reminder(
        entries,
        asked_by=request.asked_by,
        at=request.asked_at,
        expires=request.expires_at,
        place=place_of(request),
    )
    speech.post(context.slack(), task.content["to"], told)
    if not place_of(request):
        _move(context, request, entries, task.content["to"])


def _move(context: Context, request: Request, entries: Sequence[Entry], to: str) -> None:
    """What stands in one person's direct messages is shown to whose turn it is now, and gives way there."""
    with context.database.read() as session:
        now = requests.of_sync(session, request.firm_id, request.sync_id)
    if now is None or now.state is not RequestState.OPEN:
        return  # decided while we spoke to Slack: its end stands there already
    _change(context, request, views.moved(entries, to))
    _ask(context, request, entries, [to])


def place_of(request: Request) -> str:
    """Where it can be decided, as markup behind a sentence; a direct message has no name to tell."""
    in_channel = request.channel.startswith(("C", "G"))
    return f" in {channel_by_name(request.channel)}" if in_channel else ""


def _found(context: Context, task: ClaimedTask) -> tuple[Request, Sync] | None:
    with context.database.read() as session:
        request = requests.of_sync(session, task.firm_id, task.content["sync"])
        sync = syncs.get(session, task.firm_id, task.content["sync"])
    return None if request is None or sync is None else (request, sync)


def _change(context: Context, request: Request, message: Message) -> None:
    if request.message_ts:
        speech.change(context.slack(), Posted(request.channel, request.message_ts), message)


def _change_preview(context: Context, sync: Sync, message: Message) -> None:
    if sync.message_ts:
        speech.change(context.slack(), Posted(sync.channel, sync.message_ts), message)
