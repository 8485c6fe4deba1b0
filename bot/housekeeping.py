"""Forgets what is of no use any more: ended tasks, drafts, unanswered files, processes long gone."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from commands.ids import Task
from db import digests, direct_messages, drafts, heartbeats, outbox, snoozes
from db.intake import waiting

if TYPE_CHECKING:
    from datetime import datetime

    from db.engine import Database

EVERY = timedelta(hours=1)
TASKS_KEPT = timedelta(days=30)  # a redelivered click is known by its ended task
DRAFTS_KEPT = timedelta(days=7)
PROCESSES_KEPT = timedelta(days=1)
FILES_KEPT = timedelta(days=30)  # so long a file waits for its answer
MESSAGES_KEPT = timedelta(days=90)  # so long after it was posted one is changed
DIGESTS_KEPT = timedelta(days=40)  # so long their buttons work, and the next one knows what changed


def tidy(database: Database, now: datetime) -> None:
    """Forget, in one short transaction; money, decisions and records are never touched."""
    with database.write() as session:
        outbox.sweep_tasks(session, now - TASKS_KEPT)
        drafts.sweep(session, now - DRAFTS_KEPT)
        digests.sweep(session, now - DIGESTS_KEPT)
        direct_messages.sweep(session, now - MESSAGES_KEPT)
        snoozes.sweep(session, (now - DIGESTS_KEPT).date())
        waiting.wait_anew(session, Task.FILE_ANSWERED)
        waiting.sweep(session, now - FILES_KEPT, now)
        heartbeats.forget(session, now - PROCESSES_KEPT)
