"""Whatever people do in QuickBooks by day, the night's check finds it, and nothing else."""

from __future__ import annotations

import os
from contextlib import closing
from random import Random
from typing import TYPE_CHECKING, Any

import pytest

from db.engine import open_database
from db.findings import Standing
from qb.sandbox import Sandbox
from qb.sweep import Kind
from tests.books.exports import INSTALMENTS, ONTARIO, SPLIT
from tests.books.nights import DAY, booked, check, hand, known, remove, savings, settle
from tests.books.office import Clock, Office
from tests.proof_lines import say
from tests.sandbox.client import Client

if TYPE_CHECKING:
    from pathlib import Path

SEED = 20261122
NIGHTS = 6
Truth = dict[tuple[Kind, str], tuple[str, ...]]
"""What is wrong with which of the documents that we booked, and what is there beside it."""


class People:
    """Who works in QuickBooks by day, and what is wrong there by their doing."""

    def __init__(self, office: Office, chance: Random) -> None:
        self._office = office
        self._chance = chance
        self._payments = {one["Id"]: one for one in office.sandbox.books.entities("Payment")}
        self._moved: set[str] = set()
        self._gone: dict[str, Kind] = {}
        self._copies: dict[str, list[str]] = {}
        self.acts = 0

    def work(self) -> None:
        """A day with up to three changes."""
        for _ in range(self._chance.randrange(4)):
            one = self._chance.choice(sorted(self._payments))
            act = self._chance.choice((self._move, self._put_back, self._copy, self._uncopy, self._take_out))
            act(one)
            self.acts += 1

    def truth(self) -> Truth:
        """What a check must find."""
        living = self._payments.keys() - self._gone.keys()
        copies = {one: tuple(made) for one, made in self._copies.items() if made}
        return (
            {(told(kind), one): copies.get(one, ()) for one, kind in self._gone.items()}
            | {(Kind.EDITED, one): () for one in self._moved & living}
            | {(Kind.TWIN, one): made for one, made in copies.items() if one in living}
        )

    def _move(self, one: str) -> None:
        if one not in self._gone:
            hand(self._office, "Payment", one, DepositToAccountRef=savings(self._office))
            self._moved.add(one)

    def _put_back(self, one: str) -> None:
        if one not in self._gone:
            chequing = {"value": self._office.sandbox.books.id_of("Account", "Chequing")}
            hand(self._office, "Payment", one, DepositToAccountRef=chequing)
            self._moved.discard(one)

    def _copy(self, one: str) -> None:
        found = self._payments[one]
        body: dict[str, Any] = {name: found[name] for name in ("CustomerRef", "CurrencyRef", "TotalAmt")}
        made = Client(self._office.sandbox).write("Payment", body | {"PrivateNote": found["PrivateNote"]})
        self._copies.setdefault(one, []).append(made["Id"])

    def _uncopy(self, one: str) -> None:
        if self._copies.get(one):
            remove(self._office, "Payment", "delete", self._copies[one].pop())

    def _take_out(self, one: str) -> None:
        if one not in self._gone and self._chance.random() < 0.3:
            how = self._chance.choice(("void", "delete"))
            remove(self._office, "Payment", how, one)
            self._gone[one] = Kind.VOIDED if how == "void" else Kind.DELETED


def live_through(office: Office, chance: Random) -> int:
    """Some nights: what is kept is what is wrong, and what is new in it is news. How many acts there were."""
    booked(office, ONTARIO, INSTALMENTS, SPLIT)
    people, before = People(office, chance), Truth()
    for _ in range(NIGHTS):
        people.work()
        office.clock.sleep(DAY * chance.choice((1, 1, 1, 40)))
        _, kept = check(office, everything=chance.random() < 0.2)
        found = {(told(one.kind), str(one.content["booked"]["id"])): one for one in known(office)}
        truth = people.truth()
        assert truth.keys() == found.keys()
        assert {key for key in truth if before.get(key) != truth[key]} == {
            key for key, one in found.items() if one.id in kept.news
        }
        before = truth
        for one in found.values():
            if one.standing is Standing.OPEN and chance.random() < 0.3:
                assert settle(office, one.id)
    return people.acts


def told(kind: str) -> Kind:
    """After a long sleep nobody can tell what was deleted from what is missing."""
    return Kind.MISSING if kind == Kind.DELETED else Kind(kind)


def lives(first: int, number: int, template: Path, folder: Path) -> int:
    """So many firms' lives; how many acts there were in all."""
    acts = 0
    for seed in range(first, first + number):
        clock, file = Clock(), folder / f"{seed}.db"
        file.write_bytes(template.read_bytes())
        with (
            Sandbox(clock=clock) as sandbox,
            closing(open_database(f"sqlite:///{file}", given_clock=True)) as database,
        ):
            try:
                acts += live_through(Office(database, sandbox, clock), Random(seed))  # noqa: S311 - no secret
            except AssertionError as wrong:
                wrong.add_note(f"seed {seed}")
                raise
    return acts


def test_a_few_lives_are_seen_whole(migrated_sqlite: Path, database_folder: Path) -> None:
    """Four firms, six nights each."""
    assert lives(SEED, 4, migrated_sqlite, database_folder)


@pytest.mark.prove
def test_many_lives_are_seen_whole(migrated_sqlite: Path, database_folder: Path) -> None:
    """Two hundred firms; ten times as many for a release."""
    number = 2000 if os.environ.get("RELEASE") else 200
    acts = lives(SEED, number, migrated_sqlite, database_folder)
    say(
        "The sweep",
        "random changes by hand in QuickBooks, SQLite",
        f"{number} firms, {NIGHTS} nights each, {acts:,} moves, copies, voids and deletions, seed {SEED}: "
        "each was found the same night, nothing else was",
    )
