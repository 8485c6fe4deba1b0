"""A day's digest is begun once, whoever asks; what it said and where it stands is kept."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from typing import TYPE_CHECKING

from db import digests
from tests.db.conftest import NOW

if TYPE_CHECKING:
    from db.engine import Database
    from db.firms import Firm

MONDAY = date(2026, 11, 23)


def begin(database: Database, firm: Firm, digest: str, day: date = MONDAY, after: int = 0) -> bool:
    """Somebody begins a day's digest, so many minutes after noon."""
    with database.write() as session:
        now = NOW + timedelta(minutes=after)
        return digests.begin_day(session, digest_id=digest, firm_id=firm.id, day=day, now=now)


def test_of_eight_at_once_one_begins_the_day(database: Database, firm: Firm) -> None:
    """The row decides."""
    with ThreadPoolExecutor(8) as threads:
        begun = list(threads.map(lambda place: begin(database, firm, f"digest-{place}"), range(8)))
    assert [False] * 7 + [True] == sorted(begun)


def test_each_day_and_each_firm_has_its_own(database: Database, firm: Firm, other_firm: Firm) -> None:
    """And what was begun is known by firm and day."""
    tuesday = MONDAY + timedelta(days=1)
    assert begin(database, firm, "one")
    assert begin(database, firm, "two", tuesday)
    assert begin(database, other_firm, "three")
    with database.read() as session:
        assert {(firm.id, MONDAY), (other_firm.id, MONDAY)} == digests.begun(session, {MONDAY})
        assert {(firm.id, tuesday)} == digests.begun(session, {tuesday, date(2026, 11, 25)})


def test_what_it_said_and_where_it_stands_is_kept(database: Database, firm: Firm, other_firm: Firm) -> None:
    """The first telling's moment stays; another firm can't read it."""
    begin(database, firm, "one")
    with database.write() as session:
        digests.keep(session, firm.id, "one", {"marks": ["a"]}, NOW)
        digests.keep(session, firm.id, "one", {"marks": ["b"]}, NOW + timedelta(hours=1))
        digests.set_message(session, firm.id, "one", channel="C0BOOKS", ts="1.5")
    with database.read() as session:
        kept = digests.get(session, firm.id, "one")
        assert digests.get(session, other_firm.id, "one") is None
    assert kept is not None
    assert ({"marks": ["b"]}, NOW) == (kept.content, kept.told_at)
    assert ("C0BOOKS", "1.5") == (kept.channel, kept.message_ts)


def test_the_last_one_is_the_newest_that_was_told(database: Database, firm: Firm) -> None:
    """Not one that is still to be told."""
    for place, day in enumerate((20, 21, 22)):
        begin(database, firm, f"digest-{day}", date(2026, 11, day), after=place)
    with database.write() as session:
        for name in ("digest-20", "digest-21"):
            digests.keep(session, firm.id, name, {"marks": [name]}, NOW)
    with database.read() as session:
        last = digests.last_told(session, firm.id, NOW + timedelta(minutes=9))
        before = digests.last_told(session, firm.id, NOW + timedelta(minutes=1))
        assert digests.last_told(session, firm.id, NOW) is None
    assert last is not None
    assert before is not None
    assert ("digest-21", "digest-20") == (last.id, before.id)


def test_old_ones_are_forgotten(database: Database, firm: Firm) -> None:
    """Nobody presses their buttons any more."""
    begin(database, firm, "old")
    begin(database, firm, "new", date(2026, 11, 24), after=10)
    with database.write() as session:
        digests.sweep(session, NOW + timedelta(minutes=1))
    with database.read() as session:
        assert digests.get(session, firm.id, "old") is None
        assert digests.get(session, firm.id, "new") is not None
