"""The firm a task works for, whether the person it works for may still ask, and what it leaves to do."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from commands.access import Asker, NotAllowedError, day_of, refuse_outsiders
from commands.colleagues import look_up, meet_holders
from commands.ids import Task
from commands.words import access
from db import firms, outbox

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from slack_sdk import WebClient
    from sqlalchemy.orm import Session

    from commands.context import Context
    from db.outbox import ClaimedTask
    from db.records import InvoiceKey


def next_task(
    session: Session,
    context: Context,
    firm_id: str,
    kind: Task,
    content: Mapping[str, Any],
    *,
    key: str | None = None,
    after: timedelta = timedelta(),
) -> None:
    """Leave more work to the worker, due after a while; the same ``key`` twice is one task."""
    now = context.clock()
    outbox.add_task(
        session,
        firm_id=firm_id,
        kind=kind,
        content=content,
        now=now,
        new_id=context.new_id,
        key=key,
        due_at=now + after,
    )


def preview_anew(
    session: Session,
    context: Context,
    firm_id: str,
    keys: Iterable[InvoiceKey],
    why: Iterable[str],
    *,
    user: str,
    key: str,
) -> None:
    """Leave a new preview of these for ``user``, which says ``why``; the same ``key`` twice is one."""
    content = {
        "user": user,
        "invoices": [one.plain for one in keys],
        "changes": list(why),
        "fresh": True,
    }
    next_task(session, context, firm_id, Task.PREVIEW, content, key=key)


def today_of(session: Session, context: Context, firm_id: str) -> date:
    """The firm's own day at this moment; that of UTC for a firm that is no more."""
    firm = firms.get_firm(session, firm_id)
    return context.clock().date() if firm is None else day_of(firm, context.clock())


def asker_in(context: Context, client: WebClient, task: ClaimedTask, *, approving: bool = False) -> Asker:
    """Who asked for the task, a full member at this moment; :class:`NotAllowedError` else.

    Where it is about ``approving``, a guest who was made an approver may too.
    """
    user_id = task.content["user"]
    with context.database.read() as session:
        firm = firms.get_firm(session, task.firm_id)
        roles = firms.roles_of(session, task.firm_id, user_id)
    if firm is None:
        raise NotAllowedError(access.NOT_SET_UP.said())
    found = look_up(context, client, firm, user_id)
    refuse_outsiders(found.standing, roles, approving=approving)
    meet_holders(context, client, firm)
    return Asker(firm, user_id, roles, found.standing, found.owns, day_of(firm, context.clock()))
