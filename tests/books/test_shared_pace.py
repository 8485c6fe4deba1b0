"""One pace for several processes: places, moments and rests that all of them see."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier, Event, Lock
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.engine import open_database
from qb.gateway import InDoubt, Pace
from qb.shared_pace import LONGEST_CALL, SharedTurns

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db.engine import Database

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
SOON, LONG = timedelta(seconds=5), timedelta(minutes=5)


class Clock:
    """The time, which passes only when somebody sleeps or the test says so."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        """Now (UTC)."""
        return self.now

    def sleep(self, seconds: float) -> None:
        """Let so many seconds pass."""
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> Clock:
    """It is noon."""
    return Clock()


@pytest.fixture
def databases(database_url: str) -> Iterator[tuple[Database, Database]]:
    """One database as two processes open it, leases running by the clock that is given."""
    first, second = (open_database(database_url, given_clock=True) for _ in range(2))
    yield first, second
    first.close()
    second.close()


def two_processes(
    databases: tuple[Database, Database], clock: Clock, pace: Pace
) -> tuple[SharedTurns, SharedTurns]:
    """Turns that know of each other only through the database."""
    first, second = (SharedTurns(each, pace, clock=clock, sleep=clock.sleep) for each in databases)
    return first, second


def begin(turns: SharedTurns, clock: Clock, realm: str = "1", within: timedelta = LONG) -> datetime:
    """When a call that asks now begins."""
    with turns.turn(realm, within=within):
        return clock()


def test_two_processes_share_the_nine_of_a_second(databases: tuple[Database, Database], clock: Clock) -> None:
    """In turn they get a ninth each, and the tenth begins a second after the first; others aren't counted."""
    both = two_processes(databases, clock, Pace())
    begins = [begin(both[number % 2], clock) for number in range(10)]
    ninths = [NOON + number * timedelta(microseconds=111_111) for number in range(9)]
    assert [*ninths, NOON + timedelta(seconds=1)] == begins
    assert NOON + timedelta(seconds=1) == begin(both[0], clock, "2")


def test_no_second_and_no_minute_of_two_processes_holds_too_many(
    databases: tuple[Database, Database],
) -> None:
    """However the calls come in, any second has at most 3 and any minute at most 20."""

    @settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.lists(st.floats(min_value=0, max_value=2), min_size=25, max_size=50), st.uuids())
    def holds(pauses: list[float], realm: object) -> None:
        clock = Clock()
        both = two_processes(databases, clock, Pace(per_second=3, per_minute=20, in_flight=1))
        begins = []
        for number, pause in enumerate(pauses):
            clock.sleep(pause)
            begins.append(begin(both[number % 2], clock, str(realm)[:32]))
        for index, moment in enumerate(begins):
            later = begins[index:]
            assert sum(one < moment + timedelta(seconds=1) for one in later) <= 3
            assert sum(one < moment + timedelta(minutes=1) for one in later) <= 20

    holds()


def test_a_throttle_rests_the_company_in_every_process_and_no_other(
    databases: tuple[Database, Database], clock: Clock
) -> None:
    """What one process was told, the other obeys; the longest rest counts, and another company goes on."""
    first, second = two_processes(databases, clock, Pace())
    first.rest("1", 60)
    first.rest("1", 5)
    with pytest.raises(InDoubt) as caught:
        begin(second, clock, within=SOON)
    assert (False, 60) == (caught.value.sent, caught.value.rest_seconds)
    assert [frozenset({"1"})] * 2 == [first.busy(), second.busy()]
    assert NOON == begin(second, clock, "2")
    clock.sleep(59)
    assert frozenset() == second.busy()
    assert NOON + timedelta(seconds=60) == begin(second, clock, within=SOON)


def test_a_rest_stops_those_already_waiting(databases: tuple[Database, Database], clock: Clock) -> None:
    """A call that slept for its turn looks once more before it goes, whoever was throttled meanwhile."""
    _, other = two_processes(databases, clock, Pace(per_second=1))

    def sleep_while_another_is_throttled(seconds: float) -> None:
        clock.sleep(seconds)
        other.rest("1", 60)

    turns = SharedTurns(databases[0], Pace(per_second=1), clock=clock, sleep=sleep_while_another_is_throttled)
    begin(turns, clock)
    with pytest.raises(InDoubt) as caught:
        begin(turns, clock)
    assert (False, 60) == (caught.value.sent, caught.value.rest_seconds)


def test_who_oversleeps_asks_for_another_moment(databases: tuple[Database, Database], clock: Clock) -> None:
    """Else it would meet the next second's calls; the place it had stays its own, and comes free once."""
    tired = iter([1.0, 0.0, 0.0])
    turns = SharedTurns(
        databases[0],
        Pace(per_second=1, in_flight=1),
        clock=clock,
        sleep=lambda seconds: clock.sleep(seconds + next(tired, 0.0)),
    )
    assert NOON == begin(turns, clock)
    assert NOON + timedelta(seconds=2) == begin(turns, clock)  # a moment at once: nobody waits there
    assert NOON + timedelta(seconds=3) == begin(turns, clock)


@pytest.mark.parametrize("naps", [[300.0], [0.5, 300.0]])
def test_who_is_frozen_while_sleeping_for_its_turn_sends_nothing(
    databases: tuple[Database, Database], clock: Clock, naps: list[float]
) -> None:
    """Five minutes gone are five minutes gone: its lease is another's, in the first sleep or the second."""
    frozen = iter(naps)
    turns = SharedTurns(
        databases[0],
        Pace(per_second=1),
        clock=clock,
        sleep=lambda seconds: clock.sleep(seconds + next(frozen, 0.0)),
    )
    begin(turns, clock, within=SOON)
    with pytest.raises(InDoubt) as caught:
        begin(turns, clock, within=SOON)
    assert caught.value.sent is False
    woken = clock()
    assert woken <= begin(turns, clock, within=SOON) <= woken + timedelta(seconds=1)


def test_who_is_frozen_while_waiting_for_a_place_sends_nothing(
    databases: tuple[Database, Database], clock: Clock
) -> None:
    """The looks it takes are counted by the clock, not by how long they were meant to last."""
    first, _ = two_processes(databases, clock, Pace(in_flight=1))
    held = first.turn("1", within=SOON)
    held.__enter__()

    def frozen(seconds: float) -> None:
        clock.sleep(seconds + 300.0)
        held.__exit__(None, None, None)

    turns = SharedTurns(databases[1], Pace(in_flight=1), clock=clock, sleep=frozen)
    with pytest.raises(InDoubt) as caught:
        begin(turns, clock, within=SOON)
    assert caught.value.sent is False


def test_a_call_that_would_wait_too_long_is_not_sent(
    databases: tuple[Database, Database], clock: Clock
) -> None:
    """It is told when to come again, and takes nobody's place."""
    turns, _ = two_processes(databases, clock, Pace(per_second=9, per_minute=2))
    begin(turns, clock)
    clock.sleep(1)
    begin(turns, clock)
    clock.sleep(9)
    with pytest.raises(InDoubt) as caught:
        begin(turns, clock, within=SOON)
    assert (False, 50) == (caught.value.sent, caught.value.rest_seconds)
    clock.sleep(50)
    assert NOON + timedelta(seconds=60) == begin(turns, clock, within=SOON)


def test_eight_calls_of_all_processes_are_under_way_at_most(
    databases: tuple[Database, Database], clock: Clock
) -> None:
    """The ninth, of either, waits until one is done; one that can't wait is not sent."""
    both = two_processes(databases, clock, Pace(per_second=10**9))
    all_in, done = Barrier(9), Event()

    def call(number: int) -> None:
        with both[number % 2].turn("1", within=LONG):
            all_in.wait(timeout=10)
            done.wait(timeout=10)

    with ThreadPoolExecutor(8) as pool:
        calls = [pool.submit(call, number) for number in range(8)]
        all_in.wait(timeout=10)
        with pytest.raises(InDoubt) as caught:
            begin(both[1], clock, within=timedelta())
        done.set()
    assert [None] * 8 == [each.result() for each in calls]
    assert caught.value.sent is False
    assert NOON == begin(both[0], clock, within=timedelta())


def test_a_killed_processs_places_come_free(databases: tuple[Database, Database], clock: Clock) -> None:
    """After the longest a call can take; until then QuickBooks may still be at it."""
    dead, living = two_processes(databases, clock, Pace(in_flight=2))
    lost = [dead.turn("1", within=SOON) for _ in range(2)]
    for each in lost:
        each.__enter__()  # and never left: its process was killed

    with pytest.raises(InDoubt):
        begin(living, clock, within=SOON)
    clock.now = NOON + LONGEST_CALL
    assert NOON + LONGEST_CALL == begin(living, clock, within=SOON)


def test_a_clock_set_back_stops_nobody(databases: tuple[Database, Database], clock: Clock) -> None:
    """What it said before counts no more."""
    turns, _ = two_processes(databases, clock, Pace())
    for _ in range(9):
        begin(turns, clock)
    clock.sleep(-3600)
    now = clock()
    begins = [begin(turns, clock, within=SOON) for _ in range(10)]
    assert (now, now + timedelta(seconds=1)) == (begins[0], begins[9])


def test_a_clock_set_back_leaves_no_company_busy(databases: tuple[Database, Database], clock: Clock) -> None:
    """Its work isn't left lying until the time that was is reached again; a rest of an hour still counts."""
    turns, _ = two_processes(databases, clock, Pace(per_minute=1))
    begin(turns, clock)
    assert frozenset({"1"}) == turns.busy()
    clock.sleep(-2 * 3600)
    assert frozenset() == turns.busy()
    turns.rest("2", 3600)
    assert frozenset({"2"}) == turns.busy()


def test_threads_of_two_processes_share_the_limits(databases: tuple[Database, Database]) -> None:
    """Eight threads each, sixty calls: never more than nine begin in a second."""
    reserved: list[float] = []
    lock = Lock()

    def sleep(seconds: float) -> None:
        with lock:
            reserved.append(seconds)

    pace = Pace(in_flight=100)
    both = [SharedTurns(each, pace, clock=lambda: NOON, sleep=sleep) for each in databases]

    def call(number: int) -> None:
        with both[number % 2].turn("1", within=LONG):
            pass

    with ThreadPoolExecutor(16) as pool:
        list(pool.map(call, range(60)))
    # The clock stands still: one begins now, one in a ninth of a second, and so on.
    ninths = [number * 0.111111 for number in range(9)]
    expected = [second + ninth for second in range(7) for ninth in ninths][1:60]
    assert expected == pytest.approx(sorted(reserved))
