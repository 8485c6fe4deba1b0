"""Files that wait: asked about where they were sent, taken in or left by who sent them or an approver."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

from commands import columns, speech
from commands.access import NotAllowedError, confirmers, may_confirm
from commands.amended import in_the_answer, noticed
from commands.booking import say
from commands.comparing import look_after
from commands.errors import RefusedError
from commands.firm import asker_in, next_task
from commands.ids import Task
from commands.omens import looked
from commands.speech import Posted
from commands.views import importing as answers
from commands.views import waiting as views
from commands.views.text import people, person
from commands.views.waiting import AskedFile
from commands.words import files as words
from db.intake import sentences, waiting
from db.intake.imports import ImportGivenUpError, ImportUnderWayError
from db.intake.questions import ORDER
from db.intake.stage import IncomingFile, import_files

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sqlalchemy.orm import Session

    from commands.access import Asker
    from commands.call import Call
    from commands.context import Context
    from commands.views.blocks import Message
    from db.intake.stage import ImportResult
    from db.intake.waiting import WaitingFile
    from db.outbox import ClaimedTask
    from db.refusal import Refusal

WAIT, MOST_WAITS = timedelta(seconds=5), 60
"""Files that nobody waits for at a screen wait for another import to end, so long and so often."""


def waits_its_turn(context: Context, task: ClaimedTask, kind: Task) -> bool:
    """Leave the task for later, as another import is under way; False once it has waited five minutes."""
    waited = task.content.get("waited", 0)
    if waited >= MOST_WAITS:
        return False
    content, key = {**task.content, "waited": waited + 1}, f"{task.id}:next"
    with context.database.write() as session:
        next_task(session, context, task.firm_id, kind, content, key=key, after=WAIT)
    return True


def ask_about(
    context: Context, task: ClaimedTask, files: Sequence[IncomingFile], result: ImportResult
) -> None:
    """Keep what waits for an answer, and ask whoever sent it, a message a file."""
    for file, told in zip(files, result.files, strict=True):
        if told.question is None:
            continue
        with context.database.write() as session:
            kept = waiting.keep(
                session,
                firm_id=task.firm_id,
                name=told.name,
                content=file.content,
                question=told.question,
                asked_by=task.content["user"],
                now=context.clock(),
                new_id=context.new_id,
                thread=task.content.get("thread", ""),
            )
        _ask(context, kept, task.content["user"], kept.thread)


def asked_files(session: Session, asker: Asker) -> tuple[AskedFile, ...]:
    """The files that wait for this person: their own, and an approver's or admin's all."""
    found = waiting.open_ones(session, asker.firm.id)
    return tuple(_shown(one) for one in found if _may(asker, one))


def start(call: Call) -> None:
    """Answer: the question on a screen."""
    with call.context.database.read() as session:
        found = _theirs(session, call, call.value)
        shown = _suggested(session, found)
    if found.state != waiting.WAITING:
        raise RefusedError(_decided(found))
    call.ack()
    call.open(views.screen(shown))


def answer(session: Session, call: Call) -> None:
    """Take It In, or another answer: the worker takes the file in with it."""
    pressed = json.loads(call.value)
    found = _theirs(session, call, pressed["f"])
    won = waiting.answer(
        session,
        firm_id=found.firm_id,
        file_id=found.id,
        mark=pressed["m"],
        said=pressed["a"],
        by=call.asker.user_id,
        now=call.context.clock(),
    )
    _follow(session, call, found, Task.FILE_ANSWERED if won else None)


def leave(session: Session, call: Call) -> None:
    """Leave It: nothing of it is taken in, and it isn't kept."""
    found = _theirs(session, call, json.loads(call.value)["f"])
    now, by = call.context.clock(), call.asker.user_id
    won = waiting.leave(session, firm_id=found.firm_id, file_id=found.id, by=by, now=now)
    _follow(session, call, found, Task.FILE_LEFT if won else None)


def take_in(context: Context, task: ClaimedTask) -> None:
    """Task: import an answered file; it waits again where there is another question, or no way to take it."""
    with context.database.read() as session:
        found = waiting.get(session, task.firm_id, task.content["file"])
    if found is None or found.state != waiting.ANSWERED:
        return
    try:
        asker = asker_in(context, context.slack(), task)
    except (RefusedError, NotAllowedError):  # who answered has left meanwhile
        _put_back(context, found)
        raise
    by = task.content["user"]
    _show(context, task, found, views.taking_in(_shown(found), by))
    result = _imported(context, task, found)
    if result is None:
        return
    question = result.files[0].question
    with context.database.write() as session:
        if question is None:
            waiting.taken(session, task.firm_id, found.id, context.clock())
        else:
            waiting.ask_again(session, task.firm_id, found.id, question)
        found = waiting.get(session, task.firm_id, found.id) or found
    _show(context, task, found, views.taken_in(_shown(found), by))
    if question is not None:
        _ask(context, found, by, "")
        return
    look_after(context, task)
    found_out = looked(context, task.firm_id), columns.put_to(context, asker, result)
    told = answers.answer_message(result, *found_out, in_the_answer(noticed(context, task)))
    for user in dict.fromkeys((found.asked_by, by)):
        speech.reach(context.slack(), user, told)


def tell_left(context: Context, task: ClaimedTask) -> None:
    """Task: the question's message says who left the file; who sent it hears where somebody else did."""
    by = task.content["user"]
    with context.database.read() as session:
        found = waiting.get(session, task.firm_id, task.content["file"])
    if found is None:
        return
    told = views.left(_shown(found), by)
    _show(context, task, found, told)
    if found.asked_by != by:
        speech.reach(context.slack(), found.asked_by, told)


def _imported(context: Context, task: ClaimedTask, found: WaitingFile) -> ImportResult | None:
    """What came of it; None where it waits for another import to end."""
    file = IncomingFile(found.name, found.content, found.answers)
    firm_id, by = task.firm_id, found.asked_by
    try:
        return import_files(context.database, firm_id=firm_id, files=[file], asked_by=by, now=context.clock)
    except ImportUnderWayError as busy:
        if waits_its_turn(context, task, Task.FILE_ANSWERED):
            return None
        _put_back(context, found)
        raise RefusedError(sentences.UNDER_WAY.said()) from busy
    except ImportGivenUpError as overtaken:
        _put_back(context, found)
        raise RefusedError(sentences.GIVEN_UP.said()) from overtaken


def _put_back(context: Context, found: WaitingFile) -> None:
    """It waits for the same answer anew, and so its message has its buttons back."""
    with context.database.write() as session:
        waiting.ask_again(session, found.firm_id, found.id)
        shown = _suggested(session, found)
    if found.message_ts:
        speech.change(context.slack(), Posted(found.channel, found.message_ts), views.message(shown))


def _ask(context: Context, found: WaitingFile, user: str, thread: str) -> None:
    with context.database.read() as session:
        shown = _suggested(session, found)
    posted = speech.post(context.slack(), user, views.message(shown), thread)
    with context.database.write() as session:
        waiting.set_message(session, found.firm_id, found.id, posted.channel, posted.ts)


def _show(context: Context, task: ClaimedTask, found: WaitingFile, told: Message) -> None:
    """Where it was pressed, and where the question stands."""
    client, content = context.slack(), task.content
    places = {(content["channel"], content["ts"]), (found.channel, found.message_ts)}
    for channel, ts in places:
        if ts:
            speech.change(client, Posted(channel, ts), told)
    if content.get("view"):
        speech.show(client, content["view"], views.over(told))


def _follow(session: Session, call: Call, found: WaitingFile, task: Task | None) -> None:
    """What the worker does after a press that counted; else why it didn't."""
    if task is None:
        again = waiting.get(session, found.firm_id, found.id) or found
        say(session, call, _decided(again))
        return
    channel, ts = call.pressed_in
    content = {"file": found.id, "channel": channel, "ts": ts}
    if call.view:
        content["view"] = call.view["id"]
    call.later(session, task, content, call.once(task))


def _theirs(session: Session, call: Call, file_id: str) -> WaitingFile:
    """The file, for who sent it, approvers and admins; raises for others and where it is unknown."""
    found = waiting.get(session, call.asker.firm.id, file_id)
    if found is None:
        raise RefusedError(words.FILE_GONE.said())
    if not _may(call.asker, found):
        who = people(tuple(dict.fromkeys((found.asked_by, *confirmers(session, found.firm_id)))))
        raise NotAllowedError(words.NOT_YOUR_FILE.said(who=who))
    return found


def _may(asker: Asker, found: WaitingFile) -> bool:
    return asker.user_id == found.asked_by or may_confirm(asker)


def _decided(found: WaitingFile) -> Refusal:
    if found.state == waiting.WAITING:
        return words.FILE_ASKED_ANEW.said()
    sentence = words.FILE_LEFT if found.state == waiting.LEFT else words.FILE_ANSWERED
    return sentence.said(who=person(found.decided_by))


def _shown(found: WaitingFile) -> AskedFile:
    return AskedFile(found.id, found.name, found.question, found.asked_by)


def _suggested(session: Session, found: WaitingFile) -> AskedFile:
    """The same with how the last such file's days were read, which is offered first."""
    about_days = found.question.kind == ORDER
    said = waiting.last_answer(session, found.firm_id, found.question) if about_days else ""
    return AskedFile(found.id, found.name, found.question, found.asked_by, said)
