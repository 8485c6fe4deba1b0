"""What only a person can tell of a booking: whether it is in QuickBooks after all, or isn't."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from commands.booking import say, sync_to_mend
from commands.ids import Task
from commands.watching import first_watch
from commands.words import screens
from db import receipts, syncs
from qb import readback, review

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from commands.call import Call
    from commands.context import Context
    from db.outbox import ClaimedTask

LOOKING = "We look in QuickBooks once more; the message above shows what we find."


def look_again(session: Session, call: Call) -> None:
    """Look Again: something was put right in QuickBooks."""
    asked = json.loads(call.value)
    sync = sync_to_mend(session, call, asked["s"])
    read = receipts.of_sync(session, sync.id)
    if not any(one.invoice == asked["i"] and not one.ties for one in read):
        _decide(session, call, review.look_again, LOOKING)
        return
    content = {"sync": sync.id, "subject": asked["i"]}
    call.later(session, Task.READ_AGAIN, content, call.once(Task.READ_AGAIN))
    say(session, call, LOOKING)


def not_there(session: Session, call: Call) -> None:
    """It Isn't There: the invoice is free to be synced anew, by a new preview."""
    _decide(session, call, review.give_up, "It counts as not booked. Try Again makes a new preview of it.")


def read_anew(context: Context, task: ClaimedTask) -> None:
    """Task: what differed is read back once more, and the message shows what is there now."""
    firm_id, asked = task.firm_id, task.content
    company = context.company(firm_id)
    readback.read_again(context.database, company, firm_id, asked["sync"], asked["subject"], context.clock())
    with context.database.write() as session:
        sync = syncs.get(session, firm_id, asked["sync"])
        if sync is not None:
            first_watch(session, context, sync, run=task.id)


def _decide(session: Session, call: Call, decision: Callable[..., int], told: str) -> None:
    """A second press changes nothing."""
    asked = json.loads(call.value)
    sync = sync_to_mend(session, call, asked["s"])
    decided = decision(
        session,
        firm_id=sync.firm_id,
        sync_id=sync.id,
        subject=asked["i"],
        by=call.asker.user_id,
        now=call.context.clock(),
    )
    if decided:
        first_watch(session, call.context, sync, run=call.once(Task.WATCH))
    say(session, call, told if decided else screens.DECIDED_ALREADY.said())
