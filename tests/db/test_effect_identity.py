"""Identity: one effect is one row, one request id, one mark, for ever."""

from db import effects
from db.effects import Confirm, Effect, State
from db.engine import Database
from db.firms import Firm
from tests.db.conftest import NOW
from tests.db.ledger import (
    KEY,
    REALM,
    add,
    claimed,
    close,
    invoice_effect,
    read,
)


def test_the_request_id_is_derived_again() -> None:
    """It is the same for the same effect for ever, and another for everything else."""
    known = effects.request_id("f", "r", "invoice|a", "add_invoice", 1)
    assert known == "9eb0b9f8-c63f-595c-ba40-dd1c1cd77bf2"
    others = {
        effects.request_id("g", "r", "invoice|a", "add_invoice", 1),
        effects.request_id("f", "s", "invoice|a", "add_invoice", 1),
        effects.request_id("f", "r", "invoice|b", "add_invoice", 1),
        effects.request_id("f", "r", "invoice|a", "add_payment", 1),
        effects.request_id("f", "r", "invoice|a", "add_invoice", 2),
    }
    assert len(others - {known}) == 5


def test_the_marker_is_short_and_tells_nothing() -> None:
    """28 characters, letters and digits, no personal data; the same for the same effect for ever."""
    marker = effects.marker("f", "invoice|<!channel> 马春梅", "add_invoice", 1)
    assert marker == "[rec:3NIM4JJPRB6LHZ3K4WY5WT]"
    assert marker != effects.marker("f", "invoice|<!channel> 马春梅", "add_invoice", 2)


def test_an_effect_comes_back_as_it_was_written_down(database: Database, firm: Firm) -> None:
    """Ready, never sent, with its request id fixed from the start."""
    effect = add(database, invoice_effect(firm))

    name = effects.request_id(firm.id, REALM, KEY.subject, "add_invoice", 1)
    assert effect == Effect(
        id=name,
        firm_id=firm.id,
        realm_id=REALM,
        sync_id=None,
        subject=KEY.subject,
        invoice=KEY.subject,
        operation="add_invoice",
        generation=1,
        depends_on=None,
        entity="Invoice",
        position=0,
        content={"client": 'René "Ané" O\'Brien \\ 马春梅'},
        request_id=name,
        body=None,
        body_sha256=None,
        state=State.READY,
        due_at=NOW,
        attempt=0,
        fence=0,
        lease_until=None,
        doubtful=False,
        first_sent=None,
        last_sent=None,
        remote_id=None,
        sync_token=None,
        document_number=None,
        intuit_tid=None,
        adopted=False,
        fault=None,
        reason="",
        asked_by="UMARIA",
        created_at=NOW,
        settled_at=None,
    )
    assert effect == read(database, effect)


def test_one_identity_is_one_effect(database: Database, firm: Firm, other_firm: Firm) -> None:
    """Adding it again, even with other content, gives the first as it stands; another firm's is another."""
    first = add(database, invoice_effect(firm))
    held = claimed(database)

    again = add(database, invoice_effect(firm, content={"client": "another"}))
    assert (first.id, State.SENDING, first.content) == (again.id, again.state, again.content)
    assert held.fence == again.fence
    assert first.id != add(database, invoice_effect(other_firm)).id


def test_one_document_is_one_effects(database: Database, firm: Firm) -> None:
    """A second effect that would confirm with the same QuickBooks document goes to a person."""
    add(database, invoice_effect(firm))
    close(database, claimed(database), Confirm("145"))
    twin = add(database, invoice_effect(firm, subject="invoice|another"))

    assert close(database, claimed(database), Confirm("145"))
    assert (State.REVIEW, None) == (read(database, twin).state, read(database, twin).remote_id)


def test_ids_of_other_types_and_companies_do_not_collide(
    database: Database, firm: Firm, other_firm: Firm
) -> None:
    """Invoice 145 and Payment 145 are two documents; so are two companies' invoices 145."""
    for new in (
        invoice_effect(firm),
        invoice_effect(firm, operation="add_payment", entity="Payment"),
        invoice_effect(other_firm, realm_id="9"),
    ):
        effect = add(database, new)
        close(database, claimed(database), Confirm("145"))
        assert read(database, effect).state == State.CONFIRMED
