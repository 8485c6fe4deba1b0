"""Looks once more before what waited for a connection is sent, and previews anew what isn't as approved."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands.books import NotConnectedError, read_lists
from commands.comparing import look_for
from commands.firm import preview_anew
from commands.ids import Task
from db import effects
from qb import going_on
from qb.connection import lose
from qb.gateway import InDoubt, OurBug, Reconnect
from qb.post import NotLookedError

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from commands.context import Context
    from qb.going_on import WentOn


def take_up(context: Context, firm_id: str, sync_id: str) -> None:
    """Send what a sync left waiting, if QuickBooks lets us in and says that nobody entered it meanwhile.

    Where it gives no clean answer, all of it waits on: whoever follows the sync asks again.
    """
    with context.database.read() as session:
        if not effects.any_parked(session, sync_id):
            return
        keys = going_on.waiting(session, firm_id, sync_id)
    if not keys:
        return
    looked_at = context.clock()

    def follow(session: Session, came: WentOn) -> None:
        """In the commit that takes them back: killed after that, they are still previewed."""
        if came.changed:
            user, key = (
                came.sync.asked_by,
                f"{Task.PREVIEW}:taken-back:{sync_id}:{context.clock().isoformat()}",
            )
            preview_anew(session, context, firm_id, came.changed, came.why, user=user, key=key)

    try:
        read_lists(context, firm_id, serve=False)  # an account may be trust since
        look_for(context, firm_id, keys)
        going_on.go_on(
            context.database,
            firm_id=firm_id,
            sync_id=sync_id,
            looked_at=looked_at,
            now=context.clock(),
            follow=follow,
        )
    except Reconnect as lost:
        with context.database.write() as session:
            lose(session, firm_id, lost, context.clock(), asked_at=looked_at)
    except (InDoubt, OurBug, NotConnectedError, NotLookedError):
        return
