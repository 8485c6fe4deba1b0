"""Connecting: the way to Intuit, who may go it, and what came of it."""

from dataclasses import replace

import pytest

from commands.favour import Colleague, Favour, Wish
from commands.views import connect as views
from db.chosen import Banking, FirmSettings
from tests.views.cast import NAMES
from tests.views.golden import same_as_kept
from tests.views.limits import check_message, check_modal, words
from tests.views.test_omens import OLD
from tests.views.test_overview import CONNECTION

URL = "https://caseledger.example.com/quickbooks/connect?state=abc"


def test_the_offer_looks_as_agreed() -> None:
    """A first connection."""
    same_as_kept("connect", views.offer(URL, "sandbox", None))


def test_the_button_leads_to_our_own_page() -> None:
    """Which sets the cookie before it sends on to Intuit."""
    (row,) = [block for block in views.offer(URL, "sandbox", None)["blocks"] if block["type"] == "actions"]
    assert URL == row["elements"][0]["url"]


def test_a_connection_that_is_there_is_shown_with_the_way_to_renew_it() -> None:
    """Company, who, when."""
    told = words(views.offer(URL, "sandbox", CONNECTION))
    assert "Connected to *Northgate Immigration Law* by <@U0ALICE>" in told
    assert "Reconnect to QuickBooks" in told


def test_missing_settings_are_named() -> None:
    """With the command that tells more."""
    told = words(views.not_set_up(["INTUIT_CLIENT_ID", "INTUIT_CLIENT_SECRET"]))
    assert "`INTUIT_CLIENT_ID` and `INTUIT_CLIENT_SECRET`" in told
    assert "caseledger check" in told


def test_whoever_may_not_connect_learns_who_may() -> None:
    """By name."""
    assert "Please ask <@U0ALICE>." in words(views.not_allowed(["U0ALICE"], None))
    assert "a workspace owner can name one" in words(views.not_allowed([], None))


def test_staff_are_asked_for_nothing_while_it_works() -> None:
    """How it stands, and no button; once it is lost, whom to ask."""
    asks = Favour(Wish.CONNECT, Colleague("U0ALICE", "Alice"))
    works = words(views.not_allowed(["U0ALICE"], CONNECTION, asks))
    assert "Nothing needs to be done. Only an admin may connect it anew. Please ask <@U0ALICE>." in works
    assert "Ask Alice" not in works
    lost = views.not_allowed(["U0ALICE"], replace(CONNECTION, state="reconnect"), asks)
    assert "Ask Alice to Connect QuickBooks" in words(lost)


@pytest.mark.parametrize("name", NAMES)
def test_slack_takes_every_screen(name: str) -> None:
    """Whatever the company is called."""
    odd = replace(CONNECTION, company_name=name, reason=name, state="reconnect", connected_by=name)
    for connection in (None, CONNECTION, odd):
        check_modal(views.offer(URL, "production", connection))
        check_modal(views.not_allowed([name] * 3, connection))
    check_modal(views.not_set_up(["INTUIT_CLIENT_ID"]))
    told = views.connected(name, "U0ALICE", FirmSettings())
    check_message(told)
    assert "Choose Go-Live Date" in words(told.blocks)
    assert "How is client money banked?" in told.text
    said = views.connected(name, "U0ALICE", FirmSettings(go_live_said=True, banking=Banking.NONE), [OLD])
    check_message(said)
    assert "Choose Go-Live Date" not in words(said.blocks)
    assert "The newest export is 9 days old." in said.text
    check_message(views.not_connected("Intuit says that access was declined."))


def test_real_books_are_not_for_this_version() -> None:
    """The sentence says which setting, and what to try instead."""
    view = views.not_in_production()
    check_modal(view)
    assert "`INTUIT_ENVIRONMENT` says `production`" in words(view)
