"""Processes that take whatever is due from one database, as two programs that tick at the same moment do."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from db import checks, effects, firms, outbox
from db.engine import open_database
from tests.books.office import NOON
from tests.db.ledger import REALM
from tests.nets.frozen import PATIENCE, PROCESSES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.connection import Connection

    from db.engine import Database

NIGHTS = tuple(NOON.date() + timedelta(days=number) for number in range(20))


def claimed_by_processes(url: str, processes: int) -> list[list[str]]:
    """What each of so many processes took, all beginning at the same instant, until nothing was due."""
    together = PROCESSES.Barrier(processes)
    pipes, started = [], []
    for _ in range(processes):
        ours, theirs = PROCESSES.Pipe()
        process = PROCESSES.Process(target=_take_all, args=(url, together, theirs), daemon=True)
        process.start()
        pipes.append(ours)
        started.append(process)
    taken: list[list[str]] = [pipe.recv() for pipe in pipes]
    for process in started:
        process.join(PATIENCE)
    return taken


def _take_all(url: str, together: Any, pipe: Connection) -> None:  # noqa: ANN401 - no such type is named
    database = open_database(url, given_clock=True)
    taken: list[str] = []
    with database.read() as session:
        effects.next_due(session)  # connected, so that all begin together
    together.wait(PATIENCE)
    while True:
        with database.write() as session:
            effect = effects.claim(session, NOON)
        with database.write() as session:
            task = outbox.claim_task(session, NOON)
        if effect is None and task is None:
            break
        taken += [f"effect {effect.effect.id}"] if effect else []
        taken += [f"task {task.id}"] if task else []
    taken += _nights(database)
    database.close()
    pipe.send(taken)


def _nights(database: Database) -> Iterator[str]:
    """The checks of the books that are ours to do, of every firm and night."""
    with database.read() as session:
        known = firms.all_firms(session)
    for night in NIGHTS:
        for firm in known:
            with database.write() as session:
                if checks.begin_night(session, firm.id, REALM, night, NOON):
                    yield f"night {firm.id} {night}"
