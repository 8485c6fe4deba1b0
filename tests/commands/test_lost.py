"""QuickBooks lets us in no more: each way it can happen is told once, to who can mend it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.demo.playground.hands import wait_for
from commands.ids import Task
from commands.lost import Alarm
from db import connections, outbox
from qb.sandbox import Fault
from tests.commands.house import (
    PATIENCE,
    House,
    choose_contact,
    firm_of,
    open_sync,
    preview_of,
    seen_message,
    seen_modal,
)

if TYPE_CHECKING:
    from bot.demo.playground.hands import PersonsHands

REVOKED = "QuickBooks no longer lets us into"
SHUT = "Settle it in QuickBooks; we look every hour"
APP = "Intuit refuses CaseLedger's app"


def about(person: PersonsHands, words: str) -> int:
    """How many messages say so."""
    return sum(words in one.words for one in person.messages())


def told_once(house: House, words: str) -> None:
    """Alice has one message of it and the others none, however often it ticks, in however many processes."""
    seen_message(house.alice, words)
    for _ in range(3):
        alarm = Alarm()
        for _ in range(20):
            alarm.ring(house.program.context)
    house.program.bell.ring()

    def said() -> bool:
        with house.program.database.read() as session:
            return not outbox.live_tasks(session, firm_of(house), {Task.LOST})

    wait_for(said, PATIENCE)
    assert (1, 0, 0) == tuple(about(one, words) for one in (house.alice, house.ben, house.maria))


def press_book(house: House) -> None:
    """Maria books Amélie's invoice."""
    open_sync(house, "00006", "We don't know yet who")
    choose_contact(house)
    preview = preview_of(house, "Amélie Tremblay")
    house.maria.click("Book 1 Invoice", preview)


def test_revoked_in_quickbooks_is_told_and_mended_once(house: House) -> None:
    """Maria sees why hers waits; Alice reconnects from her message, and it goes on."""
    house.ready_to_sync()
    open_sync(house, "00006", "We don't know yet who")
    choose_contact(house)
    preview = preview_of(house, "Amélie Tremblay")
    house.sandbox.disconnect()
    house.maria.click("Book 1 Invoice", preview)
    waiting = seen_message(house.maria, "again. Once QuickBooks is connected this goes on by itself")
    assert "Reconnect QuickBooks" in waiting.buttons
    told = seen_message(house.alice, REVOKED)
    assert "Reconnect QuickBooks" in told.buttons
    house.connect_again()
    seen_message(house.maria, "1 invoice booked in QuickBooks for Amélie Tremblay")
    assert (1, 0) == (about(house.alice, REVOKED), about(house.ben, REVOKED))


def test_revoked_is_told_once_however_often_it_ticks(house: House) -> None:
    """A reading finds it: who asked hears it at once, the admin as well."""
    house.ready_to_sync()
    house.sandbox.disconnect()
    house.maria.command("/qb-sync", "00006")
    seen_modal(house.maria, "We don't know yet who")
    house.maria.click("Find Contact")
    seen_modal(house.maria, "QuickBooks no longer lets us in")
    told_once(house, REVOKED)


def test_a_closed_company_is_told_and_opens_by_itself(house: House) -> None:
    """6190: reconnecting isn't offered, as it wouldn't help; when it opens, Maria's invoice is booked."""
    house.ready_to_sync()
    shut = Fault("refuse", path="invoice", code="6190", message="Invalid Company Status", times=1000)
    house.sandbox.faults.add(shut)
    press_book(house)
    waiting = seen_message(house.maria, "waiting: QuickBooks has closed the company")
    assert "Reconnect QuickBooks" not in waiting.buttons
    told_once(house, SHUT)
    assert [] == seen_message(house.alice, SHUT).buttons
    house.sandbox.faults.clear()
    house.program.context.knock(firm_of(house))
    house.program.bell.ring()
    seen_message(house.maria, "1 invoice booked in QuickBooks for Amélie Tremblay")


def test_a_wrong_secret_is_told_to_the_admin(house: House) -> None:
    """Nothing waits unseen: Maria's message says why, Alice hears which settings to look at."""
    house.ready_to_sync()
    unknown = Fault("refuse", path="oauth2/v1/tokens/bearer", code="invalid_client", times=1000)
    open_sync(house, "00006", "We don't know yet who")
    choose_contact(house)
    preview = preview_of(house, "Amélie Tremblay")
    house.sandbox.faults.add(unknown)
    house.sandbox.expire_access()
    house.maria.click("Book 1 Invoice", preview)
    seen_message(house.maria, "waiting (Intuit does not know our app")
    assert "INTUIT_CLIENT_SECRET" in seen_message(house.alice, APP).words
    told_once(house, APP)
    house.alice.command("/qb")
    seen_modal(house.alice, "Intuit refuses CaseLedger's app")


@pytest.mark.parametrize("state", ["reconnect", "locked", "app"])
def test_who_looks_sees_how_it_stands(house: House, state: str) -> None:
    """On the screen of /qb and of /qb-connect."""
    house.connect()
    closed = Fault("refuse", path="companyinfo/*", code="6190", message="Invalid Company Status", times=1000)
    house.sandbox.faults.add(closed)  # or a knock would find the company open
    with house.program.database.write() as session:
        connections.mark(session, firm_of(house), state, "so it is", now=house.program.context.clock())
    expected = {
        "reconnect": "QuickBooks no longer lets us in",
        "locked": "QuickBooks has closed the company",
        "app": "Intuit refuses CaseLedger's app",
    }[state]
    for command in ("/qb", "/qb-connect"):
        house.alice.command(command)
        seen_modal(house.alice, expected)
        house.alice.close()
