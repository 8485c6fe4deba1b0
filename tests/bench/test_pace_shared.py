"""A hundred firms at once: what each gets of the worker, and how long any of them waits."""

from __future__ import annotations

import os
import time
from bisect import bisect
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from bot.app import BOOKING_THREADS
from bot.bell import Bell
from bot.clock import REAL
from bot.pace import turns_of
from bot.worker import Worker
from db.engine import open_database
from db.vault import Vault
from qb.connection import Connections
from qb.gateway import Gateway, Pace, addresses
from qb.post import step
from qb.tokens import Keyring
from tests.bench import hundred
from tests.proof_lines import say

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime
    from pathlib import Path

    from db.engine import Database
    from qb.sandbox.gate import Company

pytestmark = pytest.mark.bench
FIRMS, CALL_SECONDS = 100, 0.3
MOST_SHARES = 2.0
PATIENCE = 1200.0


@dataclass(frozen=True, slots=True)
class Served:
    """When each of the companies watched was called, from the worker's start until all were done."""

    begun: datetime
    calls: Mapping[str, Sequence[datetime]]
    everyones: Sequence[datetime]

    @property
    def a_second(self) -> float:
        """How many calls all of them together got."""
        taken = max(moments[-1] for moments in self.calls.values()) - self.begun
        return sum(moment - self.begun <= taken for moment in self.everyones) / taken.total_seconds()

    @property
    def longest(self) -> float:
        """The longest of the waits, seconds."""
        return max(seconds for _, seconds in self.waits)

    @property
    def waits(self) -> list[tuple[float, float]]:
        """Each wait of a watched company for its next call: calls that were answered meanwhile, seconds."""
        everyones = sorted(self.everyones)
        return [
            (bisect(everyones, later) - bisect(everyones, earlier), (later - earlier).total_seconds())
            for moments in self.calls.values()
            for earlier, later in zip((self.begun, *moments), moments, strict=False)
        ]


@pytest.mark.parametrize(
    ("what", "invoices"),
    [
        ("100 firms of 10 invoices", (10,) * FIRMS),
        ("one firm of 1,000 invoices among 99 of 5", (1000, *(5,) * (FIRMS - 1))),
    ],
)
def test_no_firm_waits_more_than_twice_its_share(
    database_url: str, tmp_path: Path, what: str, invoices: tuple[int, ...]
) -> None:
    """From the first moment to its last call no firm waits longer for its next one than two rounds of all."""
    database = open_database(database_url)
    rows = hundred.template(database, tmp_path, max(invoices))
    with hundred.companies(FIRMS, CALL_SECONDS) as (url, made):
        served = work(database, url, made, rows, invoices)
    name = database.dialect
    database.close()
    shares, seconds = max(meanwhile for meanwhile, _ in served.waits) / FIRMS, served.longest
    say(
        "Pace",
        f"{what}, {BOOKING_THREADS} threads, {CALL_SECONDS} s a call, {name}",
        f"{served.a_second:.0f} calls a second for all, so a firm's share is one every "
        f"{FIRMS / served.a_second:.1f} s; none waited for more than {shares:.2f} shares "
        f"(calls answered meanwhile, of {FIRMS}), nor longer than {seconds:.1f} s",
    )
    assert shares <= MOST_SHARES


def work(
    database: Database,
    url: str,
    made: Mapping[str, Company],
    rows: Sequence[Mapping[str, object]],
    invoices: Sequence[int],
) -> Served:
    """Book as the program's worker does until every firm but a large one is done."""
    turns = turns_of(Pace(), database, REAL)
    gateway = Gateway(
        client_id="bench",
        client_secret="bench",
        redirect_uri=hundred.CALLBACK,
        addresses=addresses("sandbox", api=url, authorize=url, token=url, revoke=url),
        clock=REAL.now,
        sleep=REAL.sleep,
        pace=Pace(),
        turns=turns,
    )
    vault = Vault((("k", bytes(32)),), os.urandom)
    hundred.settle_in(database, Keyring(database, gateway, vault, REAL.now), made, rows, invoices)
    books = Connections(database=database, gateway=gateway, vault=vault, clock=REAL.now)
    bell = Bell()
    worker = Worker(bell=bell)
    worker.add(
        "booking",
        lambda: step(database, books.company, REAL.now, REAL.monotonic, turns) is not None,
        threads=BOOKING_THREADS,
        quiet=True,
    )
    small = {
        realm: each * hundred.PER_INVOICE
        for realm, each in zip(made, invoices, strict=True)
        if each == min(invoices)
    }
    begun = REAL.now()
    worker.start()
    wait_until_done(bell, made, small)
    assert worker.stop(seconds=60)
    return Served(
        begun,
        {realm: [one.at for one in made[realm].seen] for realm in small},
        [one.at for each in made.values() for one in each.seen],
    )


def wait_until_done(bell: Bell, made: Mapping[str, Company], calls: Mapping[str, int]) -> None:
    """Until each company has had as many calls; meanwhile the tick that the program's clock gives."""
    until = time.monotonic() + PATIENCE
    while any(len(made[realm].seen) < wanted for realm, wanted in calls.items()):
        assert time.monotonic() < until
        time.sleep(1)
        bell.ring()
