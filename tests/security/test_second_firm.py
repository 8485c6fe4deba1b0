"""Another firm with the same case, invoice and payment numbers is in the database: nothing of it shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.demo.playground.hands import wait_for
from tests.commands.conftest import house
from tests.commands.house import (
    PATIENCE,
    House,
    booked,
    choose_contact,
    firm_of,
    modal_words,
    open_sync,
    preview_of,
)
from tests.security.neighbours import CANARY, move_in

if TYPE_CHECKING:
    from bot.demo.playground.hands import PersonsHands

__all__ = ["house"]
COMMANDS = (
    ("/qb", ""),
    ("/qb", "00002"),
    ("/qb-mapping", ""),
    ("/qb-contacts", ""),
    ("/qb-contacts", "Osei"),
    ("/qb-contacts", CANARY),
    ("/qb-connect", ""),
    ("/qb-import", ""),
    ("/qb-sync", "00002"),
    ("/qb-sync", "00018"),
    ("/qb-sync", "Osei"),
    ("/qb-sync", "a"),
    ("/qb-sync", CANARY),
)


def filled(person: PersonsHands) -> str:
    """What stands in the modal in front, once it is more than a word to wait."""
    words = modal_words(person)
    return "" if words.endswith("…") else words


def screens(house: House) -> dict[tuple[str, str, str], str]:
    """What each of the three sees on every screen that a command opens."""
    seen: dict[tuple[str, str, str], str] = {}
    for name, person in (("Maria", house.maria), ("Ben", house.ben), ("Alice", house.alice)):
        for command, text in COMMANDS:
            person.command(command, text)
            seen[name, command, text] = wait_for(lambda whose=person: filled(whose), PATIENCE)  # type: ignore[misc]
            while person.modal() is not None:
                person.close()
    return seen


def test_no_screen_shows_anything_of_another_firm(house: House) -> None:
    """The same words before and after it moved in; its names are found by no search; only ours is booked."""
    house.ready_to_sync()
    house.idle()
    before = screens(house)
    assert all(before.values())
    move_in(house.program.database, firm_of(house), house.program.context.clock())
    after = screens(house)
    assert before == after
    assert [] == [where for where, words in after.items() if CANARY in words and CANARY not in where]
    open_sync(house, "00002", "We don't know yet who Daniel Osei is")
    choose_contact(house)
    shown = preview_of(house, "Daniel Osei")
    result = booked(house, "Daniel Osei", 3)
    house.idle()
    assert [] == [message.words for message in (shown, result) if CANARY in message.words]
    customers = {one["CustomerRef"]["name"] for one in house.sandbox.books.entities("Invoice")}
    assert [] == [name for name in customers if CANARY in name]
