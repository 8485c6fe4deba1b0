"""Many hands on the ledger: each effect is handed out once, whoever reaches for it."""

import threading
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from db import effects
from db.effects import Confirm, Release, State
from db.engine import Database, open_database
from db.firms import Firm
from tests.db.conftest import NOW, a_firm
from tests.db.ledger import KEY, REALM, add, claim, claimed, close, invoice_effect, read


def test_no_effect_is_claimed_twice(database: Database, firm: Firm, other_firm: Firm) -> None:
    """8 threads, 60 effects of two firms."""
    added = {
        add(database, invoice_effect(each, subject=f"invoice|{number}")).id
        for number in range(30)
        for each in (firm, other_firm)
    }
    ready = threading.Barrier(8)

    def work(_: int) -> list[str]:
        ready.wait()
        mine = []
        while (taken := claim(database)) is not None:
            mine.append(taken.effect.id)
        return mine

    with ThreadPoolExecutor(8) as threads:
        handed = Counter(name for names in threads.map(work, range(8)) for name in names)
    assert handed == Counter(added)


def test_one_identity_added_at_once_is_one_effect(database: Database, firm: Firm) -> None:
    """8 threads expand the same sync."""
    ready = threading.Barrier(8)

    def write_down(_: int) -> str:
        ready.wait()
        with database.write() as session:
            return effects.order(session, invoice_effect(firm), NOW).id

    with ThreadPoolExecutor(8) as threads:
        assert len(set(threads.map(write_down, range(8)))) == 1


def test_one_hold_closed_at_once_ends_once(database: Database, firm: Firm) -> None:
    """8 threads write the outcome of one hold: one does."""
    effect = add(database, invoice_effect(firm))
    held = claimed(database)
    ready = threading.Barrier(8)

    def end(number: int) -> bool:
        ready.wait()
        return close(database, held, Confirm(str(number)))

    with ThreadPoolExecutor(8) as threads:
        won = list(threads.map(end, range(8)))
    assert won.count(True) == 1
    assert str(won.index(True)) == read(database, effect).remote_id


def test_workers_and_orders_do_not_wait_for_each_other(database: Database, firm: Firm) -> None:
    """Some claim and release the very effects that others order and park: all get through."""
    ready = threading.Barrier(6)

    def work(_: int) -> None:
        ready.wait()
        for _ in range(15):
            taken = claim(database)
            if taken is not None:
                close(database, taken.effect, Release(NOW))

    def ask(_: int) -> None:
        ready.wait()
        for _ in range(5):
            with database.write() as session:
                for number in range(4):
                    effects.order(session, invoice_effect(firm, subject=f"invoice|{number}"), NOW)
            with database.write() as session:
                effects.park(session, firm.id, "no connection", NOW)
                effects.unpark(session, firm.id, REALM, NOW)
                left = effects.of_invoice(session, firm.id, REALM, KEY.subject)
                effects.go_on(session, firm.id, [one.id for one in left], NOW)

    with ThreadPoolExecutor(6) as threads:
        outcomes = [threads.submit(work if number % 2 else ask, number) for number in range(6)]
    assert [None] * 6 == [outcome.result() for outcome in outcomes]


@pytest.mark.postgres
def test_a_claim_does_not_wait_for_anothers(postgres_url: str) -> None:
    """While one worker's claim isn't committed yet, the next gets the next effect."""
    database = open_database(postgres_url, given_clock=True)
    firm = a_firm(database, "T1", lambda: "00000000-0000-4000-8000-000000000001")
    add(database, invoice_effect(firm))
    add(database, invoice_effect(firm, subject="invoice|2"))
    with database.write() as session, ThreadPoolExecutor(1) as elsewhere:
        first = effects.claim(session, NOW)
        second = elsewhere.submit(claim, database).result(timeout=4)
        third = elsewhere.submit(claim, database).result(timeout=4)
    database.close()

    assert first is not None
    assert second is not None
    assert first.effect.id != second.effect.id
    assert third is None


@pytest.mark.postgres
def test_a_worker_with_a_fast_clock_takes_nothing_early(postgres_url: str) -> None:
    """On PostgreSQL the lease runs by the database's clock, whatever a worker believes."""
    database = open_database(postgres_url)
    firm = a_firm(database, "T1", lambda: "00000000-0000-4000-8000-000000000001")
    add(database, invoice_effect(firm, due_at=NOW - timedelta(days=3650)))
    with database.write() as session:
        held = effects.claim(session, NOW)
    with database.write() as session:
        stolen = effects.claim(session, NOW + timedelta(days=3650))
    database.close()

    assert held is not None
    assert held.effect.state == State.SENDING
    assert stolen is None
