"""Which rows of the mapping paid invoices call for, and which of them still wait for a person."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from db.chosen import Banking
from db.money import NO_CURRENCY
from db.records import LineKind
from qb.directory import says_trust, says_unearned
from qb.likeness import plain
from qb.mapping import BY_CLIENT, HOLDING, Fund, Kind, Mapping, Row, exception, row
from qb.provinces import NAMES, places_with
from qb.tax import fee_percent, taxes_seen
from qb.usable import check

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from db.records import Invoice
    from qb.directory import Directory

NOTHING = Mapping()


def rows_needed(
    invoices: Sequence[Invoice],
    directory: Directory,
    banking: Banking = Banking.UNSAID,
    mapping: Mapping = NOTHING,
) -> tuple[Row, ...]:
    """The rows the paid invoices call for: methods, currencies, line kinds, taxes, clients; in this order.

    Each with the exceptions that ``mapping`` has for what these invoices show. A firm that holds client money
    is also asked for the trust account of each currency it has one for.
    """
    paid = [invoice for invoice in invoices if invoice.paid is not None]
    methods = {p.method for i in paid for p in i.payments if not _is_client_money(p.method)}
    currencies = {i.case.currency for i in paid} - {NO_CURRENCY}
    kinds = {line.kind for i in paid for line in i.lines}
    defaults = (
        *_deposits(currencies, directory, banking),
        *(row(Kind.ITEM, kind) for kind in LineKind if kind in kinds),
    )
    special = [one for one in exceptions_seen(paid) if mapping.choice(one.kind, one.source) is not None]
    return (
        *(row(Kind.METHOD, method) for method in sorted(methods, key=plain)),
        *_each_with(defaults, special),
        *_taxes(paid, directory, mapping),
    )


def rows_open(rows: Iterable[Row], mapping: Mapping, directory: Directory) -> tuple[Row, ...]:
    """The rows nobody has confirmed, or whose choice can no longer be used."""

    def settled(needed: Row) -> bool:
        choice = mapping.choice(needed.kind, needed.source, needed.fund)
        return choice is not None and check(choice, directory, converts=mapping.converts) is None

    return tuple(needed for needed in rows if not settled(needed))


def exceptions_seen(invoices: Iterable[Invoice]) -> tuple[Row, ...]:
    """What could be an exception: each method in a currency, each line kind of a case type, as invoices show.

    What touches client money isn't among them.
    """
    found: dict[Row, None] = {}
    for invoice in invoices:
        if invoice.paid is None or invoice.case.currency == NO_CURRENCY:
            continue
        for payment in invoice.payments:
            if payment.method and not _is_client_money(payment.method):
                found[row(Kind.DEPOSIT, exception(payment.amount.currency, payment.method))] = None
        if invoice.case.kind:
            for line in invoice.lines:
                found[row(Kind.ITEM, exception(line.kind, invoice.case.kind))] = None
    return tuple(sorted(found, key=lambda one: (one.kind, plain(one.label))))


def _each_with(defaults: Iterable[Row], special: Sequence[Row]) -> Iterator[Row]:
    for default in defaults:
        yield default
        if default.fund is Fund.OPERATING:
            yield from (s for s in special if (s.kind, s.base) == (default.kind, default.source))


def _is_client_money(method: str) -> bool:
    return says_trust(method) or says_unearned(method)


def _deposits(currencies: Iterable[str], directory: Directory, banking: Banking) -> Iterable[Row]:
    in_trust = {account.currency for account in directory.accounts if account.takes_trust}
    for currency in sorted(currencies, key=lambda c: (c != directory.home_currency, c)):
        yield row(Kind.DEPOSIT, currency)
        if currency in in_trust and banking in HOLDING:
            yield row(Kind.DEPOSIT, currency, Fund.TRUST)


def _taxes(paid: Sequence[Invoice], directory: Directory, mapping: Mapping) -> Iterator[Row]:
    """Each tax seen; after one that depends on the client, its provinces, and the clients to be placed."""
    clients: dict[str, Row] = {}
    for source, shown in taxes_seen(paid, directory).items():
        percent = fee_percent(source)
        if not percent:
            yield row(Kind.TAX, source)
            if percent is not None and mapping.choice(Kind.TAX, source) is not None:
                clients |= {i.case.client.identifier: resident_row(i) for i in shown}
            continue
        places = {place for invoice in shown for place in places_of(invoice, source)}
        yield replace(row(Kind.TAX, source), places=tuple(sorted(places)))
        decided = mapping.choice(Kind.TAX, source)
        if decided is None or decided.target_id != BY_CLIENT:
            continue
        wanted = [place_row(invoice, source) for invoice in shown]
        chosen = {mapping.choice(Kind.PLACE, one.source) for one in wanted} - {None}
        for place in sorted({one.target_id for one in chosen if one is not None} & NAMES.keys()):
            yield row(Kind.TAX, exception(source, place))
        clients |= {one.source: one for one in wanted}
    yield from clients.values()


def place_row(invoice: Invoice, source: str) -> Row:
    """The row that asks where the client of an invoice lives, for the tax ``source`` it shows."""
    client = invoice.case.client
    asked = row(Kind.PLACE, client.identifier)
    return replace(asked, label=f"Province of {client.name}", places=places_of(invoice, source))


def resident_row(invoice: Invoice) -> Row:
    """The row that asks where the client of an invoice without tax resides: abroad alone it is zero-rated."""
    client = invoice.case.client
    return replace(row(Kind.PLACE, client.identifier), label=f"Where {client.name} resides")


def places_of(invoice: Invoice, source: str) -> tuple[str, ...]:
    """The provinces whose rate the fee of an invoice carries, on the day tax fell due."""
    percent, day = fee_percent(source), tax_day(invoice)
    return places_with(percent, day) if percent and day else ()


def tax_day(invoice: Invoice) -> date | None:
    """The day tax fell due: of the invoice or of its first payment, whichever comes first.

    Excise Tax Act, s. 168 (1). A calendar day of the firm's; None where neither is known.
    """
    received = [payment.date for payment in invoice.payments]
    known = [*received, *([] if invoice.issued is None else [invoice.issued])]
    return min(known, default=invoice.paid)
