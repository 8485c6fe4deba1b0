"""A contact was added for a payer before: another one is another wish, the same one is added once."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from db.effects import State
from qb.books import ground
from qb.contact_orders import StillAddingError
from qb.linked_read import Books, look
from qb.sandbox import Fault, Switches
from tests.books.exports import CLIENT
from tests.books.test_adding import asked, ordered
from tests.sandbox.client import Client

if TYPE_CHECKING:
    from qb.directory import Directory
    from tests.books.office import Office


def test_another_contact_is_added_in_place_of_the_first(office: Office) -> None:
    """What was typed is added and linked; the one added before is no longer the client's."""
    office.connect()
    ordered(office, "Employer X Inc")
    office.work()
    wanted = ordered(office, "Employer Y Ltd", "y@example.com")
    office.work()
    done = asked(office, wanted.effect_id)
    assert (State.CONFIRMED, "Employer Y Ltd") == (done.state, done.name)
    assert (["Employer X Inc", "Employer Y Ltd"], "Employer Y Ltd") == (employers(office), billed(office))


def test_pressed_twice_after_another_one_it_is_added_once(office: Office) -> None:
    """Two presses of the same form, before it is sent and after."""
    office.connect()
    ordered(office, "Employer X Inc")
    office.work()
    twice = [ordered(office, "Employer Y Ltd", "y@example.com").effect_id for _ in range(2)]
    office.work()
    twice.append(ordered(office, "Employer Y Ltd", "y@example.com").effect_id)
    office.work()
    assert 1 == len(set(twice))
    assert ["Employer X Inc", "Employer Y Ltd"] == employers(office)


def test_one_made_inactive_is_replaced_by_adding(office: Office) -> None:
    """It was added here, retired in QuickBooks, and read as such: the same wish is a new one."""
    office.connect()
    first = ordered(office, "Employer X Inc", "")
    office.work()
    office.sandbox.retire("Employer X Inc")
    books = Books(office.firm_id, office.sandbox.realm_id, directory_of(office))
    company = office.connections.company(office.firm_id)
    look(company, office.database, books, office.clock(), heard=lambda _session, _turns: None)
    again = ordered(office, "Employer X Inc", "")
    office.work()
    assert State.CONFIRMED is asked(office, again.effect_id).state
    assert asked(office, first.effect_id).customer_id != asked(office, again.effect_id).customer_id


def test_two_groups_of_cases_are_two_payers(office: Office) -> None:
    """Though they begin with the same case: what is asked for the one isn't what was done for the other."""
    office.connect()
    ordered(office, "Employer X Inc", "", cases=("00002-Silva",))
    office.work()
    both = ordered(office, "Employer Y Ltd", "", cases=("00003-Silva", "00002-Silva"))
    assert (
        both.effect_id
        == ordered(office, "Employer Y Ltd", "", cases=("00002-Silva", "00003-Silva")).effect_id
    )
    office.work()
    assert "Employer Y Ltd" == billed(office, "00002-Silva") == billed(office, "00003-Silva")


def test_nothing_else_is_ordered_while_one_is_in_doubt(office: Office) -> None:
    """It may be in QuickBooks any moment: whoever asks for another one is told."""
    office.connect()
    office.sandbox.faults.add(office.aimed(Fault("cut", after=True), "customer"))
    ordered(office, "Employer X Inc")
    office.step()
    with pytest.raises(StillAddingError, match="Employer X Inc"):
        ordered(office, "Employer Y Ltd")
    office.work()
    assert (["Employer X Inc"], "Employer X Inc") == (employers(office), billed(office))


def test_after_a_review_another_name_may_be_tried(office: Office) -> None:
    """QuickBooks made it in another currency; a person has seen that, and adds one under another name."""
    office.connect()
    office.sandbox.switches = Switches(customer_currency_honoured=False)
    ordered(office, "Employer X Inc", "", currency="USD")
    office.work()
    office.sandbox.switches = Switches()
    wanted = ordered(office, "Employer X Inc (USD)", "", currency="USD")
    office.work()
    assert State.CONFIRMED is asked(office, wanted.effect_id).state


def test_the_client_replaces_who_paid(office: Office) -> None:
    """Added as the client, for a case that an employer paid for: it is billed to the client again."""
    office.connect()
    ordered(office, "Employer X Inc", "", cases=("00002-Silva", "00003-Silva"))
    office.work()
    ordered(office, "Jane Silva", frees=("00002-Silva",))
    office.work()
    assert ("Jane Silva", "Employer X Inc") == (billed(office, "00002-Silva"), billed(office, "00003-Silva"))
    again = ordered(office, "Jane Silva", frees=("00003-Silva",))
    assert (State.CONFIRMED, "Jane Silva") == (again.state, billed(office, "00003-Silva"))


def test_no_case_is_left_behind_by_one_on_its_way(office: Office) -> None:
    """Sent for one case, it wouldn't be billed for another one, too: whoever asks that is told to wait."""
    office.connect()
    office.sandbox.faults.add(office.aimed(Fault("cut", after=True), "customer"))
    first = ordered(office, "Jane Silva", frees=("00002-Silva",))
    office.step()
    assert first.effect_id == ordered(office, "Jane Silva", frees=("00002-Silva",)).effect_id
    with pytest.raises(StillAddingError, match="Jane Silva"):
        ordered(office, "Jane Silva", frees=("00003-Silva",))


def test_an_older_customer_of_the_name_is_not_taken_for_ours(office: Office) -> None:
    """Whether ours came through isn't known, and somebody had that name all along: never linked unasked."""
    office.connect()
    Client(office.sandbox).write("Customer", {"DisplayName": "Employer X Inc"})
    office.clock.sleep(timedelta(hours=1).total_seconds())
    office.sandbox.faults.add(Fault("blind", path="query", times=5), office.aimed(Fault("cut"), "customer"))
    wanted = ordered(office, "Employer X Inc", "")
    office.work()
    done = asked(office, wanted.effect_id)
    assert (State.REVIEW, "") == (done.state, billed(office))
    assert "QuickBooks already has a customer called Employer X Inc" in done.sentence
    again = ordered(office, "Employer X Inc (client)", "")
    office.work()
    assert (State.CONFIRMED, "Employer X Inc (client)") == (
        asked(office, again.effect_id).state,
        billed(office),
    )


def employers(office: Office) -> list[str]:
    """The employers in QuickBooks."""
    names = (str(one["DisplayName"]) for one in office.sandbox.books.entities("Customer"))
    return sorted(name for name in names if name.startswith("Employer"))


def billed(office: Office, case: str = "") -> str:
    """To whom the client's case is billed, in CAD."""
    with office.database.read() as session:
        rests_on = ground(session, office.firm_id)
    assert rests_on is not None
    link = rests_on.link(CLIENT, "CAD", case)
    return "" if link is None else link.customer.name


def directory_of(office: Office) -> Directory:
    """QuickBooks' lists as kept here."""
    with office.database.read() as session:
        rests_on = ground(session, office.firm_id)
    assert rests_on is not None
    return rests_on.directory
