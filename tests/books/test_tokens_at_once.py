"""Many at one token: it is renewed once, by whoever is first, and nobody's rotation is lost."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from db import connections, effects
from qb.sandbox import Fault
from tests.books.exports import ONTARIO
from tests.books.refresher import DIE, KILLED, refreshers
from tests.proof_lines import say

if TYPE_CHECKING:
    from tests.books.office import Office

TOKEN_PATH = "oauth2/v1/tokens/bearer"
HANDS = 8


def renewals(office: Office) -> list[int]:
    """What Intuit answered to each renewal."""
    asked = (seen for seen in office.sandbox.requests() if seen.entity == "oauth")
    return [seen.status for seen in asked if seen.query == "refresh_token"]


def by_processes(office: Office, rounds: int) -> None:
    """Eight processes find the same token expired, again and again."""
    office.connect()
    with refreshers(office, HANDS) as processes:
        for number in range(1, rounds + 1):
            office.sandbox.expire_access()
            office.sandbox.faults.add(Fault("latency", path=TOKEN_PATH, seconds=0.05))
            assert ["ok"] * HANDS == processes.go()
            assert [200] * number == renewals(office)


def by_threads(office: Office, rounds: int) -> None:
    """Eight threads of one process, the same."""
    office.connect()
    for number in range(1, rounds + 1):
        office.sandbox.expire_access()
        threads = [threading.Thread(target=office.read_lists) for _ in range(HANDS)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert [200] * number == renewals(office)


@pytest.mark.postgres
def test_eight_processes_renew_once(postgres_office: Office) -> None:
    """On PostgreSQL: one renewal a round, no ``invalid_grant``, everybody gets through."""
    by_processes(postgres_office, 3)


@pytest.mark.prove
@pytest.mark.postgres
def test_eight_processes_renew_once_a_hundred_times(postgres_office: Office) -> None:
    """The same a hundred times over."""
    by_processes(postgres_office, 100)
    say(
        "Tokens",
        "eight processes at one expired token, PostgreSQL",
        "100 rounds, 800 calls: 100 renewals, no invalid_grant",
    )


@pytest.mark.prove
def test_eight_threads_renew_once_a_hundred_times(office: Office) -> None:
    """On SQLite, where the threads of one process are the workers."""
    by_threads(office, 100)
    say("Tokens", "eight threads at one expired token, SQLite", "100 rounds: 100 renewals, no invalid_grant")


def killed_between(office: Office) -> str:
    """A process is killed between Intuit's answer and its commit, with a sync on its way; gives the sync."""
    office.ready(ONTARIO)
    sync_id = office.order()
    office.sandbox.expire_access()
    with refreshers(office, 1, DIE) as dying:
        assert [KILLED] == dying.go()
    assert [200] == renewals(office)
    return sync_id


def test_a_kill_between_answer_and_commit_ends_in_one_request_to_reconnect(either_office: Office) -> None:
    """The new pair is lost and the old token spent: parked, said once, and after connecting it goes on."""
    office = either_office
    sync_id = killed_between(office)
    office.work(minutes=24 * 60)
    with office.database.read() as session:
        (lost,) = connections.in_state(session, connections.RECONNECT)
    assert lost.state_since is not None
    assert [200, 400] == renewals(office)
    assert {effects.State.PARKED} == {effect.state for effect in office.effects(sync_id)}
    office.connect()
    office.work()
    assert {effects.State.CONFIRMED} == {effect.state for effect in office.effects(sync_id)}
    assert (1, 1) == tuple(len(office.sandbox.books.entities(kind)) for kind in ("Invoice", "Payment"))


def test_a_kill_between_answer_and_commit_costs_nothing_while_the_old_token_lives(office: Office) -> None:
    """As Intuit says it is for a day: the next one renews with the stored token, and nobody notices."""
    office.sandbox.switches = replace(office.sandbox.switches, refresh_rotation="daily")
    sync_id = killed_between(office)
    office.work(minutes=24 * 60)
    assert {effects.State.CONFIRMED} == {effect.state for effect in office.effects(sync_id)}
