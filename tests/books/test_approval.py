"""An approval is for what was shown: where anything of it changed since, it is asked again."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text

from db import syncs
from db.connections import NotConnectedError
from db.syncs import SyncState
from qb.contact_orders import customer_order
from qb.hold import Reason
from qb.mapping import Kind
from qb.post import Expanded, NotStartedError, Superseded
from qb.sandbox import Fault
from tests.books.exports import INSTALMENTS, ONTARIO
from tests.books.office import MARIA, Office

if TYPE_CHECKING:
    from collections.abc import Callable


def change_record(office: Office) -> None:
    """A newer export says another amount."""
    office.export(replace(ONTARIO, fee="1400.00", payments=(("T-1", "2217.00", "e-Transfer"),)))


def change_mapping(office: Office) -> None:
    """Somebody confirms another deposit account."""
    with office.database.write() as session:
        savings = office.sandbox.books.id_of("Account", "Savings")
        office.choose(session, Kind.DEPOSIT, "CAD", savings, "Savings")


def change_contact(office: Office) -> None:
    """Somebody links another customer."""
    office.link("Sofia Rossi")


def retire_item(office: Office) -> None:
    """The item becomes inactive in QuickBooks, and the lists are read anew."""
    office.update("Item", "Professional Fees", {"Active": False})
    office.read_lists()


CHANGES: dict[str, tuple[Callable[[Office], None], str]] = {
    "record": (
        change_record,
        "INV-1001: the total ($2,330.00 → $2,217.00), the tax ($195.00 → $182.00), the items, tax codes",
    ),
    "mapping": (change_mapping, "INV-1001: the deposit account (Chequing → Savings) changed."),
    "contact": (change_contact, "INV-1001: the contact (Amélie Tremblay → Sofia Rossi) changed."),
    "item": (retire_item, "INV-1001 is held now: Professional Fees is inactive in QuickBooks."),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_change_since_the_preview_stops_the_sync(office: Office, what: str) -> None:
    """Nothing is ordered, the sync is over, and what changed is said; saying it again changes nothing."""
    change, sentence = CHANGES[what]
    office.ready(ONTARIO)
    sync_id = office.approve()
    change(office)
    stopped = office.expand(sync_id)
    assert isinstance(stopped, Superseded)
    (told,) = stopped.changes
    assert told.startswith(sentence)
    assert () == office.effects(sync_id)
    assert isinstance(office.expand(sync_id), Superseded)
    with office.database.read() as session:
        sync = syncs.get(session, office.firm_id, sync_id)
    assert sync is not None
    assert SyncState.SUPERSEDED is sync.state


def test_what_did_not_change_is_not_asked_again(office: Office) -> None:
    """The same exports once more and a confirmed mapping once more are no change."""
    office.ready(ONTARIO)
    sync_id = office.approve()
    office.export(ONTARIO)
    office.confirm_mapping()
    office.read_lists()
    assert isinstance(office.expand(sync_id), Expanded)


def test_of_two_approved_syncs_of_one_invoice_one_books(office: Office) -> None:
    """Whoever is expanded second finds it under way."""
    office.ready(ONTARIO)
    first, second = office.approve(), office.approve()
    assert isinstance(office.expand(second), Expanded)
    stopped = office.expand(first)
    assert isinstance(stopped, Superseded)
    assert (
        "INV-1001 is held now: A sync has begun to book it. Its message shows how far it is.",
    ) == stopped.changes
    office.work()
    assert 1 == len(office.sandbox.books.entities("Invoice"))


def test_nothing_is_expanded_without_an_approval(office: Office) -> None:
    """A preview alone books nothing, nor does one that was taken back."""
    office.ready(ONTARIO)
    proposal = office.propose()
    assert proposal.sync is not None
    assert office.expand(proposal.sync.id) is None
    with office.database.write() as session:
        syncs.cancel(session, proposal.sync.id, office.clock(), firm_id=office.firm_id, by=MARIA)
    assert office.expand(proposal.sync.id) is None
    assert office.expand("unknown") is None


def test_what_waits_for_a_second_person_or_was_turned_down_books_nothing(office: Office) -> None:
    """Only an approval expands it, whatever task asks for it."""
    office.ready(ONTARIO)
    proposal = office.propose()
    sync_id = proposal.sync.id if proposal.sync else ""
    with office.database.write() as session:
        assert syncs.await_approval(session, sync_id, firm_id=office.firm_id, version=1, by=MARIA)
    assert office.expand(sync_id) is None
    with office.database.write() as session:
        assert syncs.turn_down(session, sync_id, office.clock(), firm_id=office.firm_id, by="U0BEN")
    assert office.expand(sync_id) is None
    assert () == office.effects(sync_id)


def test_a_sync_that_cannot_be_started_orders_nothing(office: Office) -> None:
    """It was decided otherwise at the last moment: all is rolled back."""
    office.ready(ONTARIO)
    sync_id = office.approve()
    ignored = "CREATE TRIGGER too_late BEFORE UPDATE ON syncs BEGIN SELECT RAISE(IGNORE); END"
    with office.database.write() as session:
        session.execute(text(ignored))
    with pytest.raises(NotStartedError):
        office.expand(sync_id)
    assert () == office.effects(sync_id)


def test_what_is_held_is_no_part_of_the_sync(office: Office) -> None:
    """Of two chosen invoices one is short: the preview shows both, the sync books one."""
    office.ready(ONTARIO, replace(INSTALMENTS, payments=(("T-2", "1000.00", "e-Transfer"),)))
    proposal = office.propose()
    assert proposal.sync is not None
    assert ["INV-1001"] == [key.number for key in proposal.sync.selection]
    assert ["INV-1002"] == [held.key.number for held in proposal.plan.held]


def test_where_everything_is_held_there_is_no_sync(office: Office) -> None:
    """A preview of nothing can't be approved."""
    office.connect()
    office.export(ONTARIO)
    proposal = office.propose()
    assert proposal.sync is None
    assert 1 == len(proposal.plan.held)


def test_without_a_connection_nothing_is_expanded(office: Office) -> None:
    """Every invoice waits for the connection, and a contact can't be asked for."""
    office.export(ONTARIO)
    proposal = office.propose()
    with office.database.write() as session, pytest.raises(NotConnectedError):
        customer_order(session, office.firm_id, payer="A", name="B", email="", currency="CAD")
    assert [[Reason.NOT_CONNECTED]] == [[hold.reason for hold in held.holds] for held in proposal.plan.held]


def test_a_refused_sync_counts_for_nothing_in_the_next(office: Office) -> None:
    """Refused at first, mapped anew, approved anew: the second generation books it once."""
    office.ready(ONTARIO)
    office.sandbox.faults.add(office.aimed(Fault("refuse", code="610"), "invoice"))
    office.order()
    office.work()
    change_mapping(office)
    sync_id = office.order()
    office.work()
    (receipt,) = office.settle(sync_id)
    assert receipt.ties
    assert ["Savings"] == [payment.account for payment in receipt.payments]
