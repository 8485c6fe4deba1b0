"""Schedules that chance makes up: the same again for the same seed."""

from __future__ import annotations

import os
import random
from dataclasses import replace

from qb.sandbox import Fault
from tests.crashing.schedules import ANY, KILL, KILL_SOON, Blow, Schedule

SEED = int(os.environ.get("SEED", "20261122"))
"""Of the first schedule; the others count on from it."""
RELEASE = bool(os.environ.get("RELEASE"))
"""Ten times as many."""

MOST_BLOWS, MOST_TROUBLES = 4, 4
FAR = 60
"""Boundaries until a blow, at most: more than most runs have."""

AT_WRITES = (
    Fault("cut"),
    Fault("cut", after=True),
    Fault("late", seconds=60),
    Fault("status", status=500),
    Fault("status", status=500, after=True),
    Fault("gateway"),
    Fault("gateway", after=True),
    Fault("throttle"),
    Fault("throttle", after=True),
    Fault("garbled", after=True),
)
AT_LOOKS = (Fault("cut"), Fault("status", status=500), Fault("throttle"), Fault("garbled"))


def made_up(seed: int, *, postgres: bool) -> Schedule:
    """Kills at any boundaries and instants, troubles at QuickBooks, double presses, one or two workers."""
    chance = random.Random(seed)  # noqa: S311 - to be repeated, not to be secret
    blows = tuple(
        Blow(ANY, chance.choice((KILL, KILL, KILL_SOON)), chance.randint(1, FAR))
        for _ in range(chance.randint(1, MOST_BLOWS))
    )
    return Schedule(
        blows=blows,
        troubles=tuple(_trouble(chance) for _ in range(chance.randint(0, MOST_TROUBLES))),
        request_ids=chance.choice(("honoured", "ignored", "refused")),
        workers=chance.randint(1, 2),
        postgres=postgres,
        invoices=chance.randint(1, 3),
        presses=chance.randint(1, 2),
    )


def _trouble(chance: random.Random) -> Fault:
    path = chance.choice(("invoice", "payment", "payment", "customer", "query"))
    if path == "query":
        return replace(chance.choice(AT_LOOKS), path=path, skip=chance.randint(0, 4))
    return replace(chance.choice(AT_WRITES), method="POST", path=path, skip=chance.randint(0, 2))
