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
SQLITE_PARTS, POSTGRES_PARTS = 8, 4
FEW_SQLITE, FEW_POSTGRES = 5, 1


def survive(stand: Stand, count: int, *, postgres: bool, first: int = 0) -> Proof:
    """So many schedules, from the seed and ``first`` on."""
    schedules = [made_up(SEED + first + number, postgres=postgres) for number in range(count)]
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


def a_part(stand: Stand, name: str, whole: int, part: int, parts: int) -> None:
    """One of the parts that a long proof comes in, told by itself."""
    count = whole * (TENFOLD if RELEASE else 1) // parts
    proof = survive(stand, count, postgres=name != "SQLite", first=part * count)
    assert [] == proof.wrong
    seeds = f"seeds {SEED + part * count} to {SEED + (part + 1) * count - 1}"
    say("Random schedules", f"{name}, part {part + 1} of {parts}", f"{proof}; {seeds}")


@pytest.mark.prove
@pytest.mark.parametrize("part", range(SQLITE_PARTS))
def test_random_schedules_end_well(schedules_folder: Path, part: int) -> None:
    """2,000 on SQLite, ten times that for a release."""
    a_part(Stand(schedules_folder, ""), "SQLite", SQLITE, part, SQLITE_PARTS)


@pytest.mark.prove
@pytest.mark.postgres
@pytest.mark.parametrize("part", range(POSTGRES_PARTS))
def test_random_schedules_end_well_on_postgresql(
    schedules_folder: Path, postgres_server: str, part: int
) -> None:
    """500 on PostgreSQL, ten times that for a release."""
    a_part(Stand(schedules_folder, postgres_server), "PostgreSQL", POSTGRES, part, POSTGRES_PARTS)
