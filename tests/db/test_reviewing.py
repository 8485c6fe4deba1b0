"""Reviews: a person ends what only a person can tell, once."""

import pytest

from db import effects
from db.audit import lines
from db.effects import Confirm, Effect, Found, GiveUp, LookAgain, Outcome, Review, State
from db.engine import Database
from db.firms import Firm
from tests.db.conftest import NOW
from tests.db.ledger import add, claim, claimed, close, invoice_effect, read


def under_review(database: Database, firm: Firm, subject: str = "invoice|1") -> Effect:
    """An effect of which two were found."""
    effect = add(database, invoice_effect(firm, subject=subject))
    close(database, claimed(database), Review("Two were found."))
    return effect


def decide(database: Database, firm: Firm, effect: Effect, outcome: Outcome) -> bool:
    """Write Ben's decision."""
    with database.write() as session:
        return effects.resolve_review(session, effect.id, "UBEN", NOW, outcome, firm_id=firm.id)


def test_a_document_that_was_found_confirms(database: Database, firm: Firm) -> None:
    """Its id becomes the effect's, and what waits for it goes on."""
    effect = under_review(database, firm)

    assert decide(database, firm, effect, Found(Confirm("145", "0", "INV-1", adopted=True)))
    assert (State.CONFIRMED, "145", True) == (
        read(database, effect).state,
        read(database, effect).remote_id,
        read(database, effect).adopted,
    )


def test_looking_again_starts_with_doubt(database: Database, firm: Firm) -> None:
    """It is looked for at once and never sent without looking."""
    effect = under_review(database, firm)

    assert decide(database, firm, effect, LookAgain())
    taken = claim(database)
    assert taken is not None
    assert (effect.id, True) == (taken.effect.id, taken.doubt)


def test_giving_up_counts_as_refused(database: Database, firm: Firm) -> None:
    """It may be ordered again then."""
    effect = under_review(database, firm)

    assert decide(database, firm, effect, GiveUp("Ben removed both in QuickBooks."))
    with database.write() as session:
        again = effects.again(session, effect.id, "UBEN", NOW, firm_id=firm.id)
    assert again.generation == 2


@pytest.mark.parametrize("outcome", [Found(Confirm("145")), LookAgain(), GiveUp("no")])
def test_it_is_decided_once_and_written_down(database: Database, firm: Firm, outcome: Outcome) -> None:
    """The second click changes nothing; the audit names the person."""
    effect = under_review(database, firm)

    assert decide(database, firm, effect, outcome)
    decided = read(database, effect)
    assert not decide(database, firm, effect, GiveUp("late"))
    assert decided == read(database, effect)
    with database.read() as session:
        last = lines(session, firm.id)[-1]
    assert ("UBEN", "effect.decided", "invoice|1") == (last.actor, last.verb, last.subject)


def test_a_document_of_another_effect_is_not_taken(database: Database, firm: Firm) -> None:
    """One QuickBooks document is one booking."""
    add(database, invoice_effect(firm))
    close(database, claimed(database), Confirm("145"))
    effect = under_review(database, firm)

    assert not decide(database, firm, effect, Found(Confirm("145")))
    assert read(database, effect).state == State.REVIEW


def test_another_firm_decides_nothing(database: Database, firm: Firm, other_firm: Firm) -> None:
    """Its people can't end this firm's review, whatever id they send."""
    effect = under_review(database, firm)

    assert not decide(database, other_firm, effect, GiveUp("mine"))
    assert read(database, effect).state == State.REVIEW
