"""The messages in which a request can be decided, in its channel and with whose turn it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from slack_sdk.errors import SlackApiError

from commands import speech
from commands.asked_again import rejection_before
from commands.asking import others_who_approve
from commands.firm import today_of
from commands.parts import leave_parts
from commands.speech import ELSEWHERE, Posted
from commands.stand_ins import turns
from commands.views import request as views
from commands.views import request_turns as whose
from commands.views.asked_again import rejected_before
from commands.views.places import channel as channel_by_name
from commands.views.preview import approval
from commands.views.turns import turns_in_words
from db import direct_messages, firm_settings, requests
from db.direct_messages import DirectMessage
from db.requests import RequestState
from qb.canonical import from_canonical

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from slack_sdk import WebClient
    from sqlalchemy.orm import Session

    from commands.context import Context
    from commands.stand_ins import Turn
    from commands.views.blocks import Message
    from db.requests import Request
    from db.syncs import Sync
    from qb.entry import Entry

NO_ROOM = ELSEWHERE | {"is_archived", "restricted_action"}
CHANNELS = ("C", "G")
"""How a channel's id begins; a direct message has no name to tell."""
WHOLE = "whole"
"""In a direct message's content: it holds the request with its buttons, not just a word about it."""


def about(request: Request) -> str:
    """What its direct messages are about."""
    return f"request|{request.id}"


def place_of(request: Request) -> str:
    """Where it can be decided, as markup behind a sentence; empty where that is a direct message."""
    in_channel = request.channel.startswith(CHANNELS)
    return f" in {channel_by_name(request.channel)}" if in_channel else ""


def turns_of(session: Session, context: Context, request: Request) -> tuple[tuple[Turn, ...], date]:
    """Who can decide it at this moment, stand-ins for the away; and the firm's day that goes by."""
    able = others_who_approve(session, request.firm_id, request.asked_by)
    today = today_of(session, context, request.firm_id)
    return turns(able, firm_settings.settings_of(session, request.firm_id), today), today


def drawn(
    context: Context, request: Request, entries: Sequence[Entry], lead: str = ""
) -> tuple[Message, ...]:
    """The request as it stands now; ``lead`` is markup told first."""
    with context.database.read() as session:
        before = rejection_before(session, request)
    again = "" if before is None else rejected_before(before)
    return views.request(
        entries,
        [sentence for _, sentence in request.rules],
        asked_by=request.asked_by,
        value=approval(request.sync_id, request.version),
        expires=request.expires_at,
        lead="\n".join(filter(None, (lead, again))),
        turn=turn_now(request),
    )


def turn_now(request: Request) -> str:
    """To whom it was handed, by whom and when, as markup; empty while it is anybody's."""
    if not request.handed_to:
        return ""
    return whose.handed_over(request.handed_to, request.handed_by, request.handed_at)


def waiting(context: Context, request: Request, sync: Sync) -> Message:
    """The requester's own message meanwhile."""
    with context.database.read() as session:
        who, today = turns_of(session, context, request)
        channel = firm_settings.settings_of(session, request.firm_id).approval_channel
    return views.waiting(
        from_canonical(sync.plan).entries,
        value=approval(request.sync_id, request.version),
        at=request.asked_at,
        expires=request.expires_at,
        place=place_of(request) or (f" in {channel_by_name(channel)}" if channel else ""),
        who=turns_in_words(who, today),
        turn=turn_now(request),
    )


def ask(
    context: Context, request: Request, entries: Sequence[Entry], places: Sequence[str], lead: str = ""
) -> None:
    """In the first of these places that takes it: a channel, or one person's direct messages."""
    first, *more = drawn(context, request, entries, lead)
    posted, place = _posted(context.slack(), places, first)
    with context.database.write() as session:
        requests.set_message(session, request, channel=posted.channel, ts=posted.ts)
        if not place.startswith(CHANNELS):
            _keep(session, context, request, place, posted, whole=True)
        leave_parts(session, context, request.firm_id, posted, more, run=f"request:{request.id}:{posted.ts}")


def place_with(context: Context, request: Request, entries: Sequence[Entry], to: str, lead: str) -> None:
    """The whole of it, with its buttons, with one person too; once, and it follows what becomes of it."""
    with context.database.read() as session:
        kept = direct_messages.about(session, request.firm_id, about(request))
    if any(one.user_id == to and one.content.get(WHOLE) for one in kept):
        return
    first, *more = drawn(context, request, entries, lead)
    posted = tell(context, request, to, first, whole=True)
    if posted is not None:
        with context.database.write() as session:
            run = f"request:{request.id}:{posted.ts}"
            leave_parts(session, context, request.firm_id, posted, more, run=run)


def tell(
    context: Context, request: Request, to: str, message: Message, *, whole: bool = False
) -> Posted | None:
    """A word to one person that is changed with the request; None: Slack no longer lets us write to them."""
    client = context.slack()
    posted = speech.sent(client, to, message)
    if posted is None:
        return None
    with context.database.write() as session:
        _keep(session, context, request, to, posted, whole=whole)
    if still_open(context, request) is None:  # whoever told everybody may not have known of this one
        speech.change(client, posted, views.over_meanwhile(place_of(request)))
        return None
    return posted


def change(context: Context, request: Request, message: Message) -> None:
    """Say this wherever the request stands, in its own place first."""
    client, places = context.slack(), [Posted(request.channel, request.message_ts)]
    with context.database.read() as session:
        kept = direct_messages.about(session, request.firm_id, about(request))
    places += [Posted(one.channel, one.message_ts) for one in kept]
    for place in dict.fromkeys(places):
        if place.ts:
            speech.change(client, place, message)


def move_on(context: Context, request: Request, entries: Sequence[Entry], *, to: str, why: str) -> None:
    """Whose turn it was reads why it isn't any more, and their message stays so."""
    with context.database.read() as session:
        kept = direct_messages.about(session, request.firm_id, about(request))
    for user_id in dict.fromkeys(one.user_id for one in kept if one.user_id != to):
        move_from(context, request, entries, user_id, why)


def move_from(context: Context, request: Request, entries: Sequence[Entry], user_id: str, why: str) -> None:
    """One person's messages of it say that it isn't their turn, and why."""
    client, now = context.slack(), context.clock()
    with context.database.read() as session:
        kept = direct_messages.about(session, request.firm_id, about(request))
    for one in kept:
        if one.user_id == user_id:
            speech.change(client, Posted(one.channel, one.message_ts), views.moved(entries, why))
            with context.database.write() as session:
                direct_messages.end(session, one, now)


def stands_with(context: Context, request: Request, user_id: str) -> bool:
    """Whether its own place is this person's direct messages."""
    with context.database.read() as session:
        kept = direct_messages.about(session, request.firm_id, about(request))
    return any(
        (one.user_id, one.channel, one.message_ts) == (user_id, request.channel, request.message_ts)
        for one in kept
    )


def still_open(context: Context, request: Request) -> Request | None:
    """The request as it is now, if nobody has decided it while we spoke to Slack."""
    with context.database.read() as session:
        now = requests.of_sync(session, request.firm_id, request.sync_id)
    return now if now is not None and now.state is RequestState.OPEN else None


def _keep(
    session: Session, context: Context, request: Request, to: str, posted: Posted, *, whole: bool
) -> None:
    message = DirectMessage(
        id=context.new_id(),
        firm_id=request.firm_id,
        about=about(request),
        user_id=to,
        channel=posted.channel,
        message_ts=posted.ts,
        posted_at=context.clock(),
        content={WHOLE: whole},
    )
    direct_messages.keep(session, message)


def _posted(client: WebClient, places: Sequence[str], message: Message) -> tuple[Posted, str]:
    """Where it was posted, and which of the places that is."""
    *before, last = places
    for place in before:
        try:
            return speech.post(client, place, message), place
        except SlackApiError as error:
            if error.response["error"] not in NO_ROOM:
                raise
    return speech.post(client, last, message), last
