"""Stopping a sync: only what surely wasn't sent is taken back; what was begun is finished."""

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import update

from db import effects, tables
from db.audit import lines
from db.effects import Confirm, Doubt, Effect, NewEffect, State
from db.engine import Database
from db.firms import Firm
from db.records import InvoiceKey
from tests.db.conftest import NOW
from tests.db.ledger import (
    KEY,
    REALM,
    a_sync,
    add,
    claim,
    claimed,
    close,
    invoice_effect,
    payment_effect,
    read,
)

MARIA = "U0MARIA"
OTHER = InvoiceKey("00003", "1002", "Пётр <!channel>")


def _invoice(database: Database, firm: Firm, sync_id: str, key: InvoiceKey = KEY) -> Effect:
    return add(database, _of(firm, sync_id, key))


def _of(firm: Firm, sync_id: str, key: InvoiceKey) -> NewEffect:
    return invoice_effect(firm, sync_id=sync_id, subject=key.subject, invoice=key.subject)


def _stop(database: Database, firm: Firm, sync_id: str) -> int:
    with database.write() as session:
        return effects.stop(session, sync_id, MARIA, NOW, firm_id=firm.id)


def test_what_was_not_sent_is_taken_back(database: Database, firm: Firm) -> None:
    """It counts as refused, says who and why, and nobody takes it up."""
    sync_id = a_sync(database, firm)
    waiting = _invoice(database, firm, sync_id)
    assert 1 == _stop(database, firm, sync_id)
    kept = read(database, waiting)
    assert (State.REJECTED, MARIA, NOW) == (kept.state, effects.stopped_by(kept), kept.settled_at)
    assert "It was stopped before it was sent, so it wasn't booked." == kept.reason
    assert claim(database, NOW + timedelta(days=9)) is None


def test_a_payment_waits_for_its_stopped_invoice(database: Database, firm: Firm) -> None:
    """Neither document is sent: nothing is half booked."""
    sync_id = a_sync(database, firm)
    invoice = _invoice(database, firm, sync_id)
    payment = add(database, payment_effect(firm, invoice))
    assert 1 == _stop(database, firm, sync_id)
    assert State.READY is read(database, payment).state
    assert claim(database, NOW + timedelta(days=9)) is None


def test_an_invoice_begun_is_finished_with_its_payments(database: Database, firm: Firm) -> None:
    """Its invoice is being sent: it ends as if nobody had stopped, and its payment follows."""
    sync_id = a_sync(database, firm)
    invoice = _invoice(database, firm, sync_id)
    payment = add(database, payment_effect(firm, invoice))
    held = claimed(database)
    assert 0 == _stop(database, firm, sync_id)
    assert close(database, held, Confirm("145"))
    assert payment.id == claimed(database).id


def test_what_may_have_been_sent_goes_on(database: Database, firm: Firm) -> None:
    """In doubt, or put down unsent while doubtful: only a look tells."""
    sync_id = a_sync(database, firm)
    _invoice(database, firm, sync_id)
    held = claimed(database)
    close(database, held, Doubt(NOW, "time-out"))
    assert 0 == _stop(database, firm, sync_id)
    assert held.id == claimed(database, NOW + timedelta(hours=1)).id


def test_after_a_restore_what_is_looked_for_first_is_not_stopped(database: Database, firm: Firm) -> None:
    """It may be in the books already: as refused its next try would not look under this one's mark."""
    sync_id = a_sync(database, firm)
    waiting = _invoice(database, firm, sync_id)
    with database.write() as session:
        session.execute(update(tables.Effect).values(doubtful=True))
    assert 0 == _stop(database, firm, sync_id)
    assert State.READY is read(database, waiting).state


def test_what_is_parked_unsent_is_taken_back_too(database: Database, firm: Firm) -> None:
    """Else it would go off by itself once somebody reconnects."""
    sync_id = a_sync(database, firm)
    waiting = _invoice(database, firm, sync_id)
    with database.write() as session:
        effects.park(session, firm.id, "no connection", NOW)
    assert 1 == _stop(database, firm, sync_id)
    with database.write() as session:
        effects.unpark(session, firm.id, REALM, NOW)
    assert State.REJECTED is read(database, waiting).state


def test_other_syncs_and_firms_go_on(database: Database, firm: Firm, other_firm: Firm) -> None:
    """Only the one that was pressed."""
    sync_id, another = a_sync(database, firm), a_sync(database, firm, "sync-2")
    theirs = _invoice(database, firm, another, OTHER)
    _invoice(database, firm, sync_id)
    assert 0 == _stop(database, other_firm, sync_id)
    assert 1 == _stop(database, firm, sync_id)
    assert State.READY is read(database, theirs).state


def test_stopping_is_in_the_record_once(database: Database, firm: Firm) -> None:
    """A second press finds nothing, and says nothing."""
    sync_id = a_sync(database, firm)
    _invoice(database, firm, sync_id)
    _invoice(database, firm, sync_id, OTHER)
    assert [2, 0] == [_stop(database, firm, sync_id), _stop(database, firm, sync_id)]
    with database.read() as session:
        told = [
            (one.actor, one.subject, one.content)
            for one in lines(session, firm.id)
            if one.verb == "sync.stopped"
        ]
    assert [(MARIA, "sync|sync-1", '{"count":2}')] == told


def test_what_was_stopped_is_free_and_can_be_ordered_anew(database: Database, firm: Firm) -> None:
    """By its next generation, which its payment then waits for."""
    sync_id = a_sync(database, firm)
    invoice = _invoice(database, firm, sync_id)
    payment = add(database, payment_effect(firm, invoice))
    _stop(database, firm, sync_id)
    with database.read() as session:
        assert frozenset() == effects.invoices_begun(session, firm.id, REALM).under_way
    with database.write() as session:
        anew = effects.order(session, _of(firm, sync_id, KEY), NOW)
    assert (2, State.READY, "") == (anew.generation, anew.state, effects.stopped_by(anew))
    assert anew.id == read(database, payment).depends_on


def test_what_was_ordered_anew_is_no_trouble_any_more(database: Database, firm: Firm) -> None:
    """Counted by the newest try of each."""
    sync_id = a_sync(database, firm)
    _invoice(database, firm, sync_id)
    _invoice(database, firm, sync_id, OTHER)
    _stop(database, firm, sync_id)
    with database.write() as session:
        effects.order(session, _of(firm, sync_id, KEY), NOW)
    with database.read() as session:
        assert 1 == effects.in_trouble(session, sync_id)


def test_a_stopped_sync_is_found_until_it_is_ordered_anew(database: Database, firm: Firm) -> None:
    """How many of it, by whom; nothing from before the day asked about, and nothing once it goes on."""
    sync_id = a_sync(database, firm)
    _invoice(database, firm, sync_id)
    _invoice(database, firm, sync_id, OTHER)
    _stop(database, firm, sync_id)
    assert (effects.Stopped(sync_id, MARIA, 2),) == _stopped_since(database, firm, NOW)
    assert () == _stopped_since(database, firm, NOW + timedelta(seconds=1))
    add(database, replace(_of(firm, sync_id, OTHER), generation=2))
    assert (effects.Stopped(sync_id, MARIA, 1),) == _stopped_since(database, firm, NOW)
    with database.read() as session:
        assert 1 == effects.stopped_in(session, sync_id)


def _stopped_since(database: Database, firm: Firm, since: datetime) -> tuple[effects.Stopped, ...]:
    with database.read() as session:
        return effects.stopped_since(session, firm.id, since)
