"""The list of contacts and what is told of those that were changed in QuickBooks."""

from dataclasses import replace
from datetime import date

import pytest

from commands.views import contacts as views
from commands.views import turned
from commands.views.contacts import PAGE, ContactRow, ContactsScreen
from commands.views.turned import Turned
from qb.linked import Health
from tests.views.cast import NAMES, RENE
from tests.views.golden import same_as_kept
from tests.views.limits import check_message, check_modal, words

LINK = "https://app.sandbox.qbo.intuit.com/app/customerdetail?nameId=58&companyId=9341453172058321"
FINE = ContactRow(
    mark="m1",
    client_name="Maria Silva",
    currency="CAD",
    customer="Maria Silva",
    by="U0MARIA",
    on=date(2026, 11, 3),
    how="chosen",
)


def rows(name: str) -> tuple[ContactRow, ...]:
    """One of each kind."""
    lost = replace(FINE, client_name=name, customer=name, into=name, was=name, link=LINK, waiting=2)
    return (
        replace(lost, mark="m2", health=Health.MERGED, follows=True),
        replace(lost, mark="m3", health=Health.INACTIVE, cases=(name,) * 9),
        replace(lost, mark="m4", health=Health.MERGED),
        replace(lost, mark="m5", health=Health.CURRENCY, has="USD"),
        replace(lost, mark="m6", health=Health.GONE, link=""),
        replace(FINE, mark="m7", client_name=name, customer="", waiting=1, currency="USD", foreign=True),
        replace(FINE, mark="m8", client_name=name, customer=name, was=name, health=Health.RENAMED),
        replace(FINE, client_name=name, customer=name, how="merged"),
    )


def listed(name: str, total: int = PAGE, page: int = 0) -> ContactsScreen:
    """A page full of them."""
    return ContactsScreen(rows(name), total, 5, page, words=name, told="It is used now.", silent=True)


def changes(name: str) -> list[Turned]:
    """One of each that is told."""
    kinds = (Health.RENAMED, Health.INACTIVE, Health.MERGED, Health.GONE, Health.CURRENCY)
    return [Turned(kind, name, name, name, (name,) * 3) for kind in kinds]


def test_the_list_looks_as_agreed() -> None:
    """Those that need somebody first, each with what mends it."""
    shown = ContactsScreen(rows(RENE), 40, 5, 1)
    same_as_kept("contacts", views.screen(shown, "draft-9"))


def test_a_firm_without_contacts_is_told_where_they_come_from() -> None:
    """An empty list teaches."""
    told = words(views.screen(ContactsScreen((), 0, 0), "d"))
    assert "No client is linked to QuickBooks yet." in told
    assert "Nobody found for “Zoë”." in words(views.screen(ContactsScreen((), 0, 0, words="Zoë"), "d"))


def test_where_all_is_well_nothing_needs_mending() -> None:
    """A count, and that nobody is needed."""
    told = words(views.screen(ContactsScreen((FINE,), 1, 0), "d"))
    assert "*1 client* · nothing needs mending" in told
    assert "In QuickBooks: *Maria Silva* · linked by <@U0MARIA> on 3 Nov 2026\nFine." in told


def test_a_merge_is_offered_only_where_it_can_be_followed() -> None:
    """Into a customer of another currency, or an inactive one, nobody is led."""
    shown = ContactsScreen(rows("Maria Silva")[:1], 1, 1)
    assert "Use Maria Silva" in words(views.screen(shown, "d"))
    unfit = ContactsScreen((replace(shown.rows[0], follows=False),), 1, 1)
    assert "Use Maria Silva" not in words(views.screen(unfit, "d"))


@pytest.mark.parametrize("name", NAMES)
def test_slack_takes_the_list(name: str) -> None:
    """Whatever they are called."""
    check_modal(views.screen(listed(name, 900, 3), "draft-9"))
    check_message(turned.turned(changes(name) * 9))


def test_those_that_need_somebody_are_told_first() -> None:
    """A rename needs nobody."""
    text = turned.turned(changes("Maria Silva")).text
    assert text.startswith("5 linked contacts were changed in QuickBooks; 4 of them need somebody.\n")
    assert text.endswith(
        "• Maria Silva is called Maria Silva now. The link to Maria Silva, Maria Silva and 1 more is kept; "
        "nothing needs to be done."
    )
    assert "/qb-contacts lists them all" in turned.turned(changes("Maria Silva") * 3).text
