"""`caseledger run` by a clock that a test puts forward; only tests start it so."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from bot.clock import Time
from bot.running import run_program
from bot.settings import read_settings
from tests.crashing.clock import SharedClock

TICK_SECONDS = 0.2


def main() -> None:
    """Run until SIGTERM; the argument is the clock's file."""
    clock = SharedClock(Path(sys.argv[1]))
    given = Time(clock, clock.monotonic, time.sleep, TICK_SECONDS, is_common=True)
    run_program(read_settings(None), role="all", time=given)


if __name__ == "__main__":
    main()
