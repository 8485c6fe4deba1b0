"""Typing a slash command."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.demo.playground.acknowledgements import command_failure, command_reply
from bot.demo.playground.conversations import Message
from bot.demo.playground.gestures.stage import Outcome, outcome
from bot.demo.playground.payloads import slash_command
from bot.demo.playground.posting import message_parts
from bot.demo.playground.refusal import SlackError

if TYPE_CHECKING:
    from bot.demo.playground.acknowledgements import Reply
    from bot.demo.playground.gestures.stage import Stage
    from bot.demo.playground.roster import Person, Roster

MENTION = re.compile(r"([@#])([\w.-]+)")


def escaped(text: str) -> str:
    """Text with the three characters Slack escapes in what people type."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def with_mentions(text: str, roster: Roster) -> str:
    """Escaped text in which `@ben` and `#books` carry their ids, as `should_escape` asks."""
    people = {each.handle: f"<@{each.id}|{each.handle}>" for each in roster.people}
    channels = {each.name: f"<#{each.id}|{each.name}>" for each in roster.channels}

    def mention(found: re.Match[str]) -> str:
        known = people if found[1] == "@" else channels
        return known.get(found[2].lower(), found[0])

    return MENTION.sub(mention, text)


def run_command(stage: Stage, person: Person, name: str, text: str, channel: str) -> Outcome:
    """Send a slash command and show what came back with its acknowledgement."""
    workspace = stage.workspace
    stage.must_reach(person, channel)
    # Slack offers an app's commands in its own workspace only, shared channels or not.
    declared = workspace.manifest.command(name) if person.at_home else None
    if declared is None:
        with workspace.changing():
            workspace.tell(person.id, channel, f"{name} is not a valid command.")
        return Outcome(ok=False, notice=f"{name} is not a valid command.")
    sent = escaped(text.strip())
    if declared.should_escape:
        sent = with_mentions(sent, workspace.roster)
    with workspace.changing():
        permits = {
            "response_url": stage.response_url(person.id, channel),
            "trigger_id": workspace.tickets.trigger(person.id, channel=channel),
        }
    command = {"command": name, "text": sent}
    fields = slash_command(person, stage.app, command, stage.place(channel), permits)
    delivery = stage.courier.send_form("command", fields)
    notice = command_failure(name, delivery) or ""
    reply = command_reply(delivery)
    with workspace.changing():
        if notice:
            workspace.tell(person.id, channel, notice)
        if reply is not None:
            notice = _show(stage, person, channel, reply)
    return outcome(delivery, notice)


def _show(stage: Stage, person: Person, channel: str, reply: Reply) -> str:
    workspace = stage.workspace
    try:
        text, blocks = message_parts(workspace, reply.body)
    except SlackError as refused:
        notice = (
            f'The app\'s answer could not be shown: "{refused.code}" {" ".join(refused.messages)}'.strip()
        )
        workspace.tell(person.id, channel, notice)
        return notice
    only_for = None if reply.for_everybody else person.id
    said = Message(channel, workspace.numbering.ts(), stage.app.user_id, text, blocks, only_for=only_for)
    workspace.conversations.put(said)
    return ""
