"""The running program, killed at every boundary of a sync, whatever the far side has done by then."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.crashing.boundaries import NOW_AND_THEN, known, pairs
from tests.crashing.proving import Stand, never_killed, prove
from tests.crashing.schedules import Blow, Schedule, doubtful
from tests.proof_lines import say

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from tests.crashing.boundaries import Pair

MODES = ("honoured", "ignored", "refused")
SECTION = "Crash matrix"


def schedule_of(pair: Pair, like: Schedule) -> Schedule:
    """Killed at this boundary, and then left in peace."""
    blows = (Blow(pair.boundary, pair.fault, pair.nth),)
    troubles = doubtful() if pair.doubtful else ()
    return Schedule(blows, troubles, like.request_ids, like.workers, like.postgres)


def traced(stand: Stand, like: Schedule) -> set[str]:
    """The boundaries that two runs pass, one where all goes well and one where all is in doubt."""
    in_doubt = Schedule((), doubtful(), like.request_ids, like.workers, like.postgres)
    return {name for one in stand.play([like, in_doubt]) for name in one.trace}


def hold(stand: Stand, like: Schedule, crossed: Sequence[Pair]) -> str:
    """Prove these pairs; the line that says how many were."""
    proof = prove(stand, [schedule_of(pair, like) for pair in crossed], never_killed(stand, like))
    assert [] == proof.wrong
    assert [] == proof.unstruck
    share = 100 * (len(crossed) - len(proof.unstruck)) // len(crossed)
    return f"covered {len(crossed)} of {len(crossed)} pairs of boundary and fault ({share} %): {proof}"


def stands_for(like: Schedule, folder: Path, request: pytest.FixtureRequest) -> Stand:
    """With a PostgreSQL where the schedule wants one."""
    return Stand(folder, request.getfixturevalue("postgres_server") if like.postgres else "")


DATABASES = [
    pytest.param(False, id="sqlite"),
    pytest.param(True, id="postgres", marks=pytest.mark.postgres),
]


@pytest.mark.parametrize("postgres", DATABASES)
def test_a_trace_shows_the_boundaries_we_know_and_no_others(
    schedules_folder: Path, request: pytest.FixtureRequest, *, postgres: bool
) -> None:
    """A new commit or call is a place where the program can die: it must be added to the matrix."""
    like = Schedule(postgres=postgres)
    found = traced(stands_for(like, schedules_folder, request), like)
    assert known(postgres=postgres) == {name for name in found if not NOW_AND_THEN.search(name)}


@pytest.mark.parametrize("postgres", DATABASES)
def test_killed_once_at_every_boundary(
    schedules_folder: Path, request: pytest.FixtureRequest, *, postgres: bool
) -> None:
    """The short form: a fault for each boundary, request ids ignored; PostgreSQL takes what is its own."""
    like = Schedule(request_ids="ignored", workers=2, postgres=postgres)
    stand = stands_for(like, schedules_folder, request)
    hold(stand, like, short(postgres=postgres))


def short(*, postgres: bool) -> list[Pair]:
    """One pair for each boundary, the faults in turn; on PostgreSQL the writes and what only it has."""
    chosen: dict[str, Pair] = {}
    for number, pair in enumerate(pairs(postgres=postgres)):
        if pair.boundary not in chosen or number % 7 == 0:
            chosen[pair.boundary] = pair
    mine = [
        one for one in chosen.values() if not postgres or "POST" in one.boundary or "calls" in one.boundary
    ]
    return [one for one in mine if postgres or not one.doubtful or "taken up" in one.boundary]


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
    crew = f"{workers} {'process' if postgres else 'thread'}{'es' * postgres if workers > 1 else ''}"
    database = "PostgreSQL" if postgres else "SQLite"
    say(SECTION, f"{database}, {crew}, request ids {request_ids}", line)
