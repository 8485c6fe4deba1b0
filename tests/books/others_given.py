"""An invoice, and documents of others that look like it, as values."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from db.said import Answer, Said
from qb.entry import Named
from qb.others import Other, Others
from qb.plan import plan
from tests.books.given import GROUND, cad, invoice, paid

if TYPE_CHECKING:
    from qb.entry import Entry, Held
    from qb.ground import Ground

MARIA, ROSSI = Named("58", "Maria Silva"), Named("71", "Sofia Rossi")
BILL = invoice(paid("2330.00"), number="1042", fee="1500.00", expense="635.00")
INSTALMENTS = invoice(
    paid("1165.00", "T-1"),
    paid("1165.00", "T-2", day=date(2026, 6, 2)),
    number="1042",
    fee="1500.00",
    expense="635.00",
)
SALE = Other("Invoice", "7", "1042", date(2026, 4, 20), cad("2330.00"), MARIA, balance=cad("2330.00"))
MONEY = Other("Payment", "8", "", date(2026, 5, 5), cad("2330.00"), MARIA)
FED = Other("Deposit", "9", "", date(2026, 5, 9), cad("2330.00"), Named("", ""), account="35", line="1")


def ground(*others: Other, **said: Answer) -> Ground:
    """The firm's books with these documents of others in them."""
    return replace(GROUND, others=Others.of(others), answers={one.subject: one for one in said.values()})


def answer(
    said: Said, linked: str = "", dismissed: tuple[str, ...] = (), number: str = "", seen: str = ""
) -> Answer:
    """What Ben said of the bill."""
    at = datetime(2026, 5, 6, tzinfo=UTC)
    return Answer(BILL.key.subject, said, "U0BEN", at, linked, dismissed, number, seen)


def held(on: Ground) -> Held:
    """The bill, which is held."""
    (found,) = plan([BILL], on).held
    return found


def booked(on: Ground) -> Entry:
    """The bill, which would be booked."""
    made = plan([BILL], on)
    assert () == made.held
    return made.entries[0]
