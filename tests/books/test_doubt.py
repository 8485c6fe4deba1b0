"""Whatever goes wrong on the way, an effect ends in the books exactly once."""

from __future__ import annotations

from decimal import Decimal

import pytest

from db.effects import State
from qb.sandbox import Fault, Switches
from tests.books.office import ONTARIO, Office

TROUBLES = {
    "cut before": Fault("cut"),
    "cut after": Fault("cut", after=True),
    "late write": Fault("late", seconds=100),
    "500 before": Fault("status", status=500),
    "500 after": Fault("status", status=500, after=True),
    "502 after": Fault("status", status=502, after=True),
    "504 before": Fault("gateway"),
    "504 after": Fault("gateway", after=True),
    "429 before": Fault("throttle"),
    "429 after": Fault("throttle", after=True),
    "401": Fault("expired"),
    "10000 hidden in a 200": Fault("hidden", code="10000", kind="SystemFault"),
    "garbled": Fault("garbled", after=True),
    "business rule once": Fault("refuse", code="6000"),
    "business rule after commit": Fault("refuse", code="6000", after=True),
}
ID_MODES = {
    "honoured": Switches(),
    "ignored": Switches(requestid="ignored"),
    "refused": Switches(requestid="refused"),
}


def assert_booked_once(office: Office, sync_id: str) -> None:
    """One invoice, one payment, linked, and a receipt that ties."""
    assert {State.CONFIRMED} == {effect.state for effect in office.effects(sync_id)}
    (invoice,) = office.sandbox.books.entities("Invoice")
    (payment,) = office.sandbox.books.entities("Payment")
    assert (Decimal("2330.00"), Decimal("0.00")) == (invoice["TotalAmt"], invoice["Balance"])
    assert Decimal("2330.00") == payment["TotalAmt"]
    (receipt,) = office.settle(sync_id)
    assert () == receipt.differences


@pytest.mark.parametrize("mode", ID_MODES)
@pytest.mark.parametrize("where", ["invoice", "payment"])
@pytest.mark.parametrize("trouble", TROUBLES)
def test_one_entry_in_the_books_whatever_goes_wrong(
    office: Office, trouble: str, where: str, mode: str
) -> None:
    """Each trouble at the invoice and at the payment, whether request ids are honoured or not."""
    office.ready(ONTARIO)
    office.sandbox.switches = ID_MODES[mode]
    fault = TROUBLES[trouble]
    office.sandbox.faults.add(office.aimed(fault, where))
    sync_id = office.order()
    office.work()
    assert () == office.sandbox.faults.waiting()
    assert_booked_once(office, sync_id)
