"""Says who is billed for a client from now on: the client's own contact, or who pays for some cases."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from db import links
from db.links import ContactLink

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from qb.orders import CustomerOrder


def bill_to(
    session: Session,
    firm_id: str,
    realm_id: str,
    contact: ContactLink,
    *,
    pays: Sequence[str] = (),
    frees: Sequence[str] = (),
) -> None:
    """The contact pays for the cases ``pays`` from now on; where there are none, it is the client's own.

    As the client's own it is billed for the cases ``frees``, too: whoever paid for them does no longer. A
    case's own link comes before the client's, so one left standing would go on being billed.
    """
    for case in () if pays else frees:
        paying = links.current(session, firm_id, realm_id, contact.payer, contact.currency, case)
        if case and paying is not None:
            links.unlink(session, firm_id, realm_id, paying, contact.linked_by, contact.linked_at)
    for case in pays or ("",):
        links.link(session, firm_id, realm_id, replace(contact, case=case))


def bill_to_added(
    session: Session,
    firm_id: str,
    realm_id: str,
    order: CustomerOrder,
    customer_id: str,
    by: str,
    now: datetime,
) -> None:
    """The contact that was added is whom it was ordered for."""
    added = ContactLink(order.payer, order.currency, customer_id, order.name, by, now, "added")
    bill_to(session, firm_id, realm_id, added, pays=order.cases, frees=order.frees)
