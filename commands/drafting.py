"""Drafts of half-filled screens, each belonging to one person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from commands.errors import RefusedError
from commands.words import screens
from db import connections, drafts
from db.drafts import Draft

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

    from commands.call import Call


def new_draft(call: Call, kind: str, content: Mapping[str, Any]) -> Draft:
    """A draft for the person who asks; not kept yet."""
    return Draft(call.context.new_id(), call.asker.firm.id, call.asker.user_id, kind, content)


def draft_of(session: Session, call: Call) -> Draft:
    """The draft of the screen; :class:`RefusedError` where it is gone or another person's."""
    draft = drafts.get(session, call.asker.firm.id, call.draft_id)
    if draft is None or draft.user_id != call.asker.user_id:
        raise RefusedError(screens.SCREEN_TOO_OLD.said())
    return draft


def company_now(session: Session, firm_id: str) -> str:
    """Which company is connected now (its realm id), for a draft that shows what is in it; empty if none."""
    connection = connections.get(session, firm_id)
    return "" if connection is None else connection.realm_id


def same_company(session: Session, draft: Draft) -> None:
    """:class:`RefusedError` where another company was connected since: its ids mean something else there."""
    if draft.content.get("realm") != company_now(session, draft.firm_id):
        raise RefusedError(screens.OTHER_COMPANY_SINCE.said())
