"""People found in QuickBooks are ranked with why they matched, and nobody is added who is there already."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qb.contacts import (
    Sought,
    blocks_adding,
    display_name,
    name_problem,
    namesakes,
    phone_in,
    rank,
    twin_name,
    twin_of,
)
from qb.wire import PersonSeen

SOUGHT = Sought("José García", "jgarcia@example.mx", "CAD")
HOSTILE = ("<!channel> & <https://evil|Approve>", 'René "Ané" O\'Brien \\ 马春梅')


def person(name: str, email: str = "", **others: Any) -> PersonSeen:  # noqa: ANN401 - fields as named
    """An active CAD customer, unless said otherwise."""
    usual = PersonSeen("1", "Customer", name, "", "", email, True, "CAD", "", "0")  # noqa: FBT003
    return replace(usual, **{"id": name, **others})


@pytest.mark.parametrize(
    ("found", "why"),
    [
        (person("José García", "JGarcia@example.mx"), ("Same e-mail", "Same name")),
        (person("J. G.", "other@x.ca, jgarcia@example.mx"), ("Same e-mail",)),
        (person("José García"), ("Same name",)),
        (person("josé garcía"), ("Same name, but for capitals or punctuation",)),
        (person("García José"), ("Same name in another order",)),
        (person("Jose Garcia"), ("Same name without accents",)),
        (person("GARCIA, Jose"), ("Same name in another order, without accents",)),
        (person("José García (deleted)", active=False), ("Same name",)),
        (person("José García (USD)", currency="USD"), ("Same name",)),
        (person("Jose Garcia 2019"), ("Similar name",)),
        (person("JG Consulting", full_name="José García"), ("Same name",)),
        (person("JG", company="Jose Garcia"), ("Same name without accents",)),
        (person("Estate of Jose Garcia and Maria Luz Hernandez"), ("Has these words in its name",)),
    ],
)
def test_each_match_says_why(found: PersonSeen, why: tuple[str, ...]) -> None:
    """E-mail first, then the name: the same, written differently, similar, or among others."""
    (candidate,) = rank(SOUGHT, [found])
    assert why == candidate.why


def test_strangers_are_left_out() -> None:
    """A first name in common is no match."""
    assert () == rank(SOUGHT, [person("José Hernandez"), person("Sofia Rossi", "sofia@example.it")])


def test_the_best_comes_first_and_the_choosable_before_its_equal() -> None:
    """E-mail beats name, exact beats similar, and an inactive twin stands behind the active one."""
    found = [
        person("Jose Garcia 2019"),
        replace(person("José García"), id="old", active=False),
        person("José García"),
        person("Garcia", "jgarcia@example.mx"),
    ]
    assert ["Garcia", "José García", "old", "Jose Garcia 2019"] == [c.person.id for c in rank(SOUGHT, found)]


@pytest.mark.parametrize(
    ("others", "blocked"),
    [
        ({}, ""),
        ({"kind": "Vendor"}, "This is a vendor, not a customer"),
        ({"kind": "Employee"}, "This is an employee, not a customer"),
        ({"active": False}, "Inactive in QuickBooks: make it active there to use it"),
        (
            {"active": False, "name": "José García (deleted)"},
            "Inactive in QuickBooks, or merged into another: make it active there to use it",
        ),
        ({"currency": "USD"}, "Kept in USD, and these invoices are in CAD"),
    ],
)
def test_what_cannot_be_chosen_says_so(others: dict[str, Any], blocked: str) -> None:
    """It is shown all the same, so that nobody adds a twin of it."""
    (candidate,) = rank(SOUGHT, [person(**{"name": "José García"} | others)])
    assert (blocked, not blocked) == (candidate.blocked, candidate.selectable)


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (person("josé garcía"), "already has a customer called josé garcía"),
        (person("José García", kind="Vendor"), "already has a vendor called José García"),
        (person("José García", kind="Employee"), "already has an employee called José García"),
        (person("José García", active=False), "already has an inactive customer called José García"),
        (person("Garcia, Jose", "jgarcia@example.mx"), "with the same e-mail. Choose that contact."),
        (
            person("José García (deleted)", "jgarcia@example.mx", active=False),
            "with the same e-mail. Make it active there, then choose it.",
        ),
    ],
)
def test_nobody_is_added_who_is_there(found: PersonSeen, told: str) -> None:
    """The very name is taken, whoever holds it; the same name and e-mail is the same client."""
    blocked = blocks_adding(SOUGHT.name, SOUGHT, [found])
    assert blocked is not None
    assert told in blocked


@pytest.mark.parametrize(
    "found",
    [
        person("Maria García", "jgarcia@example.mx", active=False),
        person("Jose Garcia", "other@example.mx"),
        person("Jose Garcia", "jgarcia@example.mx", currency="USD"),
        person("José García (deleted)", active=False),
    ],
)
def test_a_near_match_does_not_stop_adding(found: PersonSeen) -> None:
    """People share a name, one client may have a customer in each currency."""
    assert blocks_adding(SOUGHT.name, SOUGHT, [found]) is None


def test_a_shared_email_is_asked_about_before_anybody_is_added() -> None:
    """Spouses share an address: said to be somebody else, they don't stand in the way; unsaid, they do."""
    wife = person("Maria García", "jgarcia@example.mx")
    told = blocks_adding(SOUGHT.name, SOUGHT, [wife])
    assert (
        "Maria García is in QuickBooks with the same e-mail. Search again, and say whether that is the same "
        "payer or somebody else."
    ) == told
    assert blocks_adding(SOUGHT.name, SOUGHT, [wife], apart=["Maria García"]) is None


def test_who_is_the_same_cannot_be_said_to_be_somebody_else() -> None:
    """E-mail, name and currency are the same: no answer gets past that."""
    same = person("Garcia Jose", "jgarcia@example.mx")
    told = blocks_adding(SOUGHT.name, SOUGHT, [same], apart=["Garcia Jose"])
    assert "Garcia Jose is in QuickBooks already, with the same e-mail. Choose that contact." == told


@pytest.mark.parametrize(
    ("phone", "why"),
    [("(416) 555-0188", ("Same phone",)), ("+1 416 555 0188", ("Same phone",)), ("555-0188", ())],
)
def test_a_telephone_number_finds_its_owner(phone: str, why: tuple[str, ...]) -> None:
    """However it is written, with or without the country's code; a part of a number is no number."""
    found = rank(replace(SOUGHT, name="", email="", phone="4165550188"), [person("Ana", phone=phone)])
    assert why == (found[0].why if found else ())


@pytest.mark.parametrize(
    ("typed", "phone"),
    [("416-555-0188", "4165550188"), ("+1 (416) 555 0188", "14165550188"), ("Osei 00002", ""), ("2019", "")],
)
def test_a_telephone_number_is_told_from_a_name(typed: str, phone: str) -> None:
    """Digits and the marks between them, seven at least."""
    assert phone == phone_in(typed)


def test_namesakes_are_those_of_one_name_that_can_be_chosen() -> None:
    """Only for them it is asked what else tells them apart."""
    found = rank(
        replace(SOUGHT, email=""),
        [
            person("José García"),
            replace(person("Jose Garcia"), id="two"),
            replace(person("Garcia José"), id="gone", active=False),
            person("Jose Garcia 2019"),
        ],
    )
    assert ["José García", "two"] == [one.person.id for one in namesakes(found)]


@pytest.mark.parametrize(
    ("others", "twin"),
    [
        ([person("José García", currency="USD")], "José García (CAD)"),
        ([person("Maria García", "jgarcia@example.mx", currency="USD")], None),
        ([person("José García (USD)", currency="USD")], "José García (CAD)"),
        ([person("José García", currency="USD"), person("Jose Garcia")], None),
        ([person("José García", currency="USD", active=False)], None),
        ([person("Jose Garcia 2019", currency="USD")], None),
        ([person("José García", kind="Vendor", currency="USD")], None),
    ],
)
def test_a_client_of_another_currency_may_get_a_twin(others: list[PersonSeen], twin: str | None) -> None:
    """Where the client is there in another currency and not in this one, and only then."""
    found = twin_of(rank(SOUGHT, others), "CAD")
    assert twin == (None if found is None else twin_name(found, "CAD"))


def test_the_name_of_a_twin_fits() -> None:
    """However long the first one's is."""
    assert "x" * 494 + " (USD)" == twin_name(person("x" * 500), "USD")


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("", "Give the contact a name."),
        ("  ", "Give the contact a name."),
        ("Smith: John", "QuickBooks doesn't allow a colon in a contact's name."),
        ("Smith\tJohn", "QuickBooks doesn't allow a tab in a contact's name."),
        ("Smith\nJohn", "QuickBooks doesn't allow a line break in a contact's name."),
        ("Smith\x00John", "The name holds an invisible character that QuickBooks doesn't take."),
        ("x" * 501, "QuickBooks takes at most 500 characters in a contact's name."),
    ],
)
def test_a_name_quickbooks_does_not_take_is_said(name: str, told: str) -> None:
    """Before anything is sent."""
    assert told == name_problem(name)


@pytest.mark.parametrize("name", [HOSTILE[1], "<!channel> & <evil|Approve>", "x" * 500])
def test_any_other_name_is_taken(name: str) -> None:
    """However odd."""
    assert name_problem(name) is None
    assert name == display_name(name)


def test_a_client_with_a_colon_loses_only_the_colon() -> None:
    """The name that is offered for adding, and that is still found as the same name."""
    made = display_name(HOSTILE[0])
    assert "<!channel> & <https //evil|Approve>" == made
    (candidate,) = rank(replace(SOUGHT, name=HOSTILE[0], email=""), [person(made)])
    assert ("Same name, but for capitals or punctuation",) == candidate.why


@given(st.text())
def test_any_name_can_be_made_to_fit(name: str) -> None:
    """What QuickBooks forbids becomes a space; only a name of nothing else stays refused."""
    made = display_name(name)
    assert name_problem(made) is None or not made
