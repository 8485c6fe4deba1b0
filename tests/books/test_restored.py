"""A restored backup looks before it sends anything: what was booked after it is adopted, never doubled."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from db import audit
from db.effects import State
from qb.sandbox import Fault, Switches
from qb.sweep import Kind
from qb.sweeping import sweep
from tests.books.exports import INSTALMENTS, ONTARIO
from tests.books.numbering import let_quickbooks_number

if TYPE_CHECKING:
    from tests.books.coming_back import Copies
    from tests.books.office import Office

NUMBERS, REFERENCES = ["INV-1001", "INV-1002"], ["T-1", "T-2", "T-3"]
IDS = {"honoured": Switches(), "ignored": Switches(requestid="ignored")}
LOOKING_ALONE = IDS["ignored"]


def documents(office: Office) -> tuple[list[str], list[str]]:
    """The invoices' numbers and the payments' references in QuickBooks, sorted."""
    books = office.sandbox.books
    return (
        sorted(i["DocNumber"] for i in books.entities("Invoice")),
        sorted(p["PaymentRefNum"] for p in books.entities("Payment")),
    )


def written(office: Office) -> int:
    """How many writes of invoices and payments QuickBooks has seen."""
    return sum(seen.entity in {"invoice", "payment"} for seen in office.sandbox.requests())


def book(office: Office) -> None:
    """Everything is ordered, sent and read back."""
    sync_id = office.order()
    office.work()
    assert [True, True] == [receipt.ties for receipt in office.settle(sync_id)]


@pytest.mark.parametrize("ids", IDS)
def test_what_was_booked_after_the_backup_is_adopted(either_office: Office, copies: Copies, ids: str) -> None:
    """The backup is from before Book: the same sync again finds all five documents and writes none."""
    office = either_office
    office.ready(ONTARIO, INSTALMENTS)
    office.sandbox.switches = IDS[ids]
    copies.take()
    book(office)
    writes = written(office)
    again = copies.come_back()
    sync_id = again.order()
    again.work()
    assert {(State.CONFIRMED, True)} == {(e.state, e.adopted) for e in again.effects(sync_id)}
    assert (NUMBERS, REFERENCES) == documents(again)
    assert writes == written(again)
    assert [True, True] == [receipt.ties for receipt in again.settle(sync_id)]


@pytest.mark.parametrize("steps", [0, 1, 2])
def test_a_sync_under_way_in_the_backup_is_ended_once(
    either_office: Office, copies: Copies, steps: int
) -> None:
    """After Book, between an invoice and its payment: what the backup calls unsent is looked for."""
    office = either_office
    office.ready(ONTARIO, INSTALMENTS)
    office.sandbox.switches = LOOKING_ALONE
    sync_id = office.order()
    for _ in range(steps):
        office.step()
    copies.take()
    office.work()
    writes = written(office)
    again = copies.come_back()
    again.work()
    assert {State.CONFIRMED} == {effect.state for effect in again.effects(sync_id)}
    assert (NUMBERS, REFERENCES) == documents(again)
    assert writes == written(again)
    assert [True, True] == [receipt.ties for receipt in again.settle(sync_id)]


def test_what_was_never_booked_is_booked(either_office: Office, copies: Copies) -> None:
    """Looked for, not there, sent: a restored database goes on as any other."""
    office = either_office
    office.ready(ONTARIO, INSTALMENTS)
    copies.take()
    again = copies.come_back()
    book(again)
    assert (NUMBERS, REFERENCES) == documents(again)


def test_nothing_is_looked_for_while_a_lost_request_may_run(either_office: Office, copies: Copies) -> None:
    """What the lost process sent last may still arrive: the first look is 130 seconds after restoring."""
    office = either_office
    office.ready(ONTARIO, INSTALMENTS)
    office.order()
    copies.take()
    again = copies.come_back()
    again.clock.sleep(129)
    assert again.step() is None
    again.clock.sleep(1)
    assert again.step() is not None


def test_another_contact_chosen_after_the_restore_doubles_nothing(
    either_office: Office, copies: Copies
) -> None:
    """The invoice went to one customer, and the restored database is told of another: a person decides.

    QuickBooks numbers the invoices itself, so no number keeps the second one out.
    """
    office = either_office
    office.connect()
    let_quickbooks_number(office)
    office.ready(ONTARIO, INSTALMENTS)
    office.sandbox.switches = LOOKING_ALONE
    copies.take()
    book(office)
    again = copies.come_back()
    again.link("Sofia Rossi")
    sync_id = again.order()
    again.work()
    assert 2 == len(again.sandbox.books.entities("Invoice"))
    assert {State.REVIEW} == {e.state for e in again.effects(sync_id) if e.entity == "Invoice"}


def test_a_second_try_that_the_backup_forgot_is_found(either_office: Office, copies: Copies) -> None:
    """Refused and tried again after the backup: the restored database takes that second try over."""
    office = either_office
    office.ready(ONTARIO)
    office.sandbox.switches = LOOKING_ALONE
    copies.take()
    office.sandbox.faults.add(office.aimed(Fault("refuse", code="6210"), "invoice"))
    office.order()
    office.work()
    sync_id = office.order()
    office.work()
    assert [True] == [receipt.ties for receipt in office.settle(sync_id)]
    writes = written(office)
    again = copies.come_back()
    sync_id = again.order()
    again.work()
    newest = {effect.generation: (effect.state, effect.adopted) for effect in again.effects(sync_id)[:2]}
    assert {1: (State.REJECTED, False), 2: (State.CONFIRMED, True)} == newest
    assert (["INV-1001"], ["T-1"]) == documents(again)
    assert writes == written(again)
    assert [True] == [receipt.ties for receipt in again.settle(sync_id)]


def test_the_sweep_tells_what_the_backup_lacks(either_office: Office, copies: Copies) -> None:
    """Five documents of which the restored database knows nothing, until the case is synced again."""
    office = either_office
    office.ready(ONTARIO, INSTALMENTS)
    copies.take()
    book(office)
    again = copies.come_back()
    assert [Kind.STRANGER] * 5 == kinds_found(again)
    book(again)
    assert [] == kinds_found(again)


def kinds_found(office: Office) -> list[Kind]:
    """What checking the books finds now."""
    company = office.connections.company(office.firm_id)
    swept = sweep(office.database, company, office.firm_id, office.clock(), everything=True)
    return [one.kind for one in swept.findings]


def test_a_refusal_in_a_restored_database_proves_nothing(either_office: Office, copies: Copies) -> None:
    """QuickBooks says no twice with a look in between: a person decides, nothing is tried for ever."""
    office = either_office
    office.ready(ONTARIO)
    copies.take()
    again = copies.come_back()
    refusing = replace(Fault("refuse", code="6210"), times=9)
    again.sandbox.faults.add(again.aimed(refusing, "invoice"))
    sync_id = again.order()
    again.work()
    assert State.REVIEW is again.effects(sync_id)[0].state


def test_tokens_of_the_backup_are_stale_and_it_is_said_once(either_office: Office, copies: Copies) -> None:
    """Intuit has given newer ones since: effects are parked, and go on by themselves after connecting."""
    office = either_office
    office.ready(ONTARIO)
    sync_id = office.order()
    copies.take()
    office.clock.sleep(timedelta(hours=2).total_seconds())
    office.looked()
    office.work()
    again = copies.come_back(connected=False)
    again.work()
    assert {State.PARKED} == {effect.state for effect in again.effects(sync_id)}
    with again.database.read() as session:
        verbs = [line.verb for line in audit.lines(session, again.firm_id)]
    assert 1 == verbs.count("quickbooks.reconnect")
    assert "database.restored" in verbs
    again.connect()
    again.work()
    assert [True] == [receipt.ties for receipt in again.settle(sync_id)]
    assert (["INV-1001"], ["T-1"]) == documents(again)


def test_long_after_a_restore_only_its_own_days_are_looked_through(
    either_office: Office, copies: Copies
) -> None:
    """From the backup to a day after the restore: what was booked since then is known here."""
    office = either_office
    office.ready(ONTARIO)
    copies.take()
    again = copies.come_back()
    again.clock.sleep(timedelta(days=400).total_seconds())
    again.connect()
    again.order()
    before = len(again.sandbox.requests())
    again.work()
    asked = [seen.query for seen in again.sandbox.requests()[before:] if "CreateTime" in seen.query]
    assert 2 == len(asked)  # for the invoice and for its payment
    assert all("MetaData.CreateTime <= '2026-06-12T" in query for query in asked)
