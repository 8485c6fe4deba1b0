"""What an invoice's own records say against booking it, before anything in QuickBooks is asked for."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from db.money import NO_CURRENCY, total
from db.records import Doubt, payment_subject
from qb import hold, tax_hold
from qb.directory import AMERICAN
from qb.hold import Reason
from qb.reference import DOCUMENT_NUMBER_LIMIT, REFERENCE_LIMIT, reference
from qb.stated import marked_holds
from qb.trust import trust_hold

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from db.records import Invoice
    from qb.directory import Directory
    from qb.ground import Ground
    from qb.hold import Hold

SUMS_UNKNOWN = frozenset(
    {
        Doubt.UNREADABLE,
        Doubt.CONFLICTING_ROWS,
        Doubt.NO_CURRENCY,
        Doubt.NO_CLIENT,
        Doubt.SPREAD_PAYMENT,
        Doubt.OTHER_CURRENCY,
    }
)
FINAL = frozenset(
    {Reason.REFUND, Reason.NOTHING_TO_BOOK, Reason.FOREIGN_CURRENCY, Reason.MARKED, Reason.DISCOUNT}
)
"""Held in this version whatever is mapped or linked: then nobody is asked to map or link for it."""


def standing_hold(invoice: Invoice, ground: Ground) -> Hold | None:
    """The one thing to say of an invoice that is in the books, on its way there, or older than our books."""
    subject = invoice.key.subject
    if subject in ground.in_review:
        return hold.needs_review()
    if subject in ground.booked:
        return hold.already_booked()
    return hold.under_way() if subject in ground.under_way else _before_go_live(invoice, ground.go_live)


def is_before_go_live(invoice: Invoice, go_live: date | None) -> bool:
    """Whether it was surely paid before that day; of a Paid Date read two ways, nothing is sure."""
    return (
        go_live is not None
        and invoice.paid is not None
        and not invoice.paid_unclear
        and invoice.paid < go_live
    )


def _before_go_live(invoice: Invoice, go_live: date | None) -> Hold | None:
    if go_live is None or invoice.paid is None or not is_before_go_live(invoice, go_live):
        return None
    return hold.before_go_live(invoice.paid, go_live)


def record_holds(invoice: Invoice, ground: Ground) -> tuple[Hold, ...]:
    """Every reason that lies in the records, the gravest first."""
    return (
        *_doubts(invoice),
        *marked_holds(invoice),
        *_amounts(invoice),
        *_kind_of_money(invoice, ground),
        *_form(invoice, ground.directory),
    )


def sums_known(invoice: Invoice) -> bool:
    """Whether what was listed and received can be compared at all."""
    whole = bool(invoice.payments) and _payment_missing(invoice) is None
    return whole and not SUMS_UNKNOWN.intersection(invoice.doubts)


def _payment_missing(invoice: Invoice) -> Hold | None:
    """What is missing may be just the tax: then the rest looks like an untaxed invoice paid in full."""
    last = max((payment.date for payment in invoice.payments), default=None)
    if last is None or invoice.paid is None or invoice.paid_unclear or invoice.paid <= last:
        return None
    return hold.payment_missing(invoice.paid, last)


def is_final(holds: Iterable[Hold]) -> bool:
    """Whether one of the holds can't be mended by mapping or linking."""
    return any(found.reason in FINAL or _trust_money(found) for found in holds)


def _trust_money(found: Hold) -> bool:
    return found.reason is Reason.TRUST and not found.row


def _doubts(invoice: Invoice) -> Iterable[Hold]:
    found = dict.fromkeys(invoice.doubts)
    if Doubt.NO_CLIENT in found:  # the Client Listing tells both at once
        found.pop(Doubt.NO_CURRENCY, None)
    elif invoice.case.currency == NO_CURRENCY:
        found[Doubt.NO_CURRENCY] = None
    if not invoice.key.number or any(not payment.transaction for payment in invoice.payments):
        found[Doubt.NO_NUMBER] = None
    subjects = Counter(payment_subject(invoice.key, payment.transaction) for payment in invoice.payments)
    if any(count > 1 for count in subjects.values()):
        found[Doubt.CONFLICTING_ROWS] = None
    yield from map(hold.unclear, found)
    if invoice.issued is None and Doubt.UNCLEAR_DATE not in found:
        yield hold.no_invoice_date()


def _amounts(invoice: Invoice) -> Iterable[Hold]:
    listed = [line.amount.amount for line in invoice.lines]
    received = [payment.amount.amount for payment in invoice.payments]
    if any(amount < 0 for amount in (*listed, *received)):
        yield _refund(invoice)
    elif not any((*listed, *received)):
        yield hold.nothing_to_book()
    elif not received:
        yield hold.no_payment()
    elif not all(received):
        yield hold.empty_payment()
    elif missing := _payment_missing(invoice):
        yield missing


def _refund(invoice: Invoice) -> Hold:
    """With what came in and what went back, where money did."""
    came = (one.amount for one in invoice.payments if one.amount.amount > 0)
    back = (-one.amount for one in invoice.payments if one.amount.amount < 0)
    currency = invoice.case.currency
    return hold.refund(total(came, currency), total(back, currency))


def _kind_of_money(invoice: Invoice, ground: Ground) -> Iterable[Hold]:
    home = ground.directory.home_currency
    if invoice.case.currency not in {NO_CURRENCY, home}:
        yield hold.foreign(invoice.case.currency, home)
    trust = trust_hold(invoice, ground.client_money)
    if trust is not None:
        yield trust


def _form(invoice: Invoice, directory: Directory) -> Iterable[Hold]:
    number = invoice.key.number
    if directory.custom_numbers and len(number) > DOCUMENT_NUMBER_LIMIT:
        yield hold.number_too_long(number, DOCUMENT_NUMBER_LIMIT)
    transactions = {payment.transaction for payment in invoice.payments}
    if len({reference(transaction) for transaction in transactions}) < len(transactions):
        yield hold.reference_too_long(REFERENCE_LIMIT)
    if not directory.sales_tax:
        yield tax_hold.sales_tax_us() if directory.country == AMERICAN else tax_hold.sales_tax_off()
    through = directory.books_closed_through
    days = [
        day for day in (invoice.issued, *(payment.date for payment in invoice.payments)) if day is not None
    ]
    if through is not None and days and min(days) <= through:
        yield hold.books_closed(min(days), through)
