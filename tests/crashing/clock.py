"""A clock that several processes go by and one of them puts forward: how far it is ahead of the real time."""

from __future__ import annotations

import mmap
import struct
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

AHEAD = struct.Struct("d")


class SharedClock:
    """Aware UTC moments; how many seconds it is ahead stands in a small file that all of them map."""

    def __init__(self, file: Path) -> None:
        if not file.exists():
            file.write_bytes(AHEAD.pack(0.0))
        with file.open("r+b") as opened:
            self._map = mmap.mmap(opened.fileno(), AHEAD.size)

    def __call__(self) -> datetime:
        """Now."""
        return datetime.now(UTC) + timedelta(seconds=self.ahead)

    @property
    def ahead(self) -> float:
        """Seconds it is ahead of the real time."""
        (seconds,) = AHEAD.unpack(self._map[:])
        return float(seconds)

    def monotonic(self) -> float:
        """Seconds that only grow: a wait that was skipped has passed for everybody."""
        return self().timestamp()

    def put_forward_to(self, moment: datetime) -> None:
        """Let it be at least that late; one process alone may do this."""
        late = (moment - self()).total_seconds()
        if late > 0:
            self._map[:] = AHEAD.pack(self.ahead + late)
