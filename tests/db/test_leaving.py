"""Closing a database while somebody is still inside."""

import threading

import pytest
from sqlalchemy import event

from db import engine, firms
from db.engine import Database, open_database

SECONDS = 10


def watched(url: str) -> tuple[Database, list[str]]:
    """A database, and what becomes of its connections."""
    database, seen = open_database(url), list[str]()
    event.listen(database.engine, "connect", lambda *_: seen.append("opened"))
    event.listen(database.engine, "close", lambda *_: seen.append("closed"))
    return database, seen


def inside(database: Database, leave: threading.Event) -> threading.Thread:
    """A thread that reads until it may leave."""
    entered = threading.Event()

    def read() -> None:
        with database.read() as session:
            firms.only_firm(session)
            entered.set()
            leave.wait(SECONDS)

    thread = threading.Thread(target=read)
    thread.start()
    assert entered.wait(SECONDS)
    return thread


def test_closing_waits_for_who_is_inside(database_url: str) -> None:
    """A connection in use is closed too, before closing returns: nobody else would."""
    database, seen = watched(database_url)
    leave = threading.Event()
    thread = inside(database, leave)
    threading.Timer(0.2, leave.set).start()

    database.close()

    assert seen == ["opened", "closed"]
    thread.join(SECONDS)


def test_the_last_to_leave_a_closed_database_closes_its_connection(
    database_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Closing doesn't wait for ever, and nothing stays open for it."""
    monkeypatch.setattr(engine, "PATIENCE", 0.1)
    database, seen = watched(database_url)
    leave = threading.Event()
    thread = inside(database, leave)

    database.close()
    assert seen == ["opened"]
    leave.set()
    thread.join(SECONDS)

    assert seen == ["opened", "closed"]
