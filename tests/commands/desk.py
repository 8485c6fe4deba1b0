"""A firm's books with the context that tasks work in, and a clock that tests move: no Slack, no threads."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from commands.comparing import look_again
from commands.context import Context
from db.engine import open_database
from qb.sandbox import Sandbox
from tests.books.exports import ONTARIO
from tests.books.office import Clock, Office

if TYPE_CHECKING:
    from collections.abc import Iterator


@contextmanager
def standing_desk(database_url: str) -> Iterator[Office]:
    """One paid invoice that is ready, and a QuickBooks that was looked at at noon."""
    clock = Clock()
    with Sandbox(clock=clock) as sandbox:
        database = open_database(database_url, given_clock=True)
        office = Office(database, sandbox, clock)
        office.ready(ONTARIO)
        look_again(context_of(office), office.firm_id)
        yield office
        database.close()


def context_of(office: Office) -> Context:
    """What a task works with."""
    return Context(
        database=office.database,
        clock=office.clock,
        new_id=office.new_id,
        random_bytes=bytes,
        slack=_nobody,  # type: ignore[arg-type]
        slack_now=_nobody,  # type: ignore[arg-type]
        company=office.connections.company,
        download=_nobody,  # type: ignore[arg-type]
        public_url="",
        environment="sandbox",
    )


def _nobody(*_: object) -> None:
    """Nobody is asked for this."""
    raise AssertionError
