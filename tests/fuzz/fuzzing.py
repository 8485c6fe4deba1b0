"""How long Hypothesis looks: a few hundred examples beside every change, twenty thousand in `make prove`."""

from __future__ import annotations

import os
import secrets
from typing import TYPE_CHECKING, TypeVar

from hypothesis import HealthCheck, given, seed, settings

from tests.proof_lines import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from hypothesis.strategies import SearchStrategy

Example = TypeVar("Example")
MANY = 20_000


def fuzz(
    check: Callable[[Example], None], examples: SearchStrategy[Example], count: int, begin: int | None = None
) -> None:
    """Check so many examples, of this seed where one is given; what fails is shown at its smallest."""
    looking = settings(
        max_examples=count,
        deadline=None,
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
    )
    wanted = looking(given(examples)(check))
    (wanted if begin is None else seed(begin)(wanted))()


def prove(what: str, check: Callable[[Example], None], examples: SearchStrategy[Example]) -> None:
    """Check very many, afresh at each run or by SEED, and say that all held."""
    begin = int(os.environ.get("SEED") or secrets.randbelow(1_000_000_000))
    print(f"{what}: SEED={begin}")  # noqa: T201 - shown where it fails
    fuzz(check, examples, MANY, begin)
    say("Fuzzing", what, f"{MANY:,} examples of seed {begin}; all held")
