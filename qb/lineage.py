"""Of an effect's generations, the one that counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.effects import Effect


def newest(found: Sequence[Effect]) -> tuple[Effect, ...]:
    """Of each subject's generations the last, in the order given."""
    last: dict[tuple[str, str], Effect] = {}
    for effect in found:
        known = last.get((effect.subject, effect.operation))
        if known is None or known.generation < effect.generation:
            last[effect.subject, effect.operation] = effect
    return tuple(last.values())
