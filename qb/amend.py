"""Says how CaseEasy's records of an invoice differ now from what was booked of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db.money import total
from db.records import Doubt
from qb.directory import says_trust, says_unearned
from qb.hold import amount_text, day_text
from qb.likeness import plain
from qb.mapping import LINE_WORDS
from qb.receipt import Difference
from qb.stated import stated_tax

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from datetime import date

    from db.money import Money
    from db.records import Invoice, LineKind
    from qb.entry import Entry

UNTOLD = frozenset(
    {
        Doubt.UNREADABLE,
        Doubt.UNCLEAR_DATE,
        Doubt.CONFLICTING_ROWS,
        Doubt.NO_CLIENT,
        Doubt.NO_CURRENCY,
        Doubt.NO_NUMBER,
    }
)
"""Records with one of these don't say enough to be compared: they hold an invoice, and they accuse none."""
NEWEST_EXPORT = "Newest export"
"""What of it is missing there, though the export reaches over it."""
NOT_BOOKED = "not booked"
OUR_OWN = "the firm's own money"
"""As what every invoice and payment was booked: client money is never."""
GONE = "not in CaseEasy"
Paid = tuple[tuple["date", "Money"], ...]


def amendments(entry: Entry, records: Sequence[Invoice]) -> tuple[Difference, ...] | None:
    """Each thing that CaseEasy says otherwise now; nothing where it says what was booked.

    ``entry`` is what was approved and booked, ``records`` are the invoices that go by its case and number
    now, whoever's they are. None where the records don't say enough to tell.
    """
    now = _meant(entry, records)
    if now is None or UNTOLD & set(now.doubts):
        return None
    return tuple(_differences(entry, now))


def _meant(entry: Entry, records: Sequence[Invoice]) -> Invoice | None:
    """The invoice itself, or the one that took its place under another client."""
    own = [one for one in records if one.key == entry.key]
    found = own or list(records)
    return found[0] if len(found) == 1 else None


def _differences(entry: Entry, now: Invoice) -> Iterator[Difference]:
    if now.key.client != entry.key.client:
        yield Difference("Client", _client(entry.client_name, entry.key.client), _client_of(now))
    yield from _standing(now)
    if now.case.currency != entry.total.currency:
        yield Difference("Currency", entry.total.currency, now.case.currency)
        return  # amounts of two currencies aren't compared
    if now.paid is None:
        yield Difference("Paid", "yes", "no")
    if now.issued != entry.date:
        yield Difference("Invoice date", day_text(entry.date), day_text(now.issued) if now.issued else "none")
    yield from _lines(entry, now)
    yield from _stated(entry, now)
    yield from _payments(entry, now)


def _standing(now: Invoice) -> Iterator[Difference]:
    """What would never have been booked: client money, and what isn't simply paid or isn't exported now."""
    if Doubt.NO_LONGER_EXPORTED in now.doubts:
        yield Difference(NEWEST_EXPORT, "in it", "no longer in it")
    if now.stated.trust:
        yield Difference("Fund", OUR_OWN, now.stated.trust)
    if says_unearned(now.case.kind):
        yield Difference("Case type", OUR_OWN, now.case.kind)
    if now.stated.mark is not None:
        yield Difference("Status", "paid", now.stated.marked or str(now.stated.mark))


def _stated(entry: Entry, now: Invoice) -> Iterator[Difference]:
    """What columns state of it; where they state nothing, nothing is compared."""
    stated = now.stated
    if stated.discount:
        yield Difference("Discount", NOT_BOOKED, amount_text(stated.discount))
    said = {"Tax stated": (entry.tax, stated_tax(now)), "Total stated": (entry.total, stated.total)}
    for what, (booked, found) in said.items():
        if found is not None and found != booked:
            yield Difference(what, amount_text(booked), amount_text(found))


def _lines(entry: Entry, now: Invoice) -> Iterator[Difference]:
    currency = entry.total.currency
    booked = _by_kind(((line.kind, line.amount) for line in entry.lines), currency)
    found = _by_kind(((line.kind, line.amount) for line in now.lines if line.amount), currency)
    for kind in dict.fromkeys((*booked, *found)):
        if booked.get(kind) != found.get(kind):
            yield Difference(LINE_WORDS[kind], _amount(booked.get(kind)), _amount(found.get(kind), GONE))


def _by_kind(lines: Iterable[tuple[LineKind, Money]], currency: str) -> Mapping[LineKind, Money]:
    sums: dict[LineKind, list[Money]] = {}
    for kind, amount in lines:
        sums.setdefault(kind, []).append(amount)
    return {kind: total(amounts, currency) for kind, amounts in sums.items()}


def _payments(entry: Entry, now: Invoice) -> Iterator[Difference]:
    booked = _by_transaction((one.transaction, one.date, one.amount) for one in entry.payments)
    found = _by_transaction((one.transaction, one.date, one.amount) for one in now.payments)
    ours = (
        booked if entry.linked else dict.fromkeys((*booked, *found))
    )  # the others are somebody else's there
    for transaction in ours:
        before, after = booked.get(transaction, ()), found.get(transaction, ())
        if before != after:
            yield Difference(f"Payment {transaction}", _paid(before, NOT_BOOKED), _paid(after, GONE))
    yield from _methods(entry, now)


def _methods(entry: Entry, now: Invoice) -> Iterator[Difference]:
    """Payments that are there on both sides by another method, which decides where they are deposited.

    Where nobody kept by which it was booked, only one that means client money is told.
    """
    booked = {one.transaction: one.said for one in entry.payments}
    for payment in now.payments:
        before = booked.get(payment.transaction)
        what = f"Method of payment {payment.transaction}"
        if before and plain(before) != plain(payment.method):
            yield Difference(what, before, payment.method or "none")
        elif before == "" and (says_trust(payment.method) or says_unearned(payment.method)):
            yield Difference(what, OUR_OWN, payment.method)


def _by_transaction(payments: Iterable[tuple[str, date, Money]]) -> Mapping[str, Paid]:
    parts: dict[str, list[tuple[date, Money]]] = {}
    for transaction, day, amount in payments:
        parts.setdefault(transaction, []).append((day, amount))
    return {
        transaction: tuple(sorted(paid, key=lambda one: (one[0], one[1].minor)))
        for transaction, paid in parts.items()
    }


def _paid(parts: Paid, none: str) -> str:
    return " and ".join(f"{amount_text(amount)} on {day_text(day)}" for day, amount in parts) or none


def _amount(money: Money | None, none: str = NOT_BOOKED) -> str:
    return none if money is None else amount_text(money)


def _client(name: str, identifier: str) -> str:
    return f"{name} ({identifier})"


def _client_of(now: Invoice) -> str:
    return _client(now.case.client.name, now.key.client)
