"""Who somebody is in Slack, and who may be asked: as far as we know, and nobody who is gone."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy.orm import Session

from commands.colleagues import approvers, described, favour, favours_for, who_may
from commands.favour import AwayFor, Colleague, Favour, Wish
from commands.views.errands import ask_button
from db import firm_settings, firms, people
from db.engine import Database, open_database
from db.people import Person, Standing
from db.refusal import Refusal
from qb.hold import Hold, Mend, Reason

NOW = datetime(2026, 11, 20, 14, 0, tzinfo=UTC)
TOLD = Refusal("It isn't mapped.", "", "", "")
METHOD = Hold(Reason.METHOD_UNMAPPED, TOLD, Mend.MAP, "method:Interac")
ITEM = Hold(Reason.ITEM_UNMAPPED, TOLD, Mend.MAP, "item:fee")
UNCONNECTED = Hold(Reason.NOT_CONNECTED, TOLD, Mend.CONNECT)
BOTH = ("method:Interac", "item:fee")
HELD = {
    "U0BEN": ("approver",),
    "U0ALICE": ("admin",),
    "U0GUIDO": ("approver",),
    "U0GUS": ("admin",),
    "U0DORA": ("approver", "admin"),
    "U0NEW": ("approver",),
}
STANDINGS = {"U0GUIDO": Standing.GUEST, "U0GUS": Standing.GUEST, "U0DORA": Standing.ABSENT}


@pytest.fixture
def office(sqlite_url: str) -> Iterator[Session]:
    """Ben and Alice, two guests, somebody who left, and somebody Slack has told us nothing of yet."""
    database: Database = open_database(sqlite_url)
    with database.write() as session:
        firms.meet_firm(session, team_id="T1", name="N", timezone="UTC", now=NOW, new_id=lambda: "firm-1")
        for user_id, roles in HELD.items():
            for role in roles:
                firms.give_role(session, firm_id="firm-1", user_id=user_id, role=role, by="x", now=NOW)
            if user_id != "U0NEW":
                standing = STANDINGS.get(user_id, Standing.MEMBER)
                name = user_id.removeprefix("U0").title()
                people.keep(session, "firm-1", Person(user_id, name, standing, owns=False, seen_at=NOW))
    with database.write() as session:
        yield session
    database.close()


def test_nobody_who_is_gone_is_asked(office: Session) -> None:
    """Nor a guest, who can't act here; somebody we never met is asked by role."""
    found = who_may(office, "firm-1", ["approver", "admin"])
    assert (Colleague("U0BEN", "Ben"), Colleague("U0NEW"), Colleague("U0ALICE", "Alice")) == found
    assert (Colleague("U0NEW"),) == who_may(office, "firm-1", ["approver"], but="U0BEN")


def test_an_outside_bookkeeper_approves(office: Session) -> None:
    """A guest who is an approver; a guest who is an admin doesn't."""
    assert ("U0BEN", "U0GUIDO", "U0NEW", "U0ALICE") == approvers(office, "firm-1")


def test_the_first_who_may_is_asked(office: Session) -> None:
    """And nobody asks themselves."""
    asked = favour(office, "firm-1", Wish.CONNECT, but="U0MARIA")
    assert asked is not None
    assert Colleague("U0ALICE", "Alice") == asked.of
    assert favour(office, "firm-1", Wish.CONNECT, but="U0ALICE") is None


@pytest.mark.parametrize(
    ("user_id", "asks"),
    [
        (
            "U0MARIA",
            [(Wish.CONNECT, "", ()), (Wish.MAP, "Interac and 1 more", BOTH)],
        ),
        ("U0BEN", [(Wish.CONNECT, "", ())]),
        ("U0ALICE", []),
    ],
)
def test_holds_are_asked_of_who_can_mend_them(
    office: Session, user_id: str, asks: list[tuple[Wish, str, tuple[str, ...]]]
) -> None:
    """Each row once; what somebody can mend themselves they aren't offered to ask."""
    found = favours_for(office, "firm-1", user_id, [METHOD, ITEM, METHOD, UNCONNECTED])
    assert asks == [(one.wish, one.thing, one.rows) for one in found]


def user(**marks: object) -> dict[str, Any]:
    """Somebody as Slack's ``users.info`` describes them."""
    return {"id": "U1", "team_id": "T1", "name": "maria", "real_name": "Maria Silva", "profile": {}, **marks}


@pytest.mark.parametrize(
    ("marks", "standing"),
    [
        ({}, Standing.MEMBER),
        ({"is_restricted": True}, Standing.GUEST),
        ({"is_restricted": True, "is_ultra_restricted": True}, Standing.ABSENT),
        ({"deleted": True}, Standing.ABSENT),
        ({"is_bot": True}, Standing.ABSENT),
        ({"is_stranger": True}, Standing.ABSENT),
        ({"team_id": "T2"}, Standing.ABSENT),
        ({"team_id": ""}, Standing.MEMBER),
    ],
)
def test_slacks_marks_say_what_somebody_is(marks: dict[str, object], standing: Standing) -> None:
    """Each mark counts."""
    assert standing is described(user(**marks), "T1", NOW).standing


def test_only_a_full_member_owns_the_workspace() -> None:
    """A mark left over on somebody deactivated gives nothing."""
    assert described(user(is_owner=True), "T1", NOW).owns
    assert described(user(is_primary_owner=True), "T1", NOW).owns
    assert not described(user(is_owner=True, deleted=True), "T1", NOW).owns
    assert not described(user(is_admin=True), "T1", NOW).owns


@pytest.mark.parametrize(
    ("profile", "name"),
    [
        ({"display_name": "Mimi", "real_name": "Maria Silva"}, "Mimi"),
        ({"display_name": "", "real_name": "Maria S."}, "Maria S."),
        ({}, "Maria Silva"),
    ],
)
def test_people_are_called_as_they_call_themselves(profile: dict[str, str], name: str) -> None:
    """The name they show in Slack first."""
    assert name == described(user(profile=profile), "T1", NOW).name


def away(session: Session, *absent: tuple[str, str, str]) -> None:
    """These are away until then, and these stand in."""
    firm_settings.change(session, firm_id="firm-1", by="x", now=NOW, away=absent)


def test_who_is_away_is_not_asked_but_their_stand_in(office: Session) -> None:
    """Named for whom and until when; the next one where the stand-in may not, or is who asks."""
    today = date(2026, 11, 20)
    away(office, ("U0BEN", "2026-11-23", "U0ALICE"))
    asked = favour(office, "firm-1", Wish.MAP, but="U0MARIA", today=today)
    instead = AwayFor("U0BEN", "Ben", "Monday")
    assert Favour(Wish.MAP, Colleague("U0ALICE", "Alice"), away=instead) == asked
    assert asked is not None
    label = ask_button(replace(asked, thing="Interac"))["text"]["text"]
    assert "Ask Alice (for Ben, Away Until Monday) to Map Interac" == label
    away(office, ("U0BEN", "2026-11-23", "U0GUIDO"))
    asked = favour(office, "firm-1", Wish.MAP, but="U0MARIA", today=today)
    assert Favour(Wish.MAP, Colleague("U0NEW"), away=instead) == asked
    asked = favour(office, "firm-1", Wish.MAP, but="U0MARIA", today=date(2026, 11, 24))
    assert Favour(Wish.MAP, Colleague("U0BEN", "Ben")) == asked


def test_where_everybody_is_away_the_first_is_asked_all_the_same(office: Session) -> None:
    """Better late than nobody."""
    away(office, ("U0ALICE", "2026-11-23", "U0BEN"))
    asked = favour(office, "firm-1", Wish.CONNECT, but="U0MARIA", today=date(2026, 11, 20))
    assert Favour(Wish.CONNECT, Colleague("U0ALICE", "Alice")) == asked
