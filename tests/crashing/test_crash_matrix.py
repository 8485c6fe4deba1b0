"""The running program, killed at every boundary of a sync, whatever the far side has done by then."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import zip_longest
from typing import TYPE_CHECKING

import pytest

from tests.crashing.boundaries import NOW_AND_THEN, Pair, known, pairs
from tests.crashing.proving import Stand, never_killed, prove
from tests.crashing.schedules import Blow, Schedule, doubtful
from tests.proof_lines import say

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

UNHURRIED = pytest.mark.timeout(900)
"""A short form takes half a minute, and longer on a machine that does other things as well."""
KINDS = ("customer", "invoice INV-1001", "payment T-2")
LATER = re.compile(r"payment T-. (sending|confirmed)|POST payment|by Id|receipts|result")
"""What surely comes after a kill at any other boundary,"""
ANY_TIME = re.compile(r"ustomer|Vendor|Employee|contact|fill|views")
"""but these: the contact is added, and its screen filled, beside the payments, before or after them."""
MODES = ("honoured", "ignored", "refused")
SECTION = "Crash matrix"


def schedule_of(pair: Pair, like: Schedule) -> Schedule:
    """Killed at this boundary, and then left in peace."""
    return replace(like, blows=blows_of(pair), troubles=doubtful() if pair.doubtful else ())


def blows_of(pair: Pair) -> tuple[Blow, ...]:
    """The one blow."""
    return (Blow(pair.boundary, pair.fault, pair.nth),)


def traced(stand: Stand, like: Schedule) -> set[str]:
    """The boundaries that two runs pass, one where all goes well and one where all is in doubt."""
    both = [like, replace(like, troubles=doubtful())]
    return {name for one in stand.play(both) for name in one.trace}


def hold(stand: Stand, like: Schedule, crossed: Sequence[Pair]) -> str:
    """Prove these pairs; the line that says how many were."""
    proof = prove(stand, [schedule_of(pair, like) for pair in crossed], never_killed(stand, like))
    struck = len(crossed) - len(proof.unstruck)
    share = 100 * struck // len(crossed)
    told = f"covered {struck} of {len(crossed)} pairs of boundary and fault ({share} %): {proof}"
    assert [] == proof.wrong, told
    assert [] == proof.unstruck, told
    return told


def stands_for(like: Schedule, folder: Path, request: pytest.FixtureRequest) -> Stand:
    """With a PostgreSQL where the schedule wants one."""
    return Stand(folder, request.getfixturevalue("postgres_server") if like.postgres else "")


DATABASES = [
    pytest.param(False, id="sqlite"),
    pytest.param(True, id="postgres", marks=pytest.mark.postgres),
]


@UNHURRIED
@pytest.mark.parametrize("postgres", DATABASES)
def test_a_trace_shows_the_boundaries_we_know_and_no_others(
    schedules_folder: Path, request: pytest.FixtureRequest, *, postgres: bool
) -> None:
    """A new commit or call is a place where the program can die: it must be added to the matrix."""
    like = Schedule(postgres=postgres)
    found = traced(stands_for(like, schedules_folder, request), like)
    assert known(postgres=postgres) == {name for name in found if not NOW_AND_THEN.search(name)}


@UNHURRIED
def test_killed_at_every_boundary(schedules_folder: Path) -> None:
    """The short form: a fault for each boundary, request ids ignored, and mostly killed twice in a run."""
    like = Schedule(request_ids="ignored", workers=2)
    first, later = halves()
    schedules = [
        replace(schedule_of(one, like), blows=(*blows_of(one), *(blows_of(two) if two else ())))
        for one, two in zip_longest(first, later)
    ]
    stand = Stand(schedules_folder, "")
    proof = prove(stand, schedules, never_killed(stand, like))
    assert [] == proof.wrong
    assert [] == proof.unstruck


@UNHURRIED
@pytest.mark.postgres
def test_killed_beside_a_second_process(schedules_folder: Path, postgres_server: str) -> None:
    """The short form on PostgreSQL: where QuickBooks has booked and the process dies, the other goes on."""
    like = Schedule(request_ids="ignored", workers=2, postgres=True)
    killed = [Pair(f"QuickBooks POST {what}", 1, "answered", doubtful=False) for what in KINDS]
    hold(Stand(schedules_folder, postgres_server), like, killed)


def halves() -> tuple[list[Pair], list[Pair]]:
    """One pair for each boundary of a clear run, the faults in turn: early ones, and those that follow."""
    chosen: dict[str, Pair] = {}
    for number, pair in enumerate(pairs(postgres=False)):
        if not pair.doubtful and (pair.boundary not in chosen or number % 7 == 0):
            chosen[pair.boundary] = pair
    later = [one for one in chosen.values() if LATER.search(one.boundary)]
    early = [one for one in chosen.values() if one not in later]
    return sorted(early, key=lambda one: bool(ANY_TIME.search(one.boundary))), later


@pytest.mark.prove
@pytest.mark.parametrize("postgres", DATABASES)
@pytest.mark.parametrize("workers", [1, 2])
@pytest.mark.parametrize("request_ids", MODES)
def test_killed_at_every_boundary_with_every_fault(
    schedules_folder: Path,
    request: pytest.FixtureRequest,
    request_ids: str,
    workers: int,
    *,
    postgres: bool,
) -> None:
    """Books, ledger and what people see are those of the run that was never killed."""
    like = Schedule(request_ids=request_ids, workers=workers, postgres=postgres)
    line = hold(stands_for(like, schedules_folder, request), like, pairs(postgres=postgres))
    one = "process" if postgres else "thread"
    crew = f"1 {one}" if workers == 1 else f"{workers} {one}{'es' if postgres else 's'}"
    database = "PostgreSQL" if postgres else "SQLite"
    say(SECTION, f"{database}, {crew}, request ids {request_ids}", line)
