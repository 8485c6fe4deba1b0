"""One message a second and channel, where that limit is switched on. Source: Slack, "Rate limits"."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

LIMITED = "chat.postMessage"
SECONDS = 1.0


class Pace:
    """Remembers when each channel was last posted to; off until `limited` is set."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self.limited = False
        self._clock = clock
        self._last: dict[str, float] = {}

    def too_soon(self, method: str, channel: str) -> bool:
        """Whether a call must be refused with 429; one that isn't counts."""
        if not self.limited or method != LIMITED:
            return False
        now = self._clock()
        if now - self._last.get(channel, -SECONDS) < SECONDS:
            return True
        self._last[channel] = now
        return False
