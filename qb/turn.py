"""One effect in a worker's hand: what to send, and how long it has been held."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from db.effects import Effect
    from qb.orders import Order


@dataclass(frozen=True, slots=True)
class Turn:
    """One effect in hand: what to send, and how long it has been held."""

    effect: Effect
    doubt: bool
    order: Order
    mark: str
    body: bytes
    connection: int
    began: float
    monotonic: Callable[[], float]

    @property
    def held(self) -> timedelta:
        """How long since the claim."""
        return timedelta(seconds=self.monotonic() - self.began)

    def at(self, later: timedelta) -> datetime:
        """So long from now, by the clock the claim was written with."""
        return (self.effect.last_sent or self.effect.created_at) + self.held + later

    @property
    def is_first(self) -> bool:
        """Whether nobody can have sent it before: then a refusal is proof that nothing was booked."""
        return self.effect.attempt == 1 and not self.doubt
