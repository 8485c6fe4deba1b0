"""The page for people: who holds what, paged, and the form for one of them."""

import pytest

from commands.views import people as views
from commands.views.people import Below, Holder, PeopleScreen, below_of
from tests.views.cast import NAMES
from tests.views.golden import same_as_kept
from tests.views.limits import check_message, check_modal, words

ALICE = Holder("U0ALICE", ("admin", "approver"))
GUIDO = Holder("U0GUIDO", ("approver",), "guest")
DORA = Holder("U0DORA", ("approver", "trusted"), "absent")
BELOW = Below("V-2", "V-1", "U0ALICE")


def test_the_list_looks_as_agreed() -> None:
    """An admin, a guest, and somebody who left."""
    same_as_kept("people", views.screen(PeopleScreen((ALICE, GUIDO, DORA), settings="V-1")))


def test_the_form_looks_as_agreed() -> None:
    """For somebody who holds roles."""
    same_as_kept("person", views.form(ALICE, BELOW))


def test_a_new_person_is_asked_for() -> None:
    """Nothing is ticked yet."""
    asked = views.form(None, Below("V-2", "V-1"))
    assert "Person" in words(asked)
    assert "initial_options" not in str(asked)


def test_beyond_ten_people_it_is_paged() -> None:
    """Ten rows a page, and the way to the others."""
    many = tuple(Holder(f"U0P{number}", ("approver",)) for number in range(21))
    first, last = (views.screen(PeopleScreen(many, page)) for page in (0, 2))
    assert 10 == words(first).count("Change Roles")
    assert "Page 1 of 3 · 21 people with roles" in words(first)
    assert "Next Page" in words(first)
    assert "Previous Page" not in words(first)
    assert 1 == words(last).count("Change Roles")
    assert "Next Page" not in words(last)
    assert ["people_page_1"] == [
        one["action_id"] for one in last["blocks"][-2]["elements"] if one["action_id"] != "add_person"
    ]


def test_what_a_form_carries_comes_back() -> None:
    """The screens under it, and whose roles."""
    assert BELOW == below_of(BELOW.metadata)


@pytest.mark.parametrize(
    ("roles", "told"),
    [
        ((), "staff"),
        (("admin",), "admin"),
        (("admin", "approver"), "admin and approver"),
        (("admin", "approver", "trusted"), "admin, approver and trusted"),
    ],
)
def test_roles_are_told_in_words(roles: tuple[str, ...], told: str) -> None:
    """As in a sentence."""
    assert told == views.listed(roles)


def test_one_line_says_who_holds_what() -> None:
    """Three of each by name, and a role nobody holds."""
    held = {"admin": ["U0ALICE"], "approver": ["U0A", "U0B", "U0C", "U0D"]}
    expected = "Admins: <@U0ALICE> · Approvers: <@U0A>, <@U0B>, <@U0C> and 1 more · Trusted: nobody"
    assert expected == views.summary(held)


@pytest.mark.parametrize("name", NAMES)
def test_slack_takes_every_screen(name: str) -> None:
    """Whatever a person is called."""
    odd = Holder(name, ("admin", "approver", "trusted"), "absent")
    check_modal(views.screen(PeopleScreen((odd,) * 25, 1)))
    check_modal(views.screen(PeopleScreen(())))
    for whom in (None, odd):
        check_modal(views.form(whom, BELOW))
    for changed in (True, False):
        check_modal(views.saved(name, odd.roles, changed=changed))
    for roles in ((), odd.roles):
        check_message(views.told(roles, name))
