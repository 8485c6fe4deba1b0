"""Processes of their own that call QuickBooks when told to, renewing the firm's tokens as they must."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from db.engine import open_database
from db.vault import Vault
from qb.connection import Connections
from qb.gateway import Gateway, InDoubt, Pace, addresses

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.books.office import Office

ROOT = Path(__file__).parents[2]
KILLED = "killed"
DIE = "die"
"""Told so, a process is killed between Intuit's answer and its own commit."""


class Refreshers:
    """The test's end of so many processes, which were forked from one that had imported everything."""

    def __init__(self, office: Office, number: int, *words: str) -> None:
        given = (office.database.url, office.sandbox.url, office.firm_id, office.clock().isoformat())
        self._first = subprocess.Popen(
            [sys.executable, "-m", "tests.books.refresher", str(number), *given, *words],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def go(self) -> list[str]:
        """Have each call QuickBooks once, all at the same moment; what each says of it."""
        assert self._first.stdin is not None
        assert self._first.stdout is not None
        self._first.stdin.write("go\n")
        self._first.stdin.flush()
        return self._first.stdout.readline().split()

    def end(self) -> None:
        """Let all of them leave."""
        self._first.communicate(timeout=60)


@contextmanager
def refreshers(office: Office, number: int, *words: str) -> Iterator[Refreshers]:
    """So many processes, which leave at the end."""
    running = Refreshers(office, number, *words)
    try:
        yield running
    finally:
        running.end()


def main(number: str, *given: str) -> None:
    """Fork, and pass each line of standard input on to all; the time stands still at a given moment."""
    children = [_forked(*given) for _ in range(int(number))]
    for _ in sys.stdin:
        for told, _heard in children:
            told.write("go\n")
            told.flush()
        said = [heard.readline().strip() or KILLED for _told, heard in children]
        sys.stdout.write(f"{' '.join(said)}\n")
        sys.stdout.flush()
    for told, _heard in children:
        told.close()


def _forked(*given: str) -> tuple[TextIO, TextIO]:
    """A child, by where it is told to go and where it says what came of it."""
    orders, answers = os.pipe(), os.pipe()
    if os.fork() == 0:
        os.close(orders[1])
        _calls(os.fdopen(orders[0]), os.fdopen(answers[1], "w"), *given)
        os._exit(0)
    os.close(orders[0])
    os.close(answers[1])
    return os.fdopen(orders[1], "w"), os.fdopen(answers[0])


def _calls(
    orders: TextIO, answers: TextIO, url: str, sandbox: str, firm_id: str, moment: str, *words: str
) -> None:
    now = datetime.fromisoformat(moment)
    database = open_database(url, given_clock=True)
    gateway = Gateway(
        client_id="sandbox-client",
        client_secret="sandbox-secret",
        redirect_uri="http://127.0.0.1:3000/quickbooks/callback",
        addresses=addresses(
            "sandbox",
            api=sandbox,
            authorize=f"{sandbox}/connect/oauth2",
            token=f"{sandbox}/oauth2/v1/tokens/bearer",
            revoke=f"{sandbox}/v2/oauth2/tokens/revoke",
        ),
        clock=lambda: now,
        sleep=time.sleep,
        pace=Pace(per_second=10_000, per_minute=100_000),
    )
    vault = Vault((("k1", bytes(32)),), killing if DIE in words else os.urandom)
    connections = Connections(database=database, gateway=gateway, vault=vault, clock=lambda: now)
    for _ in orders:
        answers.write(f"{call(connections, firm_id)}\n")
        answers.flush()
    database.close()


def killing(_count: int) -> bytes:
    """Chance is asked for when the new pair is sealed: Intuit has answered, and nothing is committed yet."""
    os.kill(os.getpid(), signal.SIGKILL)
    return b""


def call(connections: Connections, firm_id: str) -> str:
    """One call, tried again while another process renews."""
    while True:
        try:
            connections.company(firm_id).preferences()
        except InDoubt as doubt:
            if doubt.sent:
                return type(doubt).__name__
            time.sleep(0.03)
        else:
            return "ok"


if __name__ == "__main__":
    main(*sys.argv[1:])
