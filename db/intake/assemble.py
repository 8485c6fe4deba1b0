"""Joins the rows of the exports into case files, and says what is doubtful instead of guessing."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING

from db.intake import forms
from db.intake.amounts import money_of
from db.intake.cells import UnclearDate, Unread, day
from db.intake.forms import Report
from db.intake.meanings import NONE_TAUGHT, same_but_words, stated, told_by
from db.intake.persons import Person, prints_of, several
from db.intake.row import Row, counting, person
from db.intake.settled import NOTHING_SETTLED
from db.money import NO_CURRENCY
from db.records import Case, CaseFile, Client, Doubt, Invoice, InvoiceKey, Line, LineKind, Payment

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from db.intake.meanings import Columns, Told
    from db.intake.settled import Settled

KINDS = (
    (forms.TAXABLE, LineKind.FEE),
    (forms.TAX_EXEMPT, LineKind.EXEMPT_FEE),
    (forms.EXPENSE, LineKind.EXPENSE),
    (forms.SURCHARGES, LineKind.SURCHARGE),
)


@dataclass(frozen=True, slots=True)
class _Paid:
    """What a payment row says, with what is doubtful about it."""

    transaction: str
    payment: Payment | None
    doubts: frozenset[Doubt]
    told: Told


def assemble(
    rows: Iterable[Row],
    columns: Columns = NONE_TAUGHT,
    settled: Settled = NOTHING_SETTLED,
    elsewhere: Iterable[Person] = (),
) -> tuple[CaseFile, ...]:
    """Every case that the Client Listing or an invoice names; a number that clients share, once for each.

    Where ``settled`` says whose such a case is, its invoices are that client's alone. ``elsewhere`` are those
    whom other rows of the listing name by the same identifiers.

    Currency and client come from the Client Listing by case number; where ``columns``, what the firm said
    its own columns mean, name an invoice's currency, that one counts. A date that reads two ways stands as
    the earlier day with its doubt. Nothing odd in the rows raises.
    """
    by_report: defaultdict[Report, defaultdict[str, list[Row]]] = defaultdict(lambda: defaultdict(list))
    for row in counting(rows, settled.lacking, settled.left_out):
        taught = columns.get(row.report)
        read = replace(row, told=told_by(row.cells, taught)) if taught else row
        by_report[row.report][row.case_number].append(read)
    spread = _spread(by_report[Report.PAYMENTS])
    listed = (one for rows in by_report[Report.CLIENTS].values() for one in rows)
    shared = _shared_identifiers([*map(person, listed), *elsewhere], settled)
    numbers = sorted({*by_report[Report.CLIENTS], *by_report[Report.INVOICES]})
    return tuple(
        case_file
        for number in numbers
        for case_file in _case_files(
            number,
            by_report[Report.CLIENTS].get(number, []),
            by_report[Report.INVOICES].get(number, []),
            by_report[Report.PAYMENTS].get(number, []),
            spread,
            settled,
            shared,
        )
    )


def _shared_identifiers(people: Iterable[Person], settled: Settled) -> frozenset[str]:
    """Identifiers that stand for several clients, as far as nobody said that they are one."""
    found = several(people)
    return frozenset(one for one, same in found.items() if not settled.are_one(one, prints_of(same)))


def _spread(payments: Mapping[str, Sequence[Row]]) -> frozenset[str]:
    """Transactions that pay more than one invoice."""
    paid: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for number, rows in payments.items():
        for row in rows:
            paid[row.text(forms.TRANSACTION)].add((number, row.text(forms.NUMBER)))
    return frozenset(
        transaction for transaction, invoices in paid.items() if transaction and len(invoices) > 1
    )


def _case_files(
    number: str,
    listed: Sequence[Row],
    invoiced: Sequence[Row],
    paid: Sequence[Row],
    spread: frozenset[str],
    settled: Settled,
    identifiers: Collection[str],
) -> Iterable[CaseFile]:
    clients: defaultdict[str, list[Row]] = defaultdict(list)
    for row in listed:
        clients[row.text(forms.CLIENT)].append(row)
    whose = settled.client_of(number, clients) if len(clients) > 1 else ""
    shared = {Doubt.SHARED_CASE} if len(clients) > 1 and not whose else set()
    invoices: defaultdict[str, list[Row]] = defaultdict(list)
    for row in invoiced:
        invoices[row.text(forms.NUMBER)].append(row)
    payments: defaultdict[str, list[Row]] = defaultdict(list)
    for row in paid:
        payments[row.text(forms.NUMBER)].append(row)
    alike = _alike(invoices)
    for identifier in sorted(clients) or [""]:
        case, doubts = _case(number, identifier, clients[identifier], settled)
        if identifier in identifiers:
            doubts |= {Doubt.SHARED_CLIENT}
        if whose not in {"", identifier}:
            yield CaseFile(case, ())
            continue
        read = [
            _invoice(case, twins, payments[name] if name else [], spread, doubts | shared | alike[name])
            for name, twins in invoices.items()
        ]
        yield CaseFile(case, tuple(sorted(read, key=_age)))


def _alike(numbers: Iterable[str]) -> Mapping[str, frozenset[Doubt]]:
    """The doubt of each number: 0042 and 42 may be one, as a spreadsheet drops zeros that lead a number."""
    known = frozenset(numbers)
    bare = Counter(number.lstrip("0") for number in known if number.isdigit())
    doubt = frozenset({Doubt.CONFLICTING_ROWS})
    return {number: doubt if bare[number.lstrip("0")] > 1 else frozenset() for number in known}


def _age(invoice: Invoice) -> tuple[date, int, str]:
    return invoice.issued or invoice.paid or date.max, len(invoice.key.number), invoice.key.number


def _case(
    number: str, identifier: str, rows: Sequence[Row], settled: Settled
) -> tuple[Case, frozenset[Doubt]]:
    doubts = set()
    if not identifier or all(person(row).names_nobody for row in rows):
        doubts.add(Doubt.NO_CLIENT)
    people = {(row.text(forms.FULL_NAME), row.text(forms.EMAIL).casefold()) for row in rows}
    if len(people) > 1:
        doubts.add(Doubt.CONFLICTING_ROWS)
    texts = {row.text(forms.CURRENCY) for row in rows}
    currencies = {settled.currency_of(text) for text in texts - {""} or texts}
    currency = currencies.pop() if len(currencies) == 1 else ""
    if not currency:
        currency = NO_CURRENCY
        doubts.add(Doubt.NO_CURRENCY)
    first = rows[0] if rows else Row(Report.CLIENTS, number, {})
    client = Client(identifier, first.text(forms.FULL_NAME), first.text(forms.EMAIL))
    case = Case(number, client, currency, first.text(forms.CASE_TYPE), first.text(forms.CASE_STATUS))
    return case, frozenset(doubts)


def _invoice(
    case: Case,
    twins: Sequence[Row],
    paid: Sequence[Row],
    spread: frozenset[str],
    doubts: frozenset[Doubt] | set[Doubt],
) -> Invoice:
    """One invoice of all the rows that claim its number; the first of them stands."""
    case, found = _in_its_currency(case, twins[0].told, paid, set(doubts))
    key = InvoiceKey(case.number, twins[0].text(forms.NUMBER), case.client.identifier)
    if not key.number:
        found.add(Doubt.NO_NUMBER)
    readings = [_amounts_and_days(case, row) for row in twins]
    if any(reading != readings[0] for reading in readings):
        found.add(Doubt.CONFLICTING_ROWS)
    if not all(same_but_words(row.told, twins[0].told) for row in twins):
        found.add(Doubt.CONFLICTING_ROWS)
    lines, issued, paid_on, unclear = readings[0]
    payments, doubtful = _payments(case, paid)
    if any(row.text(forms.TRANSACTION) in spread for row in paid):
        found.add(Doubt.SPREAD_PAYMENT)
    if any(row.is_lacking for row in (*twins, *paid)):
        found.add(Doubt.NO_LONGER_EXPORTED)
    said, untold = stated([twins[0].told, *(row.told for row in paid)], case.currency)
    return Invoice(
        key=key,
        case=case,
        issued=issued,
        paid=paid_on,
        lines=lines,
        payments=payments,
        doubts=tuple(doubt for doubt in Doubt if doubt in found | unclear | doubtful | untold),
        paid_unclear=isinstance(day(twins[0].text(forms.PAID_DATE)), UnclearDate),
        stated=said,
    )


def _in_its_currency(
    case: Case, told: Told, paid: Sequence[Row], doubts: set[Doubt]
) -> tuple[Case, set[Doubt]]:
    """The case in the invoice's own currency: its column's, else the listing's, else its payments' if one.

    A payment whose column names another currency is doubtful.
    """
    by_payments = {row.told.currency for row in paid} - {""}
    currency = told.currency or case.currency
    if currency == NO_CURRENCY and len(by_payments) == 1:
        (currency,) = by_payments
    if currency != NO_CURRENCY:
        doubts.discard(Doubt.NO_CURRENCY)
    if by_payments - {currency}:
        doubts.add(Doubt.OTHER_CURRENCY)
    return replace(case, currency=currency), doubts


def _amounts_and_days(
    case: Case, row: Row
) -> tuple[tuple[Line, ...], date | None, date | None, frozenset[Doubt]]:
    doubts: set[Doubt] = set()
    lines = tuple(
        Line(kind, value)
        for column, kind in KINDS
        if (value := money_of(row.text(column), case.currency, doubts)) is not None and value
    )
    issued = _day(row.text(forms.INVOICE_DATE), doubts)
    paid = _day(row.text(forms.PAID_DATE), doubts)
    return lines, issued, paid, frozenset(doubts)


def _payments(case: Case, rows: Sequence[Row]) -> tuple[tuple[Payment, ...], frozenset[Doubt]]:
    """Each transaction once; a twin row that says otherwise makes it doubtful."""
    taken: dict[str, _Paid] = {}
    read = [_payment(case, row) for row in rows]
    doubts: set[Doubt] = set().union(*_alike(one.transaction for one in read).values())
    for position, one in enumerate(read):
        # Without a number none is known to be another's twin.
        first = taken.setdefault(one.transaction or f"\n{position}", one)
        doubts |= one.doubts
        if first.payment != one.payment or not same_but_words(first.told, one.told):
            doubts.add(Doubt.CONFLICTING_ROWS)
    payments = (one.payment for one in taken.values() if one.payment is not None)
    ordered = sorted(payments, key=lambda payment: (payment.date, payment.transaction))
    return tuple(ordered), frozenset(doubts)


def _payment(case: Case, row: Row) -> _Paid:
    doubts: set[Doubt] = set()
    transaction = row.text(forms.TRANSACTION)
    if not transaction:
        doubts.add(Doubt.NO_NUMBER)
    value = money_of(row.text(forms.AMOUNT), case.currency, doubts)
    paid_on = _day(row.text(forms.PAYMENT_DATE), doubts)
    if value is None or paid_on is None or not row.text(forms.AMOUNT):
        return _Paid(transaction, None, frozenset({*doubts, Doubt.UNREADABLE}), row.told)
    payment = Payment(transaction, paid_on, row.text(forms.METHOD), value)
    return _Paid(transaction, payment, frozenset(doubts), row.told)


def _day(text: str, doubts: set[Doubt]) -> date | None:
    if not text:
        return None
    read = day(text)
    if isinstance(read, UnclearDate):
        doubts.add(Doubt.UNCLEAR_DATE)
        return read.readings[0]
    if isinstance(read, Unread):
        doubts.add(Doubt.UNREADABLE)
        return None
    return read
