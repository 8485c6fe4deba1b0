"""QuickBooks is slow, silent, or no longer lets us in: the person always knows, and nothing is doubled."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from slack_sdk import WebClient

from bot.demo.playground.hands import wait_for
from commands.ids import Act
from db import effects, syncs
from qb.canonical import from_canonical
from qb.sandbox import Fault
from tests.commands.forging import as_person, clicking, last_payload, post
from tests.commands.house import (
    PATIENCE,
    TOKEN,
    House,
    add_contact,
    choose_contact,
    firm_of,
    open_sync,
    preview_of,
    seen_message,
    seen_modal,
)
from tests.sandbox.client import Client

if TYPE_CHECKING:
    from bot.demo.playground.seen import SeenMessage


def invoices(house: House) -> list[str]:
    """What QuickBooks holds, in all."""
    return sorted(f"{one['TotalAmt']:.2f}" for one in house.sandbox.books.entities("Invoice"))


def test_a_lost_answer_is_told_and_never_doubled(house: House) -> None:
    """The invoice was written, the answer cut: we say that we look first."""
    house.ready_to_sync()
    open_sync(house, "00006", "We don't know yet who")
    choose_contact(house)
    preview = preview_of(house, "Amélie Tremblay")
    house.sandbox.faults.add(Fault("cut", method="POST", path="invoice", after=True))
    house.maria.click("Book 1 Invoice", preview)
    seen_message(house.maria, "QuickBooks hasn't answered; we look before we try again")
    _let_time_pass(house)
    result = seen_message(house.maria, "1 invoice booked in QuickBooks for Amélie Tremblay")
    assert preview.ts == result.ts
    assert ["5168.31"] == invoices(house)


def _let_time_pass(house: House) -> None:
    """The wait for whatever QuickBooks may still be doing is over."""
    context = house.program.context
    with context.database.write() as session:
        found = effects.claim(session, context.clock() + timedelta(minutes=5))
        assert found is not None
        due = context.clock()
        effects.close(session, found.effect, effects.Doubt(due, found.effect.reason), due)
    house.program.bell.ring()


def _changed_in_quickbooks(house: House, amount: str) -> None:
    """Somebody edits the one invoice there by hand."""
    (invoice,) = house.sandbox.books.entities("Invoice")
    line = next(one for one in invoice["Line"] if one["DetailType"] == "SalesItemLineDetail")
    detail = {**line["SalesItemLineDetail"], "UnitPrice": Decimal(amount)}
    changed = {**line, "Amount": Decimal(amount), "SalesItemLineDetail": detail}
    other = [one for one in invoice["Line"] if one["DetailType"] == "SalesItemLineDetail" and one != line]
    body = {"Id": invoice["Id"], "SyncToken": invoice["SyncToken"], "sparse": True}
    Client(house.sandbox).write("Invoice", {**body, "Line": [changed, *other]})


def _under_review(house: House) -> SeenMessage:
    """An invoice whose answer was lost and which somebody changed before we looked."""
    house.ready_to_sync()
    open_sync(house, "00006", "We don't know yet who")
    choose_contact(house)
    preview = preview_of(house, "Amélie Tremblay")
    house.sandbox.faults.add(Fault("cut", method="POST", path="invoice", after=True))
    house.maria.click("Book 1 Invoice", preview)
    seen_message(house.maria, "QuickBooks hasn't answered")
    _changed_in_quickbooks(house, "1.00")
    _let_time_pass(house)
    return seen_message(house.maria, "needs attention for Amélie Tremblay")


def test_what_only_a_person_can_tell_is_looked_at_again(house: House) -> None:
    """The amount is put right in QuickBooks, Look Again is pressed: adopted, and the payment follows."""
    told = _under_review(house)
    assert "Put it right there and press Look Again" in told.words
    _changed_in_quickbooks(house, "4495.16")
    house.maria.click("Look Again", told)
    seen_message(house.maria, "1 invoice booked in QuickBooks for Amélie Tremblay")
    assert ["5168.31"] == invoices(house)


def test_an_approver_may_decide_for_who_asked(house: House) -> None:
    """Maria is on leave: Ben says that it is put right, and it goes on."""
    _under_review(house)
    _changed_in_quickbooks(house, "4495.16")
    house.maria.command("/qb")
    seen_modal(house.maria, "How things stand")
    house.maria.click("Sync a Case")
    with house.program.database.read() as session:
        (sync,) = syncs.recent(session, firm_of(house), 1)
    (entry,) = from_canonical(sync.plan).entries
    value = json.dumps({"s": sync.id, "i": entry.subject})
    pressed = clicking(last_payload(house, "block_actions"), Act.LOOK_AGAIN, value)
    assert 200 == post(house, as_person(pressed, "U0BEN")).status_code
    seen_message(house.ben, "We look in QuickBooks once more")
    seen_message(house.maria, "1 invoice booked in QuickBooks for Amélie Tremblay")


def test_what_differs_is_read_back_again(house: House) -> None:
    """Somebody changed the invoice before we read it back; put right, Look Again finds that it ties."""
    house.ready_to_sync()
    open_sync(house, "00006", "We don't know yet who")
    choose_contact(house)
    preview = preview_of(house, "Amélie Tremblay")
    refusal = Fault("refuse", path="query", containing="from invoice where id in", code="4001")
    house.sandbox.faults.add(replace(refusal, times=2))
    house.maria.click("Book 1 Invoice", preview)
    wait_for(lambda: house.sandbox.books.entities("Payment"), PATIENCE)
    _changed_in_quickbooks(house, "5000.00")
    told = seen_message(house.maria, "QuickBooks now shows something else")
    _changed_in_quickbooks(house, "4495.16")
    house.maria.click("Look Again", told)
    seen_message(house.maria, "1 invoice booked in QuickBooks for Amélie Tremblay")


def test_what_a_person_says_isnt_there_is_free_to_be_synced_anew(house: House) -> None:
    """The changed invoice is deleted in QuickBooks by hand: a new preview, and one entry in the end."""
    told = _under_review(house)
    (invoice,) = house.sandbox.books.entities("Invoice")
    gone = {"Id": invoice["Id"], "SyncToken": invoice["SyncToken"]}
    Client(house.sandbox).write("Invoice", gone, operation="delete")
    house.maria.click("It Isn't There", told)
    free = seen_message(house.maria, "A person made sure that it isn't in QuickBooks")
    house.maria.click("Try Again", free)
    anew = wait_for(lambda: [m for m in house.maria.messages() if "Book 1 Invoice" in m.buttons], PATIENCE)
    house.maria.click("Book 1 Invoice", anew[-1])
    seen_message(house.maria, "1 invoice booked in QuickBooks for Amélie Tremblay")
    assert ["5168.31"] == invoices(house)


def test_a_result_whose_message_was_deleted_is_said_anew(house: House) -> None:
    """The preview is gone from the conversation, the booking isn't: its receipt still arrives."""
    house.ready_to_sync()
    open_sync(house, "00006", "We don't know yet who")
    choose_contact(house)
    preview = preview_of(house, "Amélie Tremblay")
    house.sandbox.faults.add(Fault("latency", method="POST", path="invoice", seconds=2.0))
    house.maria.click("Book 1 Invoice", preview)
    slack = WebClient(token=TOKEN, base_url=house.playground.api_url)
    slack.chat_delete(channel=house.maria.direct, ts=preview.ts)
    result = seen_message(house.maria, "1 invoice booked in QuickBooks for Amélie Tremblay")
    assert preview.ts != result.ts
    assert ["5168.31"] == invoices(house)


def test_a_connection_lost_on_the_way_waits_for_it(house: House) -> None:
    """Told, and gone on by itself after Alice reconnects: one entry."""
    house.ready_to_sync()
    open_sync(house, "00006", "We don't know yet who")
    choose_contact(house)
    preview = preview_of(house, "Amélie Tremblay")
    house.sandbox.disconnect()
    house.maria.click("Book 1 Invoice", preview)
    waiting = seen_message(house.maria, "Once QuickBooks is connected this goes on by itself")
    assert "Reconnect QuickBooks" in waiting.buttons
    assert [] == invoices(house)
    house.connect_again()
    seen_message(house.maria, "1 invoice booked in QuickBooks for Amélie Tremblay")
    assert ["5168.31"] == invoices(house)


def test_a_search_while_quickbooks_is_silent_says_so(house: House) -> None:
    """The screen answers; nothing is lost; another try is possible."""
    house.ready_to_sync()
    open_sync(house, "00002", "We don't know yet who")
    house.sandbox.faults.add(replace(Fault("status", path="query", status=503), times=20))
    house.maria.click("Find Contact")
    seen_modal(house.maria, "QuickBooks isn't answering right now. Nothing was changed.")
    house.sandbox.faults.clear()
    house.maria.close()
    choose_contact(house)


def test_a_refused_contact_says_why_and_keeps_what_was_typed(house: House) -> None:
    """Somebody took the name a moment ago, in QuickBooks itself."""
    house.ready_to_sync()
    open_sync(house, "00003", "We don't know yet who")
    house.maria.click("Find Contact")
    seen_modal(house.maria, "You see the details before it is added")
    house.maria.submit()
    seen_modal(house.maria, "will be added to QuickBooks")
    house.maria.choose("add_who", "client")
    house.maria.fill("add_name", "Apex Couriers")
    house.maria.submit()
    seen_modal(house.maria, "already has a vendor called Apex Couriers")
    house.maria.choose("add_who", "client")
    house.maria.fill("add_name", "Leila Haddad (client)")
    house.maria.submit()
    seen_modal(house.maria, "*Leila Haddad (client)* is now in QuickBooks")


def test_mapping_without_a_connection_leads_to_it(house: House) -> None:
    """Nothing is shown that can't be true."""
    house.maria.command("/qb-mapping")
    seen_modal(house.maria, "QuickBooks isn't connected yet.")


def test_a_sync_without_a_connection_holds_everything_for_it(house: House) -> None:
    """The reason and the button."""
    house.import_samples()
    modal = open_sync(house, "00002", "QuickBooks isn't connected. Connect it, then come back here.")
    assert "Connect QuickBooks" in modal.words


def test_a_new_firm_is_led(house: House) -> None:
    """`/qb` on an empty database says what comes first."""
    house.maria.command("/qb")
    modal = seen_modal(house.maria, "QuickBooks isn't connected yet.")
    assert "No export was imported yet." in modal.words


def test_how_things_stand_counts_what_was_booked(house: House) -> None:
    """After the first sync."""
    house.ready_to_sync()
    open_sync(house, "00003", "We don't know yet who")
    add_contact(house)
    preview = preview_of(house, "Leila Haddad")
    house.maria.click("Book 1 Invoice", preview)
    seen_message(house.maria, "1 invoice booked")
    house.idle()  # its progress says so before its result does
    house.maria.command("/qb")
    modal = seen_modal(house.maria, "In QuickBooks by CaseLedger: 1 invoice")
    assert "finished, by <@U0MARIA>" in modal.words
    wait_for(lambda: "Contact not found yet" in modal.words, PATIENCE)
