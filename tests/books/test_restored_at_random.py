"""Backups taken anywhere, trouble before and after, restored: never two of anything, and an end for all."""

from __future__ import annotations

import itertools
import os
import random
import shutil
from collections import Counter
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

import pytest

from db import syncs
from db.backups import back_up
from db.engine import open_database
from db.restoring import restore
from qb.post import try_again
from qb.sandbox import Fault, Sandbox, Switches
from tests.books.exports import INSTALMENTS, ONTARIO, SPLIT
from tests.books.numbering import let_quickbooks_number
from tests.books.office import MARIA, Clock, Office
from tests.databases import fresh_database, the_server
from tests.proof_lines import say

if TYPE_CHECKING:
    from pathlib import Path

    from db.engine import Database

SEED = int(os.environ.get("SEED", "20261122"))
INVOICES = (ONTARIO, INSTALMENTS, SPLIT)
TROUBLES = (
    Fault("cut"),
    Fault("cut", after=True),
    Fault("status", status=500, after=True),
    Fault("throttle", after=True),
    Fault("late", seconds=60),
    Fault("refuse", code="6210"),
    Fault("gateway"),
)
TOTALS = {"INV-1001": "2330.00", "INV-1002": "2825.00", "INV-1003": "2260.00"}
"""Each invoice is known by its total, as QuickBooks may number it itself."""
SCHEDULES = 200
ROUNDS = 6
"""After a restore: how often a person looks and syncs again what is left."""


def came_back(database: Database, sandbox: Sandbox, clock: Clock) -> Office:
    """The office at the restored database, whose new ids follow on those of the lost one."""
    office = Office(database, sandbox, clock)
    office._numbers = itertools.count(1_000_000)
    return office


class Story:
    """One random schedule on a database and its restored copy."""

    def __init__(self, seed: int, url: str, place: str, folder: Path) -> None:
        self.chance = random.Random(seed)  # noqa: S311 - a schedule, no secret
        self._url, self._place, self._file = url, place, folder / f"backup-{seed}"

    def run(self) -> Counter[str]:
        """Every document that is in QuickBooks at the end, with how often it is there."""
        clock = Clock()
        with Sandbox(clock=clock, switches=self._switches()) as sandbox:
            database = open_database(self._url, given_clock=True)
            office = Office(database, sandbox, clock)
            chosen = self.chance.sample(INVOICES, self.chance.randint(1, 3))
            office.connect()
            if self.chance.random() < 0.5:
                let_quickbooks_number(office)
            office.ready(*chosen)
            self._troubles(office)
            self._until_the_backup(office)
            back_up(self._url, self._file, clock())
            self._and_after_it(office)
            database.close()
            clock.sleep(self.chance.choice((0, 60, 7200, 86_400)))
            restore(self._place, self._file, clock())
            again = open_database(self._place, given_clock=True)
            self._end(came_back(again, sandbox, clock))
            again.close()
            wanted = Counter(TOTALS[invoice.number] for invoice in chosen)
            wanted.update(payment[0] for invoice in chosen for payment in invoice.payments)
            found = Counter(f"{one['TotalAmt']:.2f}" for one in sandbox.books.entities("Invoice"))
            found.update(str(one["PaymentRefNum"]) for one in sandbox.books.entities("Payment"))
        assert wanted == found
        return found

    def _switches(self) -> Switches:
        return Switches(requestid=self.chance.choice(("honoured", "ignored", "refused")))

    def _troubles(self, office: Office) -> None:
        for trouble in self.chance.sample(TROUBLES, self.chance.randint(0, 3)):
            entity = self.chance.choice(("invoice", "payment"))
            office.sandbox.faults.add(office.aimed(trouble, entity, skip=self.chance.randint(0, 2)))

    def _until_the_backup(self, office: Office) -> None:
        if self.chance.random() < 0.3:
            return
        sync_id = office.approve()
        if self.chance.random() < 0.8:
            office.expand(sync_id)
            self._steps(office)

    def _and_after_it(self, office: Office) -> None:
        for _ in range(self.chance.randint(0, 3)):
            order_what_is_left(office)
            self._steps(office)

    def _steps(self, office: Office) -> None:
        for _ in range(self.chance.randint(0, 8)):
            step = self.chance.choice((office.step, office.step, office.step, office.die_while_sending))
            with suppress(KeyboardInterrupt):
                step()
            office.clock.sleep(self.chance.choice((0, 1, 140, 300)))

    def _end(self, office: Office) -> None:
        office.connect()
        for _ in range(ROUNDS):
            office.work(minutes=24 * 60)
            order_what_is_left(office)
        office.work(minutes=24 * 60)


def order_what_is_left(office: Office) -> None:
    """Expand what was approved, try again what was refused, and book what else is paid and not booked."""
    with office.database.read() as session:
        begun = syncs.running(session, office.firm_id)
    for sync in begun:
        office.expand(sync.id)
        for subject in {effect.invoice for effect in office.effects(sync.id)}:
            office.looked()
            with office.database.write() as session:
                now, key = office.clock(), {"firm_id": office.firm_id, "sync_id": sync.id, "subject": subject}
                try_again(session, **key, by=MARIA, now=now, looked_at=now)
    proposal = office.propose()
    if proposal.sync is None:
        return
    sync_id, now = proposal.sync.id, office.clock()
    with office.database.write() as session:
        syncs.approve(session, firm_id=office.firm_id, sync_id=sync_id, version=1, by=MARIA, now=now)
    office.expand(sync_id)


def tell(seeds: range, kind: str) -> None:
    """One line for the page of proofs."""
    found = f"{len(seeds)} random schedules, seed {SEED}: every document once, none lost"
    say("Backup and restore", f"a backup taken anywhere and restored later, {kind}", found)


def on_sqlite(seed: int, migrated: Path, folder: Path) -> None:
    """One schedule on SQLite."""
    shutil.copyfile(migrated, folder / f"{seed}.db")
    Story(seed, f"sqlite:///{folder}/{seed}.db", f"sqlite:///{folder}/{seed}-restored.db", folder).run()


def test_nothing_is_lost_or_doubled_by_an_old_backup(migrated_sqlite: Path, database_folder: Path) -> None:
    """A few schedules; `make prove` runs more."""
    for seed in range(SEED, SEED + 4):
        on_sqlite(seed, migrated_sqlite, database_folder)


@pytest.mark.prove
def test_no_backup_anywhere_loses_or_doubles_anything(migrated_sqlite: Path, database_folder: Path) -> None:
    """The same, many times; SEED=… runs others."""
    seeds = range(SEED, SEED + SCHEDULES * (10 if os.environ.get("RELEASE") else 1))
    for seed in seeds:
        on_sqlite(seed, migrated_sqlite, database_folder)
    tell(seeds, "SQLite")


@pytest.mark.prove
@pytest.mark.postgres
def test_nor_does_one_of_postgresql(pytestconfig: pytest.Config, tmp_path: Path) -> None:
    """Taken there and restored there."""
    server, run = the_server(pytestconfig)
    seeds = range(SEED, SEED + SCHEDULES // 4)
    for seed in seeds:
        with (
            contextmanager(fresh_database)(server, run, template=f"caseledger_{run}") as url,
            contextmanager(fresh_database)(server, run, template="template0") as place,
        ):
            Story(seed, url, place, tmp_path).run()
    tell(seeds, "PostgreSQL")
