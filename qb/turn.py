"""One effect in a worker's hand: what to send, and how long it has been held."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from db.effects import SETTLE
from qb.looking import BEFORE

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from db.effects import Effect
    from qb.orders import Order


SHORTEST_PAUSE = timedelta(seconds=10)
LONGEST_PAUSE = timedelta(minutes=15)
ALL_OVER = BEFORE + SETTLE
"""From the last moment that others may have sent, by a clock that may be off, until that must be over."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One effect in hand: what to send, and how long it has been held."""

    effect: Effect
    doubt: bool
    order: Order
    mark: str
    body: bytes
    consent: datetime | None  # when the one it is sent by was given
    elsewhere: bool  # the firm is connected to another company than the effect is for
    began: float
    monotonic: Callable[[], float]
    against: str = ""  # why it mustn't be sent any more, though it may have been

    @property
    def held(self) -> timedelta:
        """How long since the claim."""
        return timedelta(seconds=self.monotonic() - self.began)

    def at(self, later: timedelta) -> datetime:
        """So long from now, by the clock the claim was written with."""
        return (self.effect.last_sent or self.effect.created_at) + self.held + later

    @property
    def age(self) -> timedelta:
        """How long since it was first taken in hand."""
        return self.at(timedelta()) - (self.effect.first_sent or self.effect.created_at)

    @property
    def pause(self) -> timedelta:
        """How long to leave it alone after a question or a send that got nowhere: the older, the longer."""
        return max(SHORTEST_PAUSE, min(self.age / 4, LONGEST_PAUSE))

    @property
    def is_first(self) -> bool:
        """Whether nobody can have sent it before: then a refusal is proof that nothing was booked."""
        return self.effect.attempt == 1 and not self.doubt

    @property
    def is_only(self) -> bool:
        """Whether, once it was looked for and isn't there, nobody else can have sent it.

        Nobody before; or, after a restore, only those whose memory was lost, when the last request of theirs
        was over before the look. Then too a refusal is proof that nothing was booked.
        """
        if self.is_first:
            return True
        effect, until = self.effect, self.effect.unknown_until
        if until is None or effect.last_sent is None or effect.taken_before:
            return False
        return effect.last_sent > until + ALL_OVER
