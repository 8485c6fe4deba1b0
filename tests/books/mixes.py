"""Any mix of lines, rates, payments and currencies that an export could tell, most of them paid rightly."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from db.money import Money
from db.records import Case, Client, Invoice, InvoiceKey, Line, LineKind, Payment

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hypothesis.strategies import DrawFn, SearchStrategy

CENT = Decimal("0.01")
RATES = (("13",), ("5",), ("5", "9.975"), ("14",), ("0",))
"""What the firm confirmed for its fees."""
BY_PROVINCE = (("15",), ("15",), ("0",))
"""What whoever lives in New Brunswick may be charged; of anybody else 15 % is held until that is known."""
METHODS = ("e-Transfer", "Credit Card", "Cheque", "Wire")
ODD_METHODS = ("Zelle", "Trust transfer", "Retainer")
AMELIE = Client("C-1", "Amélie Tremblay", "")
PRIYA = Client("C-2", "Priya Sharma", "")
SOFIA = Client("C-3", "Sofia Rossi", "")
STRANGER = Client("C-4", "<!channel> & <https://evil|Approve>", "")
MICHAEL = Client("C-5", "Michael Brooks", "")
IN_NEW_BRUNSWICK = SOFIA
ABROAD = PRIYA
"""Who resides there may be charged no tax, or any."""
PAID_FOR = "K-9"
"""The case of Priya's that an employer pays for."""
FIRST = date(2026, 1, 5)


@dataclass(frozen=True, slots=True)
class Mix:
    """An invoice; ``tax`` is what it was paid with by one of the firm's rates, None where it was bent."""

    invoice: Invoice
    tax: Decimal | None


def tax_at(rates: Sequence[str], net: Decimal) -> Decimal:
    """Each rate on the whole net, half a cent up, by itself."""
    return sum(((net * Decimal(rate) / 100).quantize(CENT, ROUND_HALF_UP) for rate in rates), Decimal(0))


cents = st.integers(1, 500_000).map(lambda n: Decimal(n).scaleb(-2))
tenths = st.integers(1, 5_000).map(lambda n: Decimal(n).scaleb(-1))
"""Of which 5 % is half a cent more often than not."""
amounts = st.just(Decimal(0)) | cents | tenths | st.integers(1, 300).map(lambda n: Decimal(n).scaleb(-2))


@st.composite
def _split(draw: DrawFn, due: Decimal) -> list[Decimal]:
    """What is due, in one to four payments."""
    cuts = draw(st.lists(st.integers(1, max(1, int(due * 100) - 1)), max_size=3, unique=True))
    edges = [
        Decimal(0),
        *(Decimal(cut).scaleb(-2) for cut in sorted(cuts) if Decimal(cut).scaleb(-2) < due),
        due,
    ]
    return [after - before for before, after in pairwise(edges) if after > before]


@st.composite
def mixes(draw: DrawFn) -> Mix:
    """One invoice and its payments; one in four is bent somehow."""
    client = draw(st.sampled_from((*(AMELIE, PRIYA, SOFIA) * 3, STRANGER, MICHAEL)))
    currency = "USD" if client is MICHAEL else "CAD"
    lines = {kind: draw(amounts) for kind in LineKind}
    rates = draw(st.sampled_from(BY_PROVINCE if client is IN_NEW_BRUNSWICK else RATES))
    tax = tax_at(rates, lines[LineKind.FEE])
    received = draw(_split(sum(lines.values(), tax)))
    issued = FIRST + timedelta(days=draw(st.integers(0, 300)))
    invoice = Invoice(
        key=InvoiceKey(draw(st.sampled_from(("K-1", PAID_FOR))), "", client.identifier),
        case=Case("", client, currency),
        issued=issued,
        paid=None,
        lines=tuple(Line(kind, Money(amount, currency)) for kind, amount in lines.items() if amount),
        payments=tuple(
            Payment(
                f"{draw(st.sampled_from(('', 'a very long transaction number ')))}{n}",
                issued + timedelta(days=draw(st.integers(-20, 200))),
                draw(st.sampled_from(METHODS)),
                Money(amount, currency),
            )
            for n, amount in enumerate(received)
        ),
    )
    invoice = replace(invoice, case=replace(invoice.case, number=invoice.key.case))
    invoice = replace(invoice, paid=max((one.date for one in invoice.payments), default=issued))
    return Mix(invoice, tax) if draw(st.integers(0, 3)) else Mix(draw(_bent(invoice)), None)


@st.composite
def _bent(draw: DrawFn, invoice: Invoice) -> Invoice:
    """Something isn't as it should be, or isn't what is booked."""
    way = draw(st.sampled_from((_off, _refunded, _by_another_way, _unpaid, _paid_later, _foreign, _doubled)))
    return draw(way(invoice))


def _off(invoice: Invoice) -> SearchStrategy[Invoice]:
    """Short or over, by a cent or by much."""
    by = st.sampled_from((Decimal("0.01"), Decimal("-0.01"), Decimal("39.50"), Decimal("-56.00")))
    return by.map(lambda more: _with_last(invoice, more))


def _with_last(invoice: Invoice, more: Decimal) -> Invoice:
    if not invoice.payments:
        return invoice
    *first, last = invoice.payments
    return replace(
        invoice, payments=(*first, replace(last, amount=Money(last.amount.amount + more, _of(last))))
    )


def _of(payment: Payment) -> str:
    return payment.amount.currency


def _refunded(invoice: Invoice) -> SearchStrategy[Invoice]:
    """A part, or all of it, went back."""
    back = tuple(
        replace(one, transaction=f"back {one.transaction}", amount=-one.amount) for one in invoice.payments
    )
    return st.integers(0, len(back)).map(lambda n: replace(invoice, payments=(*invoice.payments, *back[:n])))


def _by_another_way(invoice: Invoice) -> SearchStrategy[Invoice]:
    """By a method that nobody mapped, or that says client money."""
    return st.sampled_from(ODD_METHODS).map(
        lambda method: replace(invoice, payments=tuple(replace(p, method=method) for p in invoice.payments))
    )


def _unpaid(invoice: Invoice) -> SearchStrategy[Invoice]:
    return st.just(replace(invoice, paid=None))


def _paid_later(invoice: Invoice) -> SearchStrategy[Invoice]:
    """The last payment isn't in the export yet."""
    return st.just(replace(invoice, payments=invoice.payments[:-1]))


def _foreign(invoice: Invoice) -> SearchStrategy[Invoice]:
    """In a currency that the firm has no customer in, whoever it is."""
    return st.sampled_from(("USD", "EUR", "CAD")).map(lambda currency: _in(invoice, currency))


def _in(invoice: Invoice, currency: str) -> Invoice:
    return replace(
        invoice,
        case=replace(invoice.case, currency=currency),
        lines=tuple(replace(one, amount=Money(one.amount.amount, currency)) for one in invoice.lines),
        payments=tuple(replace(one, amount=Money(one.amount.amount, currency)) for one in invoice.payments),
    )


def _doubled(invoice: Invoice) -> SearchStrategy[Invoice]:
    """A row stands there twice."""
    return st.just(replace(invoice, payments=(*invoice.payments, *invoice.payments[:1])))
