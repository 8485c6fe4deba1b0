"""Who a payer is among the QuickBooks customers, in each currency, with what it was before."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from db import audit, tables
from db.records import payer_subject

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from sqlalchemy import Select
    from sqlalchemy.orm import Session


MERGED = "merged"
"""How a link came about that follows a merge in QuickBooks, which a person confirmed."""


@dataclass(frozen=True, slots=True)
class ContactLink:
    """(payer, currency) → QuickBooks customer; ``how`` is chosen, added or merged.

    ``payer`` is the client (CaseEasy's identifier). Where ``case`` is named, the customer is who pays for
    that case of theirs instead; else it holds for all their other cases.
    """

    payer: str
    currency: str
    customer_id: str
    customer_name: str
    linked_by: str
    linked_at: datetime
    how: str
    case: str = ""


def current(
    session: Session, firm_id: str, realm_id: str, payer: str, currency: str, case: str = ""
) -> ContactLink | None:
    """The customer a payer is linked to in a currency, or of this very case."""
    row = tables.ContactLink
    found = _holding(firm_id, realm_id).where(
        row.payer == payer, row.currency == currency, row.case_number == case
    )
    return next(_all(session, found), None)


def all_current(session: Session, firm_id: str, realm_id: str) -> tuple[ContactLink, ...]:
    """Every link that holds, by payer and currency."""
    return tuple(_all(session, _holding(firm_id, realm_id)))


def confirmed_merges(session: Session, firm_id: str, realm_id: str) -> frozenset[str]:
    """The customers of whom a person has said that they are who pays since another was merged into them."""
    row = tables.ContactLink
    found = select(row.customer_id).where(row.firm_id == firm_id, row.realm_id == realm_id, row.how == MERGED)
    return frozenset(session.scalars(found.distinct()))


def link(session: Session, firm_id: str, realm_id: str, link: ContactLink) -> None:
    """Let the link hold from now on; linking to the same customer again changes nothing."""
    audit.hold(session, firm_id)
    holding = current(session, firm_id, realm_id, link.payer, link.currency, link.case)
    if holding is not None and holding.customer_id == link.customer_id:
        return
    _replace(session, firm_id, realm_id, link, link.linked_at)
    session.add(
        tables.ContactLink(
            firm_id=firm_id,
            realm_id=realm_id,
            payer=link.payer,
            currency=link.currency,
            case_number=link.case,
            customer_id=link.customer_id,
            customer_name=link.customer_name[:500],
            linked_by=link.linked_by,
            linked_at=link.linked_at,
            how=link.how,
        )
    )
    session.flush()
    before = None if holding is None else holding.customer_id
    _note(session, firm_id, link, before, after=link.customer_id)


def unlink(
    session: Session,
    firm_id: str,
    realm_id: str,
    holding: ContactLink,
    by: str,
    now: datetime,
) -> None:
    """Let the link hold no longer: the client pays for that case again, or nobody is known any more."""
    audit.hold(session, firm_id)
    if _replace(session, firm_id, realm_id, holding, now):
        _note(
            session,
            firm_id,
            replace(holding, linked_by=by, linked_at=now, how="unlinked"),
            holding.customer_id,
            after=None,
        )


def _replace(session: Session, firm_id: str, realm_id: str, link: ContactLink, now: datetime) -> bool:
    row = tables.ContactLink
    replaced = session.execute(
        update(row)
        .where(
            row.firm_id == firm_id,
            row.realm_id == realm_id,
            row.payer == link.payer,
            row.currency == link.currency,
            row.case_number == link.case,
            row.replaced_at.is_(None),
        )
        .values(replaced_at=now)
        .returning(row.id)
    )
    return bool(replaced.all())


def _note(
    session: Session, firm_id: str, link: ContactLink, before: str | None, *, after: str | None
) -> None:
    audit.record(
        session,
        firm_id=firm_id,
        at=link.linked_at,
        actor=link.linked_by,
        verb="contact.linked",
        subject=payer_subject(link.payer, link.currency, link.case),
        content={"before": before, "after": after, "how": link.how},
    )


def _holding(firm_id: str, realm_id: str) -> Select[tables.ContactLink]:
    row = tables.ContactLink
    return (
        select(row)
        .where(row.firm_id == firm_id, row.realm_id == realm_id, row.replaced_at.is_(None))
        .order_by(row.payer, row.currency, row.case_number)
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
            row.case_number,
        )
