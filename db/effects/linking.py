"""Effects that are a document somebody else wrote: taken over by a person's word, without a write."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import select, update

from db import audit, tables
from db.effects.closing import confirmed, document_taken
from db.effects.values import Confirm, State, effect_of
from db.portions import portions

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from sqlalchemy.orm import Session

    from db.effects.values import Effect

UNSENT = (State.READY, State.PARKED)


class CannotLinkError(RuntimeError):
    """It was sent already, or the document belongs to another booking: nothing was changed."""


def link(session: Session, effect: Effect, remote_id: str, number: str, now: datetime) -> Effect:
    """Confirm an effect that was surely never sent by the document a person linked to it.

    Linked before to the same, it is as it stands. Raises :class:`CannotLinkError`.
    """
    audit.hold(session, effect.firm_id)
    if effect.state is State.CONFIRMED and effect.remote_id == remote_id:
        return effect
    if document_taken(session, effect, remote_id):
        raise CannotLinkError(remote_id)
    row, found = tables.Effect, Confirm(remote_id, document_number=number, adopted=True)
    change = (
        update(row)
        .where(row.id == effect.id, row.state.in_(UNSENT), row.first_sent.is_(None))
        .values(**confirmed(found, now))
        .returning(row.id)
        .execution_options(synchronize_session="fetch")
    )
    if session.execute(change).one_or_none() is None:
        raise CannotLinkError(effect.id)
    audit.record(
        session,
        firm_id=effect.firm_id,
        at=now,
        actor=effect.asked_by,
        verb="effect.linked",
        subject=effect.subject,
        content={"effect": effect.id, "operation": effect.operation, "quickbooks_id": remote_id},
    )
    linked = select(row).where(row.id == effect.id).execution_options(populate_existing=True)
    return effect_of(session.scalars(linked).one())


def taken_over(session: Session, firm_id: str, realm_id: str) -> frozenset[tuple[str, str]]:
    """The documents (type, id) that became ours without our having been told so at the write."""
    row = tables.Effect
    found = select(row.entity, row.remote_id).where(
        row.firm_id == firm_id, row.realm_id == realm_id, row.adopted, row.remote_id.is_not(None)
    )
    return frozenset((entity, str(remote_id)) for entity, remote_id in session.execute(found))


def ours_among(session: Session, realm_id: str, ids: Collection[str]) -> frozenset[tuple[str, str]]:
    """Those of a company's documents of these ids (type, id) that an effect of ours confirmed."""
    row, wanted = tables.Effect, sorted(ids)
    found: set[tuple[str, str]] = set()
    for some in portions(wanted):
        theirs = select(row.entity, row.remote_id).where(row.realm_id == realm_id, row.remote_id.in_(some))
        found.update((entity, str(remote_id)) for entity, remote_id in session.execute(theirs))
    return frozenset(found)
