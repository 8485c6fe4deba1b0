"""A role is taken: what waits with that person is said before, and goes to who may; everybody hears."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands.ids import Act
from db import audit, firm_settings
from db.chosen import Banking
from tests.commands.house import firm_of, seen_message, seen_modal, seen_notice
from tests.commands.test_approvals import asked, in_channel
from tests.commands.test_away import mark_away
from tests.commands.test_client_money import say_banking
from tests.commands.test_errands import asking

if TYPE_CHECKING:
    from tests.commands.house import House

APPROVER_LEFT = "is no approver or admin any more"


def open_roles(house: House, whom: str) -> str:
    """Alice opens the form for somebody's roles; gives what it says."""
    house.alice.command("/qb-settings")
    seen_modal(house.alice, "*People*")
    house.alice.click(Act.OPEN_PEOPLE)
    listed = seen_modal(house.alice, "Beyond that, these people may:")
    (row,) = (block for block in listed.blocks if (block.get("accessory") or {}).get("value") == whom)
    house.alice.click(f"{row['block_id']}/{row['accessory']['action_id']}")
    return seen_modal(house.alice, "Without a tick they are staff.").words


def take_from_ben(house: House) -> str:
    """Alice takes his role; gives what the screen says then."""
    house.alice.untick("person_roles", "approver")
    house.alice.submit()
    return seen_modal(house.alice, " now.").words


def test_nothing_is_said_where_nothing_waits(house: House) -> None:
    """Ben holds the role, and nobody has asked him for anything."""
    assert "waits with" not in open_roles(house, "U0BEN")


def test_what_colleagues_asked_of_them_goes_to_who_may(house: House) -> None:
    """Said before, passed on after; Alice gets it, Ben's button is gone, Maria hears, the record has it."""
    house.connect()
    house.import_samples()
    house.maria.command("/qb-mapping")
    seen_modal(house.maria, "You can look")
    house.maria.click(asking(house))
    asked_ben = seen_message(house.ben, "<@U0MARIA> asks you to map")
    told = open_roles(house, "U0BEN")
    assert "What waits with <@U0BEN>, and where it goes if the role for it is taken:" in told
    assert "2 things colleagues asked of them (explain 3 questions of CaseEasy's exports" in told
    assert "somebody else who may is asked instead" in told
    assert "go to who may; whoever asked hears." in take_from_ben(house)
    gone = seen_message(house.ben, "nothing to do for you here: <@U0ALICE> is asked to map")
    assert (asked_ben.ts, []) == (gone.ts, gone.buttons)
    seen_message(house.alice, "<@U0MARIA> asks you to map")
    seen_message(house.maria, "here any more. <@U0ALICE> is asked instead, and you hear when it is done.")
    with house.program.database.read() as session:
        verbs = [one.verb for one in audit.lines(session, firm_of(house))]
    assert ["errand.asked"] * 2 + ["errand.passed_on"] * 2 == [
        one for one in verbs if one.startswith("errand.")
    ]


def test_who_was_named_and_may_not_any_more_is_said_to_admins(house: House) -> None:
    """Second person for client money, and standing in: before, after, on `/qb` and in the settings."""
    house.connect()
    say_banking(house, Banking.ALL)
    seen_modal(house.alice, "Everything goes through the client account")
    house.alice.close()
    mark_away(house, "U0ALICE", "U0BEN")
    told = open_roles(house, "U0BEN")
    assert "They approve what touches client money: please name somebody else right after" in told
    assert "They stand in for <@U0ALICE>, who is away: please name somebody else." in told
    after = take_from_ben(house)
    assert "*Name somebody else* for client money now" in after
    assert "*Name who stands in* for <@U0ALICE> now" in after
    for _ in range(3):
        house.alice.close()
    house.alice.command("/qb-settings")
    seen_modal(house.alice, f"*nobody*, as <@U0BEN> {APPROVER_LEFT}. Name another.")
    assert (
        "<@U0BEN> instead, *who may not decide any more: choose another*"
        in seen_modal(house.alice, "While an approver is away").words
    )
    house.alice.close()
    house.alice.command("/qb")
    shown = seen_modal(house.alice, "*Client money has no second person:* <@U0BEN>, who was named,")
    assert "*Nobody stands in for <@U0ALICE>*, who is away until " in shown.words
    house.alice.click("Name Another")
    seen_modal(house.alice, "Who approves what touches client money?")
    house.maria.command("/qb")
    assert "second person" not in seen_modal(house.maria, "What needs you").words


def test_a_request_handed_to_them_is_handed_on(careful_house: House) -> None:
    """Alice takes Ben's role: it is her turn, his message says so, and his late press is refused."""
    house = careful_house
    house.ready_to_sync()
    request = asked(house, "00037", "Fatima Hassan")
    house.alice.click("Hand Over", request)
    seen_modal(house.alice, "Whose turn is")
    house.alice.choose("hand_to", "U0BEN")
    house.alice.submit()
    his = seen_message(house.ben, "<@U0ALICE> hands this over to you")
    assert "1 request for approval: the next one who may decide gets it." in open_roles(house, "U0BEN")
    assert "1 request for approval goes to who may decide." in take_from_ben(house)
    in_channel(house.maria, "*Handed over to <@U0ALICE> by <@U0ALICE>*")
    gone = seen_message(house.ben, "*Handed over to <@U0ALICE> by <@U0ALICE>*")
    assert (his.ts, []) == (gone.ts, gone.buttons)
    house.ben.click("Approve 2 Invoices", request)
    seen_notice(house.ben, "Only an approver or an admin decides what is booked.")


def test_their_own_absence_is_forgotten(house: House) -> None:
    """Nothing waits for them any more."""
    mark_away(house, "U0BEN", "U0ALICE")
    open_roles(house, "U0BEN")
    take_from_ben(house)
    with house.program.database.read() as session:
        assert () == firm_settings.settings_of(session, firm_of(house)).away
