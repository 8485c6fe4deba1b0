"""What is done to the program in one run of the proof, as values that can be written down and repeated."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from qb.sandbox import Fault

Json = dict[str, Any]
ANY = "*"
"""A boundary's name that every boundary answers to."""
KILL = "kill"
"""What happens there: the process is killed, whatever the boundary is."""
KILL_SOON = "kill soon"
"""The same some milliseconds later, wherever it has come by then."""


@dataclass(frozen=True, slots=True)
class Blow:
    """The ``nth`` time (from 1) a boundary is reached: what the far side does, and the process is killed."""

    boundary: str
    fault: str
    nth: int = 1

    def __str__(self) -> str:
        again = f" ({self.nth})" if self.nth > 1 else ""
        return f"{self.boundary}{again}, {self.fault}"


@dataclass(frozen=True, slots=True)
class Schedule:
    """One run: blows one after another, troubles that wait at QuickBooks, and who works on which database."""

    blows: tuple[Blow, ...] = ()
    troubles: tuple[Fault, ...] = ()
    request_ids: str = "honoured"
    workers: int = 1
    postgres: bool = False
    invoices: int = 2
    presses: int = 1

    @property
    def processes(self) -> int:
        """How many processes work: an SQLite file takes one, whose threads are the workers."""
        return self.workers if self.postgres else 1

    @property
    def threads(self) -> int:
        """How many threads of each process book, and how many do its tasks."""
        return 1 if self.postgres else self.workers

    def __str__(self) -> str:
        where = (
            f"{'PostgreSQL' if self.postgres else 'SQLite'}, {self.workers} at work, ids {self.request_ids}"
        )
        met = f", {len(self.troubles)} troubles" if self.troubles else ""
        return f"{'; then '.join(map(str, self.blows)) or 'never killed'} ({where}{met})"


def doubtful(invoices: int = 2) -> tuple[Fault, ...]:
    """Every write is done and nobody hears of it: each has to be looked for."""
    writes = 2 * invoices + 2  # enough for all of them; what is left over meets nobody
    return tuple(
        Fault("cut", method="POST", path=path, after=True, times=writes)
        for path in ("invoice", "payment", "customer")
    )


def plain(schedule: Schedule) -> Json:
    """The schedule as JSON."""
    return asdict(schedule)


def schedule_from(told: Json) -> Schedule:
    """The schedule that :func:`plain` wrote."""
    blows = tuple(Blow(**one) for one in told["blows"])
    troubles = tuple(Fault(**one) for one in told["troubles"])
    return Schedule(**{**told, "blows": blows, "troubles": troubles})
