"""What a firm's choices make of one invoice: contact and QuickBooks targets, or what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qb import hold
from qb.entry import Named
from qb.hold import Hold, Reason
from qb.mapping import Choice, Kind, row
from qb.usable import check

if TYPE_CHECKING:
    from db.records import Invoice, LineKind, Payment
    from qb.entry import Link
    from qb.ground import Ground

MISSING = {
    Kind.METHOD: Reason.METHOD_UNMAPPED,
    Kind.DEPOSIT: Reason.DEPOSIT_UNMAPPED,
    Kind.ITEM: Reason.ITEM_UNMAPPED,
    Kind.TAX: Reason.TAX_UNMAPPED,
}


def contact_of(invoice: Invoice, ground: Ground) -> Named | Hold:
    """The customer to book for: who pays for the case, else the client."""
    currency, client = invoice.case.currency, invoice.case.client
    link = ground.link(client.identifier, currency, invoice.case.number)
    if link is None:
        return hold.no_contact(client.name, currency)
    if not link.active:
        return _lost(link)
    if link.customer_currency not in {"", currency}:
        return hold.contact_currency(link.customer.name, link.customer_currency, currency)
    return link.customer


def _lost(link: Link) -> Hold:
    if link.gone:
        return hold.contact_gone(link.customer.name)
    if link.merged_into is not None:
        return hold.contact_merged(link.customer.name, link.merged_into.name)
    return hold.contact_inactive(link.customer.name)


def target_of(kind: Kind, source: str, ground: Ground) -> Named | Hold:
    """What a CaseEasy value is in QuickBooks, as confirmed and still usable."""
    needed = row(kind, source)
    choice = ground.mapping.choice(kind, source)
    if choice is None:
        return hold.unmapped(MISSING[kind], needed.label, needed.key)
    problem = problem_of(choice, ground)
    if problem is None:
        return Named(choice.target_id, choice.target_name)
    if _is_trust(choice, ground):
        return hold.trust_account(choice.target_name, needed.key)
    return hold.target_gone(problem, needed.key)


def deposit_of(payment: Payment, ground: Ground) -> str:
    """The source of the row that says where a payment of the firm's own money is deposited."""
    return ground.mapping.deciding(Kind.DEPOSIT, payment.amount.currency, payment.method)


def item_of(kind: LineKind, invoice: Invoice, ground: Ground) -> str:
    """The source of the row that says which item a line of this kind carries."""
    return ground.mapping.deciding(Kind.ITEM, kind, invoice.case.kind) if invoice.case.kind else str(kind)


def problem_of(choice: Choice, ground: Ground) -> str | None:
    """What keeps a confirmed choice from being used now, as a sentence for people; None if it may be."""
    return check(choice, ground.directory, converts=ground.mapping.converts)


def _is_trust(choice: Choice, ground: Ground) -> bool:
    accounts = ground.directory.accounts
    return choice.kind is Kind.DEPOSIT and any(a.id == choice.target_id and a.is_trust for a in accounts)
