"""Operating a control: typing, choosing, ticking, pressing a button, searching a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.demo.playground.blockkit import check_option_answer
from bot.demo.playground.controls import ANSWER_KEYS, all_controls, find_control
from bot.demo.playground.gestures.stage import Outcome, outcome, surface_name
from bot.demo.playground.offering import refuse_unoffered
from bot.demo.playground.payloads import interaction, message_scene, view_scene
from bot.demo.playground.refusal import SlackError
from bot.demo.playground.views import View

if TYPE_CHECKING:
    from bot.demo.playground.conversations import Message
    from bot.demo.playground.gestures.stage import Stage
    from bot.demo.playground.roster import Person
    from bot.demo.playground.wire import Json

FAILED_CLICK = "This app responded with a warning sign: nothing happened. Try again?"


def surface_of(stage: Stage, person: Person, where: Json) -> View | Message:
    """The view or message a gesture names: `{"view_id"}` or `{"channel", "ts"}`."""
    if where.get("view_id"):
        return stage.own_view(person, str(where["view_id"]))
    message = stage.workspace.conversations.find(str(where["channel"]), str(where["ts"]))
    seen = message.channel in stage.workspace.roster.reaches(person)
    if not seen or message.only_for not in (None, person.id):
        raise SlackError("message_not_found")
    return message


def put_in(
    stage: Stage, person: Person, where: Json, names: tuple[str, str], answer: Json, *, quiet: bool
) -> Outcome:
    """Give a control its answer; the app hears of it where it asked to, unless it is still being typed."""
    with stage.workspace.changing():
        surface = surface_of(stage, person, where)
        control = find_control(surface.blocks, *names)
        refuse_unoffered(stage.workspace.roster, person, control, answer)
        complete = _complete(stage, control, answer)
        stage.workspace.give(person.id, surface_name(surface), names, complete)
    if not quiet and _dispatches(surface.blocks, names):
        return _send_action(stage, person, surface, names, complete)
    return Outcome()


def press(stage: Stage, person: Person, where: Json, names: tuple[str, str], choice: str) -> Outcome:
    """Press a button, or choose from an overflow menu the option whose value is `choice`."""
    with stage.workspace.changing():
        surface = surface_of(stage, person, where)
        control = find_control(surface.blocks, *names)
    return _send_action(stage, person, surface, names, _pressed(control, choice))


def search_options(stage: Stage, person: Person, where: Json, names: tuple[str, str], typed: str) -> Outcome:
    """Ask the app for the options of a searching select; late or wrong answers show an empty list."""
    if not stage.workspace.manifest.options_url:
        return Outcome(ok=False, notice="The manifest has no message_menu_options_url: no options.")
    with stage.workspace.changing():
        surface = surface_of(stage, person, where)
        scene = _scene(stage, person, surface)
    names_part = {"block_id": names[0], "action_id": names[1], "value": typed}
    delivery = stage.interact(
        interaction("block_suggestion", person, stage.app, **names_part, **scene),
    )
    found = delivery.json() if delivery.accepted else None
    wrong = check_option_answer(found) if found is not None else ["no options came back"]
    if found is None or wrong:
        return outcome(delivery, f"Result list is empty: {wrong[0]}", options=[])
    groups = found.get("option_groups")
    return outcome(delivery, options=groups if groups is not None else found["options"])


def _scene(stage: Stage, person: Person, surface: View | Message) -> Json:
    if isinstance(surface, View):
        return view_scene(surface, stage.app, stage.values(person, surface))
    return message_scene(surface, stage.app, stage.place(surface.channel))


def _send_action(
    stage: Stage, person: Person, surface: View | Message, names: tuple[str, str], detail: Json
) -> Outcome:
    workspace = stage.workspace
    with workspace.changing():
        action = {"action_id": names[1], "block_id": names[0], **detail}
        action["action_ts"] = workspace.numbering.ts()
        parts = {"actions": [action], **_scene(stage, person, surface)}
        if isinstance(surface, View):
            parts["trigger_id"] = workspace.tickets.trigger(person.id, view_id=surface.id)
        else:
            parts["trigger_id"] = workspace.tickets.trigger(person.id, channel=surface.channel)
            parts["state"] = {"values": stage.values(person, surface)}
            parts["response_url"] = stage.response_url(person.id, surface.channel, surface.ts)
    delivery = stage.interact(interaction("block_actions", person, stage.app, **parts))
    return outcome(delivery, "" if delivery.accepted else FAILED_CLICK)


def _dispatches(blocks: list[Json], names: tuple[str, str]) -> bool:
    """Whether the app hears of a change at once: always, but for inputs that didn't ask."""
    for block, control in all_controls(blocks):
        if (block["block_id"], control["action_id"]) == names:
            return block["type"] != "input" or bool(block.get("dispatch_action"))
    return False


def _pressed(control: Json, choice: str) -> Json:
    if control["type"] == "overflow":
        chosen = next((each for each in control["options"] if each.get("value") == choice), None)
        if chosen is None:
            raise SlackError("option_not_found")
        return {"type": "overflow", "selected_option": chosen}
    kept: Json = {key: control[key] for key in ("text", "value", "style") if key in control}
    return {"type": control["type"], **kept}


def _complete(stage: Stage, control: Json, answer: Json) -> Json:
    """The answer in the shape of its control, files looked up by id."""
    kind = control["type"]
    if kind not in ANSWER_KEYS:
        raise SlackError("not_an_input")
    key = ANSWER_KEYS[kind][0]
    given = answer.get(key)
    if kind == "file_input":
        given = [stage.file(str(each["id"])) for each in given or []]
    return {"type": kind, key: given}
