"""Closing: an outcome counts only from who holds the effect, and doubt is never forgotten."""

from datetime import timedelta

import pytest

from db import effects
from db.audit import lines
from db.effects import Confirm, Doubt, Park, Reject, Release, Review, State
from db.engine import Database
from db.firms import Firm
from tests.db.conftest import NOW
from tests.db.ledger import (
    FAULT,
    KEY,
    REALM,
    SECOND,
    add,
    claim,
    claimed,
    close,
    invoice_effect,
    read,
)


def test_a_confirmation_is_kept_whole(database: Database, firm: Firm) -> None:
    """Id, token, number and trace id; nothing more is due, nobody holds it."""
    add(database, invoice_effect(firm))
    held = claimed(database)

    assert close(database, held, Confirm("145", "0", "INV-1001", "1-5f", adopted=True), NOW + SECOND)
    kept = read(database, held)
    assert (State.CONFIRMED, "145", "0", "INV-1001", "1-5f", True) == (
        kept.state,
        kept.remote_id,
        kept.sync_token,
        kept.document_number,
        kept.intuit_tid,
        kept.adopted,
    )
    assert (None, NOW + SECOND) == (kept.lease_until, kept.settled_at)
    assert claim(database, NOW + timedelta(days=9)) is None


CHANGES = [
    Confirm("145"),
    Reject(FAULT),
    Doubt(NOW, "time-out"),
    Release(NOW),
    Review("two found"),
    Park("no connection"),
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: type(change).__name__)
def test_an_outcome_of_a_lost_hold_changes_nothing(
    database: Database, firm: Firm, change: effects.Change
) -> None:
    """A worker that slept while another took over writes neither the row nor the audit."""
    add(database, invoice_effect(firm))
    sleeper = claimed(database)
    holder = claimed(database, NOW + timedelta(seconds=215))
    with database.read() as session:
        before = lines(session, firm.id)

    assert not close(database, sleeper, change)
    assert holder == read(database, holder)
    with database.read() as session:
        assert before == lines(session, firm.id)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: type(change).__name__)
def test_an_effect_is_closed_once(database: Database, firm: Firm, change: effects.Change) -> None:
    """The same hold can't end twice."""
    add(database, invoice_effect(firm))
    held = claimed(database)

    assert close(database, held, change)
    kept = read(database, held)
    assert not close(database, held, Confirm("146"))
    assert kept == read(database, held)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: type(change).__name__)
def test_every_outcome_is_in_the_audit(database: Database, firm: Firm, change: effects.Change) -> None:
    """In the same commit, under the invoice's subject."""
    add(database, invoice_effect(firm))
    close(database, claimed(database), change)

    verb = {
        Confirm: "effect.confirmed",
        Reject: "effect.rejected",
        Doubt: "effect.in_doubt",
        Release: "effect.ready",
        Review: "effect.review",
        Park: "effect.parked",
    }[type(change)]
    with database.read() as session:
        last = lines(session, firm.id)[-1]
    assert (verb, KEY.subject, "caseledger") == (last.verb, last.subject, last.actor)


def test_a_refusal_ends_it(database: Database, firm: Firm) -> None:
    """Rejected with its fault; it isn't sent again."""
    add(database, invoice_effect(firm))
    held = claimed(database)

    assert close(database, held, Reject(FAULT, "The period is closed."))
    kept = read(database, held)
    assert (State.REJECTED, FAULT, "The period is closed.") == (kept.state, kept.fault, kept.reason)
    assert claim(database, NOW + timedelta(days=9)) is None


def test_doubt_waits_and_is_remembered(database: Database, firm: Firm) -> None:
    """Sending, held by nobody, due when it may be looked for; then it is doubted."""
    add(database, invoice_effect(firm))
    held = claimed(database)
    assert close(database, held, Doubt(NOW + timedelta(seconds=130), "time-out"))

    kept = read(database, held)
    assert (State.SENDING, True, None) == (kept.state, kept.doubtful, kept.lease_until)
    assert kept.reason == "time-out"
    assert claim(database, NOW + timedelta(seconds=129)) is None
    taken = claim(database, NOW + timedelta(seconds=130))
    assert taken is not None
    assert taken.doubt


def test_a_refusal_of_a_repeat_is_no_proof(database: Database, firm: Firm) -> None:
    """What may have been booked by an earlier send is for a person to judge."""
    add(database, invoice_effect(firm))
    close(database, claimed(database), Doubt(NOW, "time-out"))
    repeat = claimed(database)

    assert close(database, repeat, Reject(FAULT))
    kept = read(database, repeat)
    assert (State.REVIEW, FAULT) == (kept.state, kept.fault)


def test_what_surely_was_not_sent_is_ready_again(database: Database, firm: Firm) -> None:
    """It comes back when due, without doubt, and that attempt doesn't count."""
    add(database, invoice_effect(firm))
    close(database, claimed(database), Release(NOW + SECOND, "token refreshed"))

    assert claim(database, NOW) is None
    taken = claim(database, NOW + SECOND)
    assert taken is not None
    assert (False, 1, 2) == (taken.doubt, taken.effect.attempt, taken.effect.fence)


@pytest.mark.parametrize("change", [Release(NOW), Park("no connection")], ids=["release", "park"])
def test_doubt_outlives_what_happens_later(database: Database, firm: Firm, change: effects.Change) -> None:
    """Not having sent it this time doesn't say that it wasn't sent the time before."""
    add(database, invoice_effect(firm))
    close(database, claimed(database), Doubt(NOW, "time-out"))
    close(database, claimed(database), change)
    with database.write() as session:
        effects.unpark(session, firm.id, REALM, NOW)

    taken = claim(database, NOW)
    assert taken is not None
    assert taken.doubt


def test_parked_effects_wait_for_their_firms_connection(
    database: Database, firm: Firm, other_firm: Firm
) -> None:
    """Those of the firm, and only those, until it is back."""
    mine = add(database, invoice_effect(firm))
    theirs = add(database, invoice_effect(other_firm))
    with database.write() as session:
        assert effects.park(session, firm.id, "QuickBooks wants consent", NOW) == 1

    assert (State.PARKED, "QuickBooks wants consent") == (
        read(database, mine).state,
        read(database, mine).reason,
    )
    assert theirs.id == claimed(database).id
    assert claim(database) is None
    with database.write() as session:
        assert effects.unpark(session, other_firm.id, REALM, NOW) == 0
        assert effects.unpark(session, firm.id, REALM, NOW) == 0
    assert claim(database) is None  # until somebody has looked again
    with database.write() as session:
        assert effects.go_on(session, other_firm.id, [mine.id], NOW) == 0
        assert effects.go_on(session, firm.id, [mine.id], NOW) == 1
    assert mine.id == claimed(database).id


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: type(change).__name__)
def test_closing_one_effect_leaves_the_others(
    database: Database, firm: Firm, other_firm: Firm, change: effects.Change
) -> None:
    """Also those that are held by a fence of the same number."""
    for new in (invoice_effect(firm), invoice_effect(firm, subject="invoice|2"), invoice_effect(other_firm)):
        add(database, new)
    mine, *others = [claimed(database) for _ in range(3)]
    close(database, mine, change)

    assert others == [read(database, other) for other in others]
