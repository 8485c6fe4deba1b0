"""The second person for client money: the stand-in of the away, never who lost the role or who asks."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from commands.ids import Act
from commands.second import Second
from commands.stand_ins import Absence
from db import firms
from db.chosen import Banking
from tests.commands.house import firm_of, seen_message, seen_modal
from tests.commands.test_away import mark_away
from tests.commands.test_client_money import say_banking, tick_first

if TYPE_CHECKING:
    from tests.commands.house import House


def ask_about_one(house: House) -> str:
    """All is client money, Ben is the second person, and Maria asks about the first; gives its number."""
    house.ready_to_sync()
    say_banking(house, Banking.ALL)
    seen_modal(house.alice, "Everything goes through the client account")
    house.alice.close()
    house.maria.command("/qb-sync", "00002")
    seen_modal(house.maria, "Trust: your firm banks everything")
    house.maria.click(Act.OPEN_TRUST)
    first = tick_first(house.maria, seen_modal(house.maria, "Paid with client money"))
    house.maria.submit()
    return first


def test_who_stands_in_is_never_asked_what_they_ask() -> None:
    """Then it waits for who was named."""
    second = Second("UBEN", "UALICE", Absence("UBEN", date(2026, 12, 4), "UALICE"))
    assert ("UALICE", "UBEN") == (second.asked_by("UMARIA"), second.asked_by("UALICE"))


def test_what_is_decided_has_no_button_left(house: House) -> None:
    """Ben's own message says so after his rejection."""
    first = ask_about_one(house)
    asked = seen_message(house.ben, "asks you to approve 1 invoice")
    house.ben.click("Review Trust", asked)
    tick_first(house.ben, seen_modal(house.ben, "You are the second person for client money."))
    house.ben.click("Reject What Is Ticked")
    seen_modal(house.ben, "You don't approve 1 invoice")
    house.ben.fill("reason", "Not earned yet")
    house.ben.submit()
    told = seen_message(house.ben, f"<@U0MARIA> asked is decided, or has changed since: {first} of ")
    assert (asked.ts, []) == (told.ts, told.buttons)


def test_the_stand_in_is_asked_and_decides(house: House) -> None:
    """Ben is away until a day: Alice has it in her messages, for him, and her approval counts."""
    mark_away(house, "U0BEN", "U0ALICE")
    ask_about_one(house)
    seen_modal(house.maria, "<@U0ALICE> was asked by direct message.")
    asked = seen_message(house.alice, "You stand in for <@U0BEN>, who is away until ")
    house.alice.click("Review Trust", asked)
    tick_first(house.alice, seen_modal(house.alice, "You are the second person for client money."))
    house.alice.submit()
    seen_modal(house.alice, "1 invoice approved.")
    seen_message(house.maria, "<@U0ALICE> approved 1 invoice paid with client money")


def test_nobody_who_lost_the_role_is_asked(house: House) -> None:
    """Who opens it is told to name another; what waits goes to who is named then, and leaves Ben."""
    ask_about_one(house)
    asked = seen_message(house.ben, "asks you to approve 1 invoice")
    now = datetime.now(UTC)
    with house.program.database.write() as session:
        firms.set_roles(session, firm_id=firm_of(house), user_id="U0BEN", roles=(), by="U0ALICE", now=now)
    house.ben.click("Review Trust", asked)
    seen_modal(house.ben, "<@U0BEN>, who was named to approve client money, is no approver or")
    say_banking(house, Banking.ALL, "U0ALICE")
    seen_message(house.alice, "<@U0MARIA> asks you to approve 1 invoice")
    told = seen_message(house.ben, "<@U0ALICE> approves what touches client money now.")
    assert (asked.ts, []) == (told.ts, told.buttons)
