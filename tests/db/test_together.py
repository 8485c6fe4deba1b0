"""Writes that arrive together: committed together, each with its own answer, none lost, none doubled."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event

from db import audit, firms
from db.engine import Database, NestedWriteError
from tests.db.conftest import NOW

if TYPE_CHECKING:
    from collections.abc import Callable

    from sqlalchemy.orm import Session

    from db.firms import Firm

PEOPLE = 50


class NotThisOneError(Exception):
    """A refusal of our own."""


def giving(firm: Firm, user: str) -> Callable[[Session], str]:
    """Work that writes one role and one line, and gives who got it."""

    def give(session: Session) -> str:
        assert firms.give_role(session, firm_id=firm.id, user_id=user, role="approver", by="x", now=NOW)
        return user

    return give


def refusing(firm: Firm, user: str) -> Callable[[Session], str]:
    """Work that writes, and then refuses."""

    def refuse(session: Session) -> str:
        giving(firm, user)(session)
        raise NotThisOneError(user)

    return refuse


def approvers(database: Database, firm: Firm) -> set[str]:
    """Who holds the role, and the chain that says so."""
    with database.read() as session:
        assert () == audit.verify(session, firm.id)
        found = firms.people_with(session, firm.id, "approver")
        assert len(found) == len(audit.lines(session, firm.id))
    return set(found)


def commits(database: Database) -> list[int]:
    """Grows with each commit."""
    seen: list[int] = []
    event.listen(database.engine, "commit", lambda _connection: seen.append(1))
    return seen


def test_fifty_who_come_together_need_few_commits(database: Database, firm: Firm) -> None:
    """Whoever comes while one is written waits for the next, with all the others."""
    together, seen = threading.Barrier(PEOPLE), commits(database)

    def press(number: int) -> str:
        together.wait()
        return database.write_together(giving(firm, f"U{number}"))

    with ThreadPoolExecutor(PEOPLE) as threads:
        found = list(threads.map(press, range(PEOPLE)))
    assert [f"U{number}" for number in range(PEOPLE)] == found
    assert set(found) == approvers(database, firm)
    assert len(seen) < PEOPLE // 2


def test_who_is_refused_takes_nobody_along(database: Database, firm: Firm) -> None:
    """Each third refuses after it wrote: its own is undone, it alone hears of it, the others are written."""
    together = threading.Barrier(PEOPLE)

    def press(number: int) -> str:
        together.wait()
        work = (refusing if number % 3 == 0 else giving)(firm, f"U{number}")
        try:
            return database.write_together(work, (NotThisOneError,))
        except NotThisOneError as refusal:
            return f"refused {refusal}"

    with ThreadPoolExecutor(PEOPLE) as threads:
        found = list(threads.map(press, range(PEOPLE)))
    assert [f"refused U{n}" if n % 3 == 0 else f"U{n}" for n in range(PEOPLE)] == found
    assert {f"U{n}" for n in range(PEOPLE) if n % 3} == approvers(database, firm)


def test_alone_it_is_a_write_like_any_other(database: Database, firm: Firm) -> None:
    """Committed when it returns, undone when it raises, refused inside another session."""
    assert "U1" == database.write_together(giving(firm, "U1"))
    with pytest.raises(NotThisOneError):
        database.write_together(refusing(firm, "U2"))
    with database.read(), pytest.raises(NestedWriteError):
        database.write_together(giving(firm, "U3"))
    assert {"U1"} == approvers(database, firm)


def test_one_that_dies_lets_the_others_go_on(database: Database, firm: Firm) -> None:
    """Whatever ends the one in front, the line moves."""

    def die(_session: Session) -> str:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        database.write_together(die)
    assert "U1" == database.write_together(giving(firm, "U1"))
