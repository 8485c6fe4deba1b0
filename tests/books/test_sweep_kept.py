"""What a check found is news once, stays settled while it stays as it is, and goes when it is put right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db import audit
from db.findings import Standing
from qb import sweeping
from qb.sweep import Kind
from tests.books.by_hand import copy_payment
from tests.books.exports import ONTARIO
from tests.books.nights import (
    DAY,
    booked,
    check,
    hand,
    kinds,
    known,
    look,
    questions,
    quiet_nights,
    remove,
    savings,
    settle,
)
from tests.books.office import MARIA
from tests.sandbox.client import Client

if TYPE_CHECKING:
    from tests.books.office import Office


def test_a_twin_that_is_taken_out_is_gone_by_itself(office: Office) -> None:
    """Seen again the next night and not told again; deleted, it is marked as gone."""
    booked(office, ONTARIO)
    copy = copy_payment(office)
    check(office)
    office.clock.sleep(DAY)
    assert () == check(office)[1].news
    (one,) = known(office)
    remove(office, "Payment", "delete", copy)
    office.clock.sleep(DAY)
    assert (one.id,) == check(office)[1].gone
    assert () == known(office)


def test_a_copy_of_what_was_deleted_stays_seen(office: Office) -> None:
    """The original is deleted and its copy lives: settled, it isn't told again on the nights that follow."""
    booked(office, ONTARIO)
    copy_payment(office)
    check(office)
    remove(office, "Payment", "delete")
    office.clock.sleep(DAY)
    (news,) = check(office)[1].news
    assert settle(office, news)
    for everything in (False, False, True):
        office.clock.sleep(DAY)
        assert () == check(office, everything=everything)[1].news


def test_what_a_person_has_settled_isnt_told_again(office: Office) -> None:
    """Not while it stays; again when it changes; and when it was put right and comes back."""
    booked(office, ONTARIO)
    hand(office, "Payment", DepositToAccountRef=savings(office))
    (news,) = check(office)[1].news
    assert settle(office, news)
    assert not settle(office, news)
    for everything in (False, False, True):
        office.clock.sleep(DAY)
        assert () == check(office, everything=everything)[1].news
    assert Standing.SETTLED is known(office)[0].standing
    hand(office, "Payment", TxnDate="2026-06-01", DepositToAccountRef=savings(office))
    office.clock.sleep(DAY)
    assert (news,) == check(office)[1].news
    assert settle(office, news)
    chequing = {"value": office.sandbox.books.id_of("Account", "Chequing")}
    hand(office, "Payment", TxnDate="2026-05-03", DepositToAccountRef=chequing)
    office.clock.sleep(DAY)
    assert (news,) == check(office)[1].gone
    hand(office, "Payment", TxnDate="2026-06-01", DepositToAccountRef=savings(office))
    office.clock.sleep(DAY)
    assert (news,) == check(office)[1].news


def test_a_settled_twin_stays_settled_when_one_of_the_two_is_touched(office: Office) -> None:
    """The other one is looked up again: it is there as it was."""
    booked(office, ONTARIO)
    own = office.sandbox.books.entities("Payment")[0]
    copy_payment(office)
    (news,) = check(office)[1].news
    settle(office, news)
    quiet_nights(office)
    kept = ("Id", "SyncToken", "CustomerRef", "TotalAmt", "Line", "PrivateNote")
    Client(office.sandbox).write("Payment", {name: own[name] for name in kept} | {"sparse": True})
    again = check(office)[1]
    assert ((), ()) == (again.news, again.gone)
    assert [Standing.SETTLED] == [one.standing for one in known(office)]


def test_one_more_copy_is_told_beside_those_known_before(office: Office) -> None:
    """The first copy was settled and didn't change: the second isn't told as if it were the only one."""
    booked(office, ONTARIO)
    own = office.sandbox.books.entities("Payment")[0]
    first = copy_payment(office)
    (news,) = check(office)[1].news
    settle(office, news)
    quiet_nights(office)
    kept = ("CustomerRef", "CurrencyRef", "TotalAmt", "PrivateNote")
    second = Client(office.sandbox).write("Payment", {name: own[name] for name in kept})["Id"]
    assert (news,) == check(office)[1].news
    assert [own["Id"], first, second] == [one["id"] for one in known(office)[0].content["documents"]]


def test_a_copy_beside_a_deleted_payment_is_looked_at_every_night(office: Office) -> None:
    """It stays told beside it, and isn't taken for deleted itself."""
    booked(office, ONTARIO)
    copy = copy_payment(office)
    remove(office, "Payment", "delete", office.sandbox.books.entities("Payment")[0]["Id"])
    quiet_nights(office)
    assert () == check(office)[1].news
    (one,) = known(office)
    assert (Kind.DELETED, [copy]) == (one.kind, [each["id"] for each in one.content["documents"]])


def test_a_settled_twin_stays_settled_beside_an_open_edit(office: Office) -> None:
    """Every night looks at the edit's document again, and so at its copy."""
    booked(office, ONTARIO)
    hand(office, "Payment", DepositToAccountRef=savings(office))
    own = office.sandbox.books.entities("Payment")[0]
    kept = ("CustomerRef", "CurrencyRef", "TotalAmt", "PrivateNote")
    Client(office.sandbox).write("Payment", {name: own[name] for name in kept})
    check(office)
    settle(office, next(one.id for one in known(office) if one.kind == Kind.TWIN))
    quiet_nights(office)
    assert () == check(office)[1].gone
    assert {(Kind.TWIN, Standing.SETTLED), (Kind.EDITED, Standing.OPEN)} == {
        (Kind(one.kind), one.standing) for one in known(office)
    }


def test_a_settled_twin_stays_settled_when_everything_is_asked_for(office: Office) -> None:
    """Our own is looked at, so the copy is too: it hasn't gone."""
    booked(office, ONTARIO)
    copy_payment(office)
    (news,) = check(office)[1].news
    settle(office, news)
    quiet_nights(office)
    swept, kept = check(office, everything=True)
    assert ([(Kind.TWIN, "Payment")], (), ()) == (kinds(swept), kept.news, kept.gone)


def test_a_known_deletion_costs_no_question(office: Office) -> None:
    """Nothing is undeleted, so it isn't asked for again."""
    booked(office, ONTARIO)
    remove(office, "Payment", "delete")
    quiet_nights(office)
    before = questions(office)
    check(office)
    assert 1 == questions(office) - before


def test_what_is_found_settled_and_gone_is_in_the_audit(office: Office) -> None:
    """Three lines, and the chain holds."""
    booked(office, ONTARIO)
    copy = copy_payment(office)
    (news,) = check(office)[1].news
    settle(office, news)
    remove(office, "Payment", "delete", copy)
    office.clock.sleep(DAY)
    check(office)
    with office.database.read() as session:
        lines = audit.lines(session, office.firm_id)
        assert () == audit.verify(session, office.firm_id)
    told = [(line.actor, line.verb) for line in lines if line.subject == news]
    assert [
        (audit.PROGRAM, "finding.seen"),
        (MARIA, "finding.settled"),
        (audit.PROGRAM, "finding.gone"),
    ] == told


def test_a_check_on_either_database_keeps_each_finding_once(either_office: Office) -> None:
    """Two checks at once keep one row."""
    office = either_office
    booked(office, ONTARIO)
    copy_payment(office)
    first, second = look(office), look(office)
    kept = []
    for swept in (first, second):
        with office.database.write() as session:
            kept.append(sweeping.keep(session, office.firm_id, swept, office.clock(), office.new_id))
    assert [1, 0] == [len(one.news) for one in kept]
    assert 1 == len(known(office))
