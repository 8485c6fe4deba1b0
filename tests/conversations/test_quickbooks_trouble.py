"""Trouble on QuickBooks' side, as the person in Slack hears of it, and how it ends."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

import pytest
import requests

from qb.sandbox import Fault
from tests.conversations.books import OSEI, booked
from tests.conversations.passing import let_pass
from tests.conversations.persons import messages_that_say, reads, sees
from tests.conversations.story import (
    BOOKED,
    add_contact,
    at_intuit,
    connect,
    connect_button,
    make_ready,
    open_sync,
    preview,
    preview_osei,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.demo.playground.seen import SeenMessage
    from tests.conversations.standing import Standing

RENEWAL = "oauth2/v1/tokens/bearer"


@pytest.fixture
def office(alone: Standing) -> Iterator[Standing]:
    """Connected, imported and mapped, the program running."""
    with alone.program():
        make_ready(alone.cast)
        yield alone


def previewed(office: Standing, case: str, client: str) -> SeenMessage:
    """A client that QuickBooks doesn't know yet, added, and the preview of what was paid."""
    open_sync(office.cast.maria, case, "We don't know yet who")
    add_contact(office.cast.maria)
    return preview(office.cast.maria, client)


def renewals(office: Standing) -> int:
    """How often the tokens were renewed."""
    return sum(one.path == RENEWAL and one.query == "refresh_token" for one in office.sandbox.requests())


def test_a_consent_that_comes_to_nothing_says_why(alone: Standing) -> None:
    """Refused, used before, another browser, too old: nothing is connected, and the way on is named."""
    alice = alone.cast.alice
    with alone.program():
        refused = connect_button(alice)
        assert "Intuit says that the access wasn&#39;t given." in at_intuit(refused, "refuse").text
        reads(alice, "QuickBooks is not connected.")
        assert "This link was used before." in at_intuit(refused, "connect").text
        stolen = connect_button(alice)
        assert "opened in another browser" in with_another_browser(stolen).text
        late = connect_button(alice)
        let_pass(alone.database_url, timedelta(minutes=11))
        assert "This link is older than ten minutes." in at_intuit(late, "connect").text
        assert [] == messages_that_say(alice, "Connected to")
        connect(alice)


def with_another_browser(url: str) -> requests.Response:
    """The button is pressed here, and what Intuit answers is opened by somebody else."""
    with requests.Session() as mine, requests.Session() as theirs:
        there = mine.get(url, timeout=10, allow_redirects=False).headers["Location"]
        page, _, asked = there.partition("?")
        form = {**dict(parse_qsl(asked)), "decision": "connect"}
        back = mine.post(page, data=form, timeout=10, allow_redirects=False)
        return theirs.get(back.headers["Location"], timeout=30)


def test_a_token_that_expires_on_the_way_is_renewed_once(office: Standing) -> None:
    """Between invoice and payment the hour is over: nobody notices, and it is renewed once."""
    shown = previewed(office, "00003", "Leila Haddad")
    office.sandbox.faults.add(Fault("expired", method="POST", path="payment"))
    office.cast.maria.click("Book 1 Invoice", shown)
    reads(office.cast.maria, "1 invoice booked in QuickBooks for Leila Haddad")
    assert ["Invoice 1356.00 owing 0.00", "Payment 1356.00"] == booked(office.sandbox, "Leila Haddad")
    assert 1 == renewals(office)


def test_a_connection_that_ends_on_the_way_is_told_once_and_goes_on_by_itself(office: Standing) -> None:
    """The firm disconnects us inside QuickBooks before the payments: parked; Alice connects; it ends well."""
    maria = office.cast.maria
    preview_osei(maria)
    faults = [Fault("expired", method="POST", path="payment", times=5)]
    faults.append(Fault("refuse", method="POST", path=RENEWAL, code="invalid_grant", times=20))
    office.sandbox.faults.add(*faults)
    maria.click("Book 3 Invoices")
    waiting = reads(maria, "it goes on by itself once an admin reconnects")
    assert ["Reconnect QuickBooks", "Stop Sync"] == waiting.buttons
    assert 1 == len(messages_that_say(maria, "reconnects"))
    maria.command("/qb-sync", "00003")
    sees(maria, "Leila Haddad")
    maria.click("Find Contact")
    sees(maria, "QuickBooks no longer lets us into the company.")
    maria.close()
    office.sandbox.faults.clear()
    connect(office.cast.alice)
    reads(maria, BOOKED)
    assert list(OSEI) == booked(office.sandbox)


def test_too_many_calls_are_waited_out(alone: Standing) -> None:
    """A throttle as XML: no failure is told, we look before we send again, and it ends well."""
    maria = alone.cast.maria
    with alone.program():
        make_ready(alone.cast)
        alone.sandbox.faults.add(Fault("throttle", path="query", containing="from Customer", times=2))
        open_sync(maria, "00002", "We don't know yet who Daniel Osei is in QuickBooks (CAD).")
        maria.click("Find Contact")
        sees(maria, "QuickBooks isn't answering right now. Nothing was changed.")
        maria.close()
        maria.close()
        alone.sandbox.faults.clear()
    let_pass(alone.database_url, timedelta(minutes=2))
    with alone.program():
        preview_osei(maria)
        alone.sandbox.faults.add(Fault("throttle", method="POST", path="invoice", after=True))
        maria.click("Book 3 Invoices")
        reads(maria, "we look before we try again, nothing will be booked twice")
    let_pass(alone.database_url, timedelta(minutes=2))
    with alone.program():
        reads(maria, BOOKED)
    assert list(OSEI) == booked(alone.sandbox)


def test_a_number_that_somebody_else_has_used_is_found_before_anything_is_sent(office: Standing) -> None:
    """The bookkeeper wrote an invoice 1001 after our preview: ours waits for a person, the others go."""
    maria = office.cast.maria
    shown = preview_osei(maria)
    write_by_hand(office, "1001")
    maria.click("Book 3 Invoices", shown)
    asked = reads(
        maria, "1001 is held now: Looks already booked: invoice 1001 of 3 May 2019, $11.30, for Sofia Rossi"
    )
    assert "Compare" in asked.buttons
    maria.click("Book 2 Invoices", asked)
    reads(maria, "2 invoices booked in QuickBooks for Daniel Osei")
    expected = [
        "Invoice 2260.00 owing 0.00",
        "Invoice 2825.00 owing 0.00",
        "Payment 1000.00",
        "Payment 1000.00",
        "Payment 1260.00",
        "Payment 1825.00",
    ]
    assert expected == booked(office.sandbox)


def write_by_hand(office: Standing, number: str) -> None:
    """Somebody's own invoice in QuickBooks, for another customer and long ago."""
    item = office.sandbox.books.entities("Item")[0]["Id"]
    tax = next(one["Id"] for one in office.sandbox.books.entities("TaxCode") if one["Name"] == "HST ON")
    line = {
        "DetailType": "SalesItemLineDetail",
        "Amount": 10,
        "SalesItemLineDetail": {"ItemRef": {"value": item}, "TaxCodeRef": {"value": tax}},
    }
    customer = office.sandbox.books.id_of("Customer", "Sofia Rossi")
    answer = requests.post(
        f"{office.sandbox.url}/v3/company/{office.sandbox.realm_id}/invoice",
        json={
            "CustomerRef": {"value": customer},
            "DocNumber": number,
            "TxnDate": "2019-05-03",
            "Line": [line],
        },
        headers={
            "Authorization": f"Bearer {office.sandbox.grant().access_token}",
            "Accept": "application/json",
        },
        timeout=10,
    )
    assert answer.ok, answer.text


def test_books_that_were_closed_meanwhile_are_told(office: Standing) -> None:
    """QuickBooks says no to the date: nothing was booked, and who can mend it."""
    shown = previewed(office, "00003", "Leila Haddad")
    closed = Fault("refuse", method="POST", path="invoice", code="6210", detail="Closed through 2026-11-30")
    office.sandbox.faults.add(closed)
    office.cast.maria.click("Book 1 Invoice", shown)
    result = reads(office.cast.maria, "0 of 1 invoice booked, 1 needs attention for Leila Haddad")
    sentence = (
        "The books are closed for its date. Ask your bookkeeper to reopen the period. Nothing was booked."
    )
    assert sentence in result.words
    assert [] == booked(office.sandbox, "Leila Haddad")
