"""The running program, killed wherever chance will have it, while QuickBooks is in trouble as well."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.crashing.chances import RELEASE, SEED, made_up
from tests.crashing.proving import Proof, Stand, never_killed, prove
from tests.crashing.schedules import Schedule
from tests.proof_lines import say

if TYPE_CHECKING:
    from pathlib import Path

UNHURRIED = pytest.mark.timeout(900)
"""A short form takes half a minute, and longer on a machine that does other things as well."""
SQLITE, POSTGRES, TENFOLD = 2000, 500, 10
FEW_SQLITE, FEW_POSTGRES = 5, 1


def survive(stand: Stand, count: int, *, postgres: bool) -> Proof:
    """So many schedules, from the seed on."""
    schedules = [made_up(SEED + number, postgres=postgres) for number in range(count)]
    numbers = {one.invoices for one in schedules}
    calm = never_killed(stand, Schedule(postgres=postgres), numbers)
    return prove(stand, schedules, calm, again=False)


@UNHURRIED
def test_a_few_random_schedules_end_well(schedules_folder: Path) -> None:
    """The short form, on SQLite; SEED chooses others."""
    assert [] == survive(Stand(schedules_folder, ""), FEW_SQLITE, postgres=False).wrong


@UNHURRIED
@pytest.mark.postgres
def test_a_few_random_schedules_end_well_on_postgresql(schedules_folder: Path, postgres_server: str) -> None:
    """The short form, with a second process that may be the survivor."""
    assert [] == survive(Stand(schedules_folder, postgres_server), FEW_POSTGRES, postgres=True).wrong


@pytest.mark.prove
def test_random_schedules_end_well(schedules_folder: Path) -> None:
    """2,000 on SQLite, ten times that for a release."""
    count = SQLITE * (TENFOLD if RELEASE else 1)
    proof = survive(Stand(schedules_folder, ""), count, postgres=False)
    assert [] == proof.wrong
    say("Random schedules", "SQLite", f"{proof}; seeds {SEED} to {SEED + count - 1}")


@pytest.mark.prove
@pytest.mark.postgres
def test_random_schedules_end_well_on_postgresql(schedules_folder: Path, postgres_server: str) -> None:
    """500 on PostgreSQL, ten times that for a release."""
    count = POSTGRES * (TENFOLD if RELEASE else 1)
    proof = survive(Stand(schedules_folder, postgres_server), count, postgres=True)
    assert [] == proof.wrong
    say("Random schedules", "PostgreSQL", f"{proof}; seeds {SEED} to {SEED + count - 1}")
