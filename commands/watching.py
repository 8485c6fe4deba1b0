"""A sync on its way: its effects written down, its progress shown, its result told."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import Enum, auto
from typing import TYPE_CHECKING, Any

from commands import speech
from commands.books import FRESH, NotConnectedError, read_lists
from commands.comparing import look_for
from commands.digest_stale import redraw_later
from commands.firm import next_task
from commands.ids import Task
from commands.parts import leave_parts
from commands.requested import carry_result, overtaken
from commands.result_file import leave_file
from commands.speech import Posted
from commands.taking_up import take_up
from commands.telling import story_to_show
from commands.views import preview as previews
from commands.views import result as views
from commands.views.progress import not_begun
from db import effects, syncs
from db.syncs import SyncState
from qb.canonical import from_canonical
from qb.connection import lose
from qb.gateway import CompanyLocked, GatewayError, InDoubt, Reconnect
from qb.post import NotLookedError, Superseded
from qb.post import expand as write_down
from qb.readback import settle_sync
from qb.story import Step, story

if TYPE_CHECKING:
    from collections.abc import Mapping

    from slack_sdk import WebClient
    from sqlalchemy.orm import Session

    from commands.context import Context
    from commands.views.blocks import Message
    from db.outbox import ClaimedTask
    from db.syncs import Sync
    from qb.story import SyncStory

BETWEEN_UPDATES = timedelta(seconds=3)
"""A message is changed at most this often (Slack: Rate limits), and once more at the end."""

QUICK, PATIENT, SLOW = timedelta(seconds=0.3), timedelta(seconds=2), timedelta(seconds=15)
QUICK_LOOKS, PATIENT_LOOKS = 40, 200
SILENT_PAUSE = timedelta(minutes=1)
LOOKS_BETWEEN_WHOLE_ONES = 10
EACH_AHEAD = timedelta(seconds=0.05)
"""QuickBooks takes ten calls a second: what is still ahead can't be done in half of that."""
FOR_EACH = timedelta(seconds=0.005)
"""So much longer between updates for each document: a long story takes longer to tell."""
STALLED = frozenset({Step.IN_DOUBT, Step.PARKED})


class End(Enum):
    """Whether everything of a sync is settled and read back; unknown where QuickBooks gives no answer."""

    REACHED = auto()
    AHEAD = auto()
    UNKNOWN = auto()


def expand(context: Context, task: ClaimedTask) -> None:
    """Task, left behind by the approval: write the effects down; or ask again where something changed."""
    firm_id, looked_at = task.firm_id, context.clock()
    if not _on_fresh_books(context, task):
        return
    try:
        outcome = write_down(
            context.database, firm_id, task.content["sync"], context.clock(), looked_at=looked_at
        )
    except NotLookedError:  # somebody slower kept what he had read before
        _later(context, task, task.content, SLOW)
        return
    if outcome is None:
        return
    if isinstance(outcome, Superseded):
        _ask_again(context, outcome)
        return
    if outcome.sync.state is SyncState.APPROVED:  # not where this was killed before: all may be told by now
        told = _story(context, outcome.sync.firm_id, outcome.sync.id)
        if told is not None:
            _show(context.slack(), told.sync, views.progress(story_to_show(context, told)))
    with context.database.write() as session:
        first_watch(session, context, outcome.sync, run=outcome.sync.id)  # after which the result may follow


def _on_fresh_books(context: Context, task: ClaimedTask) -> bool:
    """Look once more what others wrote into the books since the preview; lists only where that is long ago.

    False: QuickBooks is silent or doesn't let us in, which is told, and the task is left again for later:
    nothing is ordered on what was known before.
    """
    with context.database.read() as session:
        sync = syncs.get(session, task.firm_id, task.content["sync"])
    if sync is None or sync.state is not SyncState.APPROVED:
        return True
    asked_at = context.clock()
    try:
        if _approved_late(sync):  # an account may be trust since
            read_lists(context, task.firm_id, serve=False)
        look_for(context, task.firm_id, sync.selection)
    except InDoubt as doubt:
        _not_begun(context, task, sync, doubt.reason, again=SILENT_PAUSE)
    except Reconnect as lost:
        with context.database.write() as session:
            lose(session, sync.firm_id, lost, context.clock(), asked_at=asked_at)
        connect = not isinstance(lost, CompanyLocked)
        _not_begun(context, task, sync, lost.reason, again=SLOW, connect=connect)
    except NotConnectedError as none:
        _not_begun(context, task, sync, none.told.short, again=SLOW, connect=True)
    else:
        return True
    return False


def _not_begun(
    context: Context, task: ClaimedTask, sync: Sync, why: str, *, again: timedelta, connect: bool = False
) -> None:
    """Say so, once for each reason, and leave the same task for later."""
    told = _story(context, sync.firm_id, sync.id) if task.content.get("told") != why else None
    if told is not None:
        _show(context.slack(), sync, not_begun(story_to_show(context, told), why, connect=connect))
    _later(context, task, {**task.content, "told": why}, again)


def _later(context: Context, task: ClaimedTask, content: Mapping[str, Any], after: timedelta) -> None:
    """The same expansion again."""
    with context.database.write() as session:
        key = f"{Task.EXPAND}:{content['sync']}:{context.clock().isoformat()}"
        next_task(session, context, task.firm_id, Task.EXPAND, content, key=key, after=after)


def _approved_late(sync: Sync) -> bool:
    """Whether it was approved long after its preview was read."""
    return sync.approved_at is not None and sync.approved_at - sync.asked_at > FRESH


def watch(context: Context, task: ClaimedTask) -> None:
    """Task, again and again until all is settled: show progress, read back, tell the result."""
    content = dict(task.content)
    take_up(context, task.firm_id, content["sync"])
    if _is_on_its_way(context, task.firm_id, content):
        return
    told = _story(context, task.firm_id, task.content["sync"])
    if told is None:
        return
    told, end = _read_back(context, told)
    if end is End.REACHED:
        _tell_result(context, told, run=task.content["run"])
        return
    now, signature = context.clock(), ",".join(one.step + one.sentence for one in told.invoices)
    if signature != content["seen"] and now - datetime.fromisoformat(content["shown"]) >= BETWEEN_UPDATES:
        _show(context.slack(), told.sync, views.progress(story_to_show(context, told)))
        content |= {"seen": signature, "shown": now.isoformat()}
    content["look"] += 1
    pause = _pause(told, content["look"], resting=end is End.UNKNOWN)
    with context.database.write() as session:
        _look_later(session, context, task.firm_id, content, pause)


def _is_on_its_way(context: Context, firm_id: str, content: dict[str, Any]) -> bool:
    """Whether there is nothing to tell yet: surely not at its end, and nothing new, or told just now.

    The whole story of a thousand invoices takes a second to tell; this, a hundredth.
    """
    with context.database.read() as session:
        standing = effects.standing(session, content["sync"])
    since = context.clock() - datetime.fromisoformat(content["shown"])
    told_just_now = since < max(BETWEEN_UPDATES, standing.size * FOR_EACH)
    if not standing.moving or not (told_just_now or standing.counts == content.get("standing")):
        content["standing"] = standing.counts
        return False
    if content["look"] % LOOKS_BETWEEN_WHOLE_ONES == 0:
        return False
    content["look"] += 1
    with context.database.write() as session:
        soon = min(max(QUICK, standing.moving * EACH_AHEAD), PATIENT)
        pause = soon if standing.held else _at_look(content["look"], stalled=False)
        _look_later(session, context, firm_id, content, pause)
    return True


def first_watch(session: Session, context: Context, sync: Sync, *, run: str) -> None:
    """Begin to watch a sync; the same ``run`` begins once."""
    now = context.clock()
    content = {
        "sync": sync.id,
        "user": sync.asked_by,
        "run": run,
        "look": 0,
        "seen": "",
        "shown": now.isoformat(),
    }
    _look_later(session, context, sync.firm_id, content, QUICK)


def _look_later(
    session: Session, context: Context, firm_id: str, content: Mapping[str, Any], after: timedelta
) -> None:
    key = f"{Task.WATCH}:{content['run']}:{content['look']}"
    next_task(session, context, firm_id, Task.WATCH, content, key=key, after=after)


def _pause(told: SyncStory, looks: int, *, resting: bool) -> timedelta:
    return _at_look(looks, stalled=resting or any(one.step in STALLED for one in told.invoices))


def _at_look(looks: int, *, stalled: bool) -> timedelta:
    if looks > PATIENT_LOOKS:
        return SLOW
    return PATIENT if stalled or looks > QUICK_LOOKS else QUICK


def _read_back(context: Context, told: SyncStory) -> tuple[SyncStory, End]:
    """The story with its receipts, its sync finished; or as it is, where that can't be yet."""
    sync = told.sync
    try:
        read = settle_sync(
            context.database, context.company(sync.firm_id), sync.firm_id, sync.id, context.clock()
        )
    except GatewayError:
        return told, End.UNKNOWN
    if read is None:
        return told, End.AHEAD
    return _story(context, sync.firm_id, sync.id) or told, End.REACHED


def _story(context: Context, firm_id: str, sync_id: str) -> SyncStory | None:
    with context.database.read() as session:
        return story(session, firm_id, sync_id)


def _show(client: WebClient, sync: Sync, message: Message) -> bool:
    """Change the sync's message. False: somebody has deleted it."""
    return speech.change(client, Posted(sync.channel, sync.message_ts), message)


def _tell_result(context: Context, told: SyncStory, *, run: str) -> None:
    """The result in the sync's message, said anew where that is gone; the rest follows in the thread."""
    client, sync = context.slack(), told.sync
    shown = story_to_show(context, told)
    first, *more = views.result(shown)
    posted = Posted(sync.channel, sync.message_ts)
    if not _show(client, sync, first):
        posted = speech.post(client, sync.asked_by, first)
    carry_result(context, sync, first, more=bool(more))
    with context.database.write() as session:
        leave_parts(session, context, sync.firm_id, posted, more, run=f"result:{run}")
        redraw_later(session, context, sync.firm_id)
        if views.is_large(shown):
            leave_file(session, context, sync, posted, run=run)


def _ask_again(context: Context, outcome: Superseded) -> None:
    """The old preview says that it no longer holds; a new one follows with what changed."""
    sync = outcome.sync
    overtaken(context, sync, outcome.changes)
    _show(context.slack(), sync, previews.superseded(from_canonical(sync.plan).entries))
    with context.database.write() as session:
        content = {
            "user": sync.asked_by,
            "invoices": [key.plain for key in sync.selection],
            "changes": list(outcome.changes),
        }
        key = f"{Task.PREVIEW}:after:{sync.id}"
        next_task(session, context, sync.firm_id, Task.PREVIEW, content, key=key)
