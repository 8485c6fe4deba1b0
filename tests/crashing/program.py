"""The real program as a process to be killed: `run_program`, by a clock that is put forward, and watched."""

from __future__ import annotations

import faulthandler
import os
import signal
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bot.app import Crew
from bot.clock import Time
from bot.running import run_program
from bot.settings import read_settings
from tests.crashing.clock import SharedClock
from tests.crashing.watching import Line, watch_commits

if TYPE_CHECKING:
    from collections.abc import Mapping

CLOCK, WATCH, LOG = "clock", "watch", "caseledger.log"
TICK_SECONDS = 0.02
"""The database is asked this often what is due, as seconds are skipped here."""


@dataclass(frozen=True, slots=True)
class Birth:
    """One process: which of the schedule's workers it is, its settings, and how many threads book."""

    worker: int
    variables: Mapping[str, str]
    booking: int
    folder: str


def live(birth: Birth) -> None:
    """Run the program in this very process until it is killed."""
    folder = Path(birth.folder)
    with (folder / LOG).open("ab") as log:
        os.dup2(log.fileno(), sys.stdout.fileno())
        os.dup2(log.fileno(), sys.stderr.fileno())
    faulthandler.register(signal.SIGUSR1)  # a schedule that is stuck asks where everybody stands
    os.chdir(folder)
    os.environ.update(birth.variables)
    line, clock = Line(folder / WATCH, birth.worker), SharedClock(folder / CLOCK)
    watch_commits(line)

    def sleep(seconds: float) -> None:
        line.tell(sleep_until=clock.monotonic() + seconds)

    time = Time(clock, clock.monotonic, sleep, TICK_SECONDS, is_common=True)
    run_program(
        read_settings(None), role="all", time=time, crew=Crew(tasks=birth.booking, booking=birth.booking)
    )
