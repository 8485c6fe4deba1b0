"""What a firm's choices make of one invoice: contact, tax and QuickBooks targets, or what is missing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qb import hold
from qb.entry import Named
from qb.hold import Hold, Reason
from qb.mapping import Choice, Kind, check, row
from qb.tax import TaxTaken, fee_percent, flat_tax, rates_shown, tax_taken

if TYPE_CHECKING:
    from collections.abc import Iterable

    from db.records import Invoice
    from qb.directory import TaxCode
    from qb.ground import Ground

MISSING = {
    Kind.METHOD: Reason.METHOD_UNMAPPED,
    Kind.DEPOSIT: Reason.DEPOSIT_UNMAPPED,
    Kind.ITEM: Reason.ITEM_UNMAPPED,
    Kind.TAX: Reason.TAX_UNMAPPED,
}


def contact_of(invoice: Invoice, ground: Ground) -> Named | Hold:
    """The customer to book for; the payer is the client."""
    currency, client = invoice.case.currency, invoice.case.client
    link = ground.link(client.identifier, currency)
    if link is None:
        return hold.no_contact(client.name, currency)
    if not link.active:
        return hold.contact_inactive(link.customer.name)
    if link.customer_currency not in {"", currency}:
        return hold.contact_currency(link.customer.name, link.customer_currency, currency)
    return link.customer


def target_of(kind: Kind, source: str, ground: Ground) -> Named | Hold:
    """What a CaseEasy value is in QuickBooks, as confirmed and still usable."""
    needed = row(kind, source)
    choice = ground.mapping.choice(kind, source)
    if choice is None:
        return hold.unmapped(MISSING[kind], needed.label, needed.key)
    problem = check(choice, ground.directory)
    if problem is None:
        return Named(choice.target_id, choice.target_name)
    if _is_trust(choice, ground):
        return hold.trust_account(choice.target_name, needed.key)
    return hold.target_gone(problem, needed.key)


def tax_of(invoice: Invoice, ground: Ground) -> TaxTaken | Hold:
    """The tax to book, by the confirmed fee rates alone."""
    taken = tax_taken(invoice, tuple(_confirmed_codes(ground)))
    if isinstance(taken, TaxTaken):
        return taken
    if taken.reason is Reason.SHORT:
        return hold.short(taken.gap)
    if taken.reason is Reason.TAX_AMBIGUOUS:
        return hold.ambiguous(taken.gap)
    return _missing_rate(invoice, ground) or hold.unexplained(taken.gap)


def _missing_rate(invoice: Invoice, ground: Ground) -> Hold | None:
    """The mapping row that would explain the tax, had it a usable choice."""
    for choice in ground.mapping.choices:
        percent = fee_percent(choice.source) if choice.kind is Kind.TAX else None
        problem = check(choice, ground.directory)
        if percent is not None and problem and flat_tax(invoice, percent):
            return hold.target_gone(problem, choice.row)
    for source in rates_shown(invoice, ground.directory):
        if ground.mapping.choice(Kind.TAX, source) is None:
            return hold.unmapped(Reason.TAX_UNMAPPED, row(Kind.TAX, source).label, row(Kind.TAX, source).key)
    return None


def _confirmed_codes(ground: Ground) -> Iterable[TaxCode]:
    codes = {code.id: code for code in ground.directory.tax_codes}
    for choice in ground.mapping.choices:
        taxes_fees = choice.kind is Kind.TAX and fee_percent(choice.source) is not None
        if taxes_fees and check(choice, ground.directory) is None:
            yield codes[choice.target_id]


def _is_trust(choice: Choice, ground: Ground) -> bool:
    accounts = ground.directory.accounts
    return choice.kind is Kind.DEPOSIT and any(a.id == choice.target_id and a.is_trust for a in accounts)
