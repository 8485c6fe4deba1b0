"""A worker frozen at each point of its step while another takes over, then awake: one hole, told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from qb.sweep import Kind
from qb.sweeping import sweep
from tests.nets.frozen import frozen
from tests.nets.harm import harm
from tests.nets.people import bring_to_an_end
from tests.nets.plot import QUIET, Plot
from tests.nets.remote import Ids, Trouble
from tests.nets.test_mutants import AGAIN, FIRST
from tests.proof_lines import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.nets.core import Core

    NewCore = Callable[..., Core]

FROZEN_FOR = 300
DOUBLED = ["Invoice INV-1 doubled"]
# PostgreSQL ends a session that sleeps inside a transaction for a minute, long before the others take over.
END_SLEEPERS = text(
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = current_database() AND state = 'idle in transaction'"
)


@dataclass(frozen=True, slots=True)
class Case:
    """What happened before the frozen worker's step, and the points of that step."""

    before: tuple[Plot, ...]
    points: tuple[str, ...]


FOUND = (*AGAIN[:6], "commit", "committed")
CASES = {
    "a first send": Case((), FIRST),
    "a repeat": Case((Plot(write=Trouble.CUT_BEFORE),), AGAIN),
    "an adoption": Case((Plot(write=Trouble.CUT_AFTER),), FOUND),
}


def freeze(core: Core, case: Case, stops_at: int) -> list[str]:
    """The harm done once the frozen one has woken and all is settled."""
    for plot in case.before:
        core.step(plot)
        core.wait_until_due()
    with frozen(core, stops_at) as worker:
        core.clock.sleep(FROZEN_FOR)
        if core.database.dialect == "postgresql":
            with core.database.write() as session:
                session.execute(END_SLEEPERS)
        take_over(core)
        worker.wake()
    bring_to_an_end(core)
    return harm(core)


def take_over(core: Core) -> None:
    """Another worker does all that it can; on SQLite the frozen one may hold the file."""
    try:
        while core.step() != "idle":
            pass
    except OperationalError:
        assert "sqlite" == core.database.dialect


def is_closed(case: Case, stops_at: int, ids: Ids) -> bool:
    """Everything but: ids worth nothing, frozen with the lease just checked, and the send the next thing."""
    return not (ids is Ids.IGNORED and case.points[stops_at - 1] == "before the send")


def reported(core: Core) -> list[Kind]:
    """What the nightly sweep says of the books."""
    found = sweep(
        core.database,
        core.company_of(core.standing.firm_id),
        core.standing.firm_id,
        core.clock(),
        everything=True,
    )
    return [finding.kind for finding in found.findings]


def schedules() -> Iterator[tuple[str, int, Ids]]:
    """Every case, point and use of request ids."""
    for name, case in CASES.items():
        for stops_at in range(1, len(case.points) + 1):
            for ids in Ids:
                yield name, stops_at, ids


def check(shared_core: NewCore, name: str, stops_at: int, ids: Ids) -> bool:
    """Freeze there; whether something was doubled, which only the hole may, and the sweep must say."""
    core, case = shared_core(ids), CASES[name]
    found = freeze(core, case, stops_at)
    where = f"{name}, {case.points[stops_at - 1]} ({stops_at}), ids {ids}"
    if is_closed(case, stops_at, ids):
        assert [] == found, where
        assert [] == reported(core), where
        return False
    assert DOUBLED == found[:1], where
    assert [Kind.TWIN] == reported(core), where
    return True


@pytest.mark.parametrize("name", CASES)
def test_the_points_of_each_case_are_all_there_are(new_core: NewCore, name: str) -> None:
    """Where a worker may be frozen is what its step passes."""
    core = new_core(Ids.HONOURED)
    core.approve(core.standing.keys[:1])
    for plot in CASES[name].before:
        core.step(plot)
        core.wait_until_due()
    core.step(QUIET)
    assert CASES[name].points == tuple(core.trace)


def test_only_the_one_hole_doubles_and_the_sweep_reports_it(shared_core: NewCore) -> None:
    """Each point of a repeat where ids are worth nothing; all else is in the long form below."""
    points = range(1, len(AGAIN) + 1)
    assert 1 == sum(check(shared_core, "a repeat", stops_at, Ids.IGNORED) for stops_at in points)


@pytest.mark.prove
def test_every_freeze(shared_core: NewCore) -> None:
    """A first send, a repeat and an adoption, at every point, whatever request ids are worth."""
    every = list(schedules())
    doubled = sum(check(shared_core, *each) for each in every)
    assert 2 == doubled
    dialect = shared_core(Ids.HONOURED).database.dialect
    say(
        "Freezes",
        f"SIGSTOP, {dialect}",
        f"{len(every)} freezes, {doubled} doubled: both the known hole, both told",
    )
