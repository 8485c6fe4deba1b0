"""Errands and people: asked once, ended once, written down; names as Slack told them last."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

from db import errands, firms, people
from db.audit import lines
from db.engine import Database
from db.errands import Errand, ErrandState
from db.firms import Firm
from db.people import Person, Standing
from tests.db.conftest import NOW

MAP = "method:Interac"


def errand(firm: Firm, errand_id: str, by: str = "UMARIA", of: str = "UBEN") -> Errand:
    """Maria asks Ben to map Interac."""
    return Errand(errand_id, firm.id, by, of, "map", MAP, {"thing": "Interac"}, ErrandState.OPEN, NOW)


def ask(database: Database, asked: Errand) -> Errand | None:
    """Ask; gives the one that stands already."""
    with database.write() as session:
        return errands.ask(session, asked)


def test_the_same_is_asked_of_one_person_once(database: Database, firm: Firm) -> None:
    """A second press finds the first; somebody else may ask it too, and is told who was first."""
    first = errand(firm, "errand-1")
    assert ask(database, first) is None
    assert first == ask(database, replace(errand(firm, "errand-2"), asked_at=NOW + timedelta(hours=1)))
    other = errand(firm, "errand-3", by="UPAUL")
    assert ask(database, other) is None
    with database.read() as session:
        assert first == errands.asked_first(session, other)
        assert (first, other) == errands.open_ones(session, firm.id, wish="map", of="UBEN")
        assert () == errands.open_ones(session, firm.id, of="UALICE")


def test_an_errand_ends_once_and_may_then_be_asked_anew(database: Database, firm: Firm) -> None:
    """Every step is a line of the audit."""
    first = errand(firm, "errand-1")
    ask(database, first)
    for ended in (True, False):
        with database.write() as session:
            assert ended == errands.end(session, first, state=ErrandState.DONE, by="UBEN", now=NOW)
    assert ask(database, errand(firm, "errand-2")) is None
    with database.read() as session:
        kept = errands.get(session, firm.id, "errand-1")
        assert kept is not None
        assert (ErrandState.DONE, "UBEN") == (kept.state, kept.done_by)
        assert [
            ("UMARIA", "errand.asked", "UBEN"),
            ("UBEN", "errand.done", "UMARIA"),
            ("UMARIA", "errand.asked", "UBEN"),
        ] == [(line.actor, line.verb, line.subject) for line in lines(session, firm.id)]


def test_an_errand_is_the_firms_own(database: Database, firm: Firm, other_firm: Firm) -> None:
    """Another firm neither finds nor ends it."""
    asked = errand(firm, "errand-1")
    ask(database, asked)
    with database.write() as session:
        foreign = replace(asked, firm_id=other_firm.id)
        assert errands.get(session, other_firm.id, "errand-1") is None
        assert not errands.end(session, foreign, state=ErrandState.DONE, by="UEVE", now=NOW)
        assert () == errands.open_ones(session, other_firm.id)


def test_pressed_at_once_it_is_one_errand(database: Database, firm: Firm, new_id: Callable[[], str]) -> None:
    """Eight presses at the same moment."""
    ids = [new_id() for _ in range(8)]
    with ThreadPoolExecutor(8) as threads:
        standing = list(threads.map(lambda one: ask(database, errand(firm, one)), ids))
    assert 1 == standing.count(None)


def test_where_it_was_put_is_remembered(database: Database, firm: Firm) -> None:
    """So that the message can say later that it is done."""
    ask(database, errand(firm, "errand-1"))
    with database.write() as session:
        errands.set_message(session, "errand-1", firm_id=firm.id, channel="D0BEN", ts="1.5")
        kept = errands.get(session, firm.id, "errand-1")
    assert kept is not None
    assert ("D0BEN", "1.5") == (kept.channel, kept.message_ts)


def test_people_are_known_as_slack_told_last(database: Database, firm: Firm, other_firm: Firm) -> None:
    """A new name and standing replace the old; each firm knows its own; a long name is cut."""
    ben = Person("UBEN", "Ben", Standing.MEMBER, owns=False, seen_at=NOW)
    later = Person("UBEN", "马" * 300, Standing.GUEST, owns=True, seen_at=NOW + timedelta(days=1))
    with database.write() as session:
        people.keep(session, firm.id, ben)
        assert {"UBEN": ben} == people.known(session, firm.id, ["UBEN", "UMARIA"])
        people.keep(session, firm.id, later)
        assert {"UBEN": replace(later, name="马" * 200)} == people.known(session, firm.id, ["UBEN"])
        assert {} == people.known(session, other_firm.id, ["UBEN"])


def test_who_holds_a_role_and_was_not_met_lately_is_named(database: Database, firm: Firm) -> None:
    """Once each, whatever their roles; whoever was met since is left out."""
    with database.write() as session:
        for user_id in ("UALICE", "UBEN", "UZOE"):
            firms.set_roles(
                session, firm_id=firm.id, user_id=user_id, roles=("admin", "approver"), by="x", now=NOW
            )
        for user_id, days in (("UALICE", 0), ("UBEN", -2)):
            seen_at = NOW + timedelta(days=days)
            people.keep(session, firm.id, Person(user_id, "", Standing.MEMBER, owns=False, seen_at=seen_at))
        assert ("UBEN", "UZOE") == people.unmet(session, firm.id, NOW - timedelta(days=1))


def test_an_errand_goes_to_somebody_else_once(database: Database, firm: Firm) -> None:
    """Open and unsaid to them yet; not to whom the same was asked already, nor once it is done."""
    first, again = errand(firm, "errand-1"), errand(firm, "errand-2", of="UCAROL")
    for one in (first, again):
        ask(database, one)
    with database.write() as session:
        errands.set_message(session, first.id, firm_id=firm.id, channel="D0BEN", ts="1.5")
        assert not errands.pass_on(session, first, to="UCAROL", by="UADMIN", now=NOW)
        assert errands.pass_on(session, first, to="UALICE", by="UADMIN", now=NOW)
        assert not errands.pass_on(session, first, to="UDORA", by="UADMIN", now=NOW)
    with database.read() as session:
        kept = errands.get(session, firm.id, first.id)
        line = lines(session, firm.id)[-1]
    assert replace(first, asked_of="UALICE") == kept
    assert ("UADMIN", "errand.passed_on", "UALICE") == (line.actor, line.verb, line.subject)
