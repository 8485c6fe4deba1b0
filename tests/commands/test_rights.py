"""Every command, control and screen, pressed by everybody: let in, or told who may and nothing changed."""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from bot.demo.playground import Person
from bot.demo.playground.roster import TEAM_ID
from commands import ACTIONS, COMMANDS, DECISIONS, OPTIONS, VIEWS
from commands.access import Asker, NotAllowedError, admit
from commands.colleagues import look_up
from commands.ids import Act, Command, Screen
from commands.rights import FOR_COMMANDS, FOR_CONTROLS, FOR_SCREENS, Right, need_of
from db import firms
from db.columns import Base
from db.firms import Firm
from db.people import Standing
from tests.commands.forging import Json, post
from tests.commands.house import House, firm_of
from tests.commands.putting_up import PEOPLE, standing_house

Thing = Command | Act | Screen
ELSEWHERE = "T0ELSE"
THINGS: tuple[Thing, ...] = (*COMMANDS, *ACTIONS, *DECISIONS, *VIEWS)
ALL: tuple[Thing, ...] = (*THINGS, *OPTIONS)
APPROVING = {
    "Act.APPROVE",
    "Act.HAND_OVER",
    "Act.OPEN_TRUST",
    "Act.REJECT",
    "Act.TRUST_REJECT",
    "Screen.HAND_OVER",
    "Screen.REJECT",
    "Screen.TRUST",
    "Screen.TRUST_REJECT",
}
CONFIRMING = {
    "Act.ANSWER_COLUMN_",
    "Act.ANSWER_MATTER_",
    "Act.BANK_CONVERTS_",
    "Act.AMENDED_LATER",
    "Act.AMENDED_LEAVE",
    "Act.AMENDED_RIGHTED",
    "Act.CHECK_BOOKS",
    "Act.COLUMN_TAX",
    "Act.HOLD_IT",
    "Act.ITS_ANOTHER",
    "Act.LINK_IT",
    "Act.OPEN_AWAY",
    "Act.SEE_AMENDED",
    "Act.SETTLE",
    "Act.UNDO_ANSWER",
    "Screen.AMENDED",
    "Screen.AWAY",
    "Screen.COLUMN",
    "Screen.COLUMN_TAX",
    "Screen.COLUMN_VALUES",
    "Screen.MATTER_CASE",
    "Screen.MATTER_CURRENCY",
    "Screen.MAPPING",
}
ADMINISTERING = {
    "Act.GO_LIVE_DAY",
    "Act.OPEN_ALONE",
    "Act.OPEN_BANKING",
    "Act.OPEN_DIGEST_SETTINGS",
    "Act.OPEN_GOING_LIVE",
    "Act.OPEN_PLACES",
    "Act.OPEN_POLICY",
    "Act.ZONE",
    "Screen.ALONE",
    "Screen.BANKING",
    "Screen.DIGEST_SETTINGS",
    "Screen.GOING_LIVE",
    "Screen.PLACES",
    "Screen.POLICY",
}
MOVING = {"tasks", "heartbeats", "people"}
"""Tables that change though nothing is decided: what is to be said, who lives, who was met."""


@dataclass(frozen=True)
class Somebody:
    """Who presses: their id, roles and standing; ``home`` is their own team, ``team`` where they press."""

    id: str
    roles: tuple[str, ...] = ()
    standing: Standing = Standing.MEMBER
    home: str = TEAM_ID
    team: str = TEAM_ID


STAFF = Somebody("U0MARIA")
TRUSTED = Somebody("U0TESS", ("trusted",))
APPROVER = Somebody("U0BEN", ("approver",))
ADMIN = Somebody("U0ALICE", ("admin",))
BOTH = Somebody("U0BOTH", ("approver", "admin"))
GUEST = Somebody("U0GUIDO", (), Standing.GUEST)
OUTSIDE = Somebody("U0GABI", ("approver",), Standing.GUEST)
GUEST_ADMIN = Somebody("U0GUS", ("admin",), Standing.GUEST)
GONE = Somebody("U0DORA", ("admin", "approver"), Standing.ABSENT)
STRANGER = Somebody("U0EVE", (), Standing.ABSENT, home=ELSEWHERE)
OTHERS = Somebody("U0ADAM", home=ELSEWHERE, team=ELSEWHERE)
OURS = (STAFF, TRUSTED, APPROVER, ADMIN, BOTH, GUEST, OUTSIDE, GUEST_ADMIN, GONE)
EVERYBODY = (*OURS, STRANGER, OTHERS)
PRESSING = (STAFF, TRUSTED, APPROVER, GUEST, GONE, STRANGER, OTHERS)
"""Whose presses are sent: each way of being refused once, for everything."""

LET_IN: Mapping[Right, tuple[Somebody, ...]] = {
    Right.MEMBER: (STAFF, TRUSTED, APPROVER, ADMIN, BOTH),
    Right.APPROVE: (STAFF, TRUSTED, APPROVER, ADMIN, BOTH, OUTSIDE),
    Right.CONFIRM: (APPROVER, ADMIN, BOTH),
    Right.ADMIN: (ADMIN, BOTH),
}
TOLD = {
    Right.CONFIRM: "Only an admin or approver may ",
    Right.ADMIN: "Only an admin may ",
}
OUT = "Only full members of this workspace can use CaseLedger."
FOREIGN = "Only members of this workspace can use CaseLedger."
NEW = "CaseLedger isn't set up for this workspace."


def test_everything_has_a_right_and_nothing_else_does() -> None:
    """Whoever adds a command, a control or a screen says in commands/rights.py who may."""
    assert set(FOR_COMMANDS) == set(COMMANDS)
    assert set(FOR_CONTROLS) == {*ACTIONS, *DECISIONS, *OPTIONS}
    assert set(FOR_SCREENS) == set(VIEWS)


def test_what_needs_a_role_is_for_something() -> None:
    """The refusal says for what."""
    assert all(need_of(thing).what for thing in ALL if need_of(thing).right in TOLD)


def test_who_is_let_in_where_a_role_is_needed_is_as_agreed() -> None:
    """Everything else is open to every full member; what is theirs alone is checked behind the door."""
    found = {
        right: {f"{type(one).__name__}.{one.name}" for one in ALL if need_of(one).right is right}
        for right in Right
    }
    assert APPROVING == found[Right.APPROVE]
    assert CONFIRMING == found[Right.CONFIRM]
    assert ADMINISTERING == found[Right.ADMIN]


def test_what_nobody_gave_a_right_is_an_admins() -> None:
    """A control that was forgotten lets nobody in by mistake."""
    assert Right.ADMIN is need_of(Act.FILES).right


@pytest.mark.parametrize("who", OURS, ids=lambda who: who.id)
def test_whoever_has_the_right_is_let_in(house_of_all: House, who: Somebody) -> None:
    """To everything they may, and nothing else."""
    firm = Firm(firm_of(house_of_all), TEAM_ID, "Northgate", "UTC")
    asker = Asker(firm, who.id, frozenset(who.roles), who.standing)
    let_in = set()
    for thing in ALL:
        with house_of_all.program.database.read() as session, suppress(NotAllowedError):
            admit(session, asker, need_of(thing))
            let_in.add((type(thing), thing))
    expected = {(type(thing), thing) for thing in ALL if who in LET_IN[need_of(thing).right]}
    assert expected == let_in


@pytest.mark.parametrize("who", PRESSING, ids=lambda who: who.id)
def test_whoever_may_not_is_told_who_may_and_nothing_changes(house_of_all: House, who: Somebody) -> None:
    """Each thing they may not, as Slack would send it: an answer at once, or a message; no row is touched."""
    house = house_of_all
    refused = [thing for thing in THINGS if who not in LET_IN[need_of(thing).right]]
    before, heard = rows(house), len(messages(house, who))
    pressed = 0
    for thing in refused:
        answer = post(house, payload(thing, who))
        assert 200 == answer.status_code
        if isinstance(thing, Act):
            pressed += 1
            assert answer.text in {"", f"{NEW} Nothing was done."}
        else:
            assert sentence(thing, who) in answer.text
    house.idle()
    assert before == rows(house)
    if who in OURS and who is not GONE:
        told = messages(house, who)[heard:]
        assert pressed == len(told)
        assert all(one.startswith(("Only an admin", OUT)) for one in told)


@pytest.mark.parametrize("who", PRESSING, ids=lambda who: who.id)
def test_a_searching_select_offers_nothing_to_who_may_not(house_of_all: House, who: Somebody) -> None:
    """An empty list, whatever is typed."""
    for act in OPTIONS:
        if who not in LET_IN[need_of(act).right]:
            answer = post(house_of_all, payload(act, who, kind="block_suggestion"))
            assert answer.text in {'{"options": []}', f"{NEW} Nothing was done."}


@pytest.fixture(scope="module")
def house_of_all(migrated_sqlite: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    """The firm with everybody in it, each met once."""
    folder = tmp_path_factory.mktemp("rights")
    (folder / "caseledger.db").write_bytes(migrated_sqlite.read_bytes())
    url = f"sqlite:///{folder / 'caseledger.db'}"
    known = {person.id for person in PEOPLE}
    others = tuple(person_of(who) for who in EVERYBODY if who.id not in known)
    with standing_house(url, folder, people=(*PEOPLE, *others), trusting=False) as house:
        context, firm_id = house.program.context, firm_of(house)
        for who in (*OURS, STRANGER):
            with context.database.write() as session:
                for role in who.roles:
                    firms.give_role(
                        session, firm_id=firm_id, user_id=who.id, role=role, by="test", now=context.clock()
                    )
            found = look_up(context, context.slack(), Firm(firm_id, TEAM_ID, "N", "UTC"), who.id)
            assert who.standing is found.standing
        yield house


def person_of(who: Somebody) -> Person:
    """Somebody as the demo's Slack has them."""
    return Person(
        id=who.id,
        name=who.id,
        guest=who.standing is Standing.GUEST,
        deactivated=who.standing is Standing.ABSENT,
        team=who.home,
    )


def sentence(thing: Thing, who: Somebody) -> str:
    """What they are told, as it stands in JSON."""
    if who is STRANGER:
        return OUT if isinstance(thing, Command) else FOREIGN
    if who is OTHERS:
        return NEW
    return OUT if who.standing is not Standing.MEMBER else TOLD[need_of(thing).right]


def messages(house: House, who: Somebody) -> list[str]:
    """What they got directly."""
    if who in (GONE, STRANGER, OTHERS):
        return []
    return [one.text for one in house.hands.as_(who.id).messages()]


def rows(house: House) -> dict[str, list[Any]]:
    """Everything kept, but what moves by itself."""
    with house.program.database.read() as session:
        return {
            table.name: list(session.execute(select(table)).all())
            for table in Base.metadata.sorted_tables
            if table.name not in MOVING
        }


def payload(thing: Thing, who: Somebody, *, kind: str = "block_actions") -> Json:
    """What Slack sends when this person uses it."""
    trigger = {"trigger_id": "1.2.forged"}
    if isinstance(thing, Command):
        return {**trigger, "command": thing, "text": "", "user_id": who.id, "team_id": who.team}
    sent = {**trigger, "user": {"id": who.id, "team_id": who.home}, "team": {"id": who.team}}
    view = {"id": "V0", "hash": "h", "type": "modal", "state": {"values": {}}, "private_metadata": "none"}
    if isinstance(thing, Screen):
        return {**sent, "type": "view_submission", "view": {**view, "callback_id": thing, "blocks": []}}
    action_id = f"{thing}0" if thing.endswith("_") else str(thing)
    if kind == "block_suggestion":
        return {**sent, "type": kind, "action_id": action_id, "block_id": "b", "value": "a", "view": view}
    press = {"action_id": action_id, "block_id": "b", "type": "button", "value": "{}", "action_ts": "1.1"}
    return {**sent, "type": kind, "actions": [press], "container": {"type": "view"}, "view": view}
