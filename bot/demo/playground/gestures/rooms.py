"""Opening Home or a conversation, and writing a message."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.demo.playground.conversations import Message
from bot.demo.playground.gestures.commands import escaped, with_mentions
from bot.demo.playground.gestures.stage import Outcome, outcome
from bot.demo.playground.payloads import event_callback

if TYPE_CHECKING:
    from bot.demo.playground.gestures.stage import Stage
    from bot.demo.playground.roster import Person
    from bot.demo.playground.wire import Json


def open_app(stage: Stage, person: Person, tab: str) -> Outcome:
    """Open the app's Home or Messages tab; the app hears of it."""
    stage.must_reach(person, person.direct)
    with stage.workspace.changing():
        home = stage.workspace.views.home(person.id)
        event: Json = {
            "type": "app_home_opened",
            "user": person.id,
            "channel": person.direct,
            "tab": tab,
            "event_ts": stage.workspace.numbering.ts(),
        }
        if home is not None and tab == "home":
            event["view"] = stage.view(home)
        if tab == "messages":
            stage.workspace.conversations.mark_read(person.id, person.direct)
    return send_event(stage, event)


def say(stage: Stage, person: Person, channel: str, text: str, file_ids: list[str]) -> Outcome:
    """Write a message; the app hears of it in its own direct messages, if it subscribed to them."""
    stage.must_reach(person, channel)
    workspace = stage.workspace
    with workspace.changing():
        words = with_mentions(escaped(text), workspace.roster)
        files = [stage.file(each) for each in file_ids]
        ts = workspace.numbering.ts()
        workspace.conversations.put(Message(channel, ts, person.id, words, files=files))
        workspace.conversations.mark_read(person.id, channel)
    if channel != person.direct:
        return Outcome()
    event: Json = {
        "type": "message",
        "channel": channel,
        "channel_type": "im",
        "user": person.id,
        "text": words,
        "ts": ts,
        "event_ts": ts,
    }
    if files:
        event |= {"subtype": "file_share", "files": files}
    return send_event(stage, event, "message.im")


def send_event(stage: Stage, event: Json, subscription: str = "") -> Outcome:
    """Send an event the manifest subscribed to; others stay unsaid."""
    workspace = stage.workspace
    if (subscription or event["type"]) not in workspace.manifest.events:
        return Outcome()
    with workspace.changing():
        event_id, at = workspace.numbering.id("Ev"), int(workspace.numbering.now())
    delivery = stage.courier.send_event(event_callback(stage.app, event, event_id, at))
    return outcome(delivery)
