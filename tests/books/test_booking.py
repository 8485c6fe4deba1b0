"""An approved sync ends in the books once, to the cent, and is read back."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from db.effects import State
from qb.story import Step, story
from tests.books.exports import INSTALMENTS, ONTARIO, SPLIT, Paid

if TYPE_CHECKING:
    from tests.books.office import Office

HOSTILE = ("<!channel> & <https://evil|Approve>", 'René "Ané" O\'Brien \\ 马春梅')


def test_three_invoices_end_in_the_books_as_previewed(either_office: Office) -> None:
    """Invoices and payments, linked, with balance 0.00, in Chequing, and a receipt that ties for each."""
    office = either_office
    office.ready(ONTARIO, INSTALMENTS, SPLIT)
    before = office.sandbox.books.trial_balance()
    sync_id = office.order()
    office.work()
    assert {State.CONFIRMED} == {effect.state for effect in office.effects(sync_id)}
    assert [()] * 3 == [receipt.differences for receipt in office.settle(sync_id)]
    after = office.sandbox.books.trial_balance()
    assert {
        "Chequing": Decimal("7415.00"),
        "Professional Fees": Decimal("-6000.00"),
        "Disbursements Recovered": Decimal("-635.00"),
        "GST/HST Payable": Decimal("-780.00"),
    } == {name: after[name] - before.get(name, 0) for name in after if after[name] != before.get(name, 0)}


@pytest.mark.parametrize(
    ("paid", "total", "tax"),
    [
        (ONTARIO, "2330.00", "195.00"),
        (Paid("Q-1", (("T-1", "5168.31", "e-Transfer"),), fee="4495.16"), "5168.31", "673.15"),
        (Paid("S-1", (("T-1", "1389.90", "Cash"),), fee="1200.00", surcharge="33.90"), "1389.90", "156.00"),
        (Paid("D-1", (("T-1", "2034.00", "Cheque"),), fee="1800.00"), "2034.00", "234.00"),
        (Paid("C-1", (("T-1", "1049.99", "Visa"),), fee="999.99"), "1049.99", "50.00"),
        (Paid("E-1", (("T-1", "0.01", "Cash"),), expense="0.01"), "0.01", "0.00"),
    ],
)
def test_quickbooks_reckons_the_same_tax(office: Office, paid: Paid, total: str, tax: str) -> None:
    """What the plan says is what the double-entry books of the other side come to."""
    office.ready(paid)
    sync_id = office.order()
    office.work()
    (receipt,) = office.settle(sync_id)
    assert () == receipt.differences
    assert (Decimal(total), Decimal(tax)) == (receipt.total.amount, receipt.tax.amount)
    assert Decimal("0.00") == receipt.balance.amount


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_names_go_through_unharmed(office: Office, name: str) -> None:
    """The memo, the customer and the story say the name as it is."""
    office.connect()
    office.export(ONTARIO, name=name)
    office.confirm_mapping()
    office.link()
    sync_id = office.order()
    office.work()
    office.settle(sync_id)
    (invoice,) = office.sandbox.books.entities("Invoice")
    assert f"CaseEasy invoice INV-1001, case 00002-Tremblay, {name} [rec:" in invoice["PrivateNote"]
    with office.database.read() as session:
        told = story(session, office.firm_id, sync_id)
    assert told is not None
    assert (name, Step.BOOKED) == (told.invoices[0].entry.client_name, told.invoices[0].step)


def test_a_second_expansion_changes_nothing(office: Office) -> None:
    """The task that expands a sync may run twice."""
    office.ready(ONTARIO)
    sync_id = office.order()
    first = office.effects(sync_id)
    office.expand(sync_id)
    assert first == office.effects(sync_id)


def test_settling_waits_for_everything(office: Office) -> None:
    """Nothing is read back while a payment is on its way; read back twice, the receipts are the same."""
    office.ready(ONTARIO)
    sync_id = office.order()
    office.step()
    assert office.try_settle(sync_id) is None
    office.work()
    assert 1 == len(office.settle(sync_id))
    assert () == office.settle(sync_id)
    with office.database.read() as session:
        told = story(session, office.firm_id, sync_id)
    assert told is not None
    assert told.settled


def test_quickbooks_own_warnings_stay_silent(office: Office) -> None:
    """No habit of ours is one that QuickBooks merely tolerates."""
    office.ready(ONTARIO, SPLIT)
    sync_id = office.order()
    office.work()
    office.settle(sync_id)
    assert () == office.sandbox.warnings()


def test_a_write_a_document_and_two_questions_to_read_back(office: Office) -> None:
    """What a sync costs: two invoices with three payments are five writes, read back in two questions."""
    office.ready(ONTARIO, SPLIT)
    before = len(office.sandbox.requests())
    sync_id = office.order()
    office.work()
    office.settle(sync_id)
    asked = sorted(seen.entity for seen in office.sandbox.requests()[before:])
    assert ["invoice"] * 2 + ["payment"] * 3 + ["query"] * 2 == asked
