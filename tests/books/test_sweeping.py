"""The sweep at a QuickBooks that people work in: what they changed is found, and kept until settled."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from qb.gateway import InDoubt
from qb.sandbox import Fault
from qb.sweep import Kind
from tests.books.by_hand import book_invoice, copy_payment, edit_invoice, remove_payment
from tests.books.exports import INSTALMENTS, ONTARIO, SPLIT
from tests.books.nights import (
    DAY,
    booked,
    check,
    hand,
    kinds,
    known,
    look,
    questions,
    remove,
    savings,
)

if TYPE_CHECKING:
    from tests.books.office import Office


def test_books_as_booked_cost_one_question(office: Office) -> None:
    """A quiet night: change data capture, and nothing else is read."""
    booked(office, ONTARIO, INSTALMENTS, SPLIT)
    check(office)
    office.clock.sleep(DAY)
    before = questions(office)
    swept, kept = check(office)
    assert 1 == questions(office) - before
    assert (0, (), ()) == (swept.compared, swept.findings, kept.news)


def test_everything_is_compared_when_asked(office: Office) -> None:
    """Three invoices and five payments, in three questions."""
    booked(office, ONTARIO, INSTALMENTS, SPLIT)
    check(office)
    office.clock.sleep(DAY)
    before = questions(office)
    swept, _ = check(office, everything=True)
    assert 3 == questions(office) - before
    assert (8, ()) == (swept.compared, swept.findings)


def test_nothing_is_asked_where_nothing_was_ever_sent(office: Office) -> None:
    """A firm that has just begun."""
    office.ready(ONTARIO)
    before = questions(office)
    assert (0, ()) == (look(office, everything=True).compared, look(office).findings)
    assert before == questions(office)


def test_an_edit_by_hand_is_found_the_same_night(office: Office) -> None:
    """The payment was deposited elsewhere: before and after, in two words."""
    booked(office, ONTARIO)
    check(office)
    hand(office, "Payment", DepositToAccountRef=savings(office))
    office.clock.sleep(DAY)
    before = questions(office)
    swept, kept = check(office)
    assert 1 == questions(office) - before
    assert [(Kind.EDITED, "Payment")] == kinds(swept)
    (one,) = known(office)
    assert (one.id,) == kept.news
    assert [{"what": "Deposited to", "expected": "Chequing", "found": "Savings"}] == one.content[
        "differences"
    ]
    assert ("2330.00 CAD", "INV-1001") == (one.content["booked"]["total"], one.content["booked"]["invoice"])


@pytest.mark.parametrize(
    ("kind", "how", "found"),
    [
        ("Payment", "void", Kind.VOIDED),
        ("Payment", "delete", Kind.DELETED),
        ("Invoice", "void", Kind.VOIDED),
        ("Invoice", "delete", Kind.DELETED),
    ],
)
def test_what_was_taken_out_is_told_as_one_thing(office: Office, kind: str, how: str, found: Kind) -> None:
    """Voided or deleted, invoice or payment: one line, tonight, tomorrow, and when everything is asked."""
    booked(office, ONTARIO)
    check(office)
    remove(office, kind, how)
    for everything in (False, False, True):
        office.clock.sleep(DAY)
        assert [(found, kind)] == kinds(check(office, everything=everything)[0])
    assert 1 == len(known(office))


def test_a_copy_with_its_memo_is_a_twin(office: Office) -> None:
    """The document that we booked was not touched: it is looked up beside the copy."""
    booked(office, ONTARIO)
    check(office)
    office.clock.sleep(DAY)
    (own,) = office.sandbox.books.entities("Payment")
    copy = copy_payment(office)
    swept, kept = check(office)
    assert [(Kind.TWIN, "Payment")] == kinds(swept)
    assert [own["Id"], copy] == [one.id for one in swept.findings[0].documents]
    assert 1 == len(kept.news)


def test_marks_of_a_lost_record_are_strangers(office: Office) -> None:
    """As after a restored backup: the document is there, and no booking of ours is."""
    booked(office, ONTARIO)
    check(office)
    note = {"PrivateNote": "by another CaseLedger [rec:ABCDEFGHIJKLMNOPQRST22]"}
    hand(office, "Payment", **note)
    office.clock.sleep(DAY)
    assert [(Kind.EDITED, "Payment"), (Kind.STRANGER, "Payment")] == kinds(check(office)[0])


def test_what_waits_for_a_person_and_is_there_is_a_stranger(office: Office) -> None:
    """The answer was lost and the amount changed before we looked: under review, and in the books."""
    office.ready(ONTARIO)
    sync_id = office.order()
    office.sandbox.faults.add(office.aimed(Fault("cut", after=True), "invoice"))
    office.step()
    edit_invoice(office, "INV-1001", "1.00")
    office.work()
    assert "review" in {one.state for one in office.effects(sync_id)}
    (one,) = check(office)[0].findings
    assert (Kind.STRANGER, "review") == (one.kind, one.ours.effect.state if one.ours else "")


def test_after_a_long_sleep_nothing_is_missed(office: Office) -> None:
    """Forty days: Intuit has forgotten what was deleted, so everything is asked for."""
    booked(office, ONTARIO, INSTALMENTS, SPLIT)
    check(office)
    gone = office.sandbox.books.entities("Payment")[0]["Id"]
    remove(office, "Payment", "delete", gone)
    edit_invoice(office, "INV-1003", "3000.00")
    office.clock.sleep(40 * DAY)
    assert {(Kind.MISSING, "Payment"), (Kind.EDITED, "Invoice")} == set(kinds(check(office)[0]))


def test_a_payment_moved_off_its_invoice_is_an_edit(office: Office) -> None:
    """The money is still there, and the invoice open again: one line, at the payment."""
    booked(office, ONTARIO)
    remove_payment(office)
    (one,) = check(office)[0].findings
    assert [("Applied to its invoice", "$0.00")] == [(each.what, each.found) for each in one.differences]


def test_another_persons_documents_are_nobodys_business(office: Office) -> None:
    """Entered by hand, without a mark: neither told nor counted."""
    booked(office, ONTARIO)
    check(office)
    book_invoice(office, "H-1", "50.00")
    office.clock.sleep(DAY)
    assert (0, ()) == (check(office)[0].compared, look(office).findings)


def test_a_booking_that_cant_be_made_out_hides_no_other(office: Office) -> None:
    """Its content is broken: it is left out, and the others are compared."""
    booked(office, ONTARIO, SPLIT)
    with office.database.write() as session:
        session.execute(text("UPDATE effects SET content = '{}' WHERE operation = 'add_invoice'"))
    hand(office, "Payment", office.sandbox.books.entities("Payment")[0]["Id"], TxnDate="2026-06-01")
    swept, _ = check(office, everything=True)
    assert ([(Kind.EDITED, "Payment")], 3) == (kinds(swept), swept.compared)


def test_silence_of_quickbooks_settles_nothing(office: Office) -> None:
    """No answer, no conclusion: what was open stays open, and the next check begins where this one did."""
    booked(office, ONTARIO)
    hand(office, "Payment", DepositToAccountRef=savings(office))
    check(office)
    office.clock.sleep(DAY)
    office.sandbox.faults.add(Fault("status", status=503, path="cdc"))
    with pytest.raises(InDoubt):
        look(office)
    assert 1 == len(known(office))


def test_the_books_are_the_same_afterwards(office: Office) -> None:
    """A check writes nothing in QuickBooks, whatever it finds."""
    booked(office, ONTARIO)
    copy_payment(office)
    remove(office, "Invoice", "void")
    before = len(office.sandbox.requests())
    check(office, everything=True)
    check(office)
    asked = {(seen.method, seen.entity) for seen in office.sandbox.requests()[before:]}
    assert {("GET", "cdc"), ("POST", "query")} >= asked - {("POST", "oauth")}
