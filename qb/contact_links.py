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


def bill_to_added(  # noqa: PLR0913 - the link's own fields
    session: Session,
    firm_id: str,
    realm_id: str,
    order: CustomerOrder,
    customer_id: str,
    by: str,
    *,
    ordered: datetime,
    now: datetime,
) -> None:
    """The contact that was added is whom it was ordered for.

    But not where somebody chose after it was ``ordered`` (UTC): an add may be in doubt for days, and what a
    person chose meanwhile stays.
    """
    added = ContactLink(order.payer, order.currency, customer_id, order.name, by, now, "added")
    cases = order.cases or ("",)
    meant = [case for case in cases if not _chosen_since(session, firm_id, realm_id, added, case, ordered)]
    if meant:
        frees = [
            case
            for case in (() if order.cases else order.frees)
            if not _chosen_since(session, firm_id, realm_id, added, case, ordered)
        ]
        bill_to(session, firm_id, realm_id, added, pays=[case for case in meant if case], frees=frees)


def _chosen_since(
    session: Session, firm_id: str, realm_id: str, added: ContactLink, case: str, ordered: datetime
) -> bool:
    holding = links.current(session, firm_id, realm_id, added.payer, added.currency, case)
    return holding is not None and holding.linked_at > ordered
