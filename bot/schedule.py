"""The clock: one tick a second that wakes the worker; the database says what is due."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apscheduler.schedulers.background import BackgroundScheduler

if TYPE_CHECKING:
    from collections.abc import Callable


def start_clock(tick: Callable[[], None], *, seconds: float = 1) -> Callable[[], None]:
    """Call ``tick`` every ``seconds``, one at a time; returns how to stop it."""
    scheduler = BackgroundScheduler(timezone="UTC")
    scheduler.add_job(
        tick, "interval", seconds=seconds, coalesce=True, max_instances=1, misfire_grace_time=None
    )
    scheduler.start()
    return lambda: scheduler.shutdown(wait=False)
