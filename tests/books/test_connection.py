"""A consent is good once, for one browser, for ten minutes."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import parse_qs, urlparse

import pytest
import requests

from db import connections
from qb.connection import ask
from qb.consent import Came, Consent, hashed
from qb.sandbox import Fault
from tests.books.exports import ONTARIO
from tests.books.office import MARIA, Office

COOKIE = "a-cookie-of-this-browser"
TOKEN_PATH = "oauth2/v1/tokens/bearer"


def asked(office: Office, channel: str = "D1") -> str:
    """A press of Connect by Maria; gives the state."""
    with office.database.write() as session:
        random = office.new_id()[-32:].encode()
        return ask(
            session, firm_id=office.firm_id, user_id=MARIA, random=random, now=office.clock(), channel=channel
        )


def consented(office: Office, state: str, cookie: str = COOKIE) -> dict[str, str]:
    """Through Intuit's page in the browser: what the redirect brings back."""
    there = office.connections.depart(state, cookie)
    assert isinstance(there, str), there
    form = {key: values[0] for key, values in parse_qs(urlparse(there).query).items()}
    answer = requests.post(
        there.partition("?")[0], data=form | {"decision": "connect"}, allow_redirects=False, timeout=5
    )
    return {k: v[0] for k, v in parse_qs(urlparse(answer.headers["Location"]).query).items()}


def test_a_consent_connects_the_firm(office: Office) -> None:
    """The company is asked who it is, the tokens are sealed, and the person's message is known."""
    came = office.connections.finish(consented(office, asked(office)), COOKIE)
    assert (Came.CONNECTED, MARIA, "D1", "Northgate Immigration Law") == (
        came.came,
        came.user_id,
        came.channel,
        came.company_name,
    )
    with office.database.read() as session:
        connection = connections.get(session, office.firm_id)
        pair = connections.sealed_pair(session, office.firm_id)
    assert connection is not None
    assert (office.sandbox.realm_id, "CAD", "ok") == (
        connection.realm_id,
        connection.home_currency,
        connection.state,
    )
    assert pair.access.startswith("v1.k1.")
    office.read_lists()


def test_only_hashes_of_state_and_cookie_are_kept(office: Office) -> None:
    """Whoever reads the database can't come back with either."""
    state = asked(office)
    with office.database.read() as session:
        found = connections.peek_consent(session, hashed(state), office.clock())
    assert state not in repr(found)
    assert 43 == len(state)


def test_a_state_is_good_once(office: Office) -> None:
    """The same answer again connects nothing."""
    answer = consented(office, asked(office))
    office.connections.finish(answer, COOKIE)
    assert Came.USED is office.connections.finish(answer, COOKIE).came


def test_a_state_is_good_for_ten_minutes(office: Office) -> None:
    """Too late to leave, too late to come back."""
    state, late = asked(office), asked(office)
    answer = consented(office, state)
    office.clock.sleep(601)
    assert Came.EXPIRED is office.connections.finish(answer, COOKIE).came
    gone = office.connections.depart(late, COOKIE)
    assert isinstance(gone, Consent)
    assert Came.EXPIRED is gone.came


def test_a_state_belongs_to_the_browser_that_opened_it(office: Office) -> None:
    """Another browser's answer is refused and uses nothing up; a second browser can't open the link."""
    state = asked(office)
    answer = consented(office, state)
    assert Came.OTHER_BROWSER is office.connections.finish(answer, "another-cookie").came
    second = office.connections.depart(state, "another-cookie")
    assert isinstance(second, Consent)
    assert Came.USED is second.came
    assert Came.CONNECTED is office.connections.finish(answer, COOKIE).came


def test_a_strange_state_is_nobodys(office: Office) -> None:
    """Nothing is told of any firm."""
    came = office.connections.finish({"state": "x", "code": "y", "realmId": "1"}, COOKIE)
    assert (Came.UNKNOWN, "") == (came.came, came.firm_id)
    gone = office.connections.depart("x", COOKIE)
    assert isinstance(gone, Consent)
    assert Came.UNKNOWN is gone.came


def test_a_refusal_is_explained(office: Office) -> None:
    """The person pressed No thanks at Intuit."""
    state = asked(office)
    office.connections.depart(state, COOKIE)
    came = office.connections.finish({"state": state, "error": "access_denied"}, COOKIE)
    assert Came.REFUSED is came.came
    assert "the access wasn't given" in came.sentences[0]


@pytest.mark.parametrize("trouble", [Fault("cut"), Fault("status", status=500)])
def test_no_answer_from_intuit_connects_nothing(office: Office, trouble: Fault) -> None:
    """It is said, and the next press starts anew."""
    answer = consented(office, asked(office))
    office.sandbox.faults.add(replace(trouble, path=TOKEN_PATH))
    assert Came.FAILED is office.connections.finish(answer, COOKIE).came
    assert Came.CONNECTED is office.connections.finish(consented(office, asked(office)), COOKIE).came


def test_a_code_that_is_not_intuits_connects_nothing(office: Office) -> None:
    """A made-up code with a good state."""
    answer = consented(office, asked(office)) | {"code": "made-up"}
    assert Came.FAILED is office.connections.finish(answer, COOKIE).came


def test_a_company_once_booked_into_is_kept(office: Office) -> None:
    """A firm that has sent anything stays with that company."""
    office.ready(ONTARIO)
    office.order()
    office.work()
    office.connections.finish(consented(office, asked(office)), COOKIE)
    with office.database.write() as session:
        connection = connections.get(session, office.firm_id)
        assert connection is not None
        with pytest.raises(connections.RealmFixedError):
            connections.connect(
                session,
                firm_id=office.firm_id,
                realm_id="1",
                company_name="Other",
                home_currency="CAD",
                pair=connections.sealed_pair(session, office.firm_id),
                by=MARIA,
                now=office.clock(),
            )


def test_an_answer_without_a_company_connects_nothing(office: Office) -> None:
    """Intuit names the company only here."""
    answer = consented(office, asked(office))
    del answer["realmId"]
    assert Came.FAILED is office.connections.finish(answer, COOKIE).came


def test_a_state_is_made_of_32_random_bytes(office: Office) -> None:
    """Fewer could be guessed."""
    with office.database.write() as session, pytest.raises(ValueError, match="32 random bytes"):
        ask(session, firm_id=office.firm_id, user_id=MARIA, random=b"x" * 31, now=office.clock())


def test_a_company_belongs_to_one_firm(office: Office) -> None:
    """The second workspace that connects it is told so."""
    office.connect()
    office.firm_id = office.meet("T2")
    assert Came.OTHER_FIRM is office.connections.finish(consented(office, asked(office)), COOKIE).came


def test_connecting_anew_lets_parked_effects_go_on(office: Office) -> None:
    """Nobody has to press anything more."""
    office.ready(ONTARIO)
    office.sandbox.disconnect()
    sync_id = office.order()
    office.work()
    office.connections.finish(consented(office, asked(office)), COOKIE)
    office.work()
    assert [True] == [receipt.ties for receipt in office.settle(sync_id)]
