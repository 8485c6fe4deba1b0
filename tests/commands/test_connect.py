"""`/qb-connect`: consent given, refused, late, by the wrong person, with nothing set up."""

import re

import requests

from tests.commands.house import House, consent, seen_message, seen_modal


def link(house: House) -> str:
    """The address behind Alice's button."""
    house.alice.command("/qb-connect")
    modal = seen_modal(house.alice, "Connect to QuickBooks")
    (url,) = re.findall(r"http://[^\"'\s]+/quickbooks/connect[^\"'\s]+", str(modal.blocks))
    return str(url)


def test_consent_connects_and_leads_on(house: House) -> None:
    """The page says so, and the message has the next step."""
    assert "QuickBooks is connected" in house.connect()
    message = seen_message(house.alice, "Connected to *Northgate Immigration Law* by <@U0ALICE>.")
    asked = ["Choose Go-Live Date", "Say How Client Money Is Banked"]
    assert [*asked, "Import Exports", "Review Mapping"] == message.buttons


def test_the_window_goes_on_with_the_person(house: House) -> None:
    """The link works once, so its button doesn't stay behind once it was pressed."""
    link(house)
    assert house.alice.click("Connect to QuickBooks").ok
    modal = seen_modal(house.alice, "Intuit's page has opened in your browser.")
    assert ["Open It Again"] == modal.buttons
    assert house.alice.click("Open It Again").ok
    seen_modal(house.alice, "Connect to QuickBooks")


def test_a_refusal_is_explained(house: House) -> None:
    """Nothing is connected; Try Again leads back."""
    consent(link(house), "refuse")
    message = seen_message(house.alice, "Intuit says that the access wasn't given")
    assert ["Try Again"] == message.buttons


def test_a_link_works_once(house: House) -> None:
    """Opened again, in any browser, it leads nowhere."""
    url = link(house)
    consent(url, "connect")
    assert "used before" in consent(url, "connect", requests.Session())


def test_the_last_page_loaded_again_says_that_all_is_well(house: House) -> None:
    """A restored tab isn't a failure: the page says what is true, and Slack hears nothing."""
    url, browser, visited = link(house), requests.Session(), list[str]()
    browser.hooks["response"].append(lambda reply, **_: visited.append(reply.url))
    consent(url, "connect", browser)
    seen_message(house.alice, "Connected to *Northgate Immigration Law*")
    again = requests.get(visited[-1], timeout=10).text
    assert "QuickBooks is connected to Northgate Immigration Law." in again
    house.alice.command("/qb-connect")
    seen_modal(house.alice, "Connected to *Northgate Immigration Law*")
    assert 1 == len(house.alice.messages())


def test_a_connection_that_is_there_is_shown(house: House) -> None:
    """With the way to renew it."""
    house.connect()
    house.alice.command("/qb-connect")
    modal = seen_modal(house.alice, "Connected to *Northgate Immigration Law*")
    assert "Reconnect to QuickBooks" in modal.words
