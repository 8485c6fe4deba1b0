"""How long Hypothesis looks: a few hundred examples beside every change, twenty thousand in `make prove`."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from hypothesis import HealthCheck, given, settings

from tests.proof_lines import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from hypothesis.strategies import SearchStrategy

Example = TypeVar("Example")
MANY = 20_000


def fuzz(check: Callable[[Example], None], examples: SearchStrategy[Example], count: int) -> None:
    """Check so many examples; what fails is shown at its smallest."""
    looking = settings(
        max_examples=count,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
    )
    looking(given(examples)(check))()


def prove(what: str, check: Callable[[Example], None], examples: SearchStrategy[Example]) -> None:
    """Check very many, and say that all held."""
    fuzz(check, examples, MANY)
    say("Fuzzing", what, f"{MANY:,} examples, chosen afresh at each run; all held")
