"""The core under any order of events, with a clock of its own: nothing doubled, lost or stuck."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.nets.machine import CoreMachine
from tests.proof_lines import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.nets.core import Core

STEPS = 20
FEW = 150
MANY = 10_000


def simulate(make: Callable[..., Core], examples: int) -> int:
    """Play so many examples; how many steps workers took in them."""
    taken = 0

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
            phases=(Phase.generate,),
            database=None,
            report_multiple_bugs=False,
            suppress_health_check=list(HealthCheck),
        ),
    )
    return taken


@pytest.mark.slow
def test_any_order_of_events_books_everything_once(ordered_core: Callable[..., Core]) -> None:
    """A short form of the proof below."""
    assert simulate(ordered_core, min(FEW, 3 * settings().max_examples)) > 0


@pytest.mark.prove
def test_ten_thousand_orders_of_events_book_everything_once(ordered_core: Callable[..., Core]) -> None:
    """Trouble at every call, pauses and deaths at every point, lies where they can be told."""
    steps = simulate(ordered_core, MANY)
    say(
        "Simulation",
        f"{MANY:,} examples of up to {STEPS} events",
        f"{steps:,} steps, nothing doubled, lost or stuck",
    )
