"""What people have chosen so far on a screen, so that no tick is lost on the way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import delete, select, update

from db import tables
from db.insert import insert_if_absent

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session


class ForeignDraftError(LookupError):
    """The draft's id is another firm's or another person's."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A half-filled screen of one person; ``content`` is plain JSON."""

    id: str
    firm_id: str
    user_id: str
    kind: str
    content: Mapping[str, Any]


def keep(session: Session, draft: Draft, now: datetime) -> None:
    """Keep the draft as it is now; :class:`ForeignDraftError` where its id is somebody else's."""
    content = dict(draft.content)
    values = {
        "id": draft.id,
        "firm_id": draft.firm_id,
        "user_id": draft.user_id,
        "kind": draft.kind,
        "content": content,
        "created_at": now,
        "updated_at": now,
    }
    if insert_if_absent(session, tables.Draft, values):
        return
    row = tables.Draft
    change = (
        update(row)
        .where(row.id == draft.id, row.firm_id == draft.firm_id, row.user_id == draft.user_id)
        .values(kind=draft.kind, content=content, updated_at=now)
        .execution_options(synchronize_session="fetch")
    )
    if session.execute(change.returning(row.id)).first() is None:
        raise ForeignDraftError(draft.id)


def get(session: Session, firm_id: str, draft_id: str) -> Draft | None:
    """The firm's draft of this id."""
    row = tables.Draft
    found = select(row).where(row.id == draft_id, row.firm_id == firm_id)
    kept = session.scalar(found.execution_options(populate_existing=True))
    return None if kept is None else Draft(kept.id, kept.firm_id, kept.user_id, kept.kind, kept.content)


def drop(session: Session, firm_id: str, draft_id: str) -> None:
    """Forget the draft; harmless where it is gone."""
    row = tables.Draft
    session.execute(delete(row).where(row.id == draft_id, row.firm_id == firm_id))


def sweep(session: Session, before: datetime) -> None:
    """Forget drafts nobody has touched since."""
    row = tables.Draft
    session.execute(delete(row).where(row.updated_at < before))
