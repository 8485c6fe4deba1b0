"""Try Again: what was refused is looked for first, then its payments are ordered anew or it is previewed."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from commands.booking import say, sync_to_mend
from commands.books import read_lists
from commands.comparing import look_for
from commands.firm import next_task
from commands.ids import Task
from commands.views import preview as views
from commands.views.notices import compare_button
from commands.views.text import name
from commands.watching import first_watch
from db import audit
from qb.post import ClientMoneyError, try_again
from qb.second_look import LooksReceivedError
from qb.story import Step, story

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from commands.call import Call
    from commands.context import Context
    from db.outbox import ClaimedTask
    from qb.story import InvoiceStory, SyncStory

LONGEST_TOLD = 500


def again(session: Session, call: Call) -> None:
    """Try Again: the worker tries refused payments of booked invoices; other invoices are previewed anew."""
    sync = sync_to_mend(session, call, json.loads(call.value)["s"])
    refused = _refused(story(session, sync.firm_id, sync.id))
    half, anew = [one for one in refused if one.half], [one for one in refused if not one.half]
    if half:
        content = {"sync": sync.id, "channel": call.pressed_in[0]}
        call.later(session, Task.TRY_AGAIN, content, call.once(Task.TRY_AGAIN))
    if anew:
        _preview_anew(session, call, anew)
    say(session, call, _what_follows(len(half), len(anew)))


def tried(context: Context, task: ClaimedTask) -> None:
    """Task: look what others wrote since, and order the refused payments that nobody entered meanwhile."""
    firm_id, sync_id, looked_at = task.firm_id, task.content["sync"], context.clock()
    with context.database.read() as session:
        half = [one.entry for one in _refused(story(session, firm_id, sync_id)) if one.half]
    if not half:
        return
    read_lists(context, firm_id, serve=False)  # an account may be trust since
    look_for(context, firm_id, [entry.key for entry in half])
    ordered, against, received = 0, list[str](), list[tuple[str, str]]()
    with context.database.write(record_of=firm_id) as session:
        audit.hold(session, firm_id)  # two presses: the second one sees what the first has ordered
        for entry in half:
            try:
                ordered += try_again(
                    session,
                    firm_id=firm_id,
                    sync_id=sync_id,
                    subject=entry.subject,
                    by=task.content["user"],
                    now=context.clock(),
                    looked_at=looked_at,
                )
            except (ClientMoneyError, LooksReceivedError) as found:
                against.append(f"{name(entry.key.number)}: {name(found.told.short, LONGEST_TOLD)}")
                if isinstance(found, LooksReceivedError):
                    received.append((entry.key.case, entry.key.number))
        _follow(session, context, task, ordered, against, received)


def _follow(
    session: Session,
    context: Context,
    task: ClaimedTask,
    ordered: int,
    against: list[str],
    received: list[tuple[str, str]],
) -> None:
    """In the commit that orders: killed after that, it is followed and told all the same."""
    told = story(session, task.firm_id, task.content["sync"])
    if told is not None and ordered:
        first_watch(session, context, told.sync, run=task.id)
    if against:
        content = {
            "user": task.content["user"],
            "channel": task.content["channel"],
            "text": " ".join(against),
            "controls": [compare_button(received)] if received else [],
        }
        next_task(session, context, task.firm_id, Task.NOTICE, content, key=f"{Task.NOTICE}:{task.id}")


def _refused(told: SyncStory | None) -> list[InvoiceStory]:
    return [one for one in told.invoices if one.step is Step.REFUSED] if told else []


def _preview_anew(session: Session, call: Call, refused: list[InvoiceStory]) -> None:
    keys = [one.entry.key.plain for one in refused]
    content = {"invoices": keys, "fresh": True}
    call.later(session, Task.PREVIEW, content, call.once(Task.PREVIEW))


def _what_follows(half: int, anew: int) -> str:
    if half and anew:
        return "We try the refused payments again, and a new preview of the refused invoices follows."
    if half:
        return (
            "We look once more whether they are in QuickBooks, then try the refused payments again; the "
            "message above shows how it goes."
        )
    if anew:
        return f"A new preview follows as a new message. {views.NOT_YET}"
    return "Nothing is left to try again here."
