"""Claiming: one holder at a time, and what may have been sent is looked for."""

import hashlib
from datetime import timedelta

import pytest
from sqlalchemy import update

from db import effects, tables
from db.effects import Confirm, Doubt, Reject, Review, State
from db.engine import Database
from db.firms import Firm
from db.records import InvoiceKey
from tests.db.conftest import NOW
from tests.db.ledger import (
    FAULT,
    SECOND,
    add,
    claim,
    claimed,
    close,
    invoice_effect,
    payment_effect,
    read,
)


def test_a_claim_says_what_is_about_to_be_sent(database: Database, firm: Firm) -> None:
    """Held two minutes by a new fence; should we vanish, it is due when the request must be over."""
    add(database, invoice_effect(firm))
    later = NOW + timedelta(minutes=3)

    taken = claim(database, later)
    assert taken is not None
    effect = taken.effect
    assert not taken.doubt
    assert (State.SENDING, 1, 1) == (effect.state, effect.attempt, effect.fence)
    assert (later, later) == (effect.first_sent, effect.last_sent)
    assert later + timedelta(seconds=120) == effect.lease_until
    assert later + timedelta(seconds=120 - 35 + 130) == effect.due_at
    assert effect == read(database, effect)


def test_nothing_is_claimed_before_it_is_due(database: Database, firm: Firm) -> None:
    """Due at its moment, not a second earlier."""
    add(database, invoice_effect(firm, due_at=NOW + SECOND))

    assert claim(database, NOW) is None
    assert claim(database, NOW + SECOND) is not None


def test_the_effect_due_longest_comes_first(database: Database, firm: Firm, other_firm: Firm) -> None:
    """Not the one added first, and whoever's it is."""
    add(database, invoice_effect(firm))
    older = add(database, invoice_effect(other_firm, due_at=NOW - SECOND))

    assert older.id == claimed(database).id


def test_a_dead_workers_effect_is_doubted_once_its_request_is_over(database: Database, firm: Firm) -> None:
    """Neither within the lease nor before QuickBooks must have cut it; then it is looked for, not sent."""
    add(database, invoice_effect(firm))
    dead = claimed(database)

    assert claim(database, NOW + timedelta(seconds=214)) is None
    taken = claim(database, NOW + timedelta(seconds=215))
    assert taken is not None
    assert taken.doubt
    assert (2, 2, NOW) == (taken.effect.attempt, taken.effect.fence, taken.effect.first_sent)
    assert NOW + timedelta(seconds=215) == taken.effect.last_sent
    assert dead.request_id == taken.effect.request_id


def test_a_live_lease_is_respected_whatever_is_due(database: Database, firm: Firm) -> None:
    """Even where the row says due, a holder keeps it until the lease ends."""
    add(database, invoice_effect(firm))
    held = claimed(database)
    with database.write() as session:
        row = tables.Effect
        session.execute(update(row).where(row.id == held.id).values(due_at=NOW))

    assert claim(database, NOW + timedelta(seconds=119)) is None
    assert claim(database, NOW + timedelta(seconds=120)) is not None


def test_the_body_is_fixed_once(database: Database, firm: Firm) -> None:
    """The first bytes stay, with their hash; a second set, and a lost hold, are refused."""
    add(database, invoice_effect(firm))
    held = claimed(database)
    body = b'{"TotalAmt":2330.00}'

    with database.write() as session:
        assert effects.freeze(session, held.id, held.fence, body)
        assert not effects.freeze(session, held.id, held.fence, b"other")
        assert not effects.freeze(session, held.id, held.fence - 1, b"other")
    kept = read(database, held)
    assert (body, hashlib.sha256(body).hexdigest()) == (kept.body, kept.body_sha256)


def test_a_body_is_not_fixed_by_who_lost_the_effect(database: Database, firm: Firm) -> None:
    """An old fence fixes nothing, even where no body is there yet."""
    add(database, invoice_effect(firm))
    old = claimed(database)
    new = claimed(database, NOW + timedelta(seconds=215))

    with database.write() as session:
        assert not effects.freeze(session, old.id, old.fence, b"late")
        assert effects.freeze(session, new.id, new.fence, b"mine")


def test_a_child_waits_for_its_parent(database: Database, firm: Firm) -> None:
    """A payment isn't claimed, or counted as due, until its invoice is confirmed."""
    parent = add(database, invoice_effect(firm))
    child = add(database, payment_effect(firm, parent))
    held = claimed(database)

    assert held.id == parent.id
    assert claim(database, NOW + SECOND) is None
    with database.read() as session:
        assert held.due_at == effects.next_due(session)
    close(database, held, Confirm("145"))
    with database.read() as session:
        assert child.due_at == effects.next_due(session)
    assert child.id == claimed(database, NOW + SECOND).id


@pytest.mark.parametrize("change", [Reject(FAULT, "The period is closed."), Review("Two were found.")])
def test_a_child_of_what_failed_never_runs_and_says_why(
    database: Database, firm: Firm, change: Reject | Review
) -> None:
    """The payment of a refused or unclear invoice waits, and the invoice is named as the reason."""
    parent = add(database, invoice_effect(firm))
    child = add(database, payment_effect(firm, parent))
    close(database, claimed(database), change)

    assert claim(database, NOW + timedelta(days=99)) is None
    with database.read() as session:
        blocking = effects.waits_for(session, child)
        assert blocking is not None
        assert (parent.id, change.reason) == (blocking.id, blocking.reason)
        assert effects.waits_for(session, parent) is None
        assert effects.next_due(session) is None


def test_at_a_boot_the_lease_is_void_and_the_wait_kept(database: Database, firm: Firm) -> None:
    """The process is gone, its last request perhaps not: looked for 130 seconds after the boot."""
    add(database, invoice_effect(firm))
    held = claimed(database)
    boot = NOW + 10 * SECOND
    with database.write() as session:
        effects.void_leases(session, boot)

    assert claim(database, boot + timedelta(seconds=129)) is None
    taken = claim(database, boot + timedelta(seconds=130))
    assert taken is not None
    assert taken.doubt
    assert not close(database, held, Confirm("145"))


def test_a_late_boot_does_not_wait_anew(database: Database, firm: Firm) -> None:
    """What was over an hour ago is looked for at once; what waits for its time keeps waiting."""
    add(database, invoice_effect(firm))
    claimed(database)
    boot = NOW + timedelta(hours=1)
    with database.write() as session:
        effects.void_leases(session, boot)

    taken = claim(database, boot)
    assert taken is not None
    assert taken.doubt


def test_a_boot_leaves_settled_waits_alone(database: Database, firm: Firm) -> None:
    """An effect in doubt that nobody held keeps its time; a ready one stays ready."""
    add(database, invoice_effect(firm))
    close(database, claimed(database), Doubt(NOW + timedelta(hours=2), "time-out"))
    ready = add(database, invoice_effect(firm, subject="invoice|other"))
    with database.write() as session:
        effects.void_leases(session, NOW)

    taken = claim(database)
    assert taken is not None
    assert (ready.id, False) == (taken.effect.id, taken.doubt)
    with database.read() as session:
        assert taken.effect.due_at == effects.next_due(session)


def test_fixing_one_body_fixes_no_other(database: Database, firm: Firm) -> None:
    """Both are held by their first fence; each has its own bytes."""
    add(database, invoice_effect(firm))
    add(database, invoice_effect(firm, subject="invoice|other"))
    first, second = claimed(database), claimed(database)

    with database.write() as session:
        assert effects.freeze(session, first.id, first.fence, b"mine")
    assert read(database, second).body is None


@pytest.mark.parametrize("change", [Doubt(NOW, "time-out"), Review("Two were found.")])
def test_a_body_is_not_fixed_after_the_hold(database: Database, firm: Firm, change: Doubt | Review) -> None:
    """Who has put the effect down fixes nothing any more, though nobody took it since."""
    add(database, invoice_effect(firm))
    held = claimed(database)
    close(database, held, change)

    with database.write() as session:
        assert not effects.freeze(session, held.id, held.fence, b"late")


def test_the_longest_subject_fits_both_databases(database: Database, firm: Firm) -> None:
    """Wide letters that don't compress fill PostgreSQL's index the most."""
    wide = "".join(chr(0x4E00 + number) for number in range(900))
    subject = InvoiceKey(wide, wide, wide).subject
    effect = add(database, invoice_effect(firm, subject=subject, invoice=subject))

    assert subject == effect.subject
