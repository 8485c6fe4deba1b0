"""Another e-mail is written for a customer as a person saw it: once, never blind, whatever goes wrong."""

from __future__ import annotations

import pytest

from db import audit
from db.effects import State
from qb.contact_orders import ContactAsked, contact_asked, update_email
from qb.gateway import encode
from qb.orders import EmailOrder
from qb.sandbox import Fault
from tests.books.office import MARIA, Office

NEW = "daniel@osei.example.com"


def daniel(office: Office) -> dict[str, str]:
    """Daniel Osei as QuickBooks has him: id, version, e-mail."""
    (found,) = [c for c in office.sandbox.books.entities("Customer") if c["DisplayName"] == "Daniel Osei"]
    email = found["PrimaryEmailAddr"]["Address"]
    return {"id": found["Id"], "version": found["SyncToken"], "email": email, "given": found["GivenName"]}


def ordered(office: Office, email: str = NEW) -> ContactAsked:
    """Update QuickBooks, for Daniel as he stands."""
    seen = daniel(office)
    order = EmailOrder(seen["id"], "Daniel Osei", seen["version"], email, seen["email"])
    with office.database.write() as session:
        return update_email(session, firm_id=office.firm_id, order=order, by=MARIA, now=office.clock())


def asked(office: Office, effect_id: str) -> ContactAsked:
    """How far it has come."""
    with office.database.read() as session:
        state = contact_asked(session, office.firm_id, effect_id)
    assert state is not None
    return state


def rename_daniel(office: Office, **change: object) -> None:
    """Somebody changes him in QuickBooks meanwhile."""
    seen = daniel(office)
    body = {"Id": seen["id"], "SyncToken": seen["version"], "sparse": True, **change}
    office.connections.company(office.firm_id).update("Customer", encode(body), office.new_id())


def test_only_the_email_is_changed(office: Office) -> None:
    """His other fields stay, and the decision is in the audit."""
    office.connect()
    before = daniel(office)
    wanted = ordered(office)
    office.work()
    assert State.CONFIRMED is asked(office, wanted.effect_id).state
    assert (NEW, before["given"]) == (daniel(office)["email"], daniel(office)["given"])
    with office.database.read() as session:
        told = [line.actor for line in audit.lines(session, office.firm_id) if line.verb == "effect.ready"]
    assert [MARIA] == told


def test_a_customer_changed_meanwhile_is_left_alone(office: Office) -> None:
    """Whoever changed it in QuickBooks knows better; the person is told to look again."""
    office.connect()
    wanted = ordered(office)
    rename_daniel(office, PrimaryEmailAddr={"Address": "theirs@example.com"})
    office.work()
    done = asked(office, wanted.effect_id)
    assert (State.REJECTED, "theirs@example.com") == (done.state, daniel(office)["email"])
    assert "Somebody changed Daniel Osei in QuickBooks since you looked" in done.sentence


def test_an_email_that_is_there_already_is_not_written(office: Office) -> None:
    """Somebody typed the same in QuickBooks: done, without a write."""
    office.connect()
    wanted = ordered(office)
    rename_daniel(office, PrimaryEmailAddr={"Address": NEW})
    version = daniel(office)["version"]
    office.work()
    assert State.CONFIRMED is asked(office, wanted.effect_id).state
    assert version == daniel(office)["version"]


def test_changed_twice_it_is_changed_twice(office: Office) -> None:
    """Each version of a customer is another thing to change; pressed twice on one it is one wish."""
    office.connect()
    first = ordered(office)
    assert first.effect_id == ordered(office).effect_id
    office.work()
    second = ordered(office, "other@example.com")
    office.work()
    assert first.effect_id != second.effect_id
    assert State.CONFIRMED is asked(office, second.effect_id).state
    assert "other@example.com" == daniel(office)["email"]


@pytest.mark.parametrize(
    "trouble",
    [
        Fault("cut"),
        Fault("cut", after=True),
        Fault("late", seconds=100),
        Fault("gateway", after=True),
        Fault("throttle", after=True),
        Fault("status", status=500, after=True),
    ],
)
def test_it_is_changed_once_whatever_goes_wrong(office: Office, trouble: Fault) -> None:
    """Its version guards it: a repeat of what got through is refused, and we see that it is there."""
    office.connect()
    version = int(daniel(office)["version"])
    office.sandbox.faults.add(office.aimed(trouble, "customer"))
    wanted = ordered(office)
    office.work()
    assert State.CONFIRMED is asked(office, wanted.effect_id).state
    assert (NEW, version + 1) == (daniel(office)["email"], int(daniel(office)["version"]))


def test_who_is_gone_is_said(office: Office) -> None:
    """The customer can't be read any more: nothing is written."""
    office.connect()
    order = EmailOrder("99999", "Nobody", "0", NEW, "")
    with office.database.write() as session:
        wanted = update_email(session, firm_id=office.firm_id, order=order, by=MARIA, now=office.clock())
    office.work()
    assert State.REJECTED is asked(office, wanted.effect_id).state


def test_an_email_too_long_is_refused_whole(office: Office) -> None:
    """Cut it would be somebody else's: nothing is written, and the sentence says why."""
    office.connect()
    before = daniel(office)
    wanted = ordered(office, "d" * 95 + "@osei.example.com")
    office.work()
    done = asked(office, wanted.effect_id)
    assert (State.REJECTED, before) == (done.state, daniel(office))
    assert "QuickBooks takes at most 100 characters in an e-mail, and this one has 112." == done.sentence
