"""What an effect carries: the content kept, the bytes sent, and the reply expected."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from qb.canonical import entry_from, facts
from qb.gateway import encode
from qb.hold import amount_text
from qb.likeness import plain
from qb.operations import ADD_CUSTOMER, ADD_INVOICE, UPDATE_EMAIL
from qb.wire import (
    customer_body,
    email_body,
    invoice_body,
    invoice_seen,
    payment_body,
    payment_seen,
    person_seen,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from qb.entry import Entry, EntryPayment
    from qb.wire import Body


@dataclass(frozen=True, slots=True)
class InvoiceOrder:
    """Book an entry's invoice."""

    entry: Entry
    multicurrency: bool


@dataclass(frozen=True, slots=True)
class PaymentOrder:
    """Receive one of an entry's payments, once its invoice is there."""

    entry: Entry
    payment: EntryPayment
    multicurrency: bool


@dataclass(frozen=True, slots=True)
class CustomerOrder:
    """Add a payer as a customer in ``currency``.

    ``apart``: ids of the customers with the same e-mail that a person said are somebody else. Where ``cases``
    are named, it pays for those of the client's alone; else it is the client's own, and billed for the cases
    ``frees`` in place of whoever paid for them.
    """

    name: str
    email: str
    payer: str
    currency: str
    multicurrency: bool
    apart: tuple[str, ...] = ()
    cases: tuple[str, ...] = ()
    frees: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EmailOrder:
    """Another e-mail for a customer, whom a person saw in this ``version`` (SyncToken) with ``before``."""

    customer_id: str
    name: str
    version: str
    email: str
    before: str


Order: TypeAlias = InvoiceOrder | PaymentOrder | CustomerOrder | EmailOrder


def content_of(order: Order) -> dict[str, Any]:
    """The order as plain JSON, to be kept with its effect."""
    match order:
        case InvoiceOrder():
            return {"entry": facts(order.entry), "multicurrency": order.multicurrency}
        case PaymentOrder():
            place = order.entry.payments.index(order.payment)
            return {"entry": facts(order.entry), "payment": place, "multicurrency": order.multicurrency}
        case EmailOrder():
            return asdict(order)
        case CustomerOrder():
            return {
                "name": order.name,
                "email": order.email,
                "payer": order.payer,
                "currency": order.currency,
                "multicurrency": order.multicurrency,
                "apart": list(order.apart),
                "cases": list(order.cases),
                "frees": list(order.frees),
            }


def order_of(operation: str, content: Mapping[str, Any]) -> Order:
    """The order that :func:`content_of` wrote."""
    if operation == ADD_CUSTOMER:
        several = {name: tuple(content.get(name, ())) for name in ("apart", "cases", "frees")}
        return CustomerOrder(**{**content, **several})
    if operation == UPDATE_EMAIL:
        return EmailOrder(**content)
    entry, multicurrency = entry_from(content["entry"]), bool(content["multicurrency"])
    if operation == ADD_INVOICE:
        return InvoiceOrder(entry, multicurrency)
    return PaymentOrder(entry, entry.payments[content["payment"]], multicurrency)


def bytes_of(order: Order, mark: str, parent_id: str) -> bytes:
    """The very bytes to send; ``parent_id`` is QuickBooks' id of what the order depends on."""
    return encode(_body(order, mark, parent_id))


def _body(order: Order, mark: str, parent_id: str) -> Body:
    match order:
        case InvoiceOrder():
            return invoice_body(order.entry, marker=mark, multicurrency=order.multicurrency)
        case PaymentOrder():
            return payment_body(
                order.entry, order.payment, parent_id, marker=mark, multicurrency=order.multicurrency
            )
        case CustomerOrder():
            return customer_body(order.name, order.email, order.currency, multicurrency=order.multicurrency)
        case EmailOrder():
            return email_body(order.customer_id, order.version, order.email)


def difference(order: Order, found: Mapping[str, Any], mark: str) -> str | None:
    """What keeps a document of QuickBooks from being what was ordered, in words; None if it is."""
    match order:
        case InvoiceOrder():
            return _invoice_difference(order, found, mark)
        case PaymentOrder():
            return _payment_difference(order, found, mark)
        case CustomerOrder():
            person = person_seen("Customer", found, order.currency)
            if plain(person.name) != plain(order.name):
                return f"it is called {person.name}, not {order.name}"
            if person.currency != order.currency:
                return f"it is kept in {person.currency}, not in {order.currency}"
            return None
        case EmailOrder():
            email = person_seen("Customer", found, "").email
            return None if email == order.email else f"its e-mail is {email or 'empty'}, not {order.email}"


def _invoice_difference(order: InvoiceOrder, found: Mapping[str, Any], mark: str) -> str | None:
    seen, entry = invoice_seen(found, order.entry.total.currency), order.entry
    if seen.total != entry.total:
        return f"its total is {amount_text(seen.total)}, not {amount_text(entry.total)}"
    return _whose(seen.customer_id, entry, seen.note, mark)


def _payment_difference(order: PaymentOrder, found: Mapping[str, Any], mark: str) -> str | None:
    seen, amount = payment_seen(found, order.payment.amount.currency), order.payment.amount
    if seen.total != amount:
        return f"its amount is {amount_text(seen.total)}, not {amount_text(amount)}"
    return _whose(seen.customer_id, order.entry, seen.note, mark)


def _whose(customer_id: str, entry: Entry, note: str, mark: str) -> str | None:
    if customer_id != entry.customer.id:
        return f"it belongs to another customer than {entry.customer.name}"
    return None if mark in note else "it doesn't carry our mark"
