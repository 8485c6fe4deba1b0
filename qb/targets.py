"""What a firm's choices make of one invoice: contact, tax and QuickBooks targets, or what is missing."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from qb import hold
from qb.entry import Named
from qb.hold import Hold, Reason
from qb.mapping import BY_CLIENT, Choice, Kind, exception, row, special
from qb.needed import place_row, places_of
from qb.provinces import NAMES
from qb.stated import codes_stated
from qb.tax import TaxTaken, fee_percent, flat_tax, rates_shown, tax_taken
from qb.usable import check

if TYPE_CHECKING:
    from collections.abc import Iterable

    from db.records import Invoice, LineKind, Payment
    from qb.directory import TaxCode
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
    problem = _problem(choice, ground)
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


def tax_of(invoice: Invoice, ground: Ground) -> TaxTaken | Hold:
    """The tax to book, by the confirmed fee rates alone."""
    taken = tax_taken(invoice, codes_stated(invoice, _confirmed_codes(invoice, ground)))
    if isinstance(taken, TaxTaken):
        return taken
    if taken.reason is Reason.SHORT:
        return hold.short(taken.gap)
    if taken.reason is Reason.TAX_AMBIGUOUS:
        return hold.ambiguous(taken.gap)
    return _missing_rate(invoice, ground) or hold.unexplained(taken.gap)


def _missing_rate(invoice: Invoice, ground: Ground) -> Hold | None:
    """The mapping row that would explain the tax, had it a usable choice."""
    for choice in _fee_rates(ground):
        percent = fee_percent(choice.source)
        if percent is None or not flat_tax(invoice, percent):
            continue
        if choice.target_id == BY_CLIENT:
            return _placed_code(invoice, choice, ground)[1]
        problem = _problem(choice, ground)
        if problem:
            return hold.target_gone(problem, choice.row)
    for source in rates_shown(invoice, ground.directory):
        if ground.mapping.choice(Kind.TAX, source) is None:
            return hold.unmapped(Reason.TAX_UNMAPPED, row(Kind.TAX, source).label, row(Kind.TAX, source).key)
    return None


def _confirmed_codes(invoice: Invoice, ground: Ground) -> Iterable[TaxCode]:
    codes = {code.id: code for code in ground.directory.tax_codes}
    for choice in _fee_rates(ground):
        if choice.target_id == BY_CLIENT:
            placed, _ = _placed_code(invoice, choice, ground)
            if placed is not None:
                yield codes[placed.target_id]
        elif _problem(choice, ground) is None:
            yield codes[choice.target_id]


def _fee_rates(ground: Ground) -> Iterable[Choice]:
    """The confirmed rates of fees; what they become in one province only is asked where the client is."""
    for choice in ground.mapping.choices:
        is_rate = choice.kind is Kind.TAX and fee_percent(choice.source) is not None
        if is_rate and not special(choice.kind, choice.source):
            yield choice


def _placed_code(invoice: Invoice, rate: Choice, ground: Ground) -> tuple[Choice | None, Hold | None]:
    """The choice for the client's province of a rate that several have, or why there is none yet."""
    client, percent = invoice.case.client, fee_percent(rate.source) or Decimal(0)
    asked = place_row(invoice, rate.source)
    place = ground.mapping.choice(Kind.PLACE, asked.source)
    if place is None:
        return None, hold.place_unknown(percent, client.name, asked.key)
    if place.target_id not in places_of(invoice, rate.source):
        day = invoice.issued or invoice.paid
        where = NAMES.get(place.target_id, place.target_name)
        told = hold.place_other_rate(percent, client.name, where, day, asked.key) if day else None
        return None, told or hold.place_unknown(percent, client.name, asked.key)
    needed = row(Kind.TAX, exception(rate.source, place.target_id))
    choice = ground.mapping.choice(Kind.TAX, needed.source)
    if choice is None:
        return None, hold.unmapped(Reason.TAX_UNMAPPED, needed.label, needed.key)
    problem = _problem(choice, ground)
    return (choice, None) if problem is None else (None, hold.target_gone(problem, needed.key))


def _problem(choice: Choice, ground: Ground) -> str | None:
    return check(choice, ground.directory, converts=ground.mapping.converts)


def _is_trust(choice: Choice, ground: Ground) -> bool:
    accounts = ground.directory.accounts
    return choice.kind is Kind.DEPOSIT and any(a.id == choice.target_id and a.is_trust for a in accounts)
