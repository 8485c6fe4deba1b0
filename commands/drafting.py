"""Drafts of half-filled screens, each belonging to one person."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from commands.errors import RefusedError
from db import drafts
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
        raise RefusedError("This screen is too old to go on with. Nothing was changed. Please open it again.")
    return draft
