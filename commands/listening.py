"""How Bolt's calls reach a handler: with who asks, and let in by what they may at that moment."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeAlias

from commands.access import NotAllowedError, admit, asker_of
from commands.call import Call
from commands.errors import RefusedError
from commands.ids import Screen
from commands.rights import MEMBERS
from commands.views.refusals import answer_on
from commands.words import screens
from db import audit

if TYPE_CHECKING:
    from collections.abc import Callable

    from slack_bolt import Ack, BoltResponse
    from sqlalchemy.orm import Session

    from commands.context import Context
    from commands.ids import Act
    from commands.rights import Need
    from db.outbox import ClaimedTask

Handler: TypeAlias = "Callable[[Call], None]"
Decision: TypeAlias = "Callable[[Session, Call], None]"
Work: TypeAlias = "Callable[[Context, ClaimedTask], None]"


def action_pattern(act: Act) -> re.Pattern[str]:
    """The ``action_id`` itself, or with the number behind it where it ends in an underscore."""
    return re.compile(rf"^{re.escape(act)}{'[0-9]+' if act.endswith('_') else ''}$")


def listener(
    handler: Callable[[Call], None], context: Context, need: Need = MEMBERS
) -> Callable[[Ack, dict[str, Any]], None]:
    """Bolt's listener that calls a handler with who asks, if they have the right at that moment."""

    def listen(ack: Ack, body: dict[str, Any]) -> None:
        with context.database.read() as session:
            asker = asker_of(session, body, context.clock())
            admit(session, asker, need)
        handler(Call(context, asker, ack, body))

    return listen


def decider(
    decision: Callable[[Session, Call], None], context: Context, need: Need
) -> Callable[[dict[str, Any], Ack], BoltResponse]:
    """As Bolt's middleware it runs in the request's thread: Bolt polls for what another one does."""

    def decide(body: dict[str, Any], ack: Ack) -> BoltResponse:
        def decided(session: Session) -> None:
            asker = asker_of(session, body, context.clock())
            if audit.hold(session, asker.firm.id):
                asker = asker_of(
                    session, body, context.clock()
                )  # whose role may have been taken while we waited
            admit(session, asker, need)
            decision(session, Call(context, asker, ack, body))

        context.database.write_together(decided, (NotAllowedError, RefusedError))
        return ack()

    return decide


def nothing_more(call: Call) -> None:
    """A button that only leads to an address."""
    call.ack()


def unknown(_call: Call) -> None:
    """A control of a screen or message that is no longer ours."""
    raise RefusedError(screens.OLDER_CONTROL.said())


def sent_twice(call: Call) -> None:
    """The second submission of one screen finds what the first left there, and tells what that says."""
    if call.view.get("callback_id") not in set(Screen):
        unknown(call)
    raise RefusedError(screens.SENT_TWICE.said(told=answer_on(call.view)))
