"""The firm a task works for, and whether the person it works for may still ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands.access import Asker, NotAllowedError, refuse_guests
from db import firms

if TYPE_CHECKING:
    from slack_sdk import WebClient

    from commands.context import Context
    from db.outbox import ClaimedTask


def asker_in(context: Context, client: WebClient, task: ClaimedTask) -> Asker:
    """Who asked for the task, a full member at this moment; :class:`NotAllowedError` else."""
    user_id = task.content["user"]
    with context.database.read() as session:
        firm = firms.get_firm(session, task.firm_id)
        roles = firms.roles_of(session, task.firm_id, user_id)
    if firm is None:
        raise NotAllowedError("CaseLedger isn't set up for this workspace any more. Nothing was done.")
    refuse_guests(client, firm, user_id)
    return Asker(firm, user_id, roles)
