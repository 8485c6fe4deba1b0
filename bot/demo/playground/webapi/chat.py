"""chat.*: posting, changing and taking away messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.demo.playground.conversations import Message
from bot.demo.playground.payloads import message_json
from bot.demo.playground.posting import message_parts, place_to_post
from bot.demo.playground.refusal import SlackError
from bot.demo.playground.roster import TEAM_DOMAIN

if TYPE_CHECKING:
    from bot.demo.playground.webapi.call import Call
    from bot.demo.playground.wire import Json


def post_message(call: Call) -> Json:
    """chat.postMessage; a person's id as channel is their direct messages with the app."""
    workspace = call.workspace
    channel = place_to_post(workspace, call.arguments.get("channel"))
    text, blocks = message_parts(workspace, call.arguments)
    thread_ts = call.optional("thread_ts")
    if thread_ts is not None:
        _check_thread(call, channel, thread_ts)
    message = Message(
        channel,
        workspace.numbering.ts(),
        workspace.roster.app.user_id,
        text,
        blocks,
        thread_ts=thread_ts,
        metadata=call.arguments.get("metadata"),
    )
    workspace.conversations.put(message)
    shown = message_json(message, workspace.roster.app)
    return {"channel": channel, "ts": message.ts, "message": shown}


def update(call: Call) -> Json:
    """chat.update: only the app's own messages; without `blocks` the old ones stay."""
    workspace = call.workspace
    before = _own_message(call, "cant_update_message")
    text, blocks = message_parts(workspace, call.arguments, before)
    message = workspace.conversations.put(before.changed(workspace.numbering.ts(), text, blocks))
    shown = message_json(message, workspace.roster.app)
    return {"channel": message.channel, "ts": message.ts, "text": text, "message": shown}


def delete(call: Call) -> Json:
    """chat.delete: only the app's own messages."""
    message = _own_message(call, "cant_delete_message")
    call.workspace.conversations.remove(message.channel, message.ts)
    return {"channel": message.channel, "ts": message.ts}


def post_ephemeral(call: Call) -> Json:
    """chat.postEphemeral: seen by one person of the conversation, and gone for good once dismissed."""
    workspace = call.workspace
    channel = place_to_post(workspace, call.arguments.get("channel"))
    person = workspace.roster.person(call.text("user"))
    if channel not in workspace.roster.reaches(person):
        raise SlackError("user_not_in_channel")
    text, blocks = message_parts(workspace, call.arguments)
    ts = workspace.numbering.ts()
    author = workspace.roster.app.user_id
    workspace.conversations.put(Message(channel, ts, author, text, blocks, only_for=person.id))
    return {"message_ts": ts}


def get_permalink(call: Call) -> Json:
    """chat.getPermalink: a link that opens the message in the browser's page."""
    channel, ts = call.text("channel"), call.text("message_ts")
    call.workspace.conversations.find(channel, ts)
    link = f"{call.workspace.base_url}/archives/{channel}/p{ts.replace('.', '')}"
    return {"channel": channel, "permalink": link, "team": TEAM_DOMAIN}


def _own_message(call: Call, code: str) -> Message:
    channel = call.text("channel")
    if channel not in {each.direct for each in call.workspace.roster.people}:
        channel = place_to_post(call.workspace, channel)
    message = call.workspace.conversations.find(channel, call.text("ts"))
    if message.only_for is not None:
        raise SlackError("message_not_found")
    if message.author != call.workspace.roster.app.user_id:
        raise SlackError(code)
    return message


def _check_thread(call: Call, channel: str, thread_ts: str) -> None:
    try:
        call.workspace.conversations.find(channel, thread_ts)
    except SlackError as unknown:
        raise SlackError("thread_not_found") from unknown
