"""What looks booked already is held at the preview; an approver says what it is, and nothing is doubled."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from commands.ids import Act
from db import audit
from qb.sandbox import Stranger
from tests.commands.house import (
    House,
    booked,
    choose_contact,
    firm_of,
    open_sync,
    seen_message,
    seen_modal,
)

if TYPE_CHECKING:
    from datetime import date

    from qb.sandbox.wire import Json


def ago(days: int) -> date:
    """So many days before today."""
    return datetime.now(UTC).date() - timedelta(days=days)


def entered(office: House, kind: str, customer: str, amount: str, days: int, **more: str) -> str:
    """Somebody enters it in QuickBooks by hand; gives its id."""
    return office.sandbox.enter(Stranger(kind, customer, Decimal(amount), ago(days), **more))


def invoices(office: House, customer: str) -> list[Json]:
    """What QuickBooks holds of a customer."""
    whose = office.sandbox.books.id_of("Customer", customer)
    return [one for one in office.sandbox.books.entities("Invoice") if one["CustomerRef"]["value"] == whose]


def payments(office: House, customer: str) -> list[Json]:
    """The payments QuickBooks holds of a customer."""
    whose = office.sandbox.books.id_of("Customer", customer)
    return [one for one in office.sandbox.books.entities("Payment") if one["CustomerRef"]["value"] == whose]


def _pays(payment: Json, invoice: str) -> bool:
    return any(to["TxnId"] == invoice for line in payment["Line"] for to in line["LinkedTxn"])


def previewed(office: House, case: str) -> None:
    """Maria finds the contact and asks for a preview."""
    open_sync(office, case, "Paid, not yet in QuickBooks")
    choose_contact(office)
    office.maria.submit()


def compare(office: House, says: str) -> None:
    """Ben opens the screen."""
    office.ben.command("/qb")
    seen_modal(office.ben, "as if booked in QuickBooks already")
    office.ben.click(Act.OPEN_ALIKE)
    seen_modal(office.ben, says)


def test_hand_made_invoice_is_linked_and_only_its_payment_is_booked(office: House) -> None:
    """Somebody entered 2,330.00 for Daniel Osei by hand; one invoice stays one, and it is paid once."""
    there = entered(office, "Invoice", "Daniel Osei", "2330.00", 32, number="1001")
    previewed(office, "00002")
    told = seen_message(office.maria, "1001: Looks already booked: invoice 1001")
    assert "made there by hand or another program" in told.words
    assert "Book 2 Invoices" in told.words
    compare(office, "Linked, we would book what is missing: $2,330.00.")
    office.ben.click("Link It")
    seen_modal(office.ben, "1001 is linked.")
    office.ben.close()
    open_sync(office, "00002", "Paid, not yet in QuickBooks")
    office.maria.submit()
    told = seen_message(office.maria, "Book 3 invoices for Daniel Osei?")
    assert "is in QuickBooks already (linked); only what is missing there is booked: $2,330.00" in told.words
    booked(office, "Daniel Osei", 3)
    numbers = sorted(one["DocNumber"] for one in invoices(office, "Daniel Osei"))
    assert ["1001", "1002", "1003"] == numbers
    (same,) = [one for one in invoices(office, "Daniel Osei") if one["Id"] == there]
    assert (Decimal("2330.00"), Decimal(0)) == (same["TotalAmt"], same["Balance"])
    paying = [one for one in payments(office, "Daniel Osei") if _pays(one, there)]
    assert [Decimal("2330.00")] == [one["TotalAmt"] for one in paying]
    with office.program.database.read() as session:
        verbs = [one.verb for one in audit.lines(session, firm_of(office))]
    assert {"booked_already.link", "effect.linked"} <= set(verbs)
