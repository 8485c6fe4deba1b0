"""The core under any order of events, with a clock of its own: nothing doubled, lost or stuck."""

from __future__ import annotations

import os
from functools import partial
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.nets.machine import CoreMachine
from tests.nets.mutants import M1, M2, M3, M5, M6, Mutant
from tests.nets.remote import Ids
from tests.proof_lines import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.nets.core import Core

STEPS = 20
FEW = 100
ENOUGH = 500
AT_MOST = 2_000
"""Within so many examples a mutant that any order of events can kill is found; most within a few dozen."""
MANY = 10_000
PARTS = 4


def simulate(make: Callable[..., Core], examples: int, chance: int | None = None) -> int:
    """Play so many examples, of this seed where one is given; how many steps workers finished in them."""
    taken = 0

    @seed(chance)
    class Machine(CoreMachine):
        """With databases to begin on."""

        new_core = staticmethod(make)

        def teardown(self) -> None:
            """Count, and end as ever."""
            nonlocal taken
            super().teardown()
            taken += len(self.core.outcomes) if self.core else 0

    run_state_machine_as_test(
        Machine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=STEPS,
            deadline=None,
            phases=(Phase.generate,),  # making a failure small takes many minutes: do it by hand
            database=None,
            report_multiple_bugs=False,
            suppress_health_check=list(HealthCheck),
        ),
    )
    return taken


@pytest.mark.slow
@pytest.mark.timeout(300)
def test_any_order_of_events_books_everything_once(ordered_core: Callable[..., Core]) -> None:
    """A short form of the proof below."""
    assert simulate(ordered_core, FEW) > 0


@pytest.mark.prove
@pytest.mark.parametrize("part", range(PARTS))
def test_ten_thousand_orders_of_events_book_everything_once(
    ordered_core: Callable[..., Core], part: int
) -> None:
    """Trouble at every call, pauses and deaths at every point, lies where they can be told."""
    chance = int(os.environ.get("SEED", "1")) + part
    steps = simulate(ordered_core, MANY // PARTS, chance)
    what = f"{MANY // PARTS:,} of {MANY:,} examples of up to {STEPS} events, part {part + 1}"
    say("Simulation", what, f"seed {chance}: {steps:,} steps, nothing doubled, lost or stuck")


@pytest.mark.prove
def test_the_same_on_either_database(shared_core: Callable[..., Core]) -> None:
    """PostgreSQL's locks and statements are others than SQLite's; each example has a database of its own."""
    steps = simulate(shared_core, ENOUGH)
    dialect = shared_core(Ids.HONOURED).database.dialect
    say("Simulation", f"{ENOUGH} examples on {dialect}", f"{steps:,} steps, nothing doubled, lost or stuck")


@pytest.mark.prove
@pytest.mark.parametrize("mutant", [M1(), M2(), M3(), M5(), M6()], ids=lambda one: type(one).__name__)
def test_the_simulation_finds_a_cut_net_by_itself(ordered_core: Callable[..., Core], mutant: Mutant) -> None:
    """No schedule is named: among any orders of events some show what the missing net would have held."""
    with pytest.raises(AssertionError):
        simulate(partial(ordered_core, mutant=mutant), AT_MOST)
    what = f"mutant {type(mutant).__name__}, no schedule named"
    say("Simulation", what, f"found within {AT_MOST:,} examples")
