"""Ordering: again only after a refusal, brought up to date only while unsent."""

import pytest

from db import effects
from db.audit import lines
from db.effects import Confirm, Doubt, NotRejectedError, Reject, Review, State, UnknownEffectError
from db.engine import Database
from db.firms import Firm
from tests.db.conftest import NOW
from tests.db.ledger import FAULT, add, claim, claimed, close, invoice_effect, payment_effect, read


def test_a_refused_effect_is_ordered_again_as_its_next_generation(database: Database, firm: Firm) -> None:
    """With a request id of its own, by the person who pressed; the refused one stays as it was."""
    old = add(database, invoice_effect(firm))
    close(database, claimed(database), Reject(FAULT))
    refused = read(database, old)

    with database.write() as session:
        new = effects.again(session, old.id, "UBEN", NOW, firm_id=firm.id)
    assert (State.READY, 2, "UBEN", 0) == (new.state, new.generation, new.asked_by, new.attempt)
    assert (old.subject, old.operation, old.content) == (new.subject, new.operation, new.content)
    assert old.request_id != new.request_id
    assert refused == read(database, old)
    assert new.id == claimed(database).id


def test_pressed_twice_it_is_ordered_again_once(database: Database, firm: Firm) -> None:
    """A double click on Try Again is one new generation."""
    old = add(database, invoice_effect(firm))
    close(database, claimed(database), Reject(FAULT))

    with database.write() as session:
        first = effects.again(session, old.id, "UBEN", NOW, firm_id=firm.id)
    with database.write() as session:
        second = effects.again(session, old.id, "UALICE", NOW, firm_id=firm.id)
    assert first == second


def test_what_waited_for_the_refused_one_waits_for_the_next(database: Database, firm: Firm) -> None:
    """The payment follows the invoice that will be booked."""
    old = add(database, invoice_effect(firm))
    child = add(database, payment_effect(firm, old))
    close(database, claimed(database), Reject(FAULT))
    with database.write() as session:
        new = effects.again(session, old.id, "UBEN", NOW, firm_id=firm.id, content={"fixed": True})

    with database.read() as session:
        assert [child.id] == [each.id for each in effects.children_of(session, new.id)]
        assert effects.children_of(session, old.id) == ()
    assert new.content == {"fixed": True}
    close(database, claimed(database), Confirm("145"))
    assert child.id == claimed(database).id


@pytest.mark.parametrize("change", [None, Doubt(NOW, "time-out"), Confirm("145"), Review("two")])
def test_only_a_refused_effect_is_ordered_again(
    database: Database, firm: Firm, change: effects.Change | None
) -> None:
    """Anything else may be in the books."""
    effect = add(database, invoice_effect(firm))
    if change is not None:
        close(database, claimed(database), change)

    with database.write() as session, pytest.raises(NotRejectedError):
        effects.again(session, effect.id, "UBEN", NOW, firm_id=firm.id)


def test_another_firms_effect_can_not_be_ordered_again(
    database: Database, firm: Firm, other_firm: Firm
) -> None:
    """Its id doesn't help."""
    effect = add(database, invoice_effect(firm))
    close(database, claimed(database), Reject(FAULT))

    with database.write() as session, pytest.raises(UnknownEffectError):
        effects.again(session, effect.id, "UEVE", NOW, firm_id=other_firm.id)


def test_ordering_writes_down_what_was_not_there(database: Database, firm: Firm) -> None:
    """The first time it is an ordinary new effect."""
    with database.write() as session:
        effect = effects.order(session, invoice_effect(firm), NOW)

    assert (State.READY, 1) == (effect.state, effect.generation)
    assert effect == read(database, effect)


def test_ordering_brings_what_is_unsent_up_to_date(database: Database, firm: Firm) -> None:
    """A payment that waited for a refused invoice is booked as it was approved last."""
    with database.write() as session:
        first = effects.order(session, invoice_effect(firm), NOW)
    with database.write() as session:
        second = effects.order(session, invoice_effect(firm, content={"account": "USD"}), NOW)

    assert first.id == second.id
    assert second.content == {"account": "USD"}
    with database.read() as session:
        assert ["effect.ready", "effect.updated"] == [line.verb for line in lines(session, firm.id)]


@pytest.mark.parametrize("change", [None, Doubt(NOW, "time-out"), Confirm("145"), Review("two")])
def test_ordering_leaves_what_was_sent_alone(
    database: Database, firm: Firm, change: effects.Change | None
) -> None:
    """Its bytes and its content are what QuickBooks may have."""
    effect = add(database, invoice_effect(firm))
    held = claimed(database)
    if change is not None:
        close(database, held, change)
    before = read(database, effect)

    with database.write() as session:
        found = effects.order(session, invoice_effect(firm, content={"account": "USD"}), NOW)
    assert before == found


def test_ordering_goes_on_after_a_refusal(database: Database, firm: Firm) -> None:
    """A new sync of a refused invoice is its next generation, and the third follows the second."""
    for generation in (1, 2, 3):
        with database.write() as session:
            effect = effects.order(session, invoice_effect(firm, content={"try": generation}), NOW)
        assert (generation, {"try": generation}) == (effect.generation, effect.content)
        close(database, claimed(database), Reject(FAULT))

    assert claim(database) is None
