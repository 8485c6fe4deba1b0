"""Whose turn a request is: handed over, stood in for, reminded of; each of them has it at hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands import request_places as places
from commands import speech
from commands.speech import Posted
from commands.views import request as views
from commands.views import request_turns as whose
from db import requests, syncs
from db.requests import RequestState
from qb.canonical import from_canonical

if TYPE_CHECKING:
    from collections.abc import Sequence

    from commands.context import Context
    from db.outbox import ClaimedTask
    from db.requests import Request
    from db.syncs import Sync
    from qb.entry import Entry


def found_open(context: Context, task: ClaimedTask) -> tuple[Request, Sync] | None:
    """The request a task is about, while nobody has decided it."""
    with context.database.read() as session:
        request = requests.of_sync(session, task.firm_id, task.content["sync"])
        sync = syncs.get(session, task.firm_id, task.content["sync"])
    if request is None or sync is None or request.state is not RequestState.OPEN:
        return None
    return request, sync


def tell_stand_ins(context: Context, request: Request, entries: Sequence[Entry]) -> None:
    """Who decides for somebody away has it in their own messages, too: they may not look at the channel."""
    with context.database.read() as session:
        turns, today = places.turns_of(session, context, request)
    for turn in turns:
        if turn.away is not None and turn.is_here and not request.handed_to:
            lead = whose.for_who_is_away(turn.away, today, places.place_of(request))
            places.place_with(context, request, entries, turn.user_id, lead)


def tell_handed_over(context: Context, task: ClaimedTask) -> None:
    """Task: whose turn it is has all of it; its own message, who asked and whose turn it was read so."""
    found = found_open(context, task)
    if found is None or found[0].handed_to != task.content["to"]:
        return  # decided, or handed on again
    request, sync = found
    entries, to = from_canonical(sync.plan).entries, request.handed_to
    by, at = request.handed_by, request.handed_at
    places.move_on(context, request, entries, to=to, why=places.turn_now(request))
    if places.place_of(request):
        _redraw(context, request, entries)
        lead = whose.handed_to_you(by, at, places.place_of(request))
        places.place_with(context, request, entries, to, lead)
    else:
        why, lead = places.turn_now(request), whose.handed_to_you(by, at, "")
        _move(context, request, entries, to, why=why, lead=lead)
    now = places.still_open(context, request)
    if now is not None and sync.message_ts:
        told = places.waiting(context, now, sync)
        speech.change(context.slack(), Posted(sync.channel, sync.message_ts), told)


def remind(context: Context, task: ClaimedTask) -> None:
    """Task: one person hears that a request waits for them, unless it was decided meanwhile."""
    found = found_open(context, task)
    if found is None:
        return
    (request, sync), to = found, task.content["to"]
    entries = from_canonical(sync.plan).entries
    told = views.reminder(
        entries,
        asked_by=request.asked_by,
        at=request.asked_at,
        expires=request.expires_at,
        place=places.place_of(request),
    )
    places.tell(context, request, to, told)
    if not places.place_of(request) and not places.stands_with(context, request, to):
        places.move_on(context, request, entries, to=to, why=whose.next_turn(to))
        _move(context, request, entries, to, why=whose.next_turn(to))


def _redraw(context: Context, request: Request, entries: Sequence[Entry]) -> None:
    """Its own message says whose turn it is; what follows in the thread stays."""
    if request.message_ts and places.still_open(context, request) is not None:
        first, *_more = places.drawn(context, request, entries)
        speech.change(context.slack(), Posted(request.channel, request.message_ts), first)


def _move(
    context: Context, request: Request, entries: Sequence[Entry], to: str, *, why: str, lead: str = ""
) -> None:
    """What stands in one person's direct messages is shown to whose turn it is now, and gives way there."""
    now = places.still_open(context, request)
    if now is None or places.stands_with(context, now, to):
        return
    if now.message_ts:  # of before messages were kept by person, too
        place = Posted(now.channel, now.message_ts)
        speech.change(context.slack(), place, views.moved(entries, why))
    places.ask(context, now, entries, [to], lead)
