"""What others wrote is read whole once and afterwards only as far as it changed; a blind look is no look."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from db import answers, others
from db.marks import marker
from db.others import Kept
from db.said import Answer, Said
from qb.gateway import InDoubt
from qb.hold import Reason
from qb.operations import ADD_INVOICE
from qb.others_read import Books, look, oldest_day, others_in
from qb.post import Expanded, NotLookedError, Superseded, expand
from qb.sandbox import Fault, Stranger
from tests.books import by_hand
from tests.books.exports import CUSTOMER, INSTALMENTS, ONTARIO
from tests.books.nights import DAY, hand, questions, remove
from tests.books.nights import look as look_through
from tests.books.office import NOON

if TYPE_CHECKING:
    from tests.books.office import Office

OLDEST = date(2026, 4, 6)
OF_ANOTHER = "[rec:ABCDEFGHIJKLMNOPQRSTUV]"


def compare(office: Office) -> None:
    """A look as the preview makes it."""
    books = Books(office.firm_id, office.sandbox.realm_id, "CAD")
    company = office.connections.company(office.firm_id)
    look(company, office.database, books, OLDEST, office.clock())


def enter(office: Office, kind: str, amount: str, day: date, **more: str) -> str:
    """Somebody enters it for the client by hand."""
    return office.sandbox.enter(Stranger(kind, more.pop("customer", CUSTOMER), Decimal(amount), day, **more))


def kept(office: Office) -> list[tuple[str, str]]:
    """What is kept of others' documents."""
    with office.database.read() as session:
        found = others.load(session, office.firm_id, office.sandbox.realm_id)
    assert found is not None
    return sorted((one["entity"], one["id"]) for one in found.documents)


def reasons(office: Office) -> list[Reason]:
    """Why the invoices are held, if they are."""
    return [one.holds[0].reason for one in office.propose().plan.held]


def say(office: Office, subject: str, said: Said, linked: str = "") -> None:
    """Ben answers."""
    answer = Answer(subject, said, "U0BEN", office.clock(), linked)
    with office.database.write() as session:
        answers.put(session, office.firm_id, office.sandbox.realm_id, answer)


def test_the_oldest_day_is_two_weeks_before_the_first(office: Office) -> None:
    """Issued 20 April: what is dated 6 April or later may be it."""
    office.export(ONTARIO)
    with office.database.read() as session:
        assert date(2026, 4, 6) == oldest_day(office.invoices(session))
    assert oldest_day(()) is None


def test_one_read_brings_it_up_to_date(office: Office) -> None:
    """Four pages at first, then one question, whatever was entered, changed or deleted."""
    office.ready(ONTARIO)
    before = questions(office)
    compare(office)
    assert 4 == questions(office) - before
    there = enter(office, "Invoice", "2330.00", date(2026, 5, 2), number="INV-1001")
    enter(office, "Deposit", "1.00", date(2026, 5, 2), customer="")
    before = questions(office)
    compare(office)
    assert 1 == questions(office) - before
    assert [Reason.LOOKS_BOOKED] == reasons(office)
    assert ("Invoice", there) in kept(office)
    remove(office, "Invoice", "delete", there)
    compare(office)
    assert ["Deposit"] == [entity for entity, _ in kept(office)]
    assert [] == reasons(office)


def test_what_is_a_month_old_is_read_anew(office: Office) -> None:
    """Intuit tells changes of thirty days: after a longer sleep all of it is read again."""
    office.ready(ONTARIO)
    compare(office)
    office.clock.sleep(30 * 24 * 3600.0)
    before = questions(office)
    compare(office)
    assert 4 == questions(office) - before


def test_a_later_reading_reaches_as_far_back_as_the_first(office: Office) -> None:
    """Links to older documents rest on it: they aren't gone because nobody asked for a month."""
    office.ready(ONTARIO)
    there = enter(office, "Invoice", "2330.00", date(2026, 3, 1), number="77")
    compare(office)
    office.clock.sleep(31 * DAY)
    books = Books(office.firm_id, office.sandbox.realm_id, "CAD")
    company = office.connections.company(office.firm_id)
    look(company, office.database, books, date(2026, 7, 1), office.clock())
    assert [("Invoice", there)] == kept(office)


def test_nothing_is_ordered_on_an_older_look(office: Office) -> None:
    """Looked at before this run, or not as far back as the invoice goes: no effect is written down."""
    office.ready(ONTARIO)
    sync_id = office.approve()
    for since, read in ((OLDEST, NOON - timedelta(seconds=1)), (OLDEST + timedelta(days=1), NOON)):
        with office.database.write() as session:
            others.keep(session, office.firm_id, office.sandbox.realm_id, Kept(since, read, ()))
        with pytest.raises(NotLookedError):
            expand(office.database, office.firm_id, sync_id, NOON, looked_at=NOON)
    assert () == office.effects(sync_id)
    with office.database.write() as session:
        others.keep(session, office.firm_id, office.sandbox.realm_id, Kept(OLDEST, NOON, ()))
    assert isinstance(expand(office.database, office.firm_id, sync_id, NOON, looked_at=NOON), Expanded)


READINGS = {
    "further back": (Kept(OLDEST, NOON, ()), Kept(OLDEST + timedelta(days=1), NOON, ({"a": 1},)), True),
    "newer": (Kept(OLDEST, NOON, ()), Kept(OLDEST, NOON - timedelta(seconds=1), ({"a": 1},)), True),
    "reaching less": (Kept(OLDEST + timedelta(days=1), NOON, ()), Kept(OLDEST, NOON, ({"a": 1},)), False),
}


@pytest.mark.parametrize(("before", "late", "stays"), READINGS.values(), ids=READINGS.keys())
def test_whoever_was_slower_forgets_nothing(
    either_office: Office, before: Kept, late: Kept, *, stays: bool
) -> None:
    """Two processes look at once: the reading that reaches further back, or is newer, stays."""
    office = either_office
    with office.database.write() as session:
        others.keep(session, office.firm_id, "realm", before)
        others.keep(session, office.firm_id, "realm", late)
    with office.database.read() as session:
        assert (before if stays else late) == others.load(session, office.firm_id, "realm")


@pytest.mark.parametrize("fault", [Fault("cut", path="cdc"), Fault("throttle", path="cdc")])
def test_a_blind_look_keeps_what_was_known(office: Office, fault: Fault) -> None:
    """QuickBooks gives no clean answer: that is no answer, and nothing is forgotten."""
    office.ready(ONTARIO)
    enter(office, "Invoice", "2330.00", date(2026, 5, 2), number="INV-1001")
    compare(office)
    before = kept(office)
    office.sandbox.faults.add(fault)
    with pytest.raises(InDoubt):
        compare(office)
    assert before == kept(office)


def test_what_we_booked_is_no_stranger(office: Office) -> None:
    """Our mark in the memo tells it, and the effect where somebody took the mark away."""
    office.ready(ONTARIO)
    sync_id = office.order()
    office.work()
    office.settle(sync_id)
    compare(office)
    assert [] == kept(office)
    hand(office, "Invoice", PrivateNote="tidied up")
    compare(office)
    assert [] == kept(office)


def test_what_comes_between_preview_and_booking_is_asked_about(office: Office) -> None:
    """Approved, and somebody enters it by hand meanwhile: nothing is ordered, it is asked again."""
    office.ready(ONTARIO, INSTALMENTS)
    compare(office)
    sync_id = office.approve()
    enter(office, "SalesReceipt", "2330.00", date(2026, 5, 3))
    compare(office)
    outcome = office.expand(sync_id)
    assert isinstance(outcome, Superseded)
    assert outcome.changes[0].startswith("INV-1001 is held now: Looks already booked: sales receipt of 3 May")
    assert () == office.effects(sync_id)


def test_a_linked_invoice_is_never_written_and_its_payment_once(office: Office) -> None:
    """The document there is the effect's; the payment is applied to it, read back, and ties."""
    office.ready(ONTARIO)
    there = enter(office, "Invoice", "2330.00", date(2026, 5, 2), number="77")
    compare(office)
    (held,) = office.propose().plan.held
    say(office, held.key.subject, Said.LINK, f"Invoice:{there}")
    sync_id = office.approve()
    assert isinstance(office.expand(sync_id), Expanded)
    office.work()
    (receipt,) = office.settle(sync_id)
    assert (there, True) == (receipt.id, receipt.ties)
    assert [there] == [one["Id"] for one in office.sandbox.books.entities("Invoice")]
    (payment,) = office.sandbox.books.entities("Payment")
    assert Decimal(2330) == payment["TotalAmt"]
    compare(office)
    assert [Reason.ALREADY_BOOKED] == reasons(office)


def test_an_answer_holds_while_the_document_says_what_it_said(office: Office) -> None:
    """It's another's, read back unchanged: booked as new. Its total is corrected there: asked about again."""
    office.ready(ONTARIO)
    enter(office, "Invoice", "90.00", date(2026, 5, 2), number="INV-1001")
    compare(office)
    (held,) = office.propose().plan.held
    with office.database.read() as session:
        (there,) = others_in(session, office.firm_id, office.sandbox.realm_id).by_key.values()
    answer = Answer(held.key.subject, Said.ANOTHER, "U0BEN", office.clock(), dismissed=(there.seen,))
    with office.database.write() as session:
        answers.put(session, office.firm_id, office.sandbox.realm_id, answer)
    compare(office)
    assert [] == reasons(office)
    by_hand.edit_invoice(office, "INV-1001", "2330.00")
    compare(office)
    assert [Reason.LOOKS_BOOKED] == reasons(office)


def test_the_nightly_check_knows_a_linked_invoice(office: Office) -> None:
    """That it carries no mark of ours is as it should be; that its total changes is told."""
    office.ready(ONTARIO)
    there = enter(office, "Invoice", "2330.00", date(2026, 5, 2), number="77")
    compare(office)
    say(office, office.propose().plan.held[0].key.subject, Said.LINK, f"Invoice:{there}")
    sync_id = office.order()
    office.work()
    office.settle(sync_id)
    office.clock.sleep(DAY)
    assert () == look_through(office, everything=True).findings
    by_hand.edit_invoice(office, "77", "2331.00")
    (found,) = look_through(office).findings
    assert [("Total", "$2,330.00", "$2,331.00")] == [
        (one.what, one.expected, one.found) for one in found.differences
    ]


def test_what_another_installation_booked_is_found(office: Office) -> None:
    """Set up anew on an empty database: what the old one booked carries a mark, and isn't booked again."""
    office.ready(ONTARIO)
    note = f"Case 00001 {OF_ANOTHER}"
    enter(office, "Invoice", "2330.00", date(2026, 5, 2), number="INV-1001", note=note)
    compare(office)
    (held,) = office.propose().plan.held
    assert Reason.LOOKS_BOOKED is held.holds[0].reason
    assert "booked there by another installation of CaseLedger" in held.holds[0].sentence


def test_what_a_restored_backup_forgot_is_still_ours(office: Office) -> None:
    """The document carries this invoice's own mark: it is adopted by that, and nobody is asked."""
    office.ready(ONTARIO)
    (entry,) = office.propose().plan.entries
    note = marker(office.firm_id, entry.subject, ADD_INVOICE, 2)
    enter(office, "Invoice", "2330.00", date(2026, 5, 2), number="INV-1001", note=note)
    compare(office)
    assert 1 == len(kept(office))
    assert [] == reasons(office)


def test_what_is_on_its_way_is_not_anothers(office: Office) -> None:
    """Sent, and the answer cut: in doubt here, in the books there, and no stranger to a like invoice."""
    office.ready(ONTARIO)
    office.order()
    office.sandbox.faults.add(office.aimed(Fault("cut", after=True), "invoice"))
    office.step()
    assert 1 == len(office.sandbox.books.entities("Invoice"))
    compare(office)
    assert [] == kept(office)


def test_what_was_kept_without_marks_is_read_anew(office: Office) -> None:
    """A version before left marked documents out: they come in with the first look."""
    office.ready(ONTARIO)
    enter(office, "Invoice", "90.00", date(2026, 5, 2), number="90")
    enter(office, "Invoice", "2330.00", date(2026, 5, 2), number="INV-1001", note=OF_ANOTHER)
    compare(office)
    with office.database.write() as session:
        whole = others.load(session, office.firm_id, office.sandbox.realm_id)
        assert whole is not None
        before = tuple(
            {key: fact for key, fact in one.items() if key != "marks"}
            for one in whole.documents
            if not one["marks"]
        )
        old = replace(whole, documents=before, read_at=office.clock())
        others.keep(session, office.firm_id, office.sandbox.realm_id, old)
    assert 1 == len(kept(office))
    compare(office)
    assert 2 == len(kept(office))
