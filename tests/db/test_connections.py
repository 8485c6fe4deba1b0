"""Connections: one company a firm, one refresh at a time, nothing lost on the way."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from db import connections, effects, tables
from db.audit import lines
from db.connections import (
    Connection,
    NotConnectedError,
    RealmFixedError,
    RealmTakenError,
    SealedPair,
)
from db.effects import Confirm, Doubt, Park, Reject
from db.engine import Database
from db.firms import Firm
from tests.db.conftest import NOW
from tests.db.ledger import FAULT, REALM, add, claimed, close, invoice_effect

SECOND = timedelta(seconds=1)
PAIR = SealedPair("v1.k.a1", "v1.k.r1", NOW + timedelta(hours=1), NOW + timedelta(days=100))
NEXT = replace(PAIR, access="v1.k.a2", refresh="v1.k.r2", access_expires_at=NOW + timedelta(hours=2))


def connect(database: Database, firm: Firm, realm: str = REALM) -> None:
    """Alice connects the firm."""
    with database.write() as session:
        connections.connect(
            session,
            firm_id=firm.id,
            realm_id=realm,
            company_name="René & 马春梅 Immigration " + "x" * 300,
            home_currency="CAD",
            pair=PAIR,
            by="UALICE",
            now=NOW,
        )


def read(database: Database, firm: Firm) -> Connection:
    """The firm's connection as it stands now."""
    with database.read() as session:
        found = connections.get(session, firm.id)
    assert found is not None
    return found


def test_a_connection_comes_back_as_it_was_made(database: Database, firm: Firm, other_firm: Firm) -> None:
    """The firm's own; another firm has none."""
    connect(database, firm)

    assert read(database, firm) == Connection(
        firm_id=firm.id,
        realm_id=REALM,
        company_name=("René & 马春梅 Immigration " + "x" * 300)[:200],
        home_currency="CAD",
        state="ok",
        reason="",
        access_expires_at=PAIR.access_expires_at,
        refresh_expires_at=PAIR.refresh_expires_at,
        version=1,
        lease_until=None,
        connected_by="UALICE",
        connected_at=NOW,
    )
    with database.read() as session:
        assert PAIR == connections.sealed_pair(session, firm.id)
        assert connections.get(session, other_firm.id) is None
        with pytest.raises(NotConnectedError):
            connections.sealed_pair(session, other_firm.id)
        assert lines(session, firm.id)[-1].verb == "quickbooks.connected"


def test_a_company_belongs_to_one_workspace(database: Database, firm: Firm, other_firm: Firm) -> None:
    """A second workspace is refused, and the first keeps its own."""
    connect(database, firm)

    with pytest.raises(RealmTakenError):
        connect(database, other_firm)
    assert read(database, firm).realm_id == REALM
    connect(database, other_firm, "9130")
    with pytest.raises(RealmTakenError):
        connect(database, other_firm)
    assert read(database, other_firm).realm_id == "9130"


@pytest.mark.parametrize("change", [Confirm("145"), Doubt(NOW, "time-out"), None])
def test_what_was_booked_fixes_the_company(
    database: Database, firm: Firm, change: effects.Change | None
) -> None:
    """After something was sent, even in doubt, the firm stays with its company."""
    connect(database, firm)
    add(database, invoice_effect(firm))
    held = claimed(database)
    if change is not None:
        close(database, held, change)

    with pytest.raises(RealmFixedError):
        connect(database, firm, "9130")
    assert read(database, firm).realm_id == REALM
    connect(database, firm)


def test_doubt_fixes_the_company_even_where_it_is_parked(database: Database, firm: Firm) -> None:
    """It may be booked there: that the connection was lost afterwards doesn't change that."""
    connect(database, firm)
    add(database, invoice_effect(firm))
    close(database, claimed(database), Doubt(NOW, "time-out"))
    close(database, claimed(database), Park("no consent"))

    with pytest.raises(RealmFixedError):
        connect(database, firm, "9130")


def test_what_was_parked_unsent_fixes_nothing(database: Database, firm: Firm) -> None:
    """Nothing of it can be in the other company."""
    connect(database, firm)
    add(database, invoice_effect(firm))
    close(database, claimed(database), Park("no consent"))

    connect(database, firm, "9130")
    assert read(database, firm).realm_id == "9130"


def test_what_was_refused_fixes_nothing(database: Database, firm: Firm, other_firm: Firm) -> None:
    """Nothing is in the other company; and what other firms booked doesn't count."""
    connect(database, firm)
    add(database, invoice_effect(firm))
    close(database, claimed(database), Reject(FAULT))
    add(database, invoice_effect(other_firm))
    close(database, claimed(database), Confirm("145"))

    connect(database, firm, "9130")
    assert read(database, firm).realm_id == "9130"


def test_reconnecting_brings_new_tokens_and_a_new_version(database: Database, firm: Firm) -> None:
    """Who refreshes at that moment with the old ones loses."""
    connect(database, firm)
    with database.write() as session:
        connections.mark(session, firm.id, "reconnect", "Intuit wants consent", now=NOW)
    connect(database, firm)

    assert (2, "ok", "") == (
        read(database, firm).version,
        read(database, firm).state,
        read(database, firm).reason,
    )
    with database.write() as session:
        assert not connections.store_pair(session, firm.id, 1, NEXT)


def test_eight_threads_take_one_lease(database: Database, firm: Firm) -> None:
    """One refreshes, seven wait and read again."""
    connect(database, firm)
    ready = threading.Barrier(8)

    def take(_: int) -> bool:
        ready.wait()
        with database.write() as session:
            return connections.take_lease(session, firm.id, 1, NOW, NOW + 30 * SECOND)

    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(take, range(8))).count(True) == 1


def test_a_lease_ends(database: Database, firm: Firm) -> None:
    """Who died while refreshing doesn't block the others for ever."""
    connect(database, firm)
    with database.write() as session:
        assert connections.take_lease(session, firm.id, 1, NOW, NOW + 30 * SECOND)
        assert not connections.take_lease(session, firm.id, 1, NOW + 29 * SECOND, NOW + 59 * SECOND)
        assert connections.take_lease(session, firm.id, 1, NOW + 30 * SECOND, NOW + 60 * SECOND)
    assert NOW + 60 * SECOND == read(database, firm).lease_until


def test_a_lease_is_for_one_version_of_one_firm(database: Database, firm: Firm, other_firm: Firm) -> None:
    """Tokens that were refreshed meanwhile need no refreshing; another firm's lease is its own."""
    connect(database, firm)
    connect(database, other_firm, "9130")
    with database.write() as session:
        assert not connections.take_lease(session, firm.id, 2, NOW, NOW + 30 * SECOND)
        assert connections.take_lease(session, firm.id, 1, NOW, NOW + 30 * SECOND)
        assert connections.take_lease(session, other_firm.id, 1, NOW, NOW + 30 * SECOND)


def test_refreshed_tokens_are_stored_with_the_previous_beside(
    database: Database, firm: Firm, other_firm: Firm
) -> None:
    """A new version, free for the next; the old refresh token is kept sealed."""
    connect(database, firm)
    connect(database, other_firm, "9130")
    with database.write() as session:
        connections.take_lease(session, firm.id, 1, NOW, NOW + 30 * SECOND)
        assert connections.store_pair(session, firm.id, 1, NEXT)

    with database.read() as session:
        assert NEXT == connections.sealed_pair(session, firm.id)
        assert PAIR == connections.sealed_pair(session, other_firm.id)
        row = session.get_one(tables.Connection, firm.id)
        assert row.sealed_previous == "v1.k.r1"
    assert (2, None, NEXT.access_expires_at) == (
        read(database, firm).version,
        read(database, firm).lease_until,
        read(database, firm).access_expires_at,
    )


def test_late_tokens_do_not_replace_newer_ones(database: Database, firm: Firm) -> None:
    """Who refreshed an older version comes too late."""
    connect(database, firm)
    with database.write() as session:
        assert connections.store_pair(session, firm.id, 1, NEXT)
        assert not connections.store_pair(session, firm.id, 1, PAIR)
        assert NEXT == connections.sealed_pair(session, firm.id)


def test_trouble_is_told_once(database: Database, firm: Firm, other_firm: Firm) -> None:
    """Only the first to notice hears that it is news; other firms' connections stay."""
    connect(database, firm)
    connect(database, other_firm, "9130")
    with database.write() as session:
        assert connections.mark(session, firm.id, "reconnect", "Intuit wants consent", now=NOW)
        assert not connections.mark(session, firm.id, "reconnect", "again", now=NOW)

    assert ("reconnect", "Intuit wants consent") == (
        read(database, firm).state,
        read(database, firm).reason,
    )
    assert read(database, other_firm).state == "ok"


def test_trouble_with_old_tokens_is_no_trouble(database: Database, firm: Firm) -> None:
    """Somebody refreshed them meanwhile."""
    connect(database, firm)
    with database.write() as session:
        connections.store_pair(session, firm.id, 1, NEXT)
        assert not connections.mark(session, firm.id, "reconnect", "late", now=NOW, version=1)
        assert connections.mark(session, firm.id, "reconnect", "true", now=NOW, version=2)


def test_no_token_is_in_the_audit(database: Database, firm: Firm) -> None:
    """Not even sealed."""
    connect(database, firm)
    with database.read() as session:
        content = session.scalars(select(tables.AuditLine.content)).all()
    assert not any("v1.k" in line for line in content)
