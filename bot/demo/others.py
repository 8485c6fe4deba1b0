"""What the demo's QuickBooks holds already though we never booked it: one of each kind."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from qb.sandbox import Stranger

if TYPE_CHECKING:
    from datetime import date

    from qb.sandbox import Sandbox

HARBOUR, TREMBLAY, ROSSI = "Harbour Tech Recruiting Inc.", "Amélie Tremblay", "Sofia Rossi"


def enter_others(sandbox: Sandbox, today: date) -> None:
    """Enter them; they go with the sample exports of the same day (invoices 1005, 1008, 1022 and 1023)."""

    def ago(days: int) -> date:
        return today - timedelta(days=days)

    # by hand, not paid there yet: Link It books its payment alone
    sandbox.enter(Stranger("Invoice", HARBOUR, Decimal("4955.00"), ago(17), number="1022"))
    # added from the bank feed, naming nobody
    sandbox.enter(Stranger("Deposit", "", Decimal("3955.00"), ago(8)))
    # by CaseEasy's own sync, paid: nothing is missing
    synced = Stranger("Invoice", TREMBLAY, Decimal("5168.31"), ago(24), number="INV-1008", note="CaseEasy")
    paid = sandbox.enter(synced)
    sandbox.enter(Stranger("Payment", TREMBLAY, Decimal("5168.31"), ago(18), pays=paid, note="CaseEasy"))
    # somebody else's invoice of the number that Leila Haddad's has: It's Another books hers as CE-1005
    sandbox.enter(Stranger("Invoice", ROSSI, Decimal("90.00"), ago(200), number="1005"))
