"""The reports of the office in Moncton: by a computer set to French, at a rate that three provinces have."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from bot.demo.samples.exports import INVOICES, PAYMENTS
from bot.demo.samples.paper import in_two_ways

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.demo.samples.paper import Cell

Row = tuple["Cell", ...]
CASE, CLIENT = "00101-Cormier", "C-10101"


def client_listing() -> Iterator[Row]:
    """Its one case."""
    yield ("Case Number", "Client Identifier", "Full Name", "Email", "Case Type", "Currency")
    yield (CASE, CLIENT, "Luc Cormier", "luc.cormier@example.ca", "Express Entry", "CAD")


def invoices(today: date) -> Iterator[Row]:
    """1,000.00 and 600.00 with 15 % HST, in a column we don't know."""
    yield (*INVOICES, "TVH")
    issued, _, paid = _days(today)
    nothing = Decimal("0.00")
    for number, fee, tax in (("2001", "1000.00", "150.00"), ("2002", "600.00", "90.00")):
        yield (CASE, number, issued, paid, nothing, Decimal(fee), nothing, nothing, Decimal(tax))


def payments(today: date) -> Iterator[Row]:
    """1,150.00 at once; 690.00 in two parts."""
    yield PAYMENTS
    _, partly, paid = _days(today)
    yield (CASE, "M-1", "2001", paid, "E-Transfer", Decimal("1150.00"))
    yield (CASE, "M-2", "2002", partly, "E-Transfer", Decimal("90.00"))
    yield (CASE, "M-3", "2002", paid, "Cheque", Decimal("600.00"))


def _days(today: date) -> tuple[str, str, str]:
    """Issued, paid in part, paid: early last month, so that each could be another day."""
    begun = (today.replace(day=1) - timedelta(days=1)).replace(day=1)
    issued, partly, paid = (in_two_ways(begun + timedelta(days=after)) for after in (1, 4, 6))
    return issued, partly, paid
