"""Who works alone looks a second time; that holds for who declared it, and for nobody else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db import audit, firm_settings, people
from db.people import Person, Standing
from tests.commands.house import (
    House,
    choose_contact,
    firm_of,
    open_sync,
    preview_of,
    seen_message,
    seen_modal,
    seen_notice,
)
from tests.commands.test_booking import totals

if TYPE_CHECKING:
    from bot.demo.playground.seen import SeenMessage

CLIENT = "Harbour Tech Recruiting Inc."


def declared(house: House, *absent: str) -> None:
    """Alice declared that she works alone; these have left the workspace."""
    now, firm = house.program.context.clock(), firm_of(house)
    with house.program.database.write() as session:
        firm_settings.change(session, firm_id=firm, by="U0ALICE", now=now, alone_by="U0ALICE", alone_at=now)
        for user_id in absent:
            person = Person(user_id, user_id, Standing.ABSENT, owns=False, seen_at=now)
            people.keep(session, firm, person)


def test_a_declaration_holds_for_who_made_it(careful_house: House) -> None:
    """Alice is gone, and with her whoever could approve: Maria, who is staff, books nothing by herself."""
    preview = waiting(careful_house)
    declared(careful_house, "U0ALICE", "U0BEN")
    careful_house.maria.click("Ask to Book 2 Invoices", preview)
    seen_notice(careful_house.maria, "nobody else in your firm may approve")
    careful_house.idle()
    assert [] == totals(careful_house, CLIENT)


def test_who_works_alone_looks_a_second_time(careful_house: House) -> None:
    """Alice asks, looks again at a message of its own, and books; the audit says that she was alone."""
    house = careful_house
    house.ready_to_sync()
    declared(house, "U0BEN")
    house.alice.command("/qb-sync", "Harbour")
    seen_modal(house.alice, CLIENT)
    house.alice.click("Find Contact")
    seen_modal(house.alice, "Same e-mail")
    house.alice.submit()
    seen_modal(house.alice, "In QuickBooks (")
    house.alice.submit()
    preview = seen_message(house.alice, f"for {CLIENT}?")
    house.alice.click(preview.buttons[0], preview)
    again = seen_message(house.alice, "Look again")
    house.alice.click(again.buttons[0], again)
    seen_message(house.alice, f"2 invoices booked in QuickBooks for {CLIENT}")
    with house.program.database.read() as session:
        lines = [one for one in audit.lines(session, firm_of(house)) if one.verb == "request.approved"]
    assert [("U0ALICE", '{"alone":true}')] == [(one.actor, one.content) for one in lines]


def waiting(house: House) -> SeenMessage:
    """Maria's preview, in a firm that asks for everything."""
    house.ready_to_sync()
    open_sync(house, "Harbour", CLIENT)
    choose_contact(house)
    return preview_of(house, CLIENT)
