"""One task at a time: claim it, do it, and whatever happens leave it settled and the person answered."""

from __future__ import annotations

import threading
from datetime import timedelta
from typing import TYPE_CHECKING

import structlog
from slack_sdk.errors import SlackApiError, SlackClientError
from sqlalchemy.exc import OperationalError

from commands.ids import LASTING, Task
from db import outbox
from db.intake.imports import SILENT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from commands.context import Context
    from db.outbox import ClaimedTask

MOST_ATTEMPTS = 5
LONG_PAUSE = timedelta(minutes=10)
"""Until what is never given up is tried again after a failure that isn't known to pass."""

BACKOFF = (timedelta(seconds=2), timedelta(seconds=10), timedelta(seconds=60), timedelta(seconds=300))
LONG = frozenset({Task.IMPORT, Task.FILE_ANSWERED, Task.CHECK_ASKED, Task.CHECK_NIGHT})
LONG_LEASE = timedelta(minutes=15)
"""What may take minutes, and how long it is ours: a second worker would find them under way."""
MOST_LONG = 2
"""So many of them at once: the other threads are there for who waits before a screen."""

A_MOMENT = timedelta(seconds=5)
"""By then a process that said it leaves has left."""

PASSING_AT_SLACK = frozenset({"ratelimited", "internal_error", "fatal_error", "service_unavailable"})
log = structlog.get_logger("tasks")


class TaskRunner:
    """Does the firm's tasks; ``give_up`` tells the person whose task will not be tried again soon."""

    def __init__(
        self,
        context: Context,
        tasks: Mapping[str, Callable[[Context, ClaimedTask], None]],
        give_up: Callable[[Context, ClaimedTask, Exception], None],
    ) -> None:
        self._context = context
        self._tasks = tasks
        self._give_up = give_up
        self._in_hand: dict[str, ClaimedTask] = {}
        self._room = threading.BoundedSemaphore(MOST_LONG)

    def work(self) -> bool:
        """Do the task due longest; whether there was one."""
        claimed = self._claimed()
        if claimed is None:
            return False
        self._in_hand[claimed.id] = claimed
        try:
            self._do(claimed)
        finally:
            del self._in_hand[claimed.id]
            if claimed.kind in LONG:
                self._room.release()
        return True

    def let_go(self) -> None:
        """We leave in the middle of something: others needn't wait for our hold on it to end.

        An import is begun anew once its traces count as cut off; before that it would be taken for another's.
        """
        for claimed in tuple(self._in_hand.values()):
            later = SILENT + A_MOMENT if claimed.kind in LONG else A_MOMENT
            with self._context.database.write() as session:
                outbox.retry_task(session, claimed, self._context.clock() + later, "left in the middle")

    def _do(self, claimed: ClaimedTask) -> None:
        context = self._context
        try:
            self._tasks[claimed.kind](context, claimed)
        except Exception as trouble:  # noqa: BLE001 - one task's failure must not end the worker
            self._settle_failure(claimed, trouble)
        else:
            with context.database.write() as session:
                outbox.finish_task(session, claimed, context.clock())

    def _claimed(self) -> ClaimedTask | None:
        """The task due longest, what takes long before all others; of that none where enough is in hand."""
        has_room = self._room.acquire(blocking=False)
        claimed = None
        try:
            claimed = self._taken(with_long=has_room)
        finally:
            if has_room and (claimed is None or claimed.kind not in LONG):
                self._room.release()
        return claimed

    def _taken(self, *, with_long: bool) -> ClaimedTask | None:
        with self._context.database.write() as session:
            now = self._context.clock()
            long = outbox.claim_task(session, now, LONG, LONG_LEASE) if with_long else None
            return long or outbox.claim_task(session, now, self._tasks.keys() - LONG, outbox.LEASE)

    def _settle_failure(self, claimed: ClaimedTask, trouble: Exception) -> None:
        name = type(trouble).__name__
        log.warning("task failed", kind=claimed.kind, task=claimed.id, attempt=claimed.attempt, error=name)
        now = self._context.clock()
        again, lasts = claimed.attempt < MOST_ATTEMPTS and is_passing(trouble), claimed.kind in LASTING
        pause = BACKOFF[min(claimed.attempt, len(BACKOFF)) - 1] if again else LONG_PAUSE
        with self._context.database.write() as session:
            if again or lasts:
                outbox.retry_task(session, claimed, now + pause, name)
            else:
                outbox.fail_task(session, claimed, name, now)
        if not again:
            log.error("task in trouble", kind=claimed.kind, task=claimed.id, lasts=lasts, exc_info=trouble)
        if not again and (not lasts or claimed.attempt in {1, MOST_ATTEMPTS}):
            self._give_up(self._context, claimed, trouble)


def is_passing(trouble: Exception) -> bool:
    """Whether the same again may go well: the network, Slack's servers, a busy database."""
    if isinstance(trouble, SlackApiError):
        return trouble.response["error"] in PASSING_AT_SLACK
    return isinstance(trouble, SlackClientError | OSError | OperationalError)
