"""views.*: modals opened by a click, changed later, and Home tabs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.demo.playground.blockkit import check_view
from bot.demo.playground.controls import all_controls, state_values
from bot.demo.playground.offering import rooms_offered
from bot.demo.playground.payloads import view_json
from bot.demo.playground.refusal import SlackError

if TYPE_CHECKING:
    from bot.demo.playground.blockkit.surfaces import Surface
    from bot.demo.playground.views import View
    from bot.demo.playground.webapi.call import Call
    from bot.demo.playground.wire import Json

VIEW_BYTES = 250_000


def open_view(call: Call) -> Json:
    """views.open: within three seconds of a click, once."""
    content = _content(call, "modal")
    trigger = call.workspace.tickets.valid_trigger(call.text("trigger_id"))
    view = call.workspace.views.open(trigger.person_id, content, trigger.channel or "")
    call.workspace.tickets.spend_trigger(trigger)
    return _answer(call, view)


def push(call: Call) -> Json:
    """views.push: on top of the modal that was clicked in, three deep at most."""
    content = _content(call, "modal")
    trigger = call.workspace.tickets.valid_trigger(call.text("trigger_id"))
    if trigger.view_id is None:
        raise SlackError("invalid_trigger_id")
    view = call.workspace.views.push(trigger.person_id, content)
    call.workspace.tickets.spend_trigger(trigger)
    return _answer(call, view)


def update(call: Call) -> Json:
    """views.update: `not_found` once closed, `hash_conflict` where it changed meanwhile."""
    view_id, external_id = call.optional("view_id") or "", call.optional("external_id") or ""
    if not view_id and not external_id:
        raise SlackError("invalid_arguments", "missing required field: view_id or external_id")
    shown = call.workspace.views.find(view_id, external_id)
    content = _content(call, shown.content["type"])
    return _answer(call, call.workspace.views.update(shown, content, call.optional("hash")))


def publish(call: Call) -> Json:
    """views.publish: a person's Home tab."""
    person = call.workspace.roster.person(call.text("user_id"))
    if not call.workspace.manifest.home_tab:
        raise SlackError("not_enabled")
    content = _content(call, "home")
    return _answer(call, call.workspace.views.publish(person.id, content, call.optional("hash")))


def _content(call: Call, surface: Surface) -> Json:
    given = call.arguments.get("view")
    check_view(given, surface)
    content: Json = dict(given or {})
    if len(str(content)) > VIEW_BYTES:
        raise SlackError("view_too_large")
    content["blocks"] = call.workspace.named(content["blocks"])
    asks_files = any(control["type"] == "file_input" for _, control in all_controls(content["blocks"]))
    if asks_files and "files:read" not in call.workspace.manifest.scopes:
        provided = ",".join(sorted(call.workspace.manifest.scopes))
        raise SlackError("missing_scope", needed="files:read", provided=provided)
    return content


def _choose_current_conversation(call: Call, view: View) -> None:
    """Where a menu asks for it, the channel one came from is chosen. Source: Slack, "Select menu element"."""
    channel = call.workspace.roster.channel(view.opened_from)
    if channel is None:
        return
    given, person = (
        call.workspace.given(view.person_id, view.id),
        call.workspace.roster.person(view.person_id),
    )
    for block, control in all_controls(view.blocks):
        untouched = control["action_id"] not in given.get(block["block_id"], {})
        wanted = untouched and control.get("default_to_current_conversation")
        if wanted and channel.id in rooms_offered(call.workspace.roster, person, control):
            several = control["type"].startswith("multi_")
            chosen = (
                {"selected_conversations": [channel.id]} if several else {"selected_conversation": channel.id}
            )
            names = (block["block_id"], control["action_id"])
            call.workspace.give(view.person_id, view.id, names, {"type": control["type"], **chosen})


def _answer(call: Call, view: View) -> Json:
    _choose_current_conversation(call, view)
    given = call.workspace.given(view.person_id, view.id)
    return {"view": view_json(view, call.workspace.roster.app, state_values(view.blocks, given))}
