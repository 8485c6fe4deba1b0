"""How a connection is lost, what that says to whom, and how each kind of loss ends."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from db import audit, connections, effects
from db.connections import APP_REFUSED, LOCKED, OK, RECONNECT
from db.effects import State
from qb.connection import Connections, lose
from qb.gateway import CompanyLocked, Gateway, GatewayError, InDoubt, Pace, Reconnect, addresses
from qb.sandbox import Fault
from tests.books.exports import ONTARIO
from tests.books.waiting import wait_for

if TYPE_CHECKING:
    from collections.abc import Callable

    from db.connections import Connection
    from tests.books.office import Office

HOUR, DAY = 3600, 24 * 3600
CLOSED = tuple(
    Fault("refuse", path=path, code="6190", message="Invalid Company Status", times=10_000)
    for path in ("invoice", "payment", "query", "companyinfo/*")
)


def standing(office: Office) -> Connection:
    """The firm's connection."""
    with office.database.read() as session:
        found = connections.get(session, office.firm_id)
    assert found is not None
    return found


def states(office: Office, sync_id: str) -> set[State]:
    """Where the sync's effects stand."""
    return {effect.state for effect in office.effects(sync_id)}


def with_secret(office: Office, secret: str) -> Connections:
    """The firm's connections in a program that was given this secret of its Intuit app."""
    url = office.sandbox.url
    gateway = Gateway(
        client_id="sandbox-client",
        client_secret=secret,
        redirect_uri="http://127.0.0.1:3000/quickbooks/callback",
        addresses=addresses(
            "sandbox",
            api=url,
            authorize=f"{url}/connect/oauth2",
            token=f"{url}/oauth2/v1/tokens/bearer",
            revoke=f"{url}/v2/oauth2/tokens/revoke",
        ),
        clock=office.clock,
        sleep=office.clock.sleep,
        pace=Pace(per_second=10_000, per_minute=100_000),
    )
    return Connections(database=office.database, gateway=gateway, vault=office.vault, clock=office.clock)


def test_a_refresh_token_that_lay_too_long_is_expired_for_good(office: Office) -> None:
    """A hundred and one days: parked, a reason that a person understands, and since when."""
    office.ready(ONTARIO)
    office.clock.sleep(101 * DAY)
    sync_id = office.order()
    office.work()
    lost = standing(office)
    assert (RECONNECT, office.clock()) == (lost.state, lost.state_since)
    assert "an admin needs to connect QuickBooks again" in lost.reason
    assert {State.PARKED} == states(office, sync_id)


def test_a_wrong_secret_is_seen_and_what_waits_goes_on_with_the_right_one(office: Office) -> None:
    """Nothing is parked for a consent that wouldn't help; the state says what is wrong, and clears."""
    office.ready(ONTARIO)
    right, office.connections = office.connections, with_secret(office, "wrong")
    office.clock.sleep(HOUR)
    sync_id = office.order()
    office.work(minutes=30)
    lost = standing(office)
    assert APP_REFUSED == lost.state
    assert "INTUIT_CLIENT_SECRET" in lost.reason
    assert {State.READY} == states(office, sync_id)
    assert all("INTUIT_CLIENT_SECRET" in effect.reason for effect in office.effects(sync_id)[:1])
    since = lost.state_since
    office.work(minutes=60)
    assert since == standing(office).state_since
    office.connections = right
    office.work()
    assert {State.CONFIRMED} == states(office, sync_id)
    assert (OK, None) == (standing(office).state, standing(office).state_since)


def test_a_closed_company_is_parked_and_goes_on_when_it_opens(office: Office) -> None:
    """6190: nobody needs to connect anew; knocking hears that it is open, and what waits is booked once."""
    office.ready(ONTARIO)
    sync_id = office.order()
    office.sandbox.faults.add(*CLOSED)
    office.work()
    assert LOCKED == standing(office).state
    assert {State.PARKED} == states(office, sync_id)
    since = standing(office).state_since
    office.clock.sleep(5 * HOUR)
    assert not office.connections.knock(office.firm_id)
    assert (LOCKED, since) == (standing(office).state, standing(office).state_since)
    office.sandbox.faults.clear()
    assert office.connections.knock(office.firm_id)
    assert not office.connections.knock(office.firm_id)
    office.work()
    assert {State.CONFIRMED} == states(office, sync_id)
    assert 1 == len(office.sandbox.books.entities("Invoice"))


def test_nobody_else_calls_a_closed_company(office: Office) -> None:
    """Only knocking does; renewing our tokens meanwhile doesn't call it open."""
    office.connect()
    with office.database.write() as session:
        connections.mark(session, office.firm_id, LOCKED, "unpaid", now=office.clock())
    before = len(office.sandbox.requests())
    with pytest.raises(CompanyLocked):
        office.read_lists()
    assert before == len(office.sandbox.requests())
    office.sandbox.faults.add(*CLOSED)
    office.clock.sleep(2 * HOUR)
    assert not office.connections.knock(office.firm_id)
    assert (LOCKED, "unpaid") == (standing(office).state, standing(office).reason)


def test_knocking_hears_that_the_consent_is_gone_too(office: Office) -> None:
    """Revoked while it was closed: then that is what must be mended."""
    office.connect()
    with office.database.write() as session:
        connections.mark(session, office.firm_id, LOCKED, "unpaid", now=office.clock())
    office.sandbox.disconnect()
    assert not office.connections.knock(office.firm_id)
    assert RECONNECT == standing(office).state


def test_a_company_that_opens_and_takes_no_token_asks_for_a_new_consent(office: Office) -> None:
    """Not closed any more: who waits for its bill to be paid would wait for ever."""
    office.ready(ONTARIO)
    sync_id = office.order()
    with office.database.write() as session:
        assert lose(session, office.firm_id, CompanyLocked("unpaid"), office.clock(), asked_at=office.clock())
    office.sandbox.faults.add(Fault("expired", path="companyinfo/*", times=2))
    assert not office.connections.knock(office.firm_id)
    assert RECONNECT == standing(office).state
    assert {State.PARKED} == states(office, sync_id)
    office.clock.sleep(1)
    office.connect()
    office.work()
    assert {State.CONFIRMED} == states(office, sync_id)


def test_a_knock_without_answer_changes_nothing(office: Office) -> None:
    """An hour later again."""
    office.connect()
    with office.database.write() as session:
        connections.mark(session, office.firm_id, LOCKED, "unpaid", now=office.clock())
    office.sandbox.faults.add(Fault("status", status=503))
    with pytest.raises(InDoubt):
        office.connections.knock(office.firm_id)
    assert LOCKED == standing(office).state
    assert not office.connections.knock("another firm")


@pytest.mark.parametrize(
    ("lost", "state"), [(Reconnect("gone"), RECONNECT), (CompanyLocked("unpaid"), LOCKED)]
)
def test_a_reading_that_finds_the_door_shut_says_so_once(office: Office, lost: Reconnect, state: str) -> None:
    """What is to be booked waits, before it is tried in vain."""
    office.ready(ONTARIO)
    sync_id = office.order()
    asked_at = office.clock()
    office.clock.sleep(1)
    with office.database.write() as session:
        assert lose(session, office.firm_id, lost, office.clock(), asked_at=asked_at)
        assert not lose(session, office.firm_id, lost, office.clock(), asked_at=asked_at)
    assert state == standing(office).state
    assert {State.PARKED} == states(office, sync_id)


def test_a_shut_door_of_before_the_consent_is_no_news(office: Office) -> None:
    """Somebody has connected it anew while the answer was on its way."""
    office.connect()
    asked_at = office.clock()
    office.clock.sleep(1)
    office.connect()
    with office.database.write() as session:
        assert not lose(session, office.firm_id, Reconnect("gone"), office.clock(), asked_at=asked_at)
        assert not lose(session, "another firm", Reconnect("gone"), office.clock(), asked_at=asked_at)
    assert OK == standing(office).state


def told_to_lose(office: Office) -> None:
    """A reading heard that the consent is gone."""
    with office.database.write() as session:
        lose(session, office.firm_id, Reconnect("gone"), office.clock(), asked_at=office.clock())


def refused_a_renewal(office: Office) -> None:
    """Intuit doesn't take the refresh token any more."""
    office.sandbox.disconnect()
    office.read_lists()


def refused_as_an_app(office: Office) -> None:
    """Intuit doesn't know the app by its secret."""
    office.sandbox.expire_access()
    with_secret(office, "wrong").company(office.firm_id).preferences()


@pytest.mark.postgres
@pytest.mark.parametrize("loss", [told_to_lose, refused_a_renewal, refused_as_an_app])
def test_a_loss_and_another_change_wait_in_one_order(
    postgres_office: Office, loss: Callable[[Office], None]
) -> None:
    """Whoever changes the connection has the firm's record first: two never wait for each other."""
    office = postgres_office
    office.connect()
    with ThreadPoolExecutor(1) as pool:
        with office.database.write() as session:
            audit.hold(session, office.firm_id)
            losing = pool.submit(loss, office)
            wait_for(session, 1)
            connections.mark(session, office.firm_id, LOCKED, "unpaid", now=office.clock())
        assert isinstance(losing.exception(), GatewayError | None)
    assert standing(office).state in {RECONNECT, APP_REFUSED}


def test_effects_of_a_lost_connection_wait_without_a_call(office: Office) -> None:
    """However long it takes: no call is made in vain, and none of them is lost."""
    office.ready(ONTARIO)
    sync_id = office.order()
    office.sandbox.disconnect()
    office.work()
    before = len(office.sandbox.requests())
    office.work(minutes=7 * 24 * 60)
    assert before == len(office.sandbox.requests())
    assert {State.PARKED} == states(office, sync_id)
    with office.database.read() as session:
        assert effects.next_due(session) is None
