"""Tokens are renewed by one at a time, stored before they are used, and lost only once."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from db import connections, effects
from db.connections import RECONNECT
from db.vault import Vault
from qb.connection import Connections
from qb.gateway import InDoubt, Reconnect
from qb.sandbox import Fault
from qb.tokens import OTHER_KEY, UNREADABLE
from tests.books.exports import ONTARIO

if TYPE_CHECKING:
    from tests.books.office import Office

TOKEN_PATH = "oauth2/v1/tokens/bearer"


def test_an_expired_token_is_renewed_before_it_is_used(office: Office) -> None:
    """Five minutes early, and the new pair is stored."""
    office.connect()
    office.clock.sleep(3600 - 299)
    office.read_lists()
    assert 1 == renewals(office)
    office.read_lists()
    assert 1 == renewals(office)


def test_a_refused_token_is_renewed_once(office: Office) -> None:
    """QuickBooks no longer takes it, though its time isn't up."""
    office.connect()
    office.sandbox.expire_access()
    office.read_lists()
    assert 1 == renewals(office)


def test_eight_threads_renew_once(either_office: Office) -> None:
    """One renews, the others wait and use what it got; no rotation is lost."""
    office = either_office
    office.connect()
    office.clock.sleep(3590)
    office.sandbox.faults.add(Fault("latency", path=TOKEN_PATH, seconds=0.2))
    threads = [threading.Thread(target=office.read_lists) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert 1 == renewals(office)
    office.read_lists()


def test_another_process_that_renews_is_waited_for(office: Office) -> None:
    """Its lease is respected: nothing is sent, and nobody tries the old refresh token."""
    office.connect()
    office.clock.sleep(3600)
    with office.database.write() as session:
        held = connections.get(session, office.firm_id)
        assert held is not None
        until = office.clock().replace(second=59)
        assert connections.take_lease(session, office.firm_id, held.version, office.clock(), until)
    with pytest.raises(InDoubt) as doubt:
        office.read_lists()
    assert doubt.value.sent is False
    assert 0 == renewals(office)


def test_a_renewal_in_doubt_keeps_the_token_that_still_lasts(office: Office) -> None:
    """Intuit doesn't answer: four minutes are left, and they are used."""
    office.connect()
    office.clock.sleep(3600 - 240)
    office.sandbox.faults.add(Fault("status", status=500, path=TOKEN_PATH))
    office.read_lists()


def test_a_dead_refresh_token_asks_for_a_new_consent_once(office: Office) -> None:
    """The state says reconnect with its reason, and no more calls are made to find out."""
    office.ready(ONTARIO)
    sync_id = office.order()
    office.sandbox.disconnect()
    with pytest.raises(Reconnect):
        office.read_lists()
    before = len(office.sandbox.requests())
    with pytest.raises(Reconnect):
        office.read_lists()
    assert before == len(office.sandbox.requests())
    with office.database.read() as session:
        connection = connections.get(session, office.firm_id)
    assert connection is not None
    assert RECONNECT == connection.state
    assert {effects.State.PARKED} == {effect.state for effect in office.effects(sync_id)}


def test_a_renewal_that_mends_the_connection_lets_parked_effects_go_on(office: Office) -> None:
    """Called lost while the new pair was on its way: with it all is well, and nothing waits."""
    office.ready(ONTARIO)
    sync_id = office.order()
    office.sandbox.expire_access()
    office.sandbox.faults.add(Fault("latency", path=TOKEN_PATH, seconds=0.5))
    renewing = threading.Thread(target=office.read_lists)
    renewing.start()
    while not leased(office):
        pass
    with office.database.write() as session:
        connections.mark(session, office.firm_id, RECONNECT, "gone", now=office.clock())
        effects.park(session, office.firm_id, "gone", office.clock())
    renewing.join()
    office.take_up()
    assert {effects.State.READY} == {effect.state for effect in office.effects(sync_id)}


def leased(office: Office) -> bool:
    """Whether somebody is renewing the tokens."""
    with office.database.read() as session:
        found = connections.get(session, office.firm_id)
    return found is not None and found.lease_until is not None


def test_a_pair_that_another_process_renewed_is_used(office: Office) -> None:
    """What it stored is read anew; nobody renews twice."""
    office.connect()
    other = Connections(
        database=office.database,
        gateway=office.gateway,
        vault=Vault((("k1", bytes(32)),), bytes),
        clock=office.clock,
    )
    office.clock.sleep(3600)
    other.company(office.firm_id).preferences()
    office.read_lists()
    assert 1 == renewals(office)


def with_keys(office: Office, *keys: tuple[str, bytes]) -> Connections:
    """The firm's connections in a process with these VAULT_KEYS."""
    vault = Vault(keys, lambda size: b"n" * size)
    return Connections(database=office.database, gateway=office.gateway, vault=vault, clock=office.clock)


def test_a_broken_seal_asks_for_a_new_consent(office: Office) -> None:
    """What can't be opened can't be used; the sentence says what to do."""
    office.connect()
    other = with_keys(office, ("k1", b"2" * 32))
    with pytest.raises(Reconnect, match="VAULT_KEYS") as lost:
        other.company(office.firm_id).preferences()
    assert UNREADABLE == lost.value.reason


def test_a_process_without_the_new_key_yet_disconnects_nobody(office: Office) -> None:
    """Restarted one by one: who can't open what another sealed sends nothing, and goes on once it can."""
    office.ready(ONTARIO)
    sync_id = office.order()
    old, new = ("k1", bytes(32)), ("k2", b"2" * 32)
    office.sandbox.expire_access()
    with_keys(office, new, old).company(office.firm_id).preferences()  # renews, and seals with the new key
    with pytest.raises(InDoubt) as waits:
        office.read_lists()
    assert (OTHER_KEY, False) == (waits.value.reason, waits.value.sent)
    office.work(minutes=5)
    with office.database.read() as session:
        connection = connections.get(session, office.firm_id)
    assert connection is not None
    assert connections.OK == connection.state
    assert {effects.State.READY} == {effect.state for effect in office.effects(sync_id)}
    office.connections = with_keys(office, old, new)
    office.work()
    assert {effects.State.CONFIRMED} == {effect.state for effect in office.effects(sync_id)}


def test_without_a_connection_there_is_no_company(office: Office) -> None:
    """The way out is named."""
    with pytest.raises(Reconnect, match="/qb-connect"):
        office.connections.company(office.firm_id)


def renewals(office: Office) -> int:
    """How often Intuit was asked for new tokens by a refresh token."""
    return sum((seen.entity, seen.query) == ("oauth", "refresh_token") for seen in office.sandbox.requests())
