"""Takes up every approved sync that nobody follows any more, so that none stays under way for ever."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from commands.firm import next_task
from commands.ids import LASTING, Task
from commands.watching import first_watch
from db import firms, outbox, syncs
from db.syncs import SyncState

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from commands.context import Context
    from db.syncs import Sync

EVERY = timedelta(minutes=1)
"""How often to look; looking costs two short questions a firm."""


def resume(context: Context) -> int:
    """Give each approved or running sync without a live task one; how many there were.

    Several processes may do it in the same minute: they leave one task.
    """
    with context.database.read() as session:
        left = [sync for firm in firms.all_firms(session) for sync in _left(session, firm.id)]
    if left:
        with context.database.write() as session:
            for sync in left:
                _take_up(session, context, sync)
    return len(left)


def _left(session: Session, firm_id: str) -> list[Sync]:
    begun = syncs.running(session, firm_id)
    if not begun:
        return []
    followed = {content.get("sync") for content in outbox.live_tasks(session, firm_id, LASTING)}
    return [sync for sync in begun if sync.id not in followed]


def _take_up(session: Session, context: Context, sync: Sync) -> None:
    run = f"{sync.id}:{context.clock():%Y-%m-%dT%H:%M}"
    if sync.state is SyncState.APPROVED:
        content = {"sync": sync.id, "user": sync.asked_by}
        next_task(session, context, sync.firm_id, Task.EXPAND, content, key=f"{Task.EXPAND}:{run}")
    else:
        first_watch(session, context, sync, run=run)
