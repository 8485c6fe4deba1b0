"""Maria asks, Ben decides: once, whoever presses first, and everybody hears what happened."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING

from bot.demo.playground.hands import wait_for
from commands import TASKS
from commands.ids import Act, Task
from db import connections, firm_settings, links, requests
from db.links import ContactLink
from db.outbox import ClaimedTask
from tests.commands.forging import as_person, clicking, last_payload, post
from tests.commands.house import (
    PATIENCE,
    House,
    add_contact,
    choose_contact,
    firm_of,
    open_sync,
    preview_of,
    seen_message,
    seen_modal,
    seen_notice,
)
from tests.commands.test_booking import totals
from tests.views.cast import CHANNEL as CHANNEL_NAME
from tests.views.cast import RENE

if TYPE_CHECKING:
    from bot.demo.playground.hands import PersonsHands
    from bot.demo.playground.seen import SeenMessage

CHANNEL = "books-approvals"


def in_channel(person: PersonsHands, text: str) -> SeenMessage:
    """The newest message of the approval channel that says this."""

    def look() -> SeenMessage | None:
        found = [one for one in person.messages(CHANNEL) if text in one.words or text in one.text]
        return found[-1] if found else None

    try:
        return wait_for(look, PATIENCE)
    except AssertionError as missing:
        told = "\n---\n".join(one.words for one in person.messages(CHANNEL))
        raise AssertionError(f"no request says {text!r}; there are:\n{told}") from missing


def asked(house: House, case: str, client: str) -> SeenMessage:
    """Maria asks for a case of a client QuickBooks doesn't know; gives the request in the channel."""
    open_sync(house, case, "We don't know yet who")
    add_contact(house)
    preview = preview_of(house, client)
    assert preview.buttons[0].startswith("Ask to Book ")
    house.maria.click(preview.buttons[0], preview)
    return in_channel(house.ben, f"for {client}?")


def press_late(house: House, person: PersonsHands, request: SeenMessage, act: Act, press: int = 1) -> None:
    """A press on what is no longer shown: from a screen that wasn't up to date, or delivered again."""
    (row,) = (block for block in request.blocks if block["type"] == "actions")
    payload = as_person(last_payload(house, "block_actions"), person.id)
    place = {"type": "message", "message_ts": request.ts, "channel_id": request.channel}
    moment = {"container": place, "trigger_id": f"late.{request.ts}.{press}"}
    pressed = clicking({**payload, **moment}, act, row["elements"][0]["value"])
    assert 200 == post(house, pressed).status_code


def test_ben_approves_what_maria_asked_for(careful_office: House) -> None:
    """Asked in the channel, approved there, booked to the cent; both messages carry the result."""
    house = careful_office
    open_sync(house, "Harbour", "Harbour Tech Recruiting Inc.")
    choose_contact(house)
    preview = preview_of(house, "Harbour Tech Recruiting Inc.")
    assert "<@U0BEN> or <@U0ALICE> must approve, because:" in preview.words
    assert "Your firm has a second person approve everything that is booked" in preview.words
    house.maria.click("Ask to Book 2 Invoices", preview)
    request = in_channel(house.ben, "Approve 2 invoices for Harbour Tech Recruiting Inc.?")
    assert "<@U0MARIA> asks to book this." in request.words
    assert "Deposited to *Chequing*: $8,910.00" in request.words
    assert ["Approve 2 Invoices", "Reject", "Hand Over"] == request.buttons
    seen_message(house.maria, "Waiting for approval:")
    house.ben.click("Approve 2 Invoices", request)
    seen_message(house.maria, "<@U0BEN> approved 2 invoices for Harbour Tech Recruiting Inc.")
    result = seen_message(house.maria, "2 invoices booked in QuickBooks for Harbour Tech Recruiting Inc.")
    assert preview.ts == result.ts
    told = in_channel(house.alice, "2 invoices booked in QuickBooks for Harbour Tech Recruiting Inc.")
    assert request.ts == told.ts
    assert "Asked by <@U0MARIA> · approved by <@U0BEN>" in told.words
    expected = ["Invoice 3955.00", "Invoice 4955.00", "Payment 3955.00", "Payment 4955.00"]
    assert expected == totals(house, "Harbour Tech Recruiting Inc.")


def test_nobody_approves_their_own(careful_office: House) -> None:
    """Ben asks, and his own press in the channel is told who else decides."""
    house = careful_office
    house.ben.command("/qb-sync", "00035")
    seen_modal(house.ben, "We don't know yet who Maria Silva")
    house.ben.click("Find Contact")
    seen_modal(house.ben, "You see the details before it is added")
    house.ben.choose("contact_choice", "add")
    house.ben.submit()
    seen_modal(house.ben, "will be added to QuickBooks")
    house.ben.choose("add_who", "client")
    house.ben.submit()
    seen_modal(house.ben, "is now in QuickBooks")
    house.ben.close()
    seen_modal(house.ben, "In QuickBooks (")
    house.ben.submit()
    house.ben.click("Ask to Book 1 Invoice", seen_message(house.ben, "for Maria Silva?"))
    request = in_channel(house.ben, "Approve 1 invoice for Maria Silva?")
    house.ben.click("Approve 1 Invoice", request)
    seen_notice(house.ben, "You asked for this yourself, so another person decides.")
    assert [] == totals(house, "Maria Silva")
    house.alice.click("Approve 1 Invoice", request)
    in_channel(house.alice, "1 invoice booked in QuickBooks for Maria Silva")


def test_who_may_not_approve_is_told_who_may(careful_office: House) -> None:
    """Staff that press in the channel change nothing; and after the decision they are told what happened."""
    house = careful_office
    request = asked(house, "00018", RENE)
    house.maria.click("Approve 1 Invoice", request)
    seen_notice(house.maria, "You asked for this yourself")
    house.ben.click("Approve 1 Invoice", request)
    in_channel(house.ben, f"1 invoice booked in QuickBooks for {RENE}")


def test_ten_approvals_at_once_are_one(careful_office: House) -> None:
    """Ben and Alice press at the same moment; who comes second is told who was first."""
    house = careful_office
    request = asked(house, "00036", "Fiona Campbell")
    people = [house.ben, house.alice] * 5
    presses = [
        threading.Thread(target=press_late, args=(house, one, request, Act.APPROVE, number))
        for number, one in enumerate(people)
    ]
    for press in presses:
        press.start()
    for press in presses:
        press.join()
    in_channel(house.ben, "booked in QuickBooks for Fiona Campbell")
    seen_notice(house.ben, "approved this already.")
    seen_notice(house.alice, "approved this already.")
    expected = ["Invoice 1124.35", "Invoice 1209.35", "Payment 1124.35", "Payment 1209.35"]
    assert expected == totals(house, "Fiona Campbell")


def test_maria_withdraws_and_ben_is_told(careful_office: House) -> None:
    """The request in the channel says so, and approving it late does nothing."""
    house = careful_office
    request = asked(house, "00037", "Fatima Hassan")
    house.maria.click("Withdraw", seen_message(house.maria, "Waiting for approval:"))
    in_channel(house.ben, "Withdrawn by <@U0MARIA>")
    press_late(house, house.ben, request, Act.APPROVE)
    seen_notice(house.ben, "<@U0MARIA> withdrew this.")
    assert [] == totals(house, "Fatima Hassan")


def test_a_late_press_on_the_preview_is_told_how_it_stands(careful_office: House) -> None:
    """Asked for already while it waits; withdrawn once it is, and never that it waits still."""
    house = careful_office
    open_sync(house, "00003", "We don't know yet who")
    add_contact(house)
    preview = preview_of(house, "Leila Haddad")
    house.maria.click(preview.buttons[0], preview)
    in_channel(house.ben, "for Leila Haddad?")
    press_late(house, house.maria, preview, Act.ASK)
    seen_notice(house.maria, "You have asked for this already, <!date^")
    waiting = seen_message(house.maria, "Waiting for approval:")
    house.maria.click("Withdraw", waiting)
    in_channel(house.ben, "Withdrawn by <@U0MARIA>")
    press_late(house, house.maria, preview, Act.ASK, 2)
    seen_notice(house.maria, "<@U0MARIA> withdrew this.")


def test_nobody_is_asked_for_what_another_preview_has_booked(careful_office: House) -> None:
    """A preview left over from before: the second person would approve what is done."""
    house = careful_office
    open_sync(house, "00033", "We don't know yet who")
    add_contact(house)
    left_over = preview_of(house, "Åsa Björk Svensson")
    open_sync(house, "00033", "In QuickBooks (CAD)")
    house.maria.submit()
    wait_for(lambda: house.maria.messages()[-1].ts != left_over.ts, PATIENCE)
    house.maria.click("Ask to Book 2 Invoices", house.maria.messages()[-1])
    request = in_channel(house.ben, "for Åsa Björk Svensson?")
    house.ben.click("Approve 2 Invoices", request)
    in_channel(house.ben, "booked in QuickBooks for Åsa Björk Svensson")
    house.maria.click("Ask to Book 2 Invoices", left_over)
    seen_notice(house.maria, "in QuickBooks or on its way there since this preview was made: Åsa")


def test_what_changed_since_it_was_asked_is_told_in_both_places(careful_office: House) -> None:
    """The contact is another by then: nothing is booked; before and after are told, and one press asks."""
    house = careful_office
    request = asked(house, "00017", CHANNEL_NAME)
    link = ContactLink("", "", "", "Sofia Rossi", "U0MARIA", house.program.context.clock(), "chosen")
    with house.program.database.write() as session:
        (connection,) = connections.in_state(session, connections.OK)
        firm_id, realm = firm_of(house), connection.realm_id
        kept = links.all_current(session, firm_id, realm)
        was = next(one for one in kept if one.customer_name.startswith("<!channel>"))
        other = house.sandbox.books.id_of("Customer", "Sofia Rossi")
        now = replace(link, payer=was.payer, currency=was.currency, customer_id=other)
        links.link(session, firm_id, realm, now)
    house.ben.click("Approve 1 Invoice", request)
    told = in_channel(house.ben, "Something changed since this was asked")
    assert (request.ts, []) == (told.ts, told.buttons)
    assert "→ Sofia Rossi) changed." in told.words
    anew = seen_message(house.maria, "Something changed since you looked")
    assert "→ Sofia Rossi) changed." in anew.words
    assert [] == totals(house, "Sofia Rossi")
    house.maria.click("Ask to Book 1 Invoice", anew)
    wait_for(lambda: "Approve 1 Invoice" in house.ben.messages(CHANNEL)[-1].buttons, PATIENCE)


def test_a_request_posted_by_who_died_is_decided_where_it_is_pressed(careful_house: House) -> None:
    """Killed before it was written down, and posted again: either one is taken, the other is answered."""
    house = careful_house
    house.ready_to_sync()
    request = asked(house, "00037", "Fatima Hassan")
    with house.program.database.write() as session:
        (waiting,) = requests.open_ones(session, firm_of(house))
        requests.set_message(session, waiting, channel="", ts="")
    content = {"sync": waiting.sync_id, "user": "U0MARIA"}
    then = waiting.asked_at
    again = ClaimedTask("again", waiting.firm_id, Task.REQUESTED, content, None, 2, 2, then, then)
    TASKS[Task.REQUESTED](house.program.context, again)
    twin = house.ben.messages(CHANNEL)[-1]
    assert request.ts != twin.ts
    with house.program.database.write() as session:
        requests.set_message(session, waiting, channel="", ts="")
    house.ben.click(request.buttons[0], request)
    told = in_channel(house.ben, "booked in QuickBooks for Fatima Hassan")
    assert request.ts == told.ts
    house.alice.click(twin.buttons[0], twin)
    seen_notice(house.alice, "<@U0BEN> approved this already.")


def test_without_a_channel_one_approver_is_asked_directly(careful_house: House) -> None:
    """Handed over, the whole request moves to the other's messages, where it is approved."""
    house = careful_house
    house.ready_to_sync()
    with house.program.database.write() as session:
        now = house.program.context.clock()
        firm_settings.change(session, firm_id=firm_of(house), by="U0ALICE", now=now, approval_channel="")
    open_sync(house, "00037", "We don't know yet who")
    add_contact(house)
    preview = preview_of(house, "Fatima Hassan")
    house.maria.click(preview.buttons[0], preview)
    request = seen_message(house.ben, "for Fatima Hassan?")
    house.ben.click("Hand Over", request)
    seen_modal(house.ben, "Whose turn is")
    house.ben.choose("hand_to", "U0ALICE")
    house.ben.submit()
    moved = seen_message(house.alice, "for Fatima Hassan?")
    seen_message(house.ben, "*Handed over to <@U0ALICE> by <@U0BEN>*, ")
    house.alice.click(moved.buttons[0], moved)
    told = seen_message(house.alice, "booked in QuickBooks for Fatima Hassan")
    assert moved.ts == told.ts
