"""The messages of every channel and direct conversation, with all their earlier versions."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from bot.demo.playground.refusal import SlackError

if TYPE_CHECKING:
    from bot.demo.playground.wire import Json


@dataclass(frozen=True, slots=True)
class Version:
    """What a message said before it was changed."""

    text: str
    blocks: list[Json]


@dataclass(frozen=True, slots=True)
class Message:
    """One message; `only_for` names the one person who sees an ephemeral one."""

    channel: str
    ts: str
    author: str
    text: str
    blocks: list[Json] = field(default_factory=list)
    thread_ts: str | None = None
    only_for: str | None = None
    from_slack: bool = False
    edited: str | None = None
    files: list[Json] = field(default_factory=list)
    metadata: Json | None = None
    past: tuple[Version, ...] = ()

    def changed(self, at: str, text: str, blocks: list[Json]) -> Message:
        """The message with new words, its old ones kept in `past`."""
        version = Version(self.text, self.blocks)
        return replace(self, text=text, blocks=blocks, edited=at, past=(*self.past, version))


class Conversations:
    """Every message there is, by conversation and time."""

    def __init__(self) -> None:
        self._messages: dict[str, dict[str, Message]] = {}
        self._read: dict[tuple[str, str], str] = {}

    def put(self, message: Message) -> Message:
        """Keep a new or a changed message."""
        self._messages.setdefault(message.channel, {})[message.ts] = message
        return message

    def find(self, channel: str, ts: str) -> Message:
        """The message of this time stamp; `message_not_found` else."""
        message = self._messages.get(channel, {}).get(ts)
        if message is None:
            raise SlackError("message_not_found")
        return message

    def remove(self, channel: str, ts: str) -> None:
        """Take a message away; `message_not_found` where there is none."""
        self.find(channel, ts)
        del self._messages[channel][ts]

    def seen_by(self, channel: str, person_id: str) -> list[Message]:
        """What this person sees in a conversation, oldest first."""
        kept = self._messages.get(channel, {}).values()
        visible = [each for each in kept if each.only_for in (None, person_id)]
        return sorted(visible, key=lambda each: each.ts)

    def mark_read(self, person_id: str, channel: str) -> None:
        """Remember that this person has seen everything in the conversation."""
        seen = self.seen_by(channel, person_id)
        self._read[person_id, channel] = seen[-1].ts if seen else ""

    def unread(self, person_id: str, channel: str) -> int:
        """How many messages came since this person last looked or wrote."""
        last = self._read.get((person_id, channel), "")
        seen = self.seen_by(channel, person_id)
        return sum(1 for each in seen if each.ts > last)
