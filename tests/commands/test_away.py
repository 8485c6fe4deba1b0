"""While somebody is away their stand-in is asked, by name; they see that they are marked, and come back."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from commands.ids import Act
from db import audit, firm_settings, firms
from tests.commands.house import House, firm_of, seen_message, seen_modal
from tests.commands.test_errands import asking
from tests.commands.test_home import seen_home

if TYPE_CHECKING:
    from bot.demo.playground.hands import PersonsHands


def mark_away(house: House, who: str, instead: str, days: int = 30) -> None:
    """Somebody is away from today on, and somebody else stands in."""
    now = house.program.context.clock()
    until = (now + timedelta(days=days)).date().isoformat()
    with house.program.database.write() as session:
        away = ((who, until, instead),)
        firm_settings.change(session, firm_id=firm_of(house), by="U0ALICE", now=now, away=away)


def give(house: House, whom: str, role: str) -> None:
    """Somebody holds one more role."""
    with house.program.database.write() as session:
        now = house.program.context.clock()
        firms.give_role(session, firm_id=firm_of(house), user_id=whom, role=role, by="U0ALICE", now=now)


def everybody_is_met(house: House) -> None:
    """Slack has told us their names, as with any screen."""
    house.maria.command("/qb")
    seen_modal(house.maria, "What needs you")
    house.maria.close()


def test_the_stand_in_is_asked_by_name(house: House) -> None:
    """Alice is away and Ben may connect, too: the button, Ben's message and the answer say for whom."""
    give(house, "U0BEN", "admin")
    mark_away(house, "U0ALICE", "U0BEN")
    everybody_is_met(house)
    house.maria.command("/qb-connect")
    seen_modal(house.maria, "Only an admin may connect QuickBooks.")
    label = asking(house)
    assert label.startswith("Ask Ben (for Alice, Away Until ")
    assert label.endswith(") to Connect QuickBooks")
    house.maria.click(label)
    seen_modal(house.maria, "Asked <@U0BEN> to connect QuickBooks, as <@U0ALICE> is away until ")
    seen_message(house.ben, "<@U0MARIA> asks you to connect QuickBooks, as <@U0ALICE> is away until ")


def test_a_button_from_before_reaches_who_stands_in_now(house: House) -> None:
    """Maria's screen names Alice, who is marked away a moment later."""
    give(house, "U0BEN", "admin")
    everybody_is_met(house)
    house.maria.command("/qb-connect")
    seen_modal(house.maria, "Only an admin may connect QuickBooks.")
    label = asking(house)
    assert "Ask Alice to Connect QuickBooks" == label
    mark_away(house, "U0ALICE", "U0BEN")
    house.maria.click(label)
    seen_modal(house.maria, "Asked <@U0BEN> to connect QuickBooks, as <@U0ALICE> is away until ")


@pytest.mark.parametrize("where", ["Home", "/qb"])
def test_who_is_back_says_so_with_one_press(house: House, where: str) -> None:
    """Alice sees that she is marked away; after I'm Back she isn't, and the record says who changed it."""
    mark_away(house, "U0ALICE", "U0BEN")
    told = "*You are marked away* until "
    if where == "Home":
        house.alice.open_home()
        house.alice.click(Act.BACK, seen_home(house.alice, told))
        seen_home(house.alice, "What needs you")
    else:
        house.alice.command("/qb")
        seen_modal(house.alice, told)
        house.alice.click("I'm Back")
    house.idle()
    assert told not in words_of(house.alice, where)
    with house.program.database.read() as session:
        line = audit.lines(session, firm_of(house))[-1]
        assert () == firm_settings.settings_of(session, firm_of(house)).away
    assert ("U0ALICE", "settings.changed") == (line.actor, line.verb)


def words_of(person: PersonsHands, where: str) -> str:
    """What stands there now."""
    shown = person.home() if where == "Home" else person.modal()
    assert shown is not None
    return shown.words


def test_the_stand_in_sees_for_whom(house: House) -> None:
    """Ben decides for Alice, and his screen says until when."""
    mark_away(house, "U0ALICE", "U0BEN")
    house.ben.command("/qb")
    seen_modal(house.ben, "*You stand in for <@U0ALICE>*, who is away until ")
