"""What was rejected and is asked for again: the sync's screen for who asks, the rejection for who decides."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from commands import speech
from commands.access import NotAllowedError
from commands.errors import RefusedError
from commands.firm import asker_in
from commands.ids import Task
from commands.scene import scene_of, tick_value
from commands.sync import LOOKING
from commands.views import sync as views
from commands.views.asked_again import Rejection
from commands.views.notices import loading
from commands.views.text import person
from commands.words import approvals as words
from commands.words.access import NOT_YOURS
from db import drafts, requests, syncs
from db.drafts import Draft
from qb.canonical import from_canonical
from qb.changes import since

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from commands.call import Call
    from commands.context import Context
    from db.outbox import ClaimedTask
    from db.records import InvoiceKey
    from db.requests import Request

MOST_CLIENTS = 5
"""So many clients' contacts are shown on one screen; of more it is the choice among all."""


def rejection_before(session: Session, request: Request) -> Rejection | None:
    """The newest rejection of what is asked for again, and what is otherwise by now; None: there is none."""
    before = requests.rejected_before(session, request)
    if before is None or before.decided_at is None:
        return None
    was = syncs.get(session, request.firm_id, before.sync_id)
    now = syncs.get(session, request.firm_id, request.sync_id)
    if was is None or now is None:
        return None
    changes = since(from_canonical(was.plan), from_canonical(now.plan))
    return Rejection(before.decided_by, before.decided_at, before.reason, changes)


def sync_again(call: Call) -> None:
    """Sync Again: the same invoices, ticked on the sync's screen, where their contact can be changed."""
    with call.context.database.read() as session:
        sync = syncs.get(session, call.asker.firm.id, json.loads(call.value)["s"])
    if sync is None:
        raise RefusedError(words.GONE.said())
    if sync.asked_by != call.asker.user_id:
        raise NotAllowedError(NOT_YOURS.said(who=person(sync.asked_by)))
    call.ack()
    view_id = call.open(loading(views.TITLE, LOOKING))
    with call.context.database.write() as session:
        call.later(session, Task.SYNC_AGAIN, {"view": view_id, "sync": sync.id})


def fill(context: Context, task: ClaimedTask) -> None:
    """Task: show what of it can still be booked, ticked as it was asked for."""
    client, content = context.slack(), task.content
    asker = asker_in(context, client, task)
    with context.database.read() as session:
        sync = syncs.get(session, task.firm_id, content["sync"])
    if sync is None:
        raise RefusedError(words.GONE.said())
    chosen = _chosen(sync.selection)
    draft = Draft(context.new_id(), task.firm_id, asker.user_id, "sync", chosen)
    with context.database.read() as session:
        scene = scene_of(session, draft, asker.today)
    with context.database.write() as session:
        drafts.keep(session, draft, context.clock())
    speech.show(client, content["view"], views.screen(scene.screen, draft.id))


def _chosen(selection: Sequence[InvoiceKey]) -> dict[str, Any]:
    """The content of a draft in which exactly these are ticked."""
    clients = tuple(dict.fromkeys(key.client for key in selection))
    return {
        "cases": list(dict.fromkeys(key.case for key in selection)),
        "client": clients[0] if len(clients) == 1 else "",
        "unticked": [],
        "ticked": [tick_value(key.subject) for key in selection],
        "page": 0,
        "all": False,
        "everything": len(clients) > MOST_CLIENTS,
    }
