"""Makes sure that a customer still is as a person saw it before its e-mail is changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.effects import Confirm, Reject
from qb.contacts import email_problem
from qb.gateway import Refused
from qb.looking import confirmed
from qb.orders import difference
from qb.refusal import fault_facts, reason
from qb.refusal_sentences import CHANGED_SINCE

if TYPE_CHECKING:
    from qb.gateway import Company
    from qb.orders import EmailOrder

STALE = "5010"
TOO_LONG = "2050"


def already_settled(company: Company, order: EmailOrder) -> Confirm | Reject | None:
    """There already, or not to be sent as somebody changed the customer since; None: send it.

    A change of another version can't get through, neither now nor late: QuickBooks refuses it by its
    SyncToken (Intuit: 5010). So what isn't there any more in that version is surely not changed by us.
    An e-mail that QuickBooks can't take is never sent. Raises InDoubt, Reconnect.
    """
    problem = email_problem(order.email)
    if problem is not None:
        return Reject({"code": TOO_LONG}, problem)
    try:
        found = company.read("Customer", order.customer_id).entity
    except Refused as gone:
        return Reject(fault_facts(gone), reason(gone), absent=True)
    if difference(order, found, "") is None:
        return confirmed(found, "", adopted=True, changed=True)
    if str(found.get("SyncToken", "")) != order.version:
        return Reject({"code": STALE}, CHANGED_SINCE.said(contact=order.name).short, absent=True)
    return None
