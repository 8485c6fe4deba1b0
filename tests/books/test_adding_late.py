"""An add that is confirmed hours later changes nothing of what people chose meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from db import links
from db.effects import State
from db.links import ContactLink
from qb.books import ground
from qb.sandbox import Fault
from tests.books.exports import CLIENT
from tests.books.office import MARIA
from tests.books.test_adding import asked, ordered

if TYPE_CHECKING:
    from qb.contact_orders import ContactAsked
    from tests.books.office import Office


def in_doubt(office: Office, frees: tuple[str, ...] = ()) -> ContactAsked:
    """An add whose answer was cut, a minute ago."""
    office.connect()
    office.sandbox.faults.add(Fault("cut", path="customer", after=True))
    wanted = ordered(office, "Catriona Campbell", frees=frees)
    office.step()
    office.clock.sleep(60)
    return wanted


def billed(office: Office) -> dict[str, str]:
    """Who is billed, by case."""
    with office.database.read() as session:
        held = ground(session, office.firm_id)
    assert held is not None
    return {one.case: one.customer.name for one in held.links}


def test_a_contact_chosen_while_an_add_was_in_doubt_stays(office: Office) -> None:
    """Maria chose another contact meanwhile: the add is confirmed later, and isn't billed."""
    wanted = in_doubt(office)
    office.link("José García")
    office.work()
    assert State.CONFIRMED is asked(office, wanted.effect_id).state
    assert {"": "José García"} == billed(office)


def test_a_case_given_to_another_payer_meanwhile_is_not_freed(office: Office) -> None:
    """The add was to free the case; its employer was chosen for it while the add was in doubt: that stays."""
    in_doubt(office, frees=("C1",))
    employer = office.sandbox.books.id_of("Customer", "José García")
    with office.database.write() as session:
        link = ContactLink(CLIENT, "CAD", employer, "José García", MARIA, office.clock(), "chosen", "C1")
        links.link(session, office.firm_id, office.sandbox.realm_id, link)
    office.work()
    assert {"": "Catriona Campbell", "C1": "José García"} == billed(office)
