"""People found in QuickBooks are ranked with why they matched, and nobody is added who is there already."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qb.contacts import Sought, blocks_adding, display_name, name_problem, rank
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
        (person("García José"), ("Same name, written differently",)),
        (person("GARCIA, Jose"), ("Same name, written differently",)),
        (person("José García (deleted)", active=False), ("Same name",)),
        (person("Jose Garcia 2019"), ("Similar name",)),
        (person("JG Consulting", full_name="José García"), ("Same name",)),
        (person("JG", company="Jose Garcia"), ("Same name, written differently",)),
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
        ({"currency": "USD"}, "Kept in USD, and these invoices are in CAD"),
    ],
)
def test_what_cannot_be_chosen_says_so(others: dict[str, Any], blocked: str) -> None:
    """It is shown all the same, so that nobody adds a twin of it."""
    (candidate,) = rank(SOUGHT, [person("José García", **others)])
    assert (blocked, not blocked) == (candidate.blocked, candidate.selectable)


@pytest.mark.parametrize(
    ("found", "told"),
    [
        (person("josé garcía"), "already has a customer called josé garcía"),
        (person("José García", kind="Vendor"), "already has a vendor called José García"),
        (person("José García", kind="Employee"), "already has an employee called José García"),
        (person("José García", active=False), "already has an inactive customer called José García"),
        (person("Garcia, Jose", "jgarcia@example.mx"), "with the same e-mail. Choose that contact."),
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
        person("Maria García", "jgarcia@example.mx"),
        person("Jose Garcia", "other@example.mx"),
        person("Jose Garcia", "jgarcia@example.mx", currency="USD"),
        person("José García (deleted)", active=False),
    ],
)
def test_a_near_match_does_not_stop_adding(found: PersonSeen) -> None:
    """Spouses share an e-mail, people share a name, one client may have a customer in each currency."""
    assert blocks_adding(SOUGHT.name, SOUGHT, [found]) is None


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
    assert ("Same name, written differently",) == candidate.why


@given(st.text())
def test_any_name_can_be_made_to_fit(name: str) -> None:
    """What QuickBooks forbids becomes a space; only a name of nothing else stays refused."""
    made = display_name(name)
    assert name_problem(made) is None or not made
