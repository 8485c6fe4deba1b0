"""Firms and roles: met once, adopted once, never mixed."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from db import firms, people
from db.audit import lines
from db.engine import Database
from db.firms import ADMIN, APPROVER, TRUSTED, Firm, LastAdminError, WhichFirmError
from db.people import Person, Standing
from tests.db.conftest import NOW

NewId = Callable[[], str]


def meet(database: Database, new_id: NewId, team_id: str | None) -> Firm:
    """Meet the firm of a workspace."""
    with database.write() as session:
        return firms.meet_firm(
            session, team_id=team_id, name="Maple Law", timezone="America/Toronto", now=NOW, new_id=new_id
        )


def test_a_workspace_is_met_once(database: Database, new_id: NewId) -> None:
    """The same team is the same firm."""
    assert meet(database, new_id, "T1") == meet(database, new_id, "T1")


def test_two_workspaces_are_two_firms(database: Database, new_id: NewId) -> None:
    """Nothing is shared between them, not even the id."""
    assert meet(database, new_id, "T1").id != meet(database, new_id, "T2").id


def test_the_firm_that_came_before_slack_is_adopted(database: Database, new_id: NewId) -> None:
    """What was imported from the command line belongs to the first workspace that comes."""
    before = meet(database, new_id, None)

    assert Firm(before.id, "T1", "Maple Law", "America/Toronto") == meet(database, new_id, "T1")
    assert before.id != meet(database, new_id, "T2").id


def test_without_slack_the_only_firm_is_meant(database: Database, new_id: NewId) -> None:
    """One firm needs no naming; two do."""
    first = meet(database, new_id, "T1")
    assert first == meet(database, new_id, None)

    meet(database, new_id, "T2")
    with pytest.raises(WhichFirmError):
        meet(database, new_id, None)


def test_only_firm_is_none_for_none_and_for_two(database: Database, new_id: NewId) -> None:
    """It never picks one of several."""
    with database.read() as session:
        assert firms.only_firm(session) is None
    first = meet(database, new_id, "T1")
    with database.read() as session:
        assert first == firms.only_firm(session)
    meet(database, new_id, "T2")
    with database.read() as session:
        assert firms.only_firm(session) is None


def test_a_firm_is_found_by_team_and_id(database: Database, firm: Firm, other_firm: Firm) -> None:
    """Each by its own, with another firm present."""
    with database.read() as session:
        assert firm == firms.firm_of_team(session, "T1")
        assert other_firm == firms.get_firm(session, other_firm.id)
        assert firms.firm_of_team(session, "T9") is None
        assert firms.get_firm(session, "nobody") is None
        assert (firm, other_firm) == firms.all_firms(session)


def test_a_name_longer_than_its_column_is_cut(database: Database, new_id: NewId) -> None:
    """Slack's workspace names are for show; a long one doesn't stop the firm."""
    with database.write() as session:
        firm = firms.meet_firm(session, team_id="T1", name="马" * 900, timezone="UTC", now=NOW, new_id=new_id)

    assert firm.name == "马" * 200


def test_roles_are_each_firms_own(database: Database, firm: Firm, other_firm: Firm) -> None:
    """A person's role in one firm says nothing in another."""
    with database.write() as session:
        assert firms.give_role(session, firm_id=firm.id, user_id="UALICE", role=ADMIN, by="UBOSS", now=NOW)

    with database.read() as session:
        assert firms.roles_of(session, firm.id, "UALICE") == {ADMIN}
        assert firms.roles_of(session, other_firm.id, "UALICE") == frozenset()
        assert firms.people_with(session, firm.id, ADMIN) == ("UALICE",)
        assert firms.people_with(session, other_firm.id, ADMIN) == ()


def test_a_role_is_given_once_and_written_down(database: Database, firm: Firm) -> None:
    """Giving it again changes nothing and leaves no second line."""
    for given in (True, False):
        with database.write() as session:
            assert given == firms.give_role(
                session, firm_id=firm.id, user_id="UBEN", role=APPROVER, by="UALICE", now=NOW
            )

    with database.read() as session:
        assert [("UALICE", "role.given", "UBEN")] == [
            (line.actor, line.verb, line.subject) for line in lines(session, firm.id)
        ]


def test_first_roles_come_from_the_settings_once(database: Database, firm: Firm) -> None:
    """Later settings don't overrule what people decided."""
    with database.write() as session:
        firms.begin_roles(session, firm.id, ["UALICE"], ["UBEN", "UALICE"], NOW)
    with database.write() as session:
        firms.begin_roles(session, firm.id, ["UEVE"], ["UEVE"], NOW)

    with database.read() as session:
        assert firms.people_with(session, firm.id, ADMIN) == ("UALICE",)
        assert firms.people_with(session, firm.id, APPROVER) == ("UALICE", "UBEN")
        assert firms.roles_of(session, firm.id, "UALICE") == {ADMIN, APPROVER}


def test_a_member_comes_with_the_firm_and_their_roles(database: Database, new_id: NewId) -> None:
    """Two roles, none, and a workspace nobody knows; another firm's roles don't count."""
    ours, theirs = meet(database, new_id, "T1"), meet(database, new_id, "T2")
    with database.write() as session:
        for firm, role in ((ours, ADMIN), (ours, APPROVER), (theirs, ADMIN)):
            firms.give_role(session, firm_id=firm.id, user_id="UBEN", role=role, by="x", now=NOW)
    with database.read() as session:
        assert (ours, frozenset({ADMIN, APPROVER}), Standing.MEMBER) == firms.member_of_team(
            session, "T1", "UBEN"
        )
        assert (theirs, frozenset({ADMIN}), Standing.MEMBER) == firms.member_of_team(session, "T2", "UBEN")
        assert (ours, frozenset(), Standing.MEMBER) == firms.member_of_team(session, "T1", "UMARIA")
        assert firms.member_of_team(session, "T3", "UBEN") is None


def given(database: Database, firm: Firm, user_id: str, *roles: str, by: str = "UALICE") -> bool:
    """Set somebody's roles."""
    with database.write() as session:
        return firms.set_roles(session, firm_id=firm.id, user_id=user_id, roles=roles, by=by, now=NOW)


def test_a_person_holds_exactly_the_roles_they_were_set(database: Database, firm: Firm) -> None:
    """Several at once; each given or taken is a line, and setting the same again is none."""
    assert given(database, firm, "UALICE", ADMIN)
    assert given(database, firm, "UBEN", APPROVER, TRUSTED)
    assert given(database, firm, "UBEN", ADMIN, APPROVER)
    assert not given(database, firm, "UBEN", APPROVER, ADMIN)
    with database.read() as session:
        expected = (("UALICE", frozenset({ADMIN})), ("UBEN", frozenset({ADMIN, APPROVER})))
        assert expected == firms.everyone_with_roles(session, firm.id)
        assert [
            ("role.given", "UALICE", '{"role":"admin"}'),
            ("role.given", "UBEN", '{"role":"approver"}'),
            ("role.given", "UBEN", '{"role":"trusted"}'),
            ("role.taken", "UBEN", '{"role":"trusted"}'),
            ("role.given", "UBEN", '{"role":"admin"}'),
        ] == [(line.verb, line.subject, line.content) for line in lines(session, firm.id)]


def test_the_last_admin_stays(database: Database, firm: Firm, other_firm: Firm) -> None:
    """Nothing changes at all, another firm's admins don't count, and with a second one the first may go."""
    given(database, firm, "UALICE", ADMIN)
    given(database, other_firm, "UZOE", ADMIN)
    with pytest.raises(LastAdminError):
        given(database, firm, "UALICE", APPROVER)
    with database.read() as session:
        assert {ADMIN} == firms.roles_of(session, firm.id, "UALICE")
    given(database, firm, "UBEN", ADMIN)
    assert given(database, firm, "UALICE", APPROVER)


@pytest.mark.parametrize("standing", [Standing.ABSENT, Standing.GUEST])
def test_who_has_left_is_no_admin_that_stays(database: Database, firm: Firm, standing: Standing) -> None:
    """Deactivated in Slack, or a guest, they could give no role; they themselves may be taken off."""
    given(database, firm, "UALICE", ADMIN)
    given(database, firm, "UOLD", ADMIN)
    with database.write() as session:
        people.keep(session, firm.id, Person("UOLD", "Old", standing, owns=False, seen_at=NOW))
    with pytest.raises(LastAdminError):
        given(database, firm, "UALICE")
    assert given(database, firm, "UOLD")


def test_two_admins_who_remove_each_other_at_once_leave_one(database: Database, firm: Firm) -> None:
    """Ten rounds: one of them is refused, and the firm has an admin."""
    pair = ("UALICE", "UBEN")

    def remove(other: str, ready: threading.Barrier) -> bool:
        ready.wait()
        try:
            return given(database, firm, other, by=pair[pair.index(other) - 1])
        except LastAdminError:
            return False

    for _ in range(10):
        for one in pair:
            given(database, firm, one, ADMIN)
        ready = threading.Barrier(2)
        with ThreadPoolExecutor(2) as threads:
            assert [False, True] == sorted(threads.map(remove, pair, [ready, ready]))
        with database.read() as session:
            assert 1 == len(firms.people_with(session, firm.id, ADMIN))


def test_a_restart_gives_back_no_role_that_was_taken(database: Database, firm: Firm) -> None:
    """The firm took its only approver away in Slack; the settings still name them."""
    with database.write() as session:
        firms.begin_roles(session, firm.id, ["UALICE"], ["UBEN"], NOW)
    given(database, firm, "UBEN")
    with database.write() as session:
        firms.begin_roles(session, firm.id, ["UALICE"], ["UBEN"], NOW)
    with database.read() as session:
        assert () == firms.people_with(session, firm.id, APPROVER)


def test_a_time_zone_changed_is_written_down_once(database: Database, firm: Firm) -> None:
    """Before and after; the same again is no line."""
    for _ in range(2):
        with database.write() as session:
            firms.set_timezone(session, firm_id=firm.id, timezone="America/Halifax", by="UALICE", now=NOW)
    with database.read() as session:
        found = firms.get_firm(session, firm.id)
        assert found is not None
        assert "America/Halifax" == found.timezone
        assert 1 == len(lines(session, firm.id))


def test_a_member_comes_with_their_standing(database: Database, new_id: NewId) -> None:
    """As Slack last told it, each firm its own."""
    ours, theirs = meet(database, new_id, "T1"), meet(database, new_id, "T2")
    with database.write() as session:
        people.keep(session, ours.id, Person("UBEN", "Ben", Standing.GUEST, owns=False, seen_at=NOW))
    with database.read() as session:
        assert (ours, frozenset(), Standing.GUEST) == firms.member_of_team(session, "T1", "UBEN")
        assert (theirs, frozenset(), Standing.MEMBER) == firms.member_of_team(session, "T2", "UBEN")
