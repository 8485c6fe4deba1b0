"""Processes that take whatever is due from one database, as two programs that tick at the same moment do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from db import effects, outbox
from db.engine import open_database
from tests.books.office import NOON
from tests.nets.frozen import PATIENCE, PROCESSES

if TYPE_CHECKING:
    from multiprocessing.connection import Connection


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
    database.close()
    pipe.send(taken)
