"""Says that today's posted digest shows older figures: whatever happens within seconds is one redrawing."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from commands.firm import next_task, today_of
from commands.ids import Task
from db import digests

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from commands.context import Context

AT_MOST = timedelta(seconds=5)
"""Redrawn once in so long, whatever happens meanwhile: it gathers everything that is paid."""


def redraw_later(session: Session, context: Context, firm_id: str) -> None:
    """Have today's digest redrawn a little later, if one was posted."""
    if digests.posted_on(session, firm_id, today_of(session, context, firm_id)) is None:
        return
    turn = int(context.clock().timestamp() // AT_MOST.total_seconds())
    key = f"{Task.DIGEST_REDRAWN}:{firm_id}:{turn}"
    next_task(session, context, firm_id, Task.DIGEST_REDRAWN, {}, key=key, after=AT_MOST)
