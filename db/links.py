"""Who a payer is among the QuickBooks customers, in each currency, with what it was before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from db import audit, tables
from db.records import payer_subject

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from sqlalchemy import Select
    from sqlalchemy.orm import Session


@dataclass(frozen=True, slots=True)
class ContactLink:
    """(payer, currency) → QuickBooks customer; ``how`` is chosen or added."""

    payer: str
    currency: str
    customer_id: str
    customer_name: str
    linked_by: str
    linked_at: datetime
    how: str


def current(session: Session, firm_id: str, realm_id: str, payer: str, currency: str) -> ContactLink | None:
    """The customer a payer is linked to in a currency."""
    row = tables.ContactLink
    found = _holding(firm_id, realm_id).where(row.payer == payer, row.currency == currency)
    return next(_all(session, found), None)


def all_current(session: Session, firm_id: str, realm_id: str) -> tuple[ContactLink, ...]:
    """Every link that holds, by payer and currency."""
    return tuple(_all(session, _holding(firm_id, realm_id)))


def link(session: Session, firm_id: str, realm_id: str, link: ContactLink) -> None:
    """Let the link hold from now on; linking to the same customer again changes nothing."""
    audit.hold(session, firm_id)
    holding = current(session, firm_id, realm_id, link.payer, link.currency)
    if holding is not None and holding.customer_id == link.customer_id:
        return
    row = tables.ContactLink
    session.execute(
        update(row)
        .where(
            row.firm_id == firm_id,
            row.realm_id == realm_id,
            row.payer == link.payer,
            row.currency == link.currency,
            row.replaced_at.is_(None),
        )
        .values(replaced_at=link.linked_at)
    )
    session.add(
        row(
            firm_id=firm_id,
            realm_id=realm_id,
            payer=link.payer,
            currency=link.currency,
            customer_id=link.customer_id,
            customer_name=link.customer_name[:500],
            linked_by=link.linked_by,
            linked_at=link.linked_at,
            how=link.how,
        )
    )
    session.flush()
    _note(session, firm_id, link, None if holding is None else holding.customer_id)


def _note(session: Session, firm_id: str, link: ContactLink, before: str | None) -> None:
    audit.record(
        session,
        firm_id=firm_id,
        at=link.linked_at,
        actor=link.linked_by,
        verb="contact.linked",
        subject=payer_subject(link.payer, link.currency),
        content={"before": before, "after": link.customer_id, "how": link.how},
    )


def _holding(firm_id: str, realm_id: str) -> Select[tables.ContactLink]:
    row = tables.ContactLink
    return (
        select(row)
        .where(row.firm_id == firm_id, row.realm_id == realm_id, row.replaced_at.is_(None))
        .order_by(row.payer, row.currency)
    )


def _all(session: Session, found: Select[tables.ContactLink]) -> Iterator[ContactLink]:
    for row in session.scalars(found.execution_options(populate_existing=True)):
        yield ContactLink(
            row.payer,
            row.currency,
            row.customer_id,
            row.customer_name,
            row.linked_by,
            row.linked_at,
            row.how,
        )
