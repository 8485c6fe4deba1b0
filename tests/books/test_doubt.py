"""Whatever goes wrong on the way, an effect ends in the books exactly once."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from db.effects import State
from qb.sandbox import Fault, Switches
from tests.books.exports import ONTARIO

if TYPE_CHECKING:
    from tests.books.office import Office

TENDER = ("2330.00", "e-Transfer")

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
    "10000 hidden": Fault("hidden", code="10000", kind="SystemFault"),
    "garbled": Fault("garbled", after=True),
    "6000 once": Fault("refuse", code="6000"),
    "6000 after": Fault("refuse", code="6000", after=True),
}
ID_MODES = {
    "honoured": Switches(),
    "ignored": Switches(requestid="ignored"),
    "refused": Switches(requestid="refused"),
}


@pytest.mark.parametrize("mode", ID_MODES)
@pytest.mark.parametrize("where", ["invoice", "payment"])
def test_one_entry_in_the_books_whatever_goes_wrong(office: Office, where: str, mode: str) -> None:
    """Each invoice meets a trouble of its own, at itself or its payment, whatever request ids are worth."""
    office.ready(*(replace(ONTARIO, number=name, payments=((f"T {name}", *TENDER),)) for name in TROUBLES))
    office.sandbox.switches = ID_MODES[mode]
    for name, trouble in TROUBLES.items():
        office.sandbox.faults.add(replace(trouble, method="POST", path=where, containing=f"{name}, case"))
    sync_id = office.order()
    office.work()
    assert () == office.sandbox.faults.waiting()
    assert {State.CONFIRMED} == {effect.state for effect in office.effects(sync_id)}
    assert sorted(TROUBLES) == sorted(i["DocNumber"] for i in office.sandbox.books.entities("Invoice"))
    assert sorted(f"T {name}" for name in TROUBLES) == sorted(
        payment["PaymentRefNum"] for payment in office.sandbox.books.entities("Payment")
    )
    assert [True] * len(TROUBLES) == [receipt.ties for receipt in office.settle(sync_id)]
