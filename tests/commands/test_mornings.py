"""The digest comes at the firm's hour, once, whoever's clock ticks and whatever slept at that hour."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from commands.context import Context
from commands.ids import Task
from commands.mornings import due_day, hour_of, next_day, post_due
from db import digests, firm_settings, firms, outbox
from db.chosen import FirmSettings
from db.engine import open_database
from tests.commands.test_nightly import never

if TYPE_CHECKING:
    from collections.abc import Iterator

    from db.engine import Database

TORONTO = ZoneInfo("America/Toronto")
NINE = datetime(2026, 6, 10, 13, 0, tzinfo=UTC)
"""A Wednesday, nine in Toronto."""
CHOSEN = FirmSettings(digest_channel="C0BOOKS")
SECOND = timedelta(seconds=1)


def test_it_is_due_from_its_hour_on_until_the_day_ends() -> None:
    """Not a second before; what slept makes it up the same day, and never a day later."""
    assert due_day(NINE - SECOND, TORONTO, CHOSEN) is None
    assert date(2026, 6, 10) == due_day(NINE, TORONTO, CHOSEN)
    assert date(2026, 6, 10) == due_day(NINE + timedelta(hours=14, minutes=59), TORONTO, CHOSEN)
    assert due_day(NINE + timedelta(hours=15), TORONTO, CHOSEN) is None


@pytest.mark.parametrize(
    ("days", "clear", "due"),
    [((3,), 0, True), ((1, 2, 4, 5), 0, False), ((1,), 3, True), ((), 0, False)],
)
def test_it_is_due_on_the_days_chosen(days: tuple[int, ...], clear: int, due: bool) -> None:  # noqa: FBT001 - a parameter row
    """The day of the weekly "all clear" is one of them, though only that is said then."""
    chosen = replace(CHOSEN, digest_days=days, all_clear_on=clear)
    assert due is (due_day(NINE, TORONTO, chosen) is not None)


def test_without_a_channel_nothing_is_due() -> None:
    """Nor for a firm that has chosen nothing."""
    assert due_day(NINE, TORONTO, replace(CHOSEN, digest_channel="")) is None
    assert due_day(NINE, TORONTO, None) is None


def test_an_hour_that_was_over_when_it_was_chosen_is_not_made_up_for() -> None:
    """One that was still ahead is, and so is every later day's."""
    late = replace(CHOSEN, digest_set_at=NINE + SECOND)
    assert due_day(NINE + SECOND, TORONTO, late) is None
    assert date(2026, 6, 11) == due_day(NINE + timedelta(days=1), TORONTO, late)
    assert date(2026, 6, 10) == due_day(NINE, TORONTO, replace(CHOSEN, digest_set_at=NINE))


@pytest.mark.parametrize(
    ("now", "had_today", "days", "comes"),
    [
        (NINE - SECOND, False, (1, 2, 3, 4, 5), date(2026, 6, 10)),
        (NINE, False, (1, 2, 3, 4, 5), date(2026, 6, 10)),  # its hour has just come
        (NINE, True, (1, 2, 3, 4, 5), date(2026, 6, 11)),
        (NINE - SECOND, True, (1, 2, 3, 4, 5), date(2026, 6, 11)),  # one a day
        (NINE - SECOND, False, (1,), date(2026, 6, 15)),
        (NINE, True, (3,), date(2026, 6, 17)),
        (NINE, True, (), None),
    ],
)
def test_it_can_be_told_when_the_next_one_comes(
    now: datetime,
    had_today: bool,  # noqa: FBT001 - a parameter row
    days: tuple[int, ...],
    comes: date | None,
) -> None:
    """On the days chosen, one a day."""
    chosen = replace(CHOSEN, digest_days=days)
    assert comes == next_day(now, TORONTO, chosen, had_today=had_today)


def test_what_was_over_when_it_was_chosen_comes_the_next_day() -> None:
    """And without a channel none does."""
    late = replace(CHOSEN, digest_set_at=NINE + SECOND)
    assert date(2026, 6, 11) == next_day(NINE + SECOND, TORONTO, late, had_today=False)
    assert next_day(NINE, TORONTO, replace(CHOSEN, digest_channel=""), had_today=False) is None


def test_an_hour_that_the_clocks_leave_out_comes_an_hour_later_by_the_clock() -> None:
    """On 8 March 2026 Toronto has no 02:30: it is 03:30 then, the same 150 minutes after midnight."""
    assert datetime(2026, 3, 8, 7, 30, tzinfo=UTC) == hour_of(date(2026, 3, 8), TORONTO, "02:30")
    assert "03:30" == f"{hour_of(date(2026, 3, 8), TORONTO, '02:30').astimezone(TORONTO):%H:%M}"


def test_an_hour_that_comes_twice_counts_the_first_time() -> None:
    """On 1 November 2026 Toronto has 01:30 twice; all through the second it is still the same day."""
    first = datetime(2026, 11, 1, 5, 30, tzinfo=UTC)
    sundays = replace(CHOSEN, digest_days=(7,), digest_at="01:30")
    assert first == hour_of(date(2026, 11, 1), TORONTO, "01:30")
    assert due_day(first - SECOND, TORONTO, sundays) is None
    later = first + timedelta(hours=1)
    assert {date(2026, 11, 1)} == {due_day(moment, TORONTO, sundays) for moment in (first, later)}


class Firms:
    """Firms that want a digest, and a clock that the test sets."""

    def __init__(self, database: Database, zones: tuple[str, ...]) -> None:
        self.database = database
        self.now = NINE
        self.ids = [self._firm(place, zone) for place, zone in enumerate(zones)]

    def _firm(self, place: int, zone: str) -> str:
        with self.database.write() as session:
            firm = firms.meet_firm(
                session,
                team_id=f"T{place}",
                name="<!channel> & René",
                timezone=zone,
                now=NINE,
                new_id=lambda: str(uuid4()),
            )
            firm_settings.change(session, firm_id=firm.id, by="U0ALICE", now=NINE, digest_channel="C0BOOKS")
        return firm.id

    def context(self) -> Context:
        """What one process ticks with."""
        return Context(
            database=self.database,
            clock=lambda: self.now,
            new_id=lambda: str(uuid4()),
            random_bytes=bytes,
            slack=never,  # type: ignore[arg-type]
            slack_now=never,  # type: ignore[arg-type]
            company=never,  # type: ignore[arg-type]
            download=never,  # type: ignore[arg-type]
            public_url="",
            environment="sandbox",
        )

    def left(self) -> list[int]:
        """How many digests wait to be posted, by firm."""
        with self.database.read() as session:
            return [len(outbox.live_tasks(session, firm, {Task.DIGEST})) for firm in self.ids]


@pytest.fixture
def three(database_url: str) -> Iterator[Firms]:
    """Toronto, Vancouver three hours later, and one whose zone is none."""
    database = open_database(database_url, given_clock=True)
    yield Firms(database, ("America/Toronto", "America/Vancouver", "Canada/Torronto"))
    database.close()


def test_eight_that_tick_at_once_leave_one(three: Firms) -> None:
    """Whichever process is first has it; each firm goes by its own zone, UTC where that is none."""
    context = three.context()
    with ThreadPoolExecutor(8) as threads:
        left = list(threads.map(lambda _: post_due(context), range(8)))
    assert 2 == sum(left)
    assert [1, 0, 1] == three.left()
    three.now += timedelta(hours=3)
    assert [1, 0] == [post_due(context), post_due(context)]
    assert [1, 1, 1] == three.left()


def test_after_a_sleep_of_many_days_there_is_one(three: Firms) -> None:
    """Nobody wants last week's digests."""
    three.now = datetime(2026, 6, 26, 20, 0, tzinfo=UTC)
    assert 3 == post_due(three.context())
    three.now = datetime(2026, 6, 27, 20, 0, tzinfo=UTC)  # a Saturday
    assert 0 == post_due(three.context())


def test_setting_the_clock_back_brings_no_second_one(three: Firms) -> None:
    """Nor does another time zone: the day is begun."""
    context = three.context()
    assert 2 == post_due(context)
    with three.database.write() as session:
        firms.set_timezone(session, firm_id=three.ids[0], timezone="America/St_Johns", by="U0ALICE", now=NINE)
    assert 0 == post_due(context)


def test_what_is_begun_is_in_its_row(three: Firms) -> None:
    """By the firm's own day."""
    post_due(three.context())
    with three.database.read() as session:
        begun = digests.begun(session, {date(2026, 6, 10)})
    assert {(three.ids[0], date(2026, 6, 10)), (three.ids[2], date(2026, 6, 10))} == begun
