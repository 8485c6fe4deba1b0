"""The settings pages about the second person, and what they change for the next press."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from bot.demo.playground.hands import wait_for
from db import audit, firm_settings, firms, requests
from db.chosen import Policy
from db.requests import RequestState
from tests.commands.house import (
    PATIENCE,
    House,
    add_contact,
    firm_of,
    open_sync,
    preview_of,
    seen_message,
    seen_modal,
    seen_notice,
)
from tests.commands.test_approvals import asked, in_channel
from tests.commands.test_booking import totals

if TYPE_CHECKING:
    from bot.demo.playground.hands import PersonsHands
    from db.chosen import FirmSettings


def settings(house: House) -> FirmSettings:
    """What holds now."""
    with house.program.database.read() as session:
        return firm_settings.settings_of(session, firm_of(house))


def open_page(person: PersonsHands, title: str, says: str) -> None:
    """Open a page of the settings."""
    person.command("/qb-settings")
    modal = seen_modal(person, title)
    row = next(block for block in modal.blocks if title in str(block.get("text", {}).get("text", "")))
    person.click(row["accessory"]["action_id"])
    seen_modal(person, says)


def test_an_admin_chooses_by_risk(careful_office: House) -> None:
    """Amounts and days as typed, audited; what can't be read is said beside its field, all at once."""
    alice = careful_office.alice
    open_page(alice, "When a second person approves", "always need a second person")
    alice.choose("policy", "by_risk")
    alice.fill("asks_over", "a lot")
    alice.fill("asks_more_than", "-1")
    assert {"asks_over", "asks_more_than"} == set(alice.submit().errors)
    alice.fill("asks_over", "12,400.50")
    alice.fill("asks_more_than", "5")
    alice.fill("filed_through", "2026-09-30")
    alice.submit()
    wait_for(lambda: settings(careful_office).policy == Policy.BY_RISK, PATIENCE)
    now = settings(careful_office)
    assert (1_240_050, 5, 60, date(2026, 9, 30)) == (
        now.asks_over,
        now.asks_more_than,
        now.asks_older_days,
        now.filed_through,
    )
    seen_modal(alice, "By risk: a new contact, a changed mapping, over $12,400.50, more than 5 invoices")


def test_a_preview_of_before_is_judged_at_the_press(careful_office: House) -> None:
    """Book was shown; the policy was tightened since; the press asks, and says so."""
    house = careful_office
    choose_policy(house, Policy.TRUSTED)
    with house.program.database.write() as session:
        now = house.program.context.clock()
        firms.give_role(
            session, firm_id=firm_of(house), user_id="U0MARIA", role="trusted", by="test", now=now
        )
    open_sync(house, "00033", "We don't know yet who")
    add_contact(house)
    preview = preview_of(house, "Åsa Björk Svensson")
    assert ["Book 2 Invoices", "Cancel"] == preview.buttons
    choose_policy(house, Policy.ALWAYS)
    house.maria.click("Book 2 Invoices", preview)
    seen_notice(house.maria, "This needs a second person's approval now: Your firm has a second person")
    request = in_channel(house.ben, "for Åsa Björk Svensson?")
    assert [] == totals(house, "Åsa Björk Svensson")
    house.alice.click("Approve 2 Invoices", request)
    in_channel(house.alice, "2 invoices booked in QuickBooks for Åsa Björk Svensson")


def test_ben_hands_a_request_over_to_alice(careful_office: House) -> None:
    """She hears it directly; Maria can't be chosen."""
    house = careful_office
    request = asked(house, "00034", "නිමල් පෙරේරා")
    house.ben.click("Hand Over", request)
    seen_modal(house.ben, "Whose turn is")
    house.ben.choose("hand_to", "U0MARIA")
    assert {"to"} == set(house.ben.submit().errors)
    house.ben.choose("hand_to", "U0ALICE")
    house.ben.submit()
    told = seen_message(house.alice, "<@U0BEN> hands this over to you")
    assert "නිමල් පෙරේරා" in told.words
    with house.program.database.read() as session:
        (waiting,) = requests.open_ones(session, firm_of(house))
    assert ("U0ALICE", RequestState.OPEN) == (waiting.handed_to, waiting.state)
    house.ben.click("Hand Over", request)
    seen_modal(house.ben, "Whose turn is")
    house.ben.choose("hand_to", "U0ALICE")
    assert "It is this person's turn already" in house.ben.submit().errors["to"]
    house.ben.close()


def test_an_approver_says_who_is_away(careful_office: House) -> None:
    """And whose turn it is meanwhile; staff can't."""
    ben = careful_office.ben
    open_page(ben, "While an approver is away", "Last day away")
    ben.choose("who", "U0BEN")
    ben.fill("until", "2030-01-04")
    ben.choose("instead", "U0MARIA")
    ben.fill("hours", "48")
    told = "This person is no approver or admin. Choose an approver or admin"
    assert {"instead": f"{told}, such as Alice."} == ben.submit().errors
    ben.choose("instead", "U0BEN")
    assert {
        "instead": "This is who is away. Choose an approver or admin, such as Alice."
    } == ben.submit().errors
    ben.choose("instead", "U0ALICE")
    ben.submit()
    wait_for(lambda: settings(careful_office).away, PATIENCE)
    assert ((("U0BEN", "2030-01-04", "U0ALICE"),), 48) == (
        settings(careful_office).away,
        settings(careful_office).request_hours,
    )
    seen_modal(ben, "<@U0BEN> until 4 Jan 2030, <@U0ALICE> instead")


@pytest.fixture
def alone(careful_house: House) -> House:
    """Alice works alone: nobody else holds a role."""
    house = careful_house
    house.ready_to_sync()
    with house.program.database.write() as session:
        now, firm_id = house.program.context.clock(), firm_of(house)
        firms.set_roles(session, firm_id=firm_id, user_id="U0BEN", roles=(), by="test", now=now)
    return house


def ask_as_alice(house: House) -> None:
    """Alice's own sync of one client."""
    alice = house.alice
    alice.command("/qb-sync", "00003")
    seen_modal(alice, "We don't know yet who")
    alice.click("Find Contact")
    seen_modal(alice, "You see the details before it is added")
    alice.choose("contact_choice", "add")
    alice.submit()
    seen_modal(alice, "will be added to QuickBooks")
    alice.choose("add_who", "client")
    alice.submit()
    seen_modal(alice, "is now in QuickBooks")
    alice.close()
    seen_modal(alice, "In QuickBooks (")
    alice.submit()
    preview = seen_message(alice, "for Leila Haddad?")
    alice.click("Ask to Book 1 Invoice", preview)


def test_who_works_alone_declares_it_and_looks_twice(alone: House) -> None:
    """Undeclared nothing is asked; declared, a second message confirms, marked in the audit."""
    alice = alone.alice
    ask_as_alice(alone)
    seen_notice(alice, "nobody else in your firm may approve")
    open_page(alice, "Working alone", "I work alone: nobody else in this firm")
    alice.choose("alone", "declared")
    alice.submit()
    wait_for(lambda: settings(alone).alone_by == "U0ALICE", PATIENCE)
    alice.close()
    alice.click("Ask to Book 1 Invoice", seen_message(alice, "for Leila Haddad?"))
    seen_message(alice, "You work alone, so please take a moment.")
    second = seen_message(alice, "Look again: 1 invoice for Leila Haddad")
    assert [] == totals(alone, "Leila Haddad")
    alice.click("I Have Looked Again: Book 1 Invoice", second)
    seen_message(alice, "1 invoice booked in QuickBooks for Leila Haddad")
    with alone.program.database.read() as session:
        (line,) = (one for one in audit.lines(session, firm_of(alone)) if one.verb == "request.approved")
    assert ("U0ALICE", True) == (line.actor, '"alone":true' in line.content)


def choose_policy(house: House, policy: Policy) -> None:
    """Alice's choice, without her screens."""
    with house.program.database.write() as session:
        now = house.program.context.clock()
        firm_settings.change(session, firm_id=firm_of(house), by="U0ALICE", now=now, policy=policy)
