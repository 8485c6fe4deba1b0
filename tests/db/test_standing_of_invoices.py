"""Which invoices are in the books, which are on the way, which may be synced anew."""

from dataclasses import replace

from db import effects, tables
from db.effects import Change, Confirm, Doubt, Reject, Review
from db.engine import Database
from db.firms import Firm
from tests.db.conftest import NOW
from tests.db.ledger import FAULT, KEY, REALM, SECOND, add, claimed, close, invoice_effect, payment_effect

INVOICE = frozenset({KEY.subject})
NONE: frozenset[str] = frozenset()


def standing(database: Database, firm: Firm, realm: str = REALM) -> tuple[frozenset[str], frozenset[str]]:
    """The subjects that are in the books, and those under way."""
    with database.read() as session:
        begun = effects.invoices_begun(session, firm.id, realm)
        assert begun == effects.invoices_begun(session, firm.id, realm, [KEY.subject])
        return begun.booked, begun.under_way


def begin(database: Database, firm: Firm) -> None:
    """The invoice and its payment, both ready."""
    parent = add(database, invoice_effect(firm))
    add(database, payment_effect(firm, parent))


def settle_next(database: Database, change: Change) -> None:
    """The next effect ends so."""
    close(database, claimed(database), change)


def test_nothing_begun_is_nothing(database: Database, firm: Firm) -> None:
    """An untouched invoice may be synced."""
    assert standing(database, firm) == (NONE, NONE)


def test_what_is_ready_or_sent_is_under_way(database: Database, firm: Firm) -> None:
    """It must not be planned a second time."""
    begin(database, firm)
    assert standing(database, firm) == (NONE, INVOICE)
    settle_next(database, Doubt(NOW, "time-out"))
    assert standing(database, firm) == (NONE, INVOICE)


def test_an_invoice_without_its_payment_is_under_way(database: Database, firm: Firm) -> None:
    """In the books is: the invoice and each of its payments."""
    begin(database, firm)
    settle_next(database, Confirm("145"))
    assert standing(database, firm) == (NONE, INVOICE)
    settle_next(database, Confirm("146"))
    assert standing(database, firm) == (INVOICE, NONE)


def test_a_refused_invoice_may_be_synced_anew(database: Database, firm: Firm) -> None:
    """Its payment waits for ever; nothing was booked."""
    begin(database, firm)
    settle_next(database, Reject(FAULT))
    assert standing(database, firm) == (NONE, NONE)


def test_an_invoice_whose_payment_was_refused_stays_under_way(database: Database, firm: Firm) -> None:
    """The invoice is in the books: only its payment may be tried again."""
    begin(database, firm)
    settle_next(database, Confirm("145"))
    settle_next(database, Reject(FAULT))
    assert standing(database, firm) == (NONE, INVOICE)


def test_what_a_person_must_judge_is_under_way(database: Database, firm: Firm) -> None:
    """It may be in the books."""
    begin(database, firm)
    settle_next(database, Review("Two were found."))
    assert standing(database, firm) == (NONE, INVOICE)


def test_the_newest_generation_counts(database: Database, firm: Firm) -> None:
    """A refusal that was made good is history."""
    add(database, invoice_effect(firm))
    settle_next(database, Reject(FAULT))
    with database.write() as session:
        effects.order(session, invoice_effect(firm), NOW)
    assert standing(database, firm) == (NONE, INVOICE)
    settle_next(database, Confirm("145"))
    assert standing(database, firm) == (INVOICE, NONE)


def test_other_firms_and_companies_say_nothing(database: Database, firm: Firm, other_firm: Firm) -> None:
    """Each firm's invoices are its own, even of the same name; customers are no invoices."""
    begin(database, other_firm)
    add(database, invoice_effect(other_firm, subject="payer|a", invoice="", operation="add_customer"))

    assert standing(database, firm) == (NONE, NONE)
    assert standing(database, other_firm, "another company") == (NONE, NONE)
    assert standing(database, other_firm) == (NONE, INVOICE)


def test_an_invoices_effects_are_read_in_order(database: Database, firm: Firm, other_firm: Firm) -> None:
    """The invoice, then its payments, of this firm alone."""
    begin(database, other_firm)
    parent = add(database, invoice_effect(firm))
    child = add(database, payment_effect(firm, parent))

    with database.read() as session:
        assert (parent, child) == effects.of_invoice(session, firm.id, REALM, KEY.subject)
        assert effects.get(session, other_firm.id, parent.id) is None
        assert parent == effects.parent_of(session, child)


def a_sync(database: Database, firm: Firm) -> None:
    """A sync that runs."""
    values = {"id": "S1", "realm_id": REALM, "asked_by": "U1", "asked_at": NOW, "state": "running"}
    with database.write() as session:
        session.add(tables.Sync(firm_id=firm.id, selection=[], plan_sha256="", plan="", **values))


def sync_standing(database: Database) -> tuple[int, int]:
    """How many effects of the sync there are, and how many of them go on by themselves."""
    with database.read() as session:
        found = effects.standing(session, "S1")
    return found.size, found.moving


def test_a_syncs_standing_is_counted_without_reading_it(database: Database, firm: Firm) -> None:
    """Two on their way, one, none; what stands where changes with each step, and another sync isn't in it."""
    a_sync(database, firm)
    parent = add(database, invoice_effect(firm, sync_id="S1"))
    add(database, replace(payment_effect(firm, parent), sync_id="S1"))
    add(database, invoice_effect(firm, subject="invoice|other", due_at=NOW + SECOND))
    seen = {sync_counts(database)}
    assert (2, 2) == sync_standing(database)
    held = claimed(database)
    seen.add(sync_counts(database))
    close(database, held, Confirm("145"))
    assert (2, 1) == sync_standing(database)
    seen.add(sync_counts(database))
    assert 3 == len(seen)


def test_what_waits_in_vain_does_not_move(database: Database, firm: Firm) -> None:
    """The payment of a refused invoice is still ready, and nothing of the sync goes on."""
    a_sync(database, firm)
    parent = add(database, invoice_effect(firm, sync_id="S1"))
    add(database, replace(payment_effect(firm, parent), sync_id="S1"))
    close(database, claimed(database), Reject(FAULT))
    assert (2, 0) == sync_standing(database)


def sync_counts(database: Database) -> str:
    """How many stand where."""
    with database.read() as session:
        return effects.standing(session, "S1").counts
