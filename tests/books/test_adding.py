"""A contact is searched in QuickBooks, and a new one is added once, after a look at the last moment."""

from __future__ import annotations

import pytest

from db.effects import State
from db.records import payer_subject
from qb.adding import search
from qb.books import ground
from qb.contact_orders import ContactAsked, add_customer, contact_asked, customer_order
from qb.contacts import Sought, display_name
from qb.sandbox import Fault, Switches
from tests.books.exports import CLIENT
from tests.books.office import MARIA, Office
from tests.sandbox.client import Client

HOSTILE = ("<!channel> & <https://evil|Approve>", 'René "Ané" O\'Brien \\ 马春梅')


def found(office: Office, name: str, email: str = "") -> list[tuple[str, bool, tuple[str, ...]]]:
    """Name, whether it can be chosen, and why it matched."""
    company = office.connections.company(office.firm_id)
    candidates = search(company, Sought(name, email, "CAD"), "CAD")
    return [(c.person.name, c.selectable, c.why) for c in candidates]


def test_accents_do_not_hide_anybody(office: Office) -> None:
    """Both spellings are found by either."""
    office.connect()
    assert [
        ("José García", True, ("Same name",)),
        ("Jose Garcia", True, ("Same name without accents",)),
    ] == found(office, "José García")
    assert ["Jose Garcia", "José García"] == [name for name, _, _ in found(office, "GARCIA Jose")]


def test_look_alikes_are_all_shown(office: Office) -> None:
    """Three Priya Sharmas, the inactive one among them."""
    office.connect()
    shown = found(office, "Priya Sharma")
    assert ("Priya Sharma", True, ("Same name",)) == shown[0]
    assert {"Priya Sharma (Brampton)": True, "Priya Sharma 2019 (deleted)": False} == {
        name: selectable for name, selectable, _ in shown[1:]
    }


def test_an_email_finds_whoever_has_it(office: Office) -> None:
    """Whatever the name."""
    office.connect()
    assert [("Daniel Osei", True, ("Same e-mail",))] == found(office, "D. Ampomah", "daniel.osei@example.com")


def test_an_email_is_found_among_several(office: Office) -> None:
    """QuickBooks takes several addresses in one field; who merely has a longer one isn't meant."""
    office.connect()
    write = Client(office.sandbox).write
    write("Customer", {"DisplayName": "Osei Family", "PrimaryEmailAddr": {"Address": "o@x.ca, kofi@x.ca"}})
    write("Customer", {"DisplayName": "Another One", "PrimaryEmailAddr": {"Address": "ko-kofi@x.ca"}})
    assert [("Osei Family", True, ("Same e-mail",))] == found(office, "K. Ampomah", "Kofi@X.ca")
    assert [] == found(office, "K. Ampomah", "@x.ca")


def test_an_email_is_asked_exactly_where_its_part_is_refused(office: Office) -> None:
    """A company whose QuickBooks doesn't take such a question is searched all the same."""
    office.connect()
    office.sandbox.faults.add(Fault("refuse", path="query", containing="PrimaryEmailAddr LIKE", code="4001"))
    assert [("Daniel Osei", True, ("Same e-mail",))] == found(office, "D. Ampomah", "daniel.osei@example.com")


@pytest.mark.parametrize("family", ["Campbell", "Oh"])
def test_a_person_behind_a_company_is_found(office: Office, family: str) -> None:
    """Displayed as a company, with the client's given and family name inside."""
    office.connect()
    person = {"DisplayName": "Lakeside Consulting", "GivenName": "Catriona", "FamilyName": family}
    Client(office.sandbox).write("Customer", person)
    assert [("Lakeside Consulting", True, ("Same name",))] == found(office, f"Catriona {family}")


@pytest.mark.parametrize(
    "seen",
    [
        {"DisplayName": "C Campbell", "CompanyName": "Catriona Campbell"},
        {"DisplayName": "Lakeside Consulting", "GivenName": "Catriona", "FamilyName": "Campbell"},
    ],
)
@pytest.mark.parametrize("refused", [False, True])
def test_the_same_client_is_not_added_beside_several_addresses(
    office: Office, seen: dict[str, str], *, refused: bool
) -> None:
    """Looked for at the last moment as in the search: by one of several addresses, by the family name."""
    office.connect()
    Client(office.sandbox).write("Customer", seen | {"PrimaryEmailAddr": {"Address": "c@x.ca, info@x.ca"}})
    if refused and "FamilyName" in seen:
        fault = Fault("refuse", path="query", containing="PrimaryEmailAddr LIKE", code="4001", times=9)
        office.sandbox.faults.add(fault)
    wanted = ordered(office, "Catriona Campbell", "c@x.ca")
    office.work()
    done = asked(office, wanted.effect_id)
    assert State.REJECTED is done.state
    assert f"{seen['DisplayName']} is in QuickBooks already, with the same e-mail" in done.sentence


def test_a_vendor_of_the_name_is_shown_and_cannot_be_chosen(office: Office) -> None:
    """So that nobody wonders why the name is taken."""
    office.connect()
    assert [("Amara Okafor", False, ("Same name",))] == found(office, "Amara Okafor")


@pytest.mark.parametrize("name", [*HOSTILE, "", " ", "%", "'", "\\", "a\x00b", "马"])
def test_any_words_can_be_searched(office: Office, name: str) -> None:
    """Nothing a client is called or a person types breaks the question."""
    office.connect()
    assert [] == found(office, name)


def ordered(
    office: Office,
    name: str,
    email: str = "new@example.com",
    *,
    currency: str = "CAD",
    cases: tuple[str, ...] = (),
    frees: tuple[str, ...] = (),
) -> ContactAsked:
    """Add New Contact for the client, or for who pays for some cases."""
    firm_id, now = office.firm_id, office.clock()
    whose = {"payer": CLIENT, "currency": currency}
    with office.database.write() as session:
        order = customer_order(session, firm_id, **whose, name=name, email=email, cases=cases, frees=frees)
        return add_customer(session, firm_id=firm_id, order=order, by=MARIA, now=now)


def asked(office: Office, effect_id: str) -> ContactAsked:
    """How far it has come."""
    with office.database.read() as session:
        state = contact_asked(session, office.firm_id, effect_id)
    assert state is not None
    return state


@pytest.mark.parametrize("name", ["Amara Nwosu", *HOSTILE])
def test_a_new_contact_is_added_and_linked(office: Office, name: str) -> None:
    """One customer in QuickBooks, and the client's sync may go on with it; a colon it can't have."""
    name = display_name(name)
    office.connect()
    wanted = ordered(office, name)
    office.work()
    done = asked(office, wanted.effect_id)
    assert (State.CONFIRMED, name) == (done.state, done.name)
    (added,) = [c for c in office.sandbox.books.entities("Customer") if c["DisplayName"] == name]
    assert ("new@example.com", "CAD") == (added["PrimaryEmailAddr"]["Address"], added["CurrencyRef"]["value"])
    with office.database.read() as session:
        rests_on = ground(session, office.firm_id)
    assert rests_on is not None
    link = rests_on.link(CLIENT, "CAD")
    assert link is not None
    assert (added["Id"], name) == (link.customer.id, link.customer.name)


@pytest.mark.parametrize(
    ("name", "email", "told"),
    [
        ("Amara Okafor", "a@x.ca", "QuickBooks already has a vendor called Amara Okafor"),
        ("Maria Santos", "a@x.ca", "QuickBooks already has an employee called Maria Santos"),
        ("sofia rossi", "a@x.ca", "QuickBooks already has a customer called Sofia Rossi"),
        ("Rossi: Sofia", "a@x.ca", "QuickBooks doesn't allow a colon"),
        ("Amara Nwosu", "a" * 96 + "@x.ca", "QuickBooks takes at most 100 characters in an e-mail"),
        ("Rossi Sofia", "sofia.rossi@example.it", "is in QuickBooks already, with the same e-mail"),
    ],
)
def test_nobody_is_added_who_came_meanwhile(office: Office, name: str, email: str, told: str) -> None:
    """Looked for once more right before it would be sent; nothing is sent."""
    office.connect()
    wanted = ordered(office, name, email)
    office.work()
    done = asked(office, wanted.effect_id)
    assert State.REJECTED is done.state
    assert told in done.sentence
    assert [] == [seen for seen in office.sandbox.requests() if seen.entity == "customer"]


def test_a_name_taken_in_the_last_instant_says_by_whom(office: Office) -> None:
    """QuickBooks itself refuses it; we say who holds it."""
    office.connect()
    office.sandbox.faults.add(Fault("blind", path="query", times=5))
    wanted = ordered(office, "Amara Okafor", "")
    office.work()
    done = asked(office, wanted.effect_id)
    assert (State.REJECTED, True) == (done.state, "a vendor called Amara Okafor" in done.sentence)


def test_after_a_refusal_another_name_may_be_tried(office: Office) -> None:
    """The next generation of the same wish."""
    office.connect()
    ordered(office, "Amara Okafor")
    office.work()
    wanted = ordered(office, "Amara Okafor (client)")
    office.work()
    assert State.CONFIRMED is asked(office, wanted.effect_id).state


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
@pytest.mark.parametrize("mode", ["honoured", "ignored", "refused"])
def test_a_contact_is_added_once_whatever_goes_wrong(office: Office, trouble: Fault, mode: str) -> None:
    """Its name, which QuickBooks keeps unique, is how we find it again."""
    office.connect()
    office.sandbox.switches = {
        "honoured": Switches(),
        "ignored": Switches(requestid="ignored"),
        "refused": Switches(requestid="refused"),
    }[mode]
    office.sandbox.faults.add(office.aimed(trouble, "customer"))
    wanted = ordered(office, "Amara Nwosu")
    office.work()
    assert State.CONFIRMED is asked(office, wanted.effect_id).state
    customers = office.sandbox.books.entities("Customer")
    assert 1 == sum(customer["DisplayName"] == "Amara Nwosu" for customer in customers)


def test_a_customer_kept_in_another_currency_is_for_a_person(office: Office) -> None:
    """QuickBooks may answer with its home currency whatever was asked for."""
    office.connect()
    office.sandbox.switches = Switches(customer_currency_honoured=False)
    with office.database.write() as session:
        order = customer_order(
            session, office.firm_id, payer=CLIENT, name="Amara Nwosu", email="", currency="USD"
        )
        wanted = add_customer(session, firm_id=office.firm_id, order=order, by=MARIA, now=office.clock())
    office.work()
    done = asked(office, wanted.effect_id)
    assert State.REVIEW is done.state
    assert "it is kept in CAD, not in USD" in done.sentence


def test_pressed_twice_it_is_one_wish(office: Office) -> None:
    """The payer in that currency is one subject."""
    office.connect()
    assert ordered(office, "Amara Nwosu").effect_id == ordered(office, "Amara Nwosu").effect_id
    assert "payer|A-00002|CAD" == payer_subject(CLIENT, "CAD")


def test_a_contact_added_before_is_linked_again(office: Office) -> None:
    """Another was chosen since; asked for anew, the one we added is the client's again."""
    office.connect()
    ordered(office, "Amara Nwosu")
    office.work()
    office.link("Sofia Rossi")
    assert State.CONFIRMED is ordered(office, "Amara Nwosu").state
    with office.database.read() as session:
        rests_on = ground(session, office.firm_id)
    assert rests_on is not None
    link = rests_on.link(CLIENT, "CAD")
    assert link is not None
    assert "Amara Nwosu" == link.customer.name
