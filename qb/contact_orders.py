"""The only place where writes about people are ordered: a new contact, another e-mail."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from db import connections, effects
from db.effects import NewEffect, State
from db.records import payer_subject
from qb.contact_links import bill_to_added
from qb.linked import WELL, health_of
from qb.linked_read import customers_in
from qb.lists import is_multicurrency
from qb.operations import ADD_CUSTOMER, UPDATE_EMAIL
from qb.orders import CustomerOrder, EmailOrder, content_of, order_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from db.effects import Effect


class StillAddingError(RuntimeError):
    """Another contact, called ``name``, is on its way to QuickBooks for the same: nothing was ordered."""

    def __init__(self, name: str) -> None:
        super().__init__(f"{name} is still being added")
        self.name = name


@dataclass(frozen=True, slots=True)
class ContactAsked:
    """How far what was asked about a contact has come; ``sentence`` says why it was refused or waits."""

    effect_id: str
    state: State
    name: str
    customer_id: str
    sentence: str


def add_customer(
    session: Session, *, firm_id: str, order: CustomerOrder, by: str, now: datetime
) -> ContactAsked:
    """Order a new contact for a payer; refused before it is a new try, under way or done it stays so.

    Done or under review before with another name, e-mail or for other cases, it is a new wish: QuickBooks is
    asked right before it is sent whether anybody like that is there. The same one, which is still active, is
    linked again. Raises NotConnectedError, :class:`StillAddingError`.
    """
    connection = connections.get(session, firm_id)
    if connection is None:
        raise connections.NotConnectedError(firm_id)
    effect = effects.order(
        session,
        NewEffect(
            firm_id=firm_id,
            realm_id=connection.realm_id,
            subject=payer_subject(order.payer, order.currency, *order.cases),
            operation=ADD_CUSTOMER,
            entity="Customer",
            content=content_of(order),
            asked_by=by,
        ),
        now,
        is_over=lambda before: not _stands(session, before, order),
    )
    if not _is_same(effect, order):
        raise StillAddingError(str(effect.content["name"]))
    if effect.state is State.CONFIRMED:  # added before: it is the payer's again
        added = effect.remote_id or ""
        bill_to_added(session, firm_id, effect.realm_id, order, added, by, ordered=now, now=now)
    elif effect.state is not State.REVIEW and not _frees(effect).issuperset(order.frees):
        raise StillAddingError(order.name)  # what is on its way would leave cases with whoever paid
    return _asked(effect)


def customer_order(  # noqa: PLR0913 - the order's own fields
    session: Session,
    firm_id: str,
    *,
    payer: str,
    name: str,
    email: str,
    currency: str,
    apart: Sequence[str] = (),
    cases: Sequence[str] = (),
    frees: Sequence[str] = (),
) -> CustomerOrder:
    """What to add, as the company's currency setting wants it; raises NotConnectedError."""
    connection = connections.get(session, firm_id)
    if connection is None:
        raise connections.NotConnectedError(firm_id)
    multicurrency = is_multicurrency(session, firm_id, connection.realm_id)
    return CustomerOrder(
        name, email, payer, currency, multicurrency, tuple(apart), tuple(cases), tuple(frees)
    )


def update_email(
    session: Session, *, firm_id: str, order: EmailOrder, by: str, now: datetime
) -> ContactAsked:
    """Order another e-mail for a customer as it was seen; of that version of it once. NotConnectedError."""
    connection = connections.get(session, firm_id)
    if connection is None:
        raise connections.NotConnectedError(firm_id)
    new = NewEffect(
        firm_id=firm_id,
        realm_id=connection.realm_id,
        subject=email_subject(order),
        operation=UPDATE_EMAIL,
        entity="Customer",
        content=content_of(order),
        asked_by=by,
    )
    return _asked(effects.order(session, new, now))


def email_subject(order: EmailOrder) -> str:
    """What is written is known by the customer and the version of it that a person saw."""
    return f"email|{order.customer_id}|{order.version}"


def contact_asked(session: Session, firm_id: str, effect_id: str) -> ContactAsked | None:
    """How far what was asked about a contact has come."""
    effect = effects.get(session, firm_id, effect_id)
    return None if effect is None else _asked(effect)


def _asked(effect: Effect) -> ContactAsked:
    return ContactAsked(
        effect.id, effect.state, effect.content["name"], effect.remote_id or "", effect.reason
    )


def _stands(session: Session, before: Effect, order: CustomerOrder) -> bool:
    """Whether what was ordered before is what is ordered now; added, and usable as last read."""
    if not _is_same(before, order) or before.state is not State.CONFIRMED:
        return _is_same(before, order)
    customer = customers_in(session, before.firm_id, before.realm_id).get(before.remote_id or "")
    return health_of(customer, order.currency, order.name) in WELL


def _is_same(before: Effect, order: CustomerOrder) -> bool:
    """Whether the same contact is ordered: payer and currency are in the subject."""
    ordered = order_of(before.operation, before.content)
    return isinstance(ordered, CustomerOrder) and (ordered.name, ordered.email, set(ordered.cases)) == (
        order.name,
        order.email,
        set(order.cases),
    )


def _frees(effect: Effect) -> set[str]:
    return set(effect.content.get("frees", ()))
