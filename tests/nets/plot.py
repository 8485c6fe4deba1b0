"""What happens to one worker in one step: trouble at the far side, a pause, a death."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.nets.remote import Trouble


@dataclass(frozen=True, slots=True)
class Plot:
    """One step; points are counted from 1, and 0 is never."""

    write: Trouble | None = None  # what its first write meets
    look: Trouble | None = None  # what its first question meets
    dies_at: int = 0
    pauses_at: int = 0
    seconds: float = 0.0  # how long it pauses, on everybody's clock
    meanwhile: tuple[Plot, ...] = ()  # what others do while it pauses


QUIET = Plot()
