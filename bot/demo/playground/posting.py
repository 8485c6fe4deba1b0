"""What makes a message postable: words, blocks that Slack would show, and a place to post to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.demo.playground.blockkit import check_message_blocks
from bot.demo.playground.refusal import SlackError

if TYPE_CHECKING:
    from bot.demo.playground.conversations import Message
    from bot.demo.playground.roster import Person
    from bot.demo.playground.wire import Json
    from bot.demo.playground.workspace import Workspace

TEXT_KEPT = 40_000


def message_parts(workspace: Workspace, body: Json, before: Message | None = None) -> tuple[str, list[Json]]:
    """The text and named blocks of a message; `no_text`, `invalid_blocks`, `msg_blocks_too_long`.

    Attachments, which Slack would still take, are refused here rather than left out of sight.

    Where `before` is given and no blocks are, the message keeps its own. Source: Slack, chat.update.
    """
    text, blocks = body.get("text"), body.get("blocks")
    if body.get("attachments"):
        raise SlackError("invalid_attachments", "the playground shows blocks, not attachments")
    if not isinstance(text, str) or not text:
        raise SlackError("no_text")
    if blocks is None:
        return text[:TEXT_KEPT], before.blocks if before else []
    check_message_blocks(blocks)
    return text[:TEXT_KEPT], workspace.named(blocks)


def place_to_post(workspace: Workspace, channel: object) -> str:
    """The conversation an app may post to: a channel it is in, or a person's direct messages."""
    roster, name = workspace.roster, str(channel or "")
    found = roster.channel(name) or next((each for each in roster.channels if f"#{each.name}" == name), None)
    if found is not None:
        if found.app_is_in or (not found.private and "chat:write.public" in workspace.manifest.scopes):
            return found.id
        raise SlackError("channel_not_found" if found.private else "not_in_channel")
    person = direct_person(workspace, name)
    if person is None:
        raise SlackError("channel_not_found")
    return person.direct


def direct_person(workspace: Workspace, name: str) -> Person | None:
    """Whose direct messages these are, by the person's id or the conversation's, if there are any."""
    roster = workspace.roster
    return next(
        (
            each
            for each in roster.people
            if name in (each.id, each.direct) and each.direct in roster.reaches(each)
        ),
        None,
    )
