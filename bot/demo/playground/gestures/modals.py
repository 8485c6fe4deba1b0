"""Submitting and closing a modal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.demo.playground.acknowledgements import TROUBLE, submission_answer
from bot.demo.playground.blockkit import check_view
from bot.demo.playground.filled import missing_answers
from bot.demo.playground.gestures.stage import Outcome, outcome
from bot.demo.playground.payloads import interaction
from bot.demo.playground.refusal import SlackError

if TYPE_CHECKING:
    from bot.demo.playground.acknowledgements import Answer
    from bot.demo.playground.gestures.stage import Stage
    from bot.demo.playground.roster import Person
    from bot.demo.playground.views import View
    from bot.demo.playground.wire import Json


def submit(stage: Stage, person: Person, view_id: str) -> Outcome:
    """Submit the modal; unfilled fields are pointed out without asking the app."""
    workspace = stage.workspace
    with workspace.changing():
        view = stage.own_view(person, view_id)
        unfilled = missing_answers(view.blocks, stage.values(person, view))
        if unfilled:
            return Outcome(ok=False, errors=unfilled)
        trigger = workspace.tickets.trigger(person.id, view_id=view.id)
        payload = interaction(
            "view_submission",
            person,
            stage.app,
            trigger_id=trigger,
            view=stage.view(view),
            response_urls=_response_urls(stage, person, view),
        )
    delivery = stage.interact(payload)
    inputs = frozenset(each["block_id"] for each in view.blocks if each["type"] == "input")
    answer = submission_answer(delivery, inputs)
    if answer is None:
        return outcome(delivery, TROUBLE)
    if answer.action == "errors":
        return outcome(delivery, ok=False, errors=answer.errors)
    with workspace.changing():
        try:
            _carry_out(stage, view, answer)
        except SlackError as refused:
            why = " ".join(refused.messages)
            return outcome(delivery, f"{TROUBLE} (The app's view was refused: {refused.code} {why})")
    return outcome(delivery)


def close(stage: Stage, person: Person, view_id: str) -> Outcome:
    """Close the modal, or all of them if it says so; the app is told where it asked."""
    workspace = stage.workspace
    with workspace.changing():
        view = stage.own_view(person, view_id)
        cleared = bool(view.content.get("clear_on_close"))
        closed = list(reversed(workspace.views.stack(person.id))) if cleared else [view]
        payloads = [
            interaction("view_closed", person, stage.app, view=stage.view(each), is_cleared=cleared)
            for each in closed
            if each.content.get("notify_on_close")
        ]
        if cleared:
            workspace.views.clear(person.id)
        else:
            workspace.views.pop(view)
    sent = [stage.interact(each) for each in payloads]
    return outcome(sent[-1]) if sent else Outcome()


def _carry_out(stage: Stage, view: View, answer: Answer) -> None:
    views = stage.workspace.views
    still_open = any(each.id == view.id for each in views.stack(view.person_id))
    if answer.action == "clear":
        views.clear(view.person_id)
    elif answer.action == "close" and still_open:
        views.pop(view)
    elif answer.view is not None and still_open:
        check_view(answer.view, "modal")
        content = answer.view | {"blocks": stage.workspace.named(answer.view["blocks"])}
        if answer.action == "push":
            views.push(view.person_id, content)
        else:
            views.update(views.find(view.id), content)


def _response_urls(stage: Stage, person: Person, view: View) -> list[Json]:
    """A response URL for each conversation select that asked for one."""
    values, found = stage.values(person, view), []
    for block in view.blocks:
        element = block.get("element") or {}
        if not element.get("response_url_enabled"):
            continue
        answer = values[block["block_id"]][element["action_id"]]
        channel = answer.get("selected_conversation") or answer.get("selected_channel")
        if channel:
            url = stage.response_url(person.id, channel)
            names = {"block_id": block["block_id"], "action_id": element["action_id"]}
            found.append({**names, "channel_id": channel, "response_url": url})
    return found
