"""A refusal books nothing and says why; what can't be told from here goes to a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db import connections, receipts
from db.effects import State
from qb.post import try_again
from qb.readback import read_again
from qb.review import give_up, look_again
from qb.sandbox import Fault
from qb.story import Step, SyncStory, story
from tests.books.by_hand import book_invoice, copy_payment, edit_invoice, remove_payment
from tests.books.exports import ONTARIO, SPLIT
from tests.books.office import MARIA, Office

if TYPE_CHECKING:
    from qb.receipt import Receipt


def told(office: Office, sync_id: str) -> SyncStory:
    """The sync as a person sees it."""
    with office.database.read() as session:
        found = story(session, office.firm_id, sync_id)
    assert found is not None
    return found


def test_a_refused_invoice_is_said_and_its_payment_never_sent(office: Office) -> None:
    """The reason is in plain words, the payment waits, and the invoice is free to be synced anew."""
    office.ready(ONTARIO)
    office.sandbox.faults.add(
        office.aimed(Fault("refuse", code="610", detail="Something inactive"), "invoice")
    )
    sync_id = office.order()
    office.work()
    invoice, payment = office.effects(sync_id)
    assert (State.REJECTED, State.READY) == (invoice.state, payment.state)
    assert () == office.settle(sync_id)
    (shown,) = told(office, sync_id).invoices
    assert (Step.REFUSED, False) == (shown.step, shown.half)
    assert "made inactive or deleted in QuickBooks: Something inactive." in shown.sentence
    assert [] == office.sandbox.books.entities("Payment")
    again = office.order()
    office.work()
    assert [True] == [receipt.ties for receipt in office.settle(again)]
    assert 1 == len(office.sandbox.books.entities("Invoice"))


def test_a_refused_payment_leaves_the_other_and_can_be_tried_again(office: Office) -> None:
    """The invoice is half in the books; Try Again orders what is missing under a new request id."""
    office.ready(SPLIT)
    office.sandbox.faults.add(office.aimed(Fault("refuse", code="620"), "payment"))
    sync_id = office.order()
    office.work()
    (shown,) = told(office, sync_id).invoices
    assert (Step.REFUSED, True) == (shown.step, shown.half)
    assert () == office.settle(sync_id)
    office.looked()
    with office.database.write() as session:
        key = {"firm_id": office.firm_id, "sync_id": sync_id, "subject": shown.entry.subject}
        assert 1 == try_again(session, **key, by=MARIA, now=office.clock(), looked_at=office.clock())
        assert 0 == try_again(session, **key, by=MARIA, now=office.clock(), looked_at=office.clock())
    office.work()
    assert [True] == [receipt.ties for receipt in office.settle(sync_id)]
    assert (Step.BOOKED, False) == (
        told(office, sync_id).invoices[0].step,
        told(office, sync_id).invoices[0].half,
    )


def test_a_number_taken_by_another_invoice_is_refused_at_once(office: Office) -> None:
    """The invoice that has the number isn't ours: nothing was booked, and nobody waits."""
    office.ready(ONTARIO)
    book_invoice(office, "INV-1001", "50.00")
    sync_id = office.order()
    office.work(minutes=1)
    assert State.REJECTED is office.effects(sync_id)[0].state
    (shown,) = told(office, sync_id).invoices
    assert shown.sentence.startswith("Its number is already used by another invoice in QuickBooks.")


def test_a_number_taken_by_ourselves_unseen_is_adopted(office: Office) -> None:
    """QuickBooks booked it, said that the number is taken, and the twin carries our mark."""
    office.ready(ONTARIO)
    detail = "DocNumber=INV-1001 is assigned to TxnType=Invoice with TxnId={}"
    sync_id = office.order()
    taken = str(int(book_invoice(office, "INV-1", "50.00")) + 1)
    fault = Fault("refuse", code="6140", detail=detail.format(taken), after=True)
    office.sandbox.faults.add(office.aimed(fault, "invoice"))
    office.work()
    invoice = office.effects(sync_id)[0]
    assert (State.CONFIRMED, True, taken) == (invoice.state, invoice.adopted, invoice.remote_id)
    assert [True] == [receipt.ties for receipt in office.settle(sync_id)]


def test_a_business_rule_heard_twice_after_a_clean_look_is_for_a_person(office: Office) -> None:
    """Once may be the echo of a booking; twice, with nothing in the books between, is a rule."""
    office.ready(ONTARIO)
    rule = Fault("refuse", code="6000", detail="Business Validation Error: No.", times=2)
    office.sandbox.faults.add(office.aimed(rule, "invoice"))
    sync_id = office.order()
    office.work()
    assert State.REVIEW is office.effects(sync_id)[0].state
    (shown,) = told(office, sync_id).invoices
    assert (
        Step.REVIEW,
        "QuickBooks refused it: Business Validation Error: No. Put right there what it names.",
    ) == (
        shown.step,
        shown.sentence,
    )
    with office.database.write() as session:
        key = {"firm_id": office.firm_id, "sync_id": sync_id, "subject": shown.entry.subject}
        assert 1 == look_again(session, **key, by=MARIA, now=office.clock())
    office.work()
    assert [True] == [receipt.ties for receipt in office.settle(sync_id)]


def test_a_refusal_of_a_repeat_proves_nothing(office: Office) -> None:
    """The first send is in doubt; that the second is refused may be an echo: we look once more, then send."""
    office.ready(ONTARIO)
    office.sandbox.faults.add(
        office.aimed(Fault("cut"), "invoice"), office.aimed(Fault("refuse", code="610"), "invoice", skip=1)
    )
    sync_id = office.order()
    office.work()
    assert [True] == [receipt.ties for receipt in office.settle(sync_id)]


def test_a_look_that_is_refused_is_no_answer(office: Office) -> None:
    """QuickBooks won't say what is there: nothing is sent, and it is asked again later."""
    office.ready(ONTARIO)
    office.sandbox.faults.add(
        office.aimed(Fault("cut", after=True), "invoice"), office.aimed(Fault("refuse"), "query")
    )
    sync_id = office.order()
    office.work()
    assert 1 == sum(seen.entity == "invoice" for seen in office.sandbox.requests())
    assert [True] == [receipt.ties for receipt in office.settle(sync_id)]


def test_another_total_than_planned_is_for_a_person_and_no_payment_is_sent(office: Office) -> None:
    """QuickBooks taxed it otherwise: it is in the books, nothing more is sent, somebody must look."""
    office.ready(ONTARIO)
    office.sandbox.faults.add(office.aimed(Fault("cut", after=True), "invoice"))
    sync_id = office.order()
    office.step()
    edit_invoice(office, "INV-1001", "1400.00")
    office.work()
    invoice, payment = office.effects(sync_id)
    assert (State.REVIEW, State.READY) == (invoice.state, payment.state)
    assert "but its total is $2,217.00, not $2,330.00." in invoice.reason
    assert () == office.settle(sync_id)


def test_a_document_gone_before_it_is_read_back_does_not_tie(office: Office) -> None:
    """Somebody deleted payment and invoice at once: the receipt says so."""
    office.ready(ONTARIO)
    sync_id = office.order()
    office.work()
    office.sandbox.faults.add(Fault("blind", path="query", times=2))
    (receipt,) = office.settle(sync_id)
    assert ["Invoice INV-1001"] == [difference.what for difference in receipt.differences]
    (shown,) = told(office, sync_id).invoices
    assert Step.DIFFERS is shown.step


def test_a_payment_moved_away_before_it_is_read_back_does_not_tie(office: Office) -> None:
    """The invoice is open again, and nothing is applied."""
    office.ready(ONTARIO)
    sync_id = office.order()
    office.work()
    remove_payment(office)
    (receipt,) = office.settle(sync_id)
    assert ["Balance", "Payment T-1, applied"] == [difference.what for difference in receipt.differences]


def test_what_differs_is_read_back_anew(either_office: Office) -> None:
    """Somebody put it right in QuickBooks and asks to look again: the new receipt replaces the old one."""
    office = either_office
    office.ready(ONTARIO)
    sync_id = office.order()
    office.work()
    edit_invoice(office, "INV-1001", "1600.00")
    (differs,) = office.settle(sync_id)
    assert not differs.ties
    assert again(office, sync_id, differs.subject) == differs
    edit_invoice(office, "INV-1001", "1500.00")
    tied = again(office, sync_id, differs.subject)
    assert tied is not None
    assert tied.ties
    with office.database.read() as session:
        assert [True] == [record.ties for record in receipts.of_sync(session, sync_id)]
    assert again(office, sync_id, differs.subject) is None
    assert again(office, sync_id, "invoice|of nobody") is None


def again(office: Office, sync_id: str, subject: str) -> Receipt | None:
    """What reading an invoice back anew gives."""
    company = office.connections.company(office.firm_id)
    return read_again(office.database, company, office.firm_id, sync_id, subject, office.clock())


def test_two_documents_with_our_mark_are_for_a_person(office: Office) -> None:
    """Nobody here decides which of two is the right one; given up, it may be synced anew."""
    office.ready(ONTARIO)
    office.sandbox.faults.add(office.aimed(Fault("cut", after=True), "payment"))
    sync_id = office.order()
    office.step()
    office.step()
    copy_payment(office)
    office.work()
    payment = office.effects(sync_id)[1]
    assert State.REVIEW is payment.state
    assert "QuickBooks has it more than once (Payment " in payment.reason
    with office.database.write() as session:
        key = {"firm_id": office.firm_id, "sync_id": sync_id, "subject": payment.invoice}
        assert 1 == give_up(session, **key, by=MARIA, now=office.clock())
    assert State.REJECTED is office.effects(sync_id)[1].state


def test_no_clear_answer_for_three_days_is_for_a_person(office: Office) -> None:
    """We look and send again while it makes sense, and then say that somebody must look."""
    office.ready(ONTARIO)
    office.sandbox.faults.add(office.aimed(Fault("status", status=500, times=10_000), "*"))
    sync_id = office.order()
    office.work(minutes=60)
    assert State.SENDING is office.effects(sync_id)[0].state
    office.clock.sleep(72 * 3600)
    office.step()
    invoice = office.effects(sync_id)[0]
    assert State.REVIEW is invoice.state
    assert "no clear answer for too long" in invoice.reason


def test_twelve_sends_are_enough(office: Office) -> None:
    """Where looking works and every send is lost, the thirteenth is a person's business."""
    office.ready(ONTARIO)
    office.sandbox.faults.add(office.aimed(Fault("cut", times=100), "invoice"))
    sync_id = office.order()
    office.work(minutes=120)
    assert State.REVIEW is office.effects(sync_id)[0].state
    sent = [seen for seen in office.sandbox.requests() if seen.entity == "invoice"]
    assert 12 == len(sent)
    assert 1 == len({(seen.requestid, seen.body) for seen in sent})


def test_a_lost_connection_parks_and_a_new_one_goes_on(office: Office) -> None:
    """Disconnected inside QuickBooks: nothing is sent, one reason is kept, reconnecting goes on by itself."""
    office.ready(ONTARIO, SPLIT)
    office.sandbox.disconnect()
    sync_id = office.order()
    office.work()
    assert {State.PARKED} == {e.state for e in office.effects(sync_id) if e.operation == "add_invoice"}
    assert {Step.PARKED} == {invoice.step for invoice in told(office, sync_id).invoices}
    with office.database.read() as session:
        connection = connections.get(session, office.firm_id)
    assert connection is not None
    assert connections.RECONNECT == connection.state
    office.connect()
    office.work()
    assert [True, True] == [receipt.ties for receipt in office.settle(sync_id)]


def test_a_locked_company_parks(office: Office) -> None:
    """A subscription that ended: everything waits after one refusal, and the reason says so."""
    office.ready(ONTARIO, SPLIT)
    office.sandbox.faults.add(office.aimed(Fault("refuse", code="6190", times=100), "invoice"))
    sync_id = office.order()
    office.step()
    assert {State.PARKED} == {effect.state for effect in office.effects(sync_id)}
    assert "subscription ended" in office.effects(sync_id)[0].reason
    with office.database.read() as session:
        connection = connections.get(session, office.firm_id)
    assert connection is not None
    assert (connections.LOCKED, True) == (connection.state, "subscription ended" in connection.reason)


def test_our_own_mistake_is_owned_up_to(office: Office) -> None:
    """A request QuickBooks can't read is refused, and the person isn't blamed."""
    office.ready(ONTARIO)
    office.sandbox.faults.add(office.aimed(Fault("refuse", code="2010"), "invoice"))
    sync_id = office.order()
    office.work()
    invoice = office.effects(sync_id)[0]
    assert State.REJECTED is invoice.state
    assert invoice.reason.startswith("This is a mistake of CaseLedger's, not yours:")
