"""A request's own message: posted where it is decided, replaced by what became of it, carrying the result."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from commands import request_places as places
from commands import speech
from commands.digest_stale import redraw_later
from commands.firm import next_task
from commands.ids import Task
from commands.parts import leave_parts
from commands.request_turns import found_open, tell_stand_ins
from commands.speech import Posted
from commands.views import request as views
from commands.views import request_ended as endings
from commands.views.preview import approval
from db import decisions, firm_settings, requests, syncs
from db.requests import RequestState
from qb.canonical import from_canonical

if TYPE_CHECKING:
    from collections.abc import Sequence

    from commands.context import Context
    from commands.views.blocks import Message
    from db.outbox import ClaimedTask
    from db.requests import Request
    from db.syncs import Sync
    from qb.entry import Entry

A_MOMENT = timedelta(seconds=5)
"""Between the first press and the second message of who works alone."""
OVER = frozenset({RequestState.REJECTED, RequestState.WITHDRAWN, RequestState.EXPIRED})


def post(context: Context, task: ClaimedTask) -> None:
    """Task: the requester's message says that it waits; then the second person is asked, where they look."""
    found = found_open(context, task)
    if found is None:
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
        who, _today = places.turns_of(session, context, request)
        channel = firm_settings.settings_of(session, task.firm_id).approval_channel
    _change_preview(context, sync, places.waiting(context, request, sync))
    able = [one for one in (channel, request.handed_to, *(turn.user_id for turn in who)) if one]
    if able and not request.message_ts:  # nobody may approve any more: it waits, and expires
        places.ask(context, request, entries, able)
    now = places.still_open(context, request)
    if now is not None:
        tell_stand_ins(context, now, entries)
    with context.database.write() as session:
        redraw_later(session, context, task.firm_id)


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
        with context.database.write() as session:
            redraw_later(session, context, task.firm_id)
    elif request.state is RequestState.APPROVED and request.decided_at is not None:
        by, at = request.decided_by, request.decided_at
        if request.alone:
            places.change(context, request, views.alone(entries, at=at))
            return
        places.change(context, request, views.approved(entries, by=by, at=at, asked_by=request.asked_by))
        speech.post(context.slack(), request.asked_by, views.told_approved(entries, by))


def _tell_over(context: Context, request: Request, sync: Sync, entries: Sequence[Entry]) -> None:
    """In its own place; and to who asked once: in the message they pressed, or in one they are called to."""
    why, asked_by = _why(request), request.asked_by
    places.change(context, request, endings.ended(entries, why=why, asked_by=asked_by))
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
        places.change(context, request, endings.ended(entries, why=why, asked_by=request.asked_by))


def carry_result(context: Context, sync: Sync, result: Message, *, more: bool) -> None:
    """The request's message shows what came of it, too; ``more``: the rest is with who asked."""
    with context.database.read() as session:
        request = requests.of_sync(session, sync.firm_id, sync.id)
    if request is not None and request.state is RequestState.APPROVED and not request.alone:
        told = views.with_who(result, asked_by=request.asked_by, by=request.decided_by, more=more)
        places.change(context, request, told)


def _found(context: Context, task: ClaimedTask) -> tuple[Request, Sync] | None:
    with context.database.read() as session:
        request = requests.of_sync(session, task.firm_id, task.content["sync"])
        sync = syncs.get(session, task.firm_id, task.content["sync"])
    return None if request is None or sync is None else (request, sync)


def _change_preview(context: Context, sync: Sync, message: Message) -> None:
    if sync.message_ts:
        speech.change(context.slack(), Posted(sync.channel, sync.message_ts), message)
