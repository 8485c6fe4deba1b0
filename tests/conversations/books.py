"""What QuickBooks holds at the end, in literal cents."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from qb.sandbox import Sandbox

OSEI = (
    "Invoice 2260.00 owing 0.00",
    "Invoice 2330.00 owing 0.00",
    "Invoice 2825.00 owing 0.00",
    "Payment 1000.00",
    "Payment 1000.00",
    "Payment 1260.00",
    "Payment 1825.00",
    "Payment 2330.00",
)
"""Daniel Osei's three invoices and five payments: once each, and nothing left to pay."""


def booked(sandbox: Sandbox, customer: str = "Daniel Osei") -> list[str]:
    """A customer's invoices and payments in QuickBooks, sorted."""
    identity = sandbox.books.id_of("Customer", customer)
    invoices = [
        f"Invoice {one['TotalAmt']:.2f} owing {one['Balance']:.2f}"
        for one in sandbox.books.entities("Invoice")
        if one["CustomerRef"]["value"] == identity
    ]
    payments = [
        f"Payment {one['TotalAmt']:.2f}"
        for one in sandbox.books.entities("Payment")
        if one["CustomerRef"]["value"] == identity
    ]
    return sorted([*invoices, *payments])


def count(sandbox: Sandbox, kind: str) -> int:
    """How many documents of a kind there are."""
    return len(sandbox.books.entities(kind))
