"""The clock: one tick a second that wakes the worker; the database says what is due."""

from __future__ import annotations

from typing import TYPE_CHECKING

from apscheduler.schedulers.background import BackgroundScheduler

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime


def start_clock(
    tick: Callable[[], None], *, seconds: float = 1, first: datetime | None = None
) -> Callable[[], None]:
    """Call ``tick`` every ``seconds``, one at a time; returns how to stop it.

    ``first`` is when the first one is due, else ``seconds`` from now. However many were missed, asleep or
    busy, are one.
    """
    scheduler = BackgroundScheduler(timezone="UTC")
    due = {} if first is None else {"next_run_time": first}
    scheduler.add_job(
        tick, "interval", seconds=seconds, coalesce=True, max_instances=1, misfire_grace_time=None, **due
    )
    scheduler.start()
    return lambda: scheduler.shutdown(wait=False)
