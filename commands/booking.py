"""The preview and its buttons: Book approves exactly what was shown, once; Cancel."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import timedelta
from typing import TYPE_CHECKING

from commands import errands, speech
from commands.access import NotAllowedError, may_mend
from commands.asking import (
    ask,
    asked_before,
    judged,
    needs_one_now,
    refuse_asked_already,
    refuse_booked_since,
    second_person,
)
from commands.awaiting import taken_among
from commands.books import FRESH, read_lists
from commands.comparing import look_at_contacts, look_for
from commands.errors import RefusedError
from commands.firm import asker_in
from commands.ids import Task
from commands.parts import leave_parts
from commands.speech import Posted
from commands.views import preview as views
from commands.views.text import person
from commands.words import screens
from commands.words.access import NOT_TO_MEND, NOT_YOURS
from db import syncs
from db.records import InvoiceKey
from db.syncs import Approver, SyncState
from qb.books import invoices_of, plan_for
from qb.canonical import from_canonical
from qb.post import propose

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from commands.access import Asker
    from commands.call import Call
    from commands.context import Context
    from db.chosen import FirmSettings
    from db.outbox import ClaimedTask
    from db.refusal import Refusal
    from db.syncs import Sync
    from qb.entry import Held
    from qb.policy import Verdict

DECIDED = {
    SyncState.REQUESTED: screens.PREVIEW_OLDER,
    SyncState.APPROVED: screens.PREVIEW_BOOKED,
    SyncState.RUNNING: screens.PREVIEW_BOOKED,
    SyncState.DONE: screens.PREVIEW_DONE,
    SyncState.SUPERSEDED: screens.PREVIEW_SUPERSEDED,
    SyncState.CANCELLED: screens.PREVIEW_CANCELLED,
    SyncState.PROPOSED: screens.PREVIEW_OLDER,
}
BY_ANOTHER = frozenset({SyncState.REQUESTED, SyncState.CANCELLED})
"""Where a request says more: that it waits, was rejected, withdrawn or left to expire."""


def preview(context: Context, task: ClaimedTask) -> None:
    """Task: plan what was ticked from fresh lists, and post it to the person who asked.

    The sync has the task's own id, so that a task done twice shows one preview.
    """
    client = context.slack()
    asker = asker_in(context, client, task)
    read_lists(context, task.firm_id, older_than=timedelta() if task.content.get("fresh") else FRESH)
    keys = [InvoiceKey(*key) for key in task.content["invoices"]]
    look_at_contacts(context, task.firm_id, keys)
    look_for(context, task.firm_id, keys)
    with context.database.write() as session:
        sync = syncs.get(session, task.firm_id, task.id)
        if sync is None:
            proposal = propose(
                session,
                firm_id=task.firm_id,
                keys=keys,
                asked_by=asker.user_id,
                now=context.clock(),
                new_id=lambda: task.id,
            )
            sync, held = proposal.sync, proposal.plan.held
        else:
            held = plan_for(session, task.firm_id, invoices_of(session, task.firm_id, keys)).held
    if sync is None:
        asks = errands.offer(context, asker, task.content["invoices"], held)
        speech.post(client, asker.user_id, views.nothing_to_book(held, asks))
    elif not sync.message_ts:
        _post(context, asker, sync, held, task.content.get("changes", []))


def _post(context: Context, asker: Asker, sync: Sync, held: tuple[Held, ...], changes: list[str]) -> None:
    client, entries = context.slack(), from_canonical(sync.plan).entries
    with context.database.read() as session:
        second = second_person(session, asker, sync.id, context.clock())
        taken = taken_among(session, sync.firm_id, entries)
    first, *more = views.preview(
        entries, held, sync_id=sync.id, version=sync.version, changes=changes, second=second, taken=taken
    )
    posted = speech.post(client, sync.asked_by, first)
    with context.database.write() as session:
        syncs.set_message(session, sync.id, firm_id=sync.firm_id, channel=posted.channel, ts=posted.ts)
        leave_parts(session, context, sync.firm_id, posted, more, run=f"preview:{sync.id}")


def book(session: Session, call: Call) -> None:
    """Book: approves exactly what was shown, once; where a second person is needed by now, asks them."""
    shown = json.loads(call.value)
    found = judged(session, call.asker, shown["s"], call.context.clock())
    if found is not None and found[0].needs:
        if _asked(session, call, shown, *found):
            say(session, call, needs_one_now(session, call, found[0]))
        return
    channel, ts = call.pressed_in  # whoever posted the preview may have died before writing it down
    won = syncs.approve(
        session,
        firm_id=call.asker.firm.id,
        sync_id=shown["s"],
        version=int(shown["v"]),
        by=call.asker.user_id,
        now=call.context.clock(),
        who=Approver.REQUESTER,
        channel=channel,
        ts=ts,
    )
    if not won:
        say(session, call, _decided(session, call, own_sync(session, call, shown["s"])))


def ask_to_book(session: Session, call: Call) -> None:
    """Ask to Book: a second person is asked for exactly what was shown, also where none is needed by now."""
    shown = json.loads(call.value)
    found = judged(session, call.asker, shown["s"], call.context.clock())
    if found is None:
        own_sync(session, call, shown["s"])
    else:
        _asked(session, call, shown, *found)


def _asked(
    session: Session, call: Call, shown: Mapping[str, str], verdict: Verdict, chosen: FirmSettings
) -> bool:
    sync = own_sync(session, call, shown["s"])
    refuse_asked_already(session, sync)
    if sync.state is SyncState.PROPOSED:
        refuse_booked_since(session, sync)
    if not ask(session, call, shown, verdict, chosen):
        say(session, call, _decided(session, call, sync))
        return False
    _keep_message(session, call, sync)
    return True


def _keep_message(session: Session, call: Call, sync: Sync) -> None:
    """The preview is where it was pressed: whoever posted it may have died before writing it down."""
    channel, ts = call.pressed_in
    if ts and ts != sync.message_ts:
        syncs.set_message(session, sync.id, firm_id=sync.firm_id, channel=channel, ts=ts)


def cancel(session: Session, call: Call) -> None:
    """Cancel: nothing is booked, and the message says so."""
    shown = json.loads(call.value)
    sync = own_sync(session, call, shown["s"])
    now, by = call.context.clock(), call.asker.user_id
    if syncs.cancel(session, sync.id, now, firm_id=sync.firm_id, by=by):
        _keep_message(session, call, sync)
        call.later(session, Task.CANCELLED, {"sync": sync.id}, f"{Task.CANCELLED}:{sync.id}")
    else:
        say(session, call, _decided(session, call, sync))


def cancelled(context: Context, task: ClaimedTask) -> None:
    """Task: the preview's buttons give way to a line."""
    with context.database.read() as session:
        sync = syncs.get(session, task.firm_id, task.content["sync"])
    if sync is not None and sync.message_ts:
        message = views.cancelled(from_canonical(sync.plan).entries, task.content["user"])
        speech.change(context.slack(), Posted(sync.channel, sync.message_ts), message)


def sync_to_mend(session: Session, call: Call, sync_id: str) -> Sync:
    """The sync, for who asked for it, admins and approvers; raises as :func:`own_sync`."""
    sync = _known_sync(session, call, sync_id)
    if not may_mend(call.asker, sync.asked_by):
        raise NotAllowedError(NOT_TO_MEND.said(who=person(sync.asked_by)))
    return sync


def own_sync(session: Session, call: Call, sync_id: str) -> Sync:
    """The sync, if this person asked for it; :class:`RefusedError`, :class:`NotAllowedError` else."""
    sync = _known_sync(session, call, sync_id)
    if sync.asked_by != call.asker.user_id:
        raise NotAllowedError(NOT_YOURS.said(who=person(sync.asked_by)))
    return sync


def _known_sync(session: Session, call: Call, sync_id: str) -> Sync:
    sync = syncs.get(session, call.asker.firm.id, sync_id)
    if sync is None:
        raise RefusedError(screens.PREVIEW_GONE.said())
    return sync


def _decided(session: Session, call: Call, sync: Sync) -> Refusal:
    """What is said to who presses on a preview that was decided: what became of it, as it stands now."""
    asked = asked_before(session, sync, call.context.clock())
    if asked is not None and sync.state in BY_ANOTHER:
        return asked
    sentence, who = DECIDED[sync.state], person(sync.approved_by or sync.asked_by)
    return sentence.said(**dict.fromkeys(sentence.places, who))


def say(session: Session, call: Call, told: str | Refusal) -> None:
    """Have the worker answer the press, where it was made."""
    channel, _ = call.pressed_in
    content = {"text": told} if isinstance(told, str) else {"refusal": asdict(told)}
    call.later(session, Task.NOTICE, {**content, "channel": channel}, call.once(Task.NOTICE))
