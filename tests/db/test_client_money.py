"""A second person's word on client money: asked by one, given by another, once, for what was looked at."""

from dataclasses import replace
from datetime import timedelta

from db import audit, client_money, reads
from db.client_money import TrustApproval
from db.engine import Database
from db.firms import Firm
from tests.db.conftest import NOW

REALM = "4620816365"
ASKED = TrustApproval("invoice|C-2|00002-Silva|INV-1 <!channel>", "a" * 64, "U0MARIA", NOW)
GIVEN = replace(ASKED, approved_by="U0BEN", approved_name="Ben", approved_at=NOW + timedelta(hours=2))


def test_what_was_asked_waits_for_another_person(database: Database, firm: Firm, other_firm: Firm) -> None:
    """Asking twice is asking once; another firm or company knows nothing of it."""
    with database.write() as session:
        assert client_money.ask(session, firm.id, REALM, ASKED)
        assert not client_money.ask(session, firm.id, REALM, replace(ASKED, asked_by="U0ALICE"))
    with database.read() as session:
        assert (ASKED,) == client_money.all_of(session, firm.id, REALM)
        assert () == client_money.all_of(session, firm.id, "another company")
        assert () == client_money.all_of(session, other_firm.id, REALM)


def test_nobody_approves_what_they_asked(database: Database, firm: Firm) -> None:
    """The second person is another one, whatever the screen showed."""
    with database.write() as session:
        client_money.ask(session, firm.id, REALM, replace(ASKED, asked_by="U0BEN"))
        assert not client_money.approve(session, firm.id, REALM, replace(GIVEN, asked_by="U0BEN"))


def test_what_nobody_asked_is_not_approved(database: Database, firm: Firm) -> None:
    """Nor what has changed since: its fingerprint is another."""
    with database.write() as session:
        assert not client_money.approve(session, firm.id, REALM, GIVEN)
        client_money.ask(session, firm.id, REALM, ASKED)
        assert not client_money.approve(session, firm.id, REALM, replace(GIVEN, fingerprint="b" * 64))


def test_it_is_approved_once_and_written_down(database: Database, firm: Firm) -> None:
    """Who, when and for what stands in the chain; a second word changes nothing."""
    with database.write() as session:
        client_money.ask(session, firm.id, REALM, ASKED)
        assert client_money.approve(session, firm.id, REALM, GIVEN)
        assert not client_money.approve(session, firm.id, REALM, replace(GIVEN, approved_by="U0ALICE"))
    with database.read() as session:
        assert (GIVEN,) == client_money.all_of(session, firm.id, REALM)
        told = [(one.actor, one.verb, one.subject) for one in audit.lines(session, firm.id)]
    assert [("U0MARIA", "trust.asked"), ("U0BEN", "trust.approved")] == [one[:2] for one in told[-2:]]
    assert ASKED.subject == told[-1][2]


def test_a_rejection_keeps_its_reason_until_it_is_asked_again(database: Database, firm: Firm) -> None:
    """By another person, once, and never what was approved; what is rejected can't be approved."""
    no = replace(ASKED, rejected_by="U0BEN", rejected_at=NOW + timedelta(hours=1), reason="Whose <money>?")
    with database.write() as session:
        assert not client_money.reject(session, firm.id, REALM, no)
        client_money.ask(session, firm.id, REALM, ASKED)
        assert not client_money.reject(session, firm.id, REALM, replace(no, rejected_by="U0MARIA"))
        assert client_money.reject(session, firm.id, REALM, no)
        assert not client_money.reject(session, firm.id, REALM, replace(no, rejected_by="U0ALICE"))
        assert not client_money.approve(session, firm.id, REALM, GIVEN)
        assert (no,) == client_money.all_of(session, firm.id, REALM)
        again = replace(ASKED, asked_by="U0ALICE", asked_at=NOW + timedelta(hours=2))
        assert client_money.ask(session, firm.id, REALM, again)
        assert (again,) == client_money.all_of(session, firm.id, REALM)
        assert client_money.approve(session, firm.id, REALM, replace(GIVEN, asked_by="U0ALICE"))
        assert not client_money.reject(session, firm.id, REALM, no)
    with database.read() as session:
        told = [(one.actor, one.verb) for one in audit.lines(session, firm.id)]
    verbs = ["trust.asked", "trust.rejected", "trust.asked", "trust.approved"]
    assert list(zip(["U0MARIA", "U0BEN", "U0ALICE", "U0BEN"], verbs, strict=True)) == told[-4:]


def test_reads_are_counted_by_the_month(database: Database) -> None:
    """A new month begins at nothing."""
    with database.write() as session:
        reads.add(session, NOW, 7)
        reads.add(session, NOW, 5)
        assert 12 == reads.this_month(session, NOW)
        assert 0 == reads.this_month(session, NOW + timedelta(days=31))
