"""Linked customers are read from QuickBooks, their news told once; a merge shows by our own documents."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from db import audit, links
from db.links import ContactLink
from qb.gateway import InDoubt
from qb.hold import Mend, Reason
from qb.linked import Customer, Health
from qb.linked_read import Books, customers_in, look
from qb.lists import load
from qb.sandbox import Fault
from qb.sweep import Kind
from tests.books.exports import CLIENT, CUSTOMER, INSTALMENTS, ONTARIO
from tests.books.nights import booked, kinds, questions
from tests.books.nights import look as look_through

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from qb.linked import Turn
    from tests.books.office import Office

INTO = "Sofia Rossi"


def see(office: Office, *, anew: bool = False) -> list[tuple[Health, str, str]]:
    """One look at all linked customers; gives what was told by it: how it stands, its name, into whom."""
    heard: list[Turn] = []

    def hear(_session: Session, news: tuple[Turn, ...]) -> None:
        heard.extend(news)

    company = office.connections.company(office.firm_id)
    given = look(company, office.database, books(office), office.clock(), anew=anew, heard=hear)
    assert given == tuple(heard)
    return [(one.health, one.now, one.into) for one in heard]


def books(office: Office) -> Books:
    """Whose customers are read."""
    realm = office.sandbox.realm_id
    with office.database.read() as session:
        directory = load(session, office.firm_id, realm)
    assert directory is not None
    return Books(office.firm_id, realm, directory)


def known(office: Office) -> dict[str, Customer]:
    """The customers by name as they are kept."""
    with office.database.read() as session:
        kept = customers_in(session, office.firm_id, office.sandbox.realm_id)
    return {one.name: one for one in kept.values()}


def holds(office: Office) -> list[tuple[Reason, Mend]]:
    """Why the invoices are held."""
    return [(hold.reason, hold.mend) for one in office.propose().plan.held for hold in one.holds]


def test_a_look_is_one_read_and_says_nothing_where_all_is_well(office: Office) -> None:
    """One metered read for all who are linked; nothing written while nothing changes."""
    office.ready(ONTARIO)
    before = questions(office)
    assert [] == see(office)
    assert 1 == questions(office) - before
    assert [CUSTOMER] == list(known(office))
    lines = _lines(office)
    assert [] == see(office)
    assert lines == _lines(office)


def test_a_rename_is_kept_and_told_once(office: Office) -> None:
    """The plan names the customer as it is called now, under the same id."""
    office.ready(ONTARIO)
    office.sandbox.rename(CUSTOMER, "Amélie Tremblay-Roy")
    assert [(Health.RENAMED, "Amélie Tremblay-Roy", "")] == see(office)
    assert [] == see(office)
    (entry,) = office.propose().plan.entries
    assert ("Amélie Tremblay-Roy", office.sandbox.books.id_of("Customer", "Amélie Tremblay-Roy")) == (
        entry.customer.name,
        entry.customer.id,
    )


def test_an_inactive_customer_holds_its_invoices(office: Office) -> None:
    """Until it is active again."""
    office.ready(ONTARIO)
    office.sandbox.retire(CUSTOMER)
    assert [(Health.INACTIVE, CUSTOMER, "")] == see(office)
    assert [(Reason.CONTACT_INACTIVE, Mend.CONTACTS)] == holds(office)
    office.sandbox.revive(f"{CUSTOMER} (deleted)")
    assert [] == see(office)
    assert [] == holds(office)


def test_a_merge_shows_by_whose_our_documents_are_now(office: Office) -> None:
    """The hold names who has them; once read, they aren't read again until something changes."""
    booked(office, ONTARIO)
    office.export(ONTARIO, INSTALMENTS)
    see(office)
    office.sandbox.merge(CUSTOMER, INTO)
    before = questions(office)
    assert [(Health.MERGED, CUSTOMER, INTO)] == see(office)
    assert 4 == questions(office) - before  # both customers, and invoices and payments
    (held,) = [one for one in office.propose().plan.held if one.holds[0].reason is Reason.CONTACT_INACTIVE]
    assert (
        "The contact Amélie Tremblay was merged in QuickBooks: what was booked for it stands under Sofia "
        "Rossi there now. Say under /qb-contacts whether Sofia Rossi is who pays, or choose another."
    ) == held.holds[0].sentence
    before = questions(office)
    assert [] == see(office)
    assert 1 == questions(office) - before


def test_the_check_of_the_books_follows_a_confirmed_merge(office: Office) -> None:
    """Until a person has said who pays, each document is told as edited; after that it is as booked."""
    booked(office, ONTARIO)
    see(office)
    office.sandbox.merge(CUSTOMER, INTO)
    see(office)
    edited = [(Kind.EDITED, "Invoice"), (Kind.EDITED, "Payment")]
    assert edited == kinds(look_through(office, everything=True))
    with office.database.write() as session:
        into = office.sandbox.books.id_of("Customer", INTO)
        link = ContactLink(CLIENT, "CAD", into, INTO, "U0MARIA", office.clock(), links.MERGED)
        links.link(session, office.firm_id, office.sandbox.realm_id, link)
    assert [] == kinds(look_through(office, everything=True))


def test_documents_that_stayed_prove_no_merge(office: Office) -> None:
    """Made inactive, with what we booked still its own: nobody is proposed."""
    booked(office, ONTARIO)
    office.sandbox.retire(CUSTOMER)
    assert [(Health.INACTIVE, CUSTOMER, "")] == see(office)
    assert "" == known(office)[f"{CUSTOMER} (deleted)"].merged_into


def test_an_answer_that_finds_nobody_is_not_believed(office: Office) -> None:
    """A customer is gone only where QuickBooks says so of that very one."""
    office.ready(ONTARIO)
    see(office)
    office.sandbox.faults.add(Fault("blind", path="query"))
    with pytest.raises(InDoubt):
        see(office)
    assert known(office)[CUSTOMER].active


def test_a_customer_that_quickbooks_does_not_know_is_gone(office: Office) -> None:
    """Told once, and its invoices are held."""
    office.ready(ONTARIO)
    with office.database.write() as session:
        link = ContactLink(CLIENT, "CAD", "99999", CUSTOMER, "U0MARIA", office.clock(), "chosen")
        links.link(session, office.firm_id, office.sandbox.realm_id, link)
    assert [(Health.GONE, CUSTOMER, "")] == see(office)
    assert [(Reason.CONTACT_INACTIVE, Mend.CONTACTS)] == holds(office)
    assert [] == see(office)


def test_without_an_answer_what_was_known_stays(office: Office) -> None:
    """A blind look is no look: nothing is kept of it."""
    office.ready(ONTARIO)
    see(office)
    office.sandbox.retire(CUSTOMER)
    office.sandbox.faults.add(Fault("cut", times=9))
    with pytest.raises(InDoubt):
        see(office)
    assert known(office)[CUSTOMER].active


def _lines(office: Office) -> int:
    with office.database.read() as session:
        return len(audit.lines(session, office.firm_id))
