"""Turns at an SQLite file: readers together, a writer alone, nobody passed over, nobody stuck."""

from __future__ import annotations

import threading
from functools import partial
from typing import TYPE_CHECKING

from db import firms
from db.engine import open_database
from db.turns import Turns

if TYPE_CHECKING:
    from collections.abc import Callable

SECONDS = 10


def begun(work: Callable[[], None]) -> threading.Thread:
    """A thread that does the work."""
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    return thread


def test_a_writer_waits_for_every_reader() -> None:
    """Two read at once; the writer's turn comes when the second leaves."""
    turns, order = Turns(), []

    def write() -> None:
        with turns.writing():
            order.append("written")

    with turns.reading():
        with turns.reading():
            writer = begun(write)
            writer.join(0.05)
            order.append("read")
        writer.join(0.05)
        order.append("read on")
    writer.join(SECONDS)
    assert ["read", "read on", "written"] == order


def test_a_reader_who_comes_later_lets_the_writer_go_first() -> None:
    """However many read, a writer's turn comes."""
    turns, order, waiting = Turns(), list[str](), threading.Event()

    def write() -> None:
        waiting.set()
        with turns.writing():
            order.append("written")

    def read() -> None:
        with turns.reading():
            order.append("read")

    with turns.reading():
        writer = begun(write)
        assert waiting.wait(SECONDS)
        writer.join(0.05)
        reader = begun(read)
        reader.join(0.05)
    writer.join(SECONDS)
    reader.join(SECONDS)
    assert ["written", "read"] == order


def test_reading_inside_reading_is_not_held_up_by_a_waiting_writer(sqlite_url: str) -> None:
    """The same thread may open a second read session; it would wait for itself otherwise."""
    database = open_database(sqlite_url)

    def write() -> None:
        with database.write() as session:
            firms.only_firm(session)

    with database.read() as outer:
        writer = begun(write)
        writer.join(0.05)
        with database.read() as inner:
            assert firms.only_firm(inner) is None
        assert firms.only_firm(outer) is None
    writer.join(SECONDS)
    assert not writer.is_alive()
    database.close()


def test_fifty_at_once_read_and_write_without_one_locked(sqlite_url: str) -> None:
    """No "database is locked" however many come together."""
    database, done = open_database(sqlite_url), list[int]()
    together = threading.Barrier(50)

    def both(number: int) -> None:
        together.wait()
        with database.read() as session:
            firms.only_firm(session)
        with database.write() as session:
            firms.only_firm(session)
        done.append(number)

    threads = [begun(lambda number=number: both(number)) for number in range(50)]  # type: ignore[misc]
    for thread in threads:
        thread.join(SECONDS * 3)
    assert set(range(50)) == set(done)
    database.close()


def test_whoever_comes_first_is_first() -> None:
    """Writers and readers in the order they came, however many wait."""
    turns, order, threads = Turns(), list[str](), list[threading.Thread]()

    def write(name: str) -> None:
        with turns.writing():
            order.append(name)

    def read(name: str) -> None:
        with turns.reading():
            order.append(name)

    with turns.writing():
        for number, work in enumerate((write, read, write, read, write)):
            threads.append(begun(partial(work, f"{work.__name__} {number}")))
            until(lambda number=number: len(turns._queue) == number + 1)  # type: ignore[misc]
    for thread in threads:
        thread.join(SECONDS)
    assert ["write 0", "read 1", "write 2", "read 3", "write 4"] == order


def until(condition: Callable[[], bool]) -> None:
    """Wait until it holds."""
    pause = threading.Event()
    while not condition():
        pause.wait(0.001)
