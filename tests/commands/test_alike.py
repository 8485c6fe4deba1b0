"""What looks booked already is held at the preview; an approver says what it is, and nothing is doubled."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from bot.demo.others import enter_others
from commands.ids import Act
from db import audit
from qb.sandbox import Fault, Stranger
from tests.commands.house import (
    House,
    add_contact,
    booked,
    choose_contact,
    firm_of,
    open_sync,
    seen_message,
    seen_modal,
)

if TYPE_CHECKING:
    from datetime import date

    from bot.demo.playground.hands import PersonsHands
    from bot.demo.playground.seen import SeenView
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
    filled(office.ben)
    seen_modal(office.ben, says)


def filled(person: PersonsHands) -> SeenView:
    """The screen once QuickBooks was looked at: before that it is drawn as known."""
    return seen_modal(person, "QuickBooks was last looked at")


def press(office: House, number: str, act: Act, who: PersonsHands | None = None) -> None:
    """Somebody (Ben) presses a button of one invoice: it stands in the block after its paragraph."""
    hands = who or office.ben
    modal = hands.modal()
    assert modal is not None
    blocks = list(modal.blocks)
    place = next(i for i, one in enumerate(blocks) if f"*{number}*" in str(one))
    hands.click(f"{blocks[place + 1]['block_id']}/{act}")


def staff_asks(office: House) -> None:
    """Maria sees what is there, and no button that would only refuse her."""
    office.maria.command("/qb")
    seen_modal(office.maria, "as if booked in QuickBooks already")
    office.maria.click(Act.OPEN_ALIKE)
    filled(office.maria)
    shown = seen_modal(office.maria, "An approver or admin says which is which.")
    assert "Link It" not in str([one for one in shown.blocks if one["type"] == "actions"])
    office.maria.close()
    office.maria.close()


def compares_one(office: House) -> None:
    """From Leila Haddad's invoice Maria sees that one alone; the others are a press away, in its place."""
    open_sync(office, "00003", "Looks already booked: invoice 1005")
    office.maria.click(Act.OPEN_ALIKE)
    filled(office.maria)
    shown = seen_modal(office.maria, "Looks like invoice 1005")
    assert "*1005*" in shown.words
    assert "*1022*" not in shown.words
    office.maria.click("Show All That Wait")
    assert "*1005*" in seen_modal(office.maria, "*1022*").words
    filled(office.maria)
    office.maria.close()
    office.maria.close()


def test_hand_made_invoice_is_linked_and_only_its_payment_is_booked(office: House) -> None:
    """Somebody entered 2,330.00 for Daniel Osei by hand; one invoice stays one, and it is paid once."""
    there = entered(office, "Invoice", "Daniel Osei", "2330.00", 32, number="1001")
    previewed(office, "00002")
    told = seen_message(office.maria, "1001: Looks already booked: invoice 1001")
    assert "made there by hand or another program" in told.words
    assert "Book 2 Invoices" in told.words
    compare(office, "Linked, we would book what is missing: $2,330.00 of ")
    assert "In QuickBooks: invoice 1001 of" in office.ben.question("Link It")
    office.ben.click("Link It")
    seen_modal(office.ben, "1001 is linked. Still missing there: $2,330.00 of ")
    office.ben.close()
    open_sync(office, "00002", "Paid, not yet in QuickBooks")
    office.maria.submit()
    told = seen_message(office.maria, "Book 3 invoices for Daniel Osei?")
    assert "is in QuickBooks already (linked); only what is missing there is booked: $2,330.00" in told.words
    told = booked(office, "Daniel Osei", 3)
    assert 1 == told.words.count("It was in QuickBooks already: linked, not made anew.")
    numbers = sorted(one["DocNumber"] for one in invoices(office, "Daniel Osei"))
    assert ["1001", "1002", "1003"] == numbers
    (same,) = [one for one in invoices(office, "Daniel Osei") if one["Id"] == there]
    assert (Decimal("2330.00"), Decimal(0)) == (same["TotalAmt"], same["Balance"])
    paying = [one for one in payments(office, "Daniel Osei") if _pays(one, there)]
    assert [Decimal("2330.00")] == [one["TotalAmt"] for one in paying]
    with office.program.database.read() as session:
        verbs = [one.verb for one in audit.lines(session, firm_of(office))]
    assert {"booked_already.link", "effect.linked"} <= set(verbs)


def test_each_kind_that_the_demo_holds_is_answered(office: House) -> None:
    """By hand, from the bank feed, by CaseEasy's sync, another client's number: held until Ben answers."""
    open_sync(office, "00003", "Paid, not yet in QuickBooks")
    add_contact(office)
    office.maria.close()
    enter_others(office.sandbox, ago(0))
    previewed(office, "00019")
    seen_message(office.maria, "1022: Looks already booked: invoice 1022")
    open_sync(office, "00020", "Looks already booked: deposit of")
    office.maria.close()
    open_sync(office, "00006", "We don't know yet who")
    office.maria.click("Find Contact")
    seen_modal(office.maria, "Same e-mail")
    office.maria.submit()
    seen_modal(office.maria, "Looks already booked: invoice INV-1008")
    office.maria.close()
    compares_one(office)
    staff_asks(office)
    compare(office, "It is only money, so there is no invoice to link.")
    for number, act, says in (
        ("1005", Act.ITS_ANOTHER, "1005 is another one"),
        ("1008", Act.HOLD_IT, "left it held."),
        ("1008", Act.UNDO_ANSWER, "1008 is as it was"),
        ("1008", Act.LINK_IT, "1008 is linked. Nothing is missing there"),
    ):
        press(office, number, act)
        seen_modal(office.ben, says)
    office.ben.close()
    open_sync(office, "00006", "1 invoice already in QuickBooks.")
    office.maria.close()
    open_sync(office, "00003", "Paid, not yet in QuickBooks")
    office.maria.submit()
    seen_message(office.maria, "Book 1 invoice for Leila Haddad?")
    booked(office, "Leila Haddad", 1)
    assert ["CE-1005"] == [one["DocNumber"] for one in invoices(office, "Leila Haddad")]


def test_a_press_on_what_was_answered_since_changes_nothing(office: House) -> None:
    """Ben leaves it held; Alice's screen of before says who answered what, and held it stays."""
    entered(office, "Invoice", "Sofia Rossi", "90.00", 30, number="1019")
    open_sync(office, "00016", "Paid, not yet in QuickBooks")
    add_contact(office)
    office.maria.submit()
    seen_message(office.maria, "1019: Looks already booked: invoice 1019")
    office.alice.command("/qb")
    seen_modal(office.alice, "as if booked in QuickBooks already")
    office.alice.click(Act.OPEN_ALIKE)
    filled(office.alice)
    seen_modal(office.alice, "*1019*")
    compare(office, "*1019*")
    press(office, "1019", Act.HOLD_IT)
    seen_modal(office.ben, "1019 is held until somebody undoes it.")
    press(office, "1019", Act.ITS_ANOTHER, office.alice)
    told = seen_modal(office.alice, "Invoice 1019 was answered after this screen was drawn:")
    assert "left it held, " in told.words
    press(office, "1019", Act.UNDO_ANSWER, office.alice)
    seen_modal(office.alice, "1019 is as it was before anybody answered.")
    office.alice.close()
    press(office, "1019", Act.UNDO_ANSWER)
    seen_modal(office.ben, "undid what had been answered, ")
    office.ben.close()


def test_a_blind_look_books_nothing(office: House) -> None:
    """No answer at the preview: nothing is shown to book. None after the approval: it waits, and says so."""
    maria, silent = office.maria, Fault("status", path="cdc", times=1000)
    open_sync(office, "00024", "Paid, not yet in QuickBooks")
    add_contact(office)
    office.sandbox.faults.add(silent)
    maria.submit()
    seen_message(maria, "QuickBooks")
    office.sandbox.faults.clear()
    open_sync(office, "00024", "Paid, not yet in QuickBooks")
    maria.submit()
    preview = seen_message(maria, "Book 3 invoices for ਹਰਪ੍ਰੀਤ ਸਿੰਘ?")
    office.sandbox.faults.add(silent)
    maria.click("Book 3 Invoices", preview)
    seen_message(maria, "Nothing is sent yet: waiting (")
    assert [] == invoices(office, "ਹਰਪ੍ਰੀਤ ਸਿੰਘ")
