"""Who may what, given and taken in Slack: by admins, and always by the workspace's owners."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.demo.playground import Person
from bot.demo.playground.roster import TEAM_ID
from commands.ids import Act
from db import audit, firms
from tests.commands.forging import as_person, clicking, last_payload, post
from tests.commands.house import House, firm_of, seen_message, seen_modal
from tests.commands.putting_up import PEOPLE, standing_house
from tests.commands.test_approvals import asked

OLGA = Person(id="U0OLGA", name="Olga", title="Owner", owner=True)
GUIDO = Person(id="U0GUIDO", name="Guido", title="Outside bookkeeper", guest=True)
DORA = Person(id="U0DORA", name="Dora", title="Left in May", deactivated=True)
STAFF = (*PEOPLE, OLGA, GUIDO, DORA)


@pytest.fixture
def firm(sqlite_url: str, tmp_path: Path) -> Iterator[House]:
    """The firm with an owner who has no role, an outside bookkeeper, and somebody who left."""
    with standing_house(sqlite_url, tmp_path, people=STAFF, trusting=False) as standing:
        yield standing


def roles(house: House, user_id: str) -> frozenset[str]:
    """What somebody holds."""
    with house.program.database.read() as session:
        return firms.roles_of(session, firm_of(house), user_id)


def open_people(house: House, user_id: str) -> None:
    """The page, from the settings."""
    person = house.hands.as_(user_id)
    person.command("/qb-settings")
    seen_modal(person, "*People*")
    person.click(Act.OPEN_PEOPLE)


def give(house: House, by: str, whom: str, *names: str) -> None:
    """Add a person with these roles."""
    person = house.hands.as_(by)
    person.click("Add a Person")
    seen_modal(person, "Without a tick they are staff.")
    person.choose("person", whom)
    person.tick("person_roles", *names)
    person.submit()


def test_an_admin_gives_several_roles_at_once(firm: House) -> None:
    """Maria becomes approver and trusted; she hears what she can do now, and the lists say so."""
    open_people(firm, "U0ALICE")
    listed = seen_modal(firm.alice, "Beyond that, these people may:")
    assert "*<@U0ALICE>*\nAdmin" in listed.words
    assert "*<@U0BEN>*\nApprover" in listed.words
    give(firm, "U0ALICE", "U0MARIA", "approver", "trusted")
    seen_modal(firm.alice, "<@U0MARIA> is approver and trusted now.")
    told = seen_message(firm.maria, "<@U0ALICE> changed your role in CaseLedger")
    assert "you are approver and trusted now" in told.words
    assert {"approver", "trusted"} == roles(firm, "U0MARIA")
    firm.alice.close()
    seen_modal(firm.alice, "*<@U0MARIA>*\nApprover and trusted")
    firm.alice.close()
    seen_modal(firm.alice, "Approvers: <@U0BEN>, <@U0MARIA>")


def test_the_last_admin_is_not_removed(firm: House) -> None:
    """Alice unticks herself: nothing changes, and she is told why."""
    open_people(firm, "U0ALICE")
    seen_modal(firm.alice, "Beyond that, these people may:")
    firm.alice.click("change_person_0")
    seen_modal(firm.alice, "Without a tick they are staff.")
    firm.alice.untick("person_roles", "admin")
    firm.alice.submit()
    seen_modal(
        firm.alice, "<@U0ALICE> is the only admin who can still open Slack here, and a firm needs one."
    )
    assert {"admin"} == roles(firm, "U0ALICE")


def test_an_owner_of_the_workspace_can_always_make_an_admin(firm: House) -> None:
    """Olga holds no role, and the only admin has left."""
    open_people(firm, "U0OLGA")
    seen_modal(firm.hands.as_("U0OLGA"), "Beyond that, these people may:")
    give(firm, "U0OLGA", "U0MARIA", "admin")
    seen_modal(firm.hands.as_("U0OLGA"), "<@U0MARIA> is admin now.")
    assert {"admin"} == roles(firm, "U0MARIA")
    with firm.program.database.read() as session:
        line = audit.lines(session, firm_of(firm))[-1]
    assert ("U0OLGA", "role.given", "U0MARIA") == (line.actor, line.verb, line.subject)


def test_staff_neither_open_nor_submit_it(firm: House) -> None:
    """Maria sees who holds what; what she forges changes nothing and says who may."""
    firm.maria.command("/qb-settings")
    shown = seen_modal(firm.maria, "Admins: <@U0ALICE> · Approvers: <@U0BEN> · Trusted: nobody")
    assert "open_people" not in str(shown.blocks)
    open_people(firm, "U0ALICE")
    seen_modal(firm.alice, "Beyond that, these people may:")
    payload = as_person(last_payload(firm, "block_actions"), "U0MARIA")
    post(firm, payload)
    give(firm, "U0ALICE", "U0BEN", "approver")
    seen_modal(firm.alice, "Nothing was changed: <@U0BEN> is approver.")
    forged = as_person(last_payload(firm, "view_submission"), "U0MARIA")
    forged["view"]["hash"] = "another"
    forged["view"]["state"]["values"]["who"]["person"]["selected_user"] = "U0MARIA"
    post(firm, forged)
    firm.idle()
    assert frozenset() == roles(firm, "U0MARIA")


def test_an_outside_bookkeeper_can_only_be_an_approver(firm: House) -> None:
    """A guest is said to be one; more than approver is refused, and nothing of it is kept."""
    open_people(firm, "U0ALICE")
    seen_modal(firm.alice, "Beyond that, these people may:")
    give(firm, "U0ALICE", "U0GUIDO", "approver", "admin")
    seen_modal(firm.alice, "<@U0GUIDO> is a guest here, and a guest can only be an approver.")
    assert frozenset() == roles(firm, "U0GUIDO")
    firm.alice.close()
    give(firm, "U0ALICE", "U0GUIDO", "approver")
    seen_modal(firm.alice, "<@U0GUIDO> is approver now.")
    firm.alice.close()
    seen_modal(firm.alice, "*<@U0GUIDO>* · _guest: can approve, and nothing else_")


def test_somebody_who_left_counts_as_absent(firm: House) -> None:
    """They get no role; one they held is shown as absent's, and can be taken."""
    with firm.program.database.write() as session:
        now = firm.program.context.clock()
        firms.give_role(
            session, firm_id=firm_of(firm), user_id="U0DORA", role="approver", by="U0ALICE", now=now
        )
    open_people(firm, "U0ALICE")
    seen_modal(firm.alice, "*<@U0DORA>* · _absent: deactivated, or not of this workspace any more_")
    give(firm, "U0ALICE", "U0BEN", "approver")
    seen_modal(firm.alice, "Nothing was changed: <@U0BEN> is approver.")
    payload = last_payload(firm, "view_submission")
    payload["view"]["hash"] = "another"
    payload["view"]["state"]["values"]["who"]["person"]["selected_user"] = "U0DORA"
    payload["view"]["state"]["values"]["roles"]["person_roles"]["selected_options"][0]["value"] = "admin"
    post(firm, payload)
    seen_modal(firm.alice, "<@U0DORA> is deactivated, an app, or not of this workspace.")
    firm.alice.close()
    firm.alice.click("change_person_2")
    seen_modal(firm.alice, "Without a tick they are staff.")
    firm.alice.untick("person_roles", "approver")
    firm.alice.submit()
    seen_modal(firm.alice, "<@U0DORA> is staff now.")
    assert frozenset() == roles(firm, "U0DORA")


def test_whose_role_was_taken_can_give_none(firm: House) -> None:
    """Alice's form was open when Ben took her role away."""
    open_people(firm, "U0ALICE")
    seen_modal(firm.alice, "Beyond that, these people may:")
    give(firm, "U0ALICE", "U0BEN", "admin")
    seen_modal(firm.alice, "<@U0BEN> is admin now.")
    payload = last_payload(firm, "view_submission")
    with firm.program.database.write() as session:
        now = firm.program.context.clock()
        firms.set_roles(session, firm_id=firm_of(firm), user_id="U0ALICE", roles=(), by="U0BEN", now=now)
    payload["view"]["hash"] = "another"
    payload["view"]["state"]["values"]["who"]["person"]["selected_user"] = "U0ALICE"
    post(firm, payload)
    firm.idle()
    assert frozenset() == roles(firm, "U0ALICE")


def test_an_outside_bookkeeper_approves_and_sees_nothing_else(firm: House) -> None:
    """Guido is a guest whom Alice made an approver: his approval counts, his commands are refused."""
    firm.ready_to_sync()
    open_people(firm, "U0ALICE")
    seen_modal(firm.alice, "Beyond that, these people may:")
    give(firm, "U0ALICE", "U0GUIDO", "approver")
    seen_modal(firm.alice, "<@U0GUIDO> is approver now.")
    request = asked(firm, "00003", "Leila Haddad")
    (row,) = (block for block in request.blocks if block["type"] == "actions")
    pressed = as_person(last_payload(firm, "block_actions"), "U0GUIDO")
    place = {"type": "message", "message_ts": request.ts, "channel_id": request.channel}
    moment = {"container": place, "trigger_id": "guido"}
    answer = post(firm, clicking({**pressed, **moment}, Act.APPROVE, row["elements"][0]["value"]))
    assert 200 == answer.status_code
    seen_message(firm.maria, "<@U0GUIDO> approved")
    guido = {"command": "/qb-mapping", "user_id": "U0GUIDO", "team_id": TEAM_ID, "trigger_id": "1.2.3"}
    assert "Only full members of this workspace" in post(firm, {**guido, "text": ""}).text
