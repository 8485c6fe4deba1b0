"""How many calls a company gets, and what happens to one whose turn doesn't come."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from threading import Barrier, Event, Lock

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qb.gateway import Company, InDoubt, Pace, encode, select
from qb.gateway.pace import BadPace, Turns, TurnsHere, read_pace
from tests.gateway.conftest import NOON, Clock
from tests.gateway.far_side import FarSide, Say, say

SOON = timedelta(seconds=5)
LONG = timedelta(minutes=5)
THROTTLED = Say(
    429,
    b'<IntuitResponse xmlns="http://schema.intuit.com/finance/v3"><Fault type="SERVICE"><Error code="3001">'
    b"<Message>message=ThrottleExceeded</Message></Error></Fault></IntuitResponse>",
)


def begin(turns: Turns, clock: Clock, realm: str = "1", within: timedelta = LONG) -> datetime:
    """When a call that asks now begins."""
    with turns.turn(realm, within=within):
        return clock()


def test_nine_calls_begin_in_a_second_one_after_the_other(clock: Clock) -> None:
    """Spread over it, so that none is late into the next one's; the tenth begins a second after the first."""
    turns = TurnsHere(Pace(), clock=clock, sleep=clock.sleep)
    begins = [begin(turns, clock) for _ in range(10)]
    ninths = [NOON + number * timedelta(microseconds=111_111) for number in range(9)]
    assert [*ninths, NOON + timedelta(seconds=1)] == begins


def test_companies_do_not_wait_for_each_other(clock: Clock) -> None:
    """Each has its own limits, as at Intuit."""
    turns = TurnsHere(Pace(per_second=1), clock=clock, sleep=clock.sleep)
    assert NOON == begin(turns, clock, "1")
    assert NOON == begin(turns, clock, "2")


@given(st.lists(st.floats(min_value=0, max_value=2), min_size=1, max_size=200))
def test_no_second_and_no_minute_ever_holds_too_many(pauses: list[float]) -> None:
    """However the calls come in, any window of a second has at most 3 and any minute at most 20."""
    clock = Clock()
    turns = TurnsHere(Pace(per_second=3, per_minute=20, in_flight=1), clock=clock, sleep=clock.sleep)
    begins = []
    for pause in pauses:
        clock.pass_seconds(pause)
        begins.append(begin(turns, clock))
    for index, moment in enumerate(begins):
        later = begins[index:]
        assert sum(one < moment + timedelta(seconds=1) for one in later) <= 3
        assert sum(one < moment + timedelta(minutes=1) for one in later) <= 20


def test_who_oversleeps_asks_for_another_moment(clock: Clock) -> None:
    """Woken late, it would meet the calls whose moment has come meanwhile: it goes behind them."""
    turns = TurnsHere(Pace(per_second=1), clock=clock, sleep=clock.sleep)
    begun: list[datetime] = []

    def sleep_while_another_takes_the_next_moment(seconds: float) -> None:
        clock.sleep(seconds)
        if not begun:
            begun.append(NOON)
            clock.pass_seconds(1)
            begun.append(begin(turns, clock))

    turns = TurnsHere(Pace(per_second=1), clock=clock, sleep=sleep_while_another_takes_the_next_moment)
    begin(turns, clock)
    assert NOON + timedelta(seconds=3) == begin(turns, clock)
    assert [NOON, NOON + timedelta(seconds=2)] == begun


@pytest.mark.parametrize("naps", [[300.0], [0.5, 300.0]])
def test_who_is_frozen_while_sleeping_for_its_turn_sends_nothing(clock: Clock, naps: list[float]) -> None:
    """Five minutes gone are five minutes gone: its lease is another's, in the first sleep or the second."""
    frozen = iter(naps)
    turns = TurnsHere(
        Pace(per_second=1), clock=clock, sleep=lambda seconds: clock.sleep(seconds + next(frozen, 0.0))
    )
    begin(turns, clock, within=SOON)
    with pytest.raises(InDoubt) as caught:
        begin(turns, clock, within=SOON)
    assert caught.value.sent is False


def test_a_call_that_would_wait_too_long_is_not_sent(clock: Clock) -> None:
    """It is told when to come again, and takes nobody's place."""
    turns = TurnsHere(Pace(per_second=9, per_minute=2), clock=clock, sleep=clock.sleep)
    begin(turns, clock)
    clock.pass_seconds(1)
    begin(turns, clock)
    clock.pass_seconds(9)
    with pytest.raises(InDoubt) as caught:
        begin(turns, clock, within=SOON)
    assert (False, 50) == (caught.value.sent, caught.value.rest_seconds)
    assert [] == clock.slept
    clock.pass_seconds(50)
    assert NOON + timedelta(seconds=60) == begin(turns, clock, within=SOON)


def test_a_resting_company_gets_no_calls(clock: Clock) -> None:
    """Until its rest is over; the longest rest counts."""
    turns = TurnsHere(Pace(), clock=clock, sleep=clock.sleep)
    turns.rest("1", 60)
    turns.rest("1", 5)
    with pytest.raises(InDoubt) as caught:
        begin(turns, clock, within=SOON)
    assert (False, 60) == (caught.value.sent, caught.value.rest_seconds)
    assert NOON == begin(turns, clock, "2")
    clock.pass_seconds(57)
    assert NOON + timedelta(seconds=60) == begin(turns, clock, within=SOON)


def test_a_clock_set_back_stops_nobody(clock: Clock) -> None:
    """What it said before counts no more."""
    turns = TurnsHere(Pace(), clock=clock, sleep=clock.sleep)
    for _ in range(9):
        begin(turns, clock)
    clock.pass_seconds(-3600)
    now = clock()
    begins = [begin(turns, clock, within=SOON) for _ in range(10)]
    assert (now, now + timedelta(seconds=1)) == (begins[0], begins[9])


def test_a_rest_stops_those_already_waiting(clock: Clock) -> None:
    """A call that slept for its turn looks once more before it goes."""

    def sleep_while_another_is_throttled(seconds: float) -> None:
        clock.sleep(seconds)
        turns.rest("1", 60)

    turns = TurnsHere(Pace(per_second=1), clock=clock, sleep=sleep_while_another_is_throttled)
    begin(turns, clock)
    with pytest.raises(InDoubt) as caught:
        begin(turns, clock)
    assert (False, 60) == (caught.value.sent, caught.value.rest_seconds)


def test_eight_calls_are_under_way_at_most(clock: Clock) -> None:
    """The ninth waits until one is done; one that can't wait is not sent."""
    turns = TurnsHere(Pace(per_second=10**9), clock=clock, sleep=clock.sleep)
    all_in, done = Barrier(9), Event()

    def call() -> None:
        with turns.turn("1", within=LONG):
            all_in.wait(timeout=10)
            done.wait(timeout=10)

    with ThreadPoolExecutor(8) as pool:
        for _ in range(8):
            pool.submit(call)
        all_in.wait(timeout=10)
        with pytest.raises(InDoubt) as caught:
            begin(turns, clock, within=timedelta())
        done.set()
    assert caught.value.sent is False
    assert NOON == begin(turns, clock, within=timedelta())


def test_threads_share_the_limits(clock: Clock) -> None:
    """Sixteen threads, a hundred calls: never more than nine begin in a second."""
    turns = TurnsHere(Pace(), clock=clock, sleep=lambda _: None)
    reserved: list[float] = []
    lock = Lock()

    def sleep(seconds: float) -> None:
        with lock:
            reserved.append(seconds)

    turns = TurnsHere(Pace(in_flight=16), clock=clock, sleep=sleep)
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda _: begin(turns, clock), range(100)))
    # The clock stands still: one begins now, one in a ninth of a second, and so on.
    ninths = [number * 0.111111 for number in range(9)]
    expected = [second + ninth for second in range(12) for ninth in ninths][1:100]
    assert expected == pytest.approx(sorted(reserved))


def test_a_failed_call_gives_its_place_back(company: Company, far_side: FarSide) -> None:
    """Twenty refusals leave no call under way."""
    fault = say({"Fault": {"Error": [{"code": "6000", "Message": "no"}]}}, 400)
    far_side.will(*[fault] * 20)
    for _ in range(20):
        with pytest.raises(Exception, match="6000"):
            company.read("Invoice", "1")
    far_side.will(say({"Invoice": {"Id": "1"}}))
    assert "1" == company.read("Invoice", "1").entity["Id"]


def test_a_throttled_company_rests(company: Company, far_side: FarSide, clock: Clock) -> None:
    """After a throttle nothing is sent for a minute, neither writes nor reads."""
    far_side.will(THROTTLED)
    with pytest.raises(InDoubt) as caught:
        company.create("Invoice", encode({}), "r1")
    assert (True, 60) == (caught.value.sent, caught.value.rest_seconds)
    with pytest.raises(InDoubt) as caught:
        company.create("Invoice", encode({}), "r1")
    assert (False, 60) == (caught.value.sent, caught.value.rest_seconds)
    with pytest.raises(InDoubt):
        company.select(select("Invoice"))
    assert 1 == len(far_side.heard())
    clock.pass_seconds(60)
    far_side.will(say({"Invoice": {"Id": "1"}}))
    assert "1" == company.create("Invoice", encode({}), "r1").entity["Id"]


def test_a_company_far_from_its_turn_is_busy(clock: Clock) -> None:
    """Its work is left for later; one whose turn comes soon isn't, nor is any other."""
    turns = TurnsHere(Pace(per_second=9, per_minute=2), clock=clock, sleep=clock.sleep)
    begin(turns, clock)
    assert frozenset() == turns.busy()
    begin(turns, clock)
    turns.rest("2", 2)
    assert {"1", "2"} == turns.busy()
    clock.pass_seconds(0.5)
    assert {"1"} == turns.busy()
    clock.pass_seconds(58)
    assert frozenset() == turns.busy()


@pytest.mark.parametrize(
    ("text", "pace"),
    [
        ("9/s 480/min 8 at once", Pace()),
        (" 10/s 500/min 10 at once ", Pace(10, 500, 10)),
        (str(Pace(1, 30, 2)), Pace(1, 30, 2)),
    ],
)
def test_a_pace_is_read_as_it_is_written(text: str, pace: Pace) -> None:
    """The way the README writes it."""
    assert pace == read_pace(text)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "is no pace"),
        ("9", "is no pace"),
        ("9/s 480/min 8 at once, please", "is no pace"),
        ("0/s 480/min 8 at once", "lets nothing through"),
        ("11/s 480/min 8 at once", "more than Intuit takes"),
        ("9/s 501/min 8 at once", "more than Intuit takes"),
        ("9/s 480/min 11 at once", "more than Intuit takes"),
    ],
)
def test_a_pace_that_would_be_throttled_or_stand_still_is_refused(text: str, why: str) -> None:
    """With what is wrong, and how it is written."""
    with pytest.raises(BadPace, match=why):
        read_pace(text)
