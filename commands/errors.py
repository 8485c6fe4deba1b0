"""The one place where a failure becomes a sentence, and the sentence reaches the person."""

from __future__ import annotations

import json
import logging
from dataclasses import asdict
from http import HTTPStatus
from typing import TYPE_CHECKING, Any, ClassVar

from slack_bolt import BoltResponse
from slack_sdk.errors import SlackApiError, SlackClientError

from commands import speech
from commands.access import NotAllowedError, identity
from commands.call import pressed_in
from commands.ids import LASTING, Task
from commands.views.blocks import Message, actions, section
from commands.views.errands import KEPT, ask_button
from commands.views.notices import connect_button
from commands.views.refusals import above, message, screen
from commands.views.text import name
from commands.words import troubles
from db import firms, outbox, syncs
from db.refusal import Refusal
from qb.connection import lose
from qb.gateway import CompanyLocked, InDoubt, Reconnect, Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from slack_bolt import Ack, App

    from commands.context import Context
    from commands.views.blocks import Element, View
    from db.outbox import ClaimedTask

log = logging.getLogger("caseledger.commands")
TITLE = "CaseLedger"
EVENT = "event_callback"
OPENED_ALREADY = "exchanged_trigger_id"
TOO_LATE = frozenset({"expired_trigger_id", "trigger_expired", "invalid_trigger_id"})
REFERENCE = 8


class RefusedError(Exception):
    """Something a person asked for can't be done; made of the :class:`Refusal` that says so."""

    connects: ClassVar[bool] = False  # whether connecting QuickBooks is the way out

    def __init__(self, told: Refusal) -> None:
        super().__init__(told)
        self.told = told


SENTENCES: tuple[tuple[type[Exception], Refusal], ...] = (
    (CompanyLocked, troubles.LOCKED.said(company="the company")),
    (Reconnect, troubles.RECONNECT.said(company="the company")),
    (InDoubt, troubles.SILENT.said()),
    (SlackClientError, troubles.SLACK_SILENT.said()),
    (OSError, troubles.SLACK_SILENT.said()),
)
"""Failures that need no detail, the narrower first."""


def known_refusal(error: Exception) -> Refusal | None:
    """What is told of a failure we know, or None; markup, names escaped."""
    if isinstance(error, RefusedError | NotAllowedError):
        return error.told
    if isinstance(error, Refused):
        return troubles.REFUSED.said(message=name(error.message, 200))
    if isinstance(error, SlackApiError):
        return troubles.SLACK_LATE.said() if error.response["error"] in TOO_LATE else None
    return next((refusal for kind, refusal in SENTENCES if isinstance(error, kind)), None)


def refusal_for(error: Exception, new_id: Callable[[], str]) -> Refusal:
    """What the person is told: what we know of it, or a reference under which the log tells more."""
    return known_refusal(error) or troubles.OURS.said().referring(_reference(error, new_id))


def _asks(error: Exception) -> tuple[Element, ...]:
    """The button that leads on: asks who may, or connects what isn't connected (there others are asked)."""
    if isinstance(error, Reconnect) or (isinstance(error, RefusedError) and error.connects):
        return (connect_button(),)
    asks = error.asks if isinstance(error, NotAllowedError) else None
    return () if asks is None else (ask_button(asks),)


def _reference(error: Exception, new_id: Callable[[], str]) -> str:
    """A reference for the person, under which the log tells more."""
    reference = new_id().replace("-", "")[:REFERENCE].upper()
    log.error("unexpected failure, reference %s", reference, exc_info=error)
    return reference


def register_errors(app: App, context: Context) -> None:
    """Have every failure of a listener answered."""

    @app.error
    def answer(error: Exception, body: dict[str, Any], ack: Ack) -> BoltResponse:
        if body.get("type") == EVENT:  # nobody waits for an answer; what wasn't taken Slack tells us again
            log.error("an event was not heard", exc_info=error)
            return BoltResponse(status=HTTPStatus.SERVICE_UNAVAILABLE)
        if isinstance(error, SlackApiError) and error.response["error"] == OPENED_ALREADY:
            return BoltResponse(status=200)  # the same click, delivered again
        refusal = refusal_for(error, context.new_id)
        return _answered(context, body, refusal, _asks(error), acked=ack.response is not None)


def give_up(context: Context, task: ClaimedTask, error: Exception) -> None:
    """A task won't be tried again soon: the person who waits for it is told, on the screen or directly."""
    if task.kind in LASTING:
        refusal = troubles.NOT_FOLLOWED.said().referring(_reference(error, context.new_id))
    else:
        refusal = refusal_for(error, context.new_id)
    try:
        _tell(context, task, refusal, _asks(error))
    except (SlackClientError, OSError) as silence:
        log.warning("nobody could be told that task %s failed: %s", task.id, type(silence).__name__)


def _tell(context: Context, task: ClaimedTask, refusal: Refusal, controls: Sequence[Element]) -> None:
    view_id, user = task.content.get("view"), task.content.get("user") or _asker(context, task)
    client = context.slack()
    if view_id and speech.show(client, view_id, screen(TITLE, refusal, *controls)):
        return
    if user:
        speech.post(client, user, message(refusal, *controls), task.content.get("thread", ""))


def _asker(context: Context, task: ClaimedTask) -> str:
    """Who asked for the sync, where the approval itself left the task."""
    with context.database.read() as session:
        sync = syncs.get(session, task.firm_id, str(task.content.get("sync", "")))
    return "" if sync is None else sync.asked_by


def known(work: Callable[[Context, ClaimedTask], None]) -> Callable[[Context, ClaimedTask], None]:
    """A task that answers the failures people can do something about at once, instead of trying again."""

    def answering(context: Context, task: ClaimedTask) -> None:
        asked_at = context.clock()
        try:
            work(context, task)
        except (RefusedError, NotAllowedError, Reconnect, InDoubt, Refused) as error:
            if isinstance(error, Reconnect):
                _written_down(context, task.firm_id, error, asked_at)
            give_up(context, task, error)

    return answering


def _written_down(context: Context, firm_id: str, lost: Reconnect, asked_at: datetime) -> None:
    """Whoever asked hears it now; admins do too, and what is to be booked waits."""
    with context.database.write() as session:
        lose(session, firm_id, lost, context.clock(), asked_at=asked_at)


def say(context: Context, task: ClaimedTask) -> None:
    """Task: tell one person one sentence, or a refusal, where they clicked or directly."""
    user, channel, client = task.content["user"], task.content.get("channel"), context.slack()
    if _said_over(context, task):
        return
    told = _told(task.content)
    if not channel or not speech.whisper(client, channel, user, told):
        speech.reach(client, user, told)


def _said_over(context: Context, task: ClaimedTask) -> bool:
    """On top of the modal, as long as it is as it was pressed."""
    view, refusal = task.content.get("over"), task.content.get("refusal")
    if not view or not refusal:
        return False
    shown = above(view, Refusal(**refusal), *task.content.get("controls", ()))
    return speech.show_over(context.slack(), view["id"], shown, view["hash"])


def _told(content: Mapping[str, Any]) -> Message:
    refusal = content.get("refusal")
    if refusal:
        return message(Refusal(**refusal), *content.get("controls", ()))
    controls = content.get("controls", ())
    return Message(content["text"], (section(content["text"]), *([actions(*controls)] if controls else [])))


def _answered(
    context: Context,
    body: Mapping[str, Any],
    refusal: Refusal,
    controls: Sequence[Element],
    *,
    acked: bool,
) -> BoltResponse:
    kind = body.get("type")
    if kind == "block_suggestion":
        return _json({"options": []})
    if acked or kind == "block_actions":
        if not _pushed(context, body, screen(TITLE, refusal, *controls)):
            _tell_later(context, body, refusal, controls)
        return BoltResponse(status=200)
    if kind == "view_submission":
        return _json(_over(body["view"], screen(TITLE, refusal, *controls)))
    told = message(refusal, *controls)
    return _json({"response_type": "ephemeral", "text": told.text, "blocks": list(told.blocks)})


def _over(view: Mapping[str, Any], told: View) -> dict[str, Any]:
    """On top of the screen, so that what was typed there isn't lost; in its place where no room is left."""
    return {"response_action": "update" if _is_deepest(view) else "push", "view": told}


def _is_deepest(view: Mapping[str, Any]) -> bool:
    return view.get("previous_view_id") not in {None, "", view.get("root_view_id")}


def _pushed(context: Context, body: Mapping[str, Any], told: View) -> bool:
    """Say it over the modal it was pressed in, where a message behind it isn't seen.

    False: it wasn't pressed in one, Slack stacks no more, or the press has opened something already.
    """
    view = body.get("view") or {}
    if view.get("type") != "modal" or _is_deepest(view) or "trigger_id" not in body:
        return False
    try:
        context.slack_now().views_push(trigger_id=body["trigger_id"], view=told)
    except (SlackClientError, OSError) as silence:
        log.warning("a refusal could not be said over its screen: %s", type(silence).__name__)
        return False
    return True


def _tell_later(
    context: Context, body: Mapping[str, Any], refusal: Refusal, controls: Sequence[Element]
) -> None:
    """Leave the answer to the worker; who belongs to no firm of ours gets it as a screen."""
    team, user, home = identity(body)
    with context.database.write() as session:
        firm = firms.firm_of_team(session, team)
        if firm is not None and home in {"", team}:
            channel, _ = pressed_in(body)
            content = {
                "user": user,
                "refusal": asdict(refusal),
                "controls": list(controls),
                "channel": channel,
                "over": _kept(body),
            }
            outbox.add_task(
                session,
                firm_id=firm.id,
                kind=Task.NOTICE,
                content=content,
                now=context.clock(),
                new_id=context.new_id,
            )
            return
    if "trigger_id" in body:
        _tell_at_once(context, body, screen(TITLE, refusal))


def _kept(body: Mapping[str, Any]) -> dict[str, Any] | None:
    """The modal it was pressed in, for the worker to say it there; None elsewhere."""
    view = body.get("view") or {}
    if view.get("type") != "modal" or not view.get("blocks"):
        return None
    return {key: view[key] for key in ("id", "hash", *KEPT) if view.get(key)}


def _tell_at_once(context: Context, body: Mapping[str, Any], told: View) -> None:
    client = context.slack_now()
    opened = client.views_push if body.get("view") else client.views_open
    try:
        opened(trigger_id=body["trigger_id"], view=told)
    except (SlackClientError, OSError) as silence:
        log.warning("somebody of another workspace could not be answered: %s", type(silence).__name__)


def _json(body: Mapping[str, Any]) -> BoltResponse:
    return BoltResponse(status=200, body=json.dumps(body), headers={"content-type": ["application/json"]})
