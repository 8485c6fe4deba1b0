"""What only a person can tell of a booking: whether it is in QuickBooks after all, or isn't."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from commands.booking import say, sync_to_mend
from commands.ids import Task
from commands.watching import first_watch
from qb import review

if TYPE_CHECKING:
    from collections.abc import Callable

    from commands.call import Call

DECIDED_ALREADY = "This was decided already; the message shows how it stands."


def look_again(call: Call) -> None:
    """Look Again: something was put right in QuickBooks."""
    _decide(call, review.look_again, "We look in QuickBooks once more; the message above shows what we find.")


def not_there(call: Call) -> None:
    """It Isn't There: the invoice is free to be synced anew, by a new preview."""
    _decide(call, review.give_up, "It counts as not booked. Try Again makes a new preview of it.")


def _decide(call: Call, decision: Callable[..., int], told: str) -> None:
    """The decision is committed before Slack is answered; a second press changes nothing."""
    asked = json.loads(call.value)
    with call.context.database.write() as session:
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
        say(session, call, told if decided else DECIDED_ALREADY)
    call.ack()
