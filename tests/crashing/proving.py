"""Plays a proof's schedules, gathers what is wrong, and says in one line what was proved."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from tests.crashing.expected import wrongs
from tests.crashing.players import play

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from tests.crashing.players import Played
    from tests.crashing.schedules import Schedule

Json = dict[str, Any]
ALONE = "PYTEST_XDIST_WORKER" not in os.environ
MOST_TRIES = 4
"""A boundary that comes now and then is waited for in so many runs."""


@dataclass(frozen=True, slots=True)
class Stand:
    """Where schedules are played."""

    folder: Path
    server: str

    def play(self, schedules: Sequence[Schedule]) -> Iterable[Played]:
        """Two at once where nothing else uses this machine."""
        return play(schedules, self.folder, self.server, at_once=2 if ALONE else 1)


@dataclass(slots=True)
class Proof:
    """What came of many schedules."""

    played: int = 0
    kills: int = 0
    seconds: float = 0.0
    wrong: list[str] = field(default_factory=list)
    unstruck: list[Schedule] = field(default_factory=list)

    def __str__(self) -> str:
        return f"{self.played} runs, {self.kills} kills, {len(self.wrong)} violations, {self.seconds:.0f} s"


def never_killed(stand: Stand, like: Schedule, invoices: Iterable[int] = (2,)) -> dict[int, Played]:
    """How the story ends when nobody interferes, by its number of invoices."""
    calm = [replace(like, blows=(), troubles=(), presses=1, invoices=number) for number in invoices]
    found = {one.schedule.invoices: one for one in stand.play(calm)}
    for one in found.values():
        assert [] == wrongs(one, one.told)
    return found


def prove(
    stand: Stand, schedules: Sequence[Schedule], calm: dict[int, Played], *, again: bool = True
) -> Proof:
    """Play them all; with ``again``, those whose blows found nothing to strike are played anew."""
    proof, begun, left = Proof(), time.monotonic(), list(schedules)
    for _ in range(MOST_TRIES if again else 1):
        proof.unstruck = []
        for one in stand.play(left):
            proof.played += 1
            proof.kills += len(one.told.get("struck", []))
            proof.wrong += [
                f"{one.schedule}: {what}" for what in wrongs(one, calm[one.schedule.invoices].told)
            ]
            if not one.struck:
                proof.unstruck.append(one.schedule)
        left = proof.unstruck
        if not left:
            break
    proof.seconds = time.monotonic() - begun
    return proof
