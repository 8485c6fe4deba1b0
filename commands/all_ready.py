"""Sync All Ready: a preview for each client and currency, to whoever pressed; nothing is booked by it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands import speech
from commands.comparing import look_again
from commands.digest_facts import moment_of, shown_of
from commands.firm import asker_in
from commands.ids import Task
from commands.views.blocks import Message, section
from commands.views.notices import compare_button
from commands.views.text import count, verb
from db import digests, outbox
from qb.digest import short
from qb.hold import Mend

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from commands.call import Call
    from commands.context import Context
    from db.outbox import ClaimedTask
    from qb.digest import Waiting

MOST = 10
"""Previews of one press: each is looked at by a person."""


def pressed(call: Call) -> None:
    """Leave it to the worker; outside a digest, as if there were one a day."""
    digest = call.value or moment_of(call.context, call.asker.firm).today.isoformat()
    with call.context.database.write() as session:
        channel, _ = call.pressed_in
        content = {"digest": digest, "channel": channel}
        call.later(session, Task.SYNC_READY, content, call.once(Task.SYNC_READY))
    call.ack()


def preview(context: Context, task: ClaimedTask) -> None:
    """Task: leave a preview for each client that is ready now, oldest paid first; say how many follow."""
    client, content = context.slack(), task.content
    asker = asker_in(context, client, task)
    look_again(context, task.firm_id)
    with context.database.read() as session:
        kept = digests.get(session, task.firm_id, content["digest"])
        digest = shown_of(session, context, asker.firm, kept, content["digest"]).digest
    ready = digest.ready
    clients = by_client([one for item in ready.items for one in item.invoices] if ready else [])
    with context.database.write() as session:
        left, more = _left(session, context, task, clients)
    alike = sum(group.invoices for group in digest.groups if group.mend is Mend.ALIKE)
    message = _told(in_words(left, more, len(clients)), alike)
    if not content["channel"] or not speech.whisper(client, content["channel"], asker.user_id, message):
        speech.post(client, asker.user_id, message)


def _told(told: str, alike: int) -> Message:
    """The answer; what was ready this morning may look booked by now, so that is told beside it."""
    if not alike:
        return Message(told, (section(told),))
    waits = (
        f"{count(alike, 'paid invoice')} {verb(alike, 'looks', 'look')} as if booked in QuickBooks already, "
        f"so no preview comes of {'it' if alike == 1 else 'them'}: an approver or admin says which is which."
    )
    return Message(f"{told} {waits}", (section(told), section(waits, compare_button())))


def by_client(waiting: Sequence[Waiting]) -> tuple[tuple[Waiting, ...], ...]:
    """The invoices of each client and currency, oldest first."""
    found: dict[tuple[str, str], list[Waiting]] = {}
    for one in waiting:
        found.setdefault((one.client, one.amount.currency), []).append(one)
    return tuple(tuple(invoices) for invoices in found.values())


def in_words(left: int, more: int, clients: int) -> str:
    """What the press did: so many previews follow, so many clients are for another press."""
    if not clients:
        return "Nothing is ready any more. Nothing was booked."
    if not left:
        return (
            "You have a preview of each of these already, in your direct messages: each is booked there. "
            "Sync beside a client makes a new one."
        )
    come = verb(left, "comes as a direct message", "come as direct messages")
    told = f"{count(left, 'preview')} {come}, one a client. Each is booked, or asked for, by its own button."
    return f"{told} Press again for the next {min(more, MOST)}." if more else told


def _left(
    session: Session, context: Context, task: ClaimedTask, clients: Sequence[Sequence[Waiting]]
) -> tuple[int, int]:
    """How many previews were left, and how many clients have to wait; a client's is left once a digest."""
    left = more = 0
    for invoices in clients:
        if left == MOST:
            more += 1
        else:
            left += _is_new(session, context, task, invoices)
    return left, more


def _is_new(session: Session, context: Context, task: ClaimedTask, invoices: Sequence[Waiting]) -> bool:
    user, mine = task.content["user"], context.new_id()
    content = {
        "user": user,
        "invoices": [[one.case, one.number, one.client] for one in invoices],
        "fresh": False,
    }
    which = short(*(one.fingerprint + one.mark for one in invoices))
    kept = outbox.add_task(
        session,
        firm_id=task.firm_id,
        kind=Task.PREVIEW,
        content=content,
        now=context.clock(),
        new_id=lambda: mine,
        key=f"{Task.PREVIEW}:{task.content['digest']}:{user}:{which}",
    )
    return kept == mine
