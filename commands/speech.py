"""How we speak to Slack: open and push screens, fill them in, post messages and change them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from slack_sdk.errors import SlackApiError

from commands.drawing import drawn

if TYPE_CHECKING:
    from slack_sdk import WebClient

    from commands.views.blocks import Message, View

GONE = frozenset({"not_found", "view_not_found"})
ELSEWHERE = frozenset({"channel_not_found", "not_in_channel", "user_not_in_channel"})
CLOSED = ELSEWHERE | frozenset({"is_archived", "restricted_action", "restricted_action_read_only_channel"})
UNREACHABLE = frozenset(
    {"user_disabled", "user_not_found", "channel_not_found", "account_inactive", "cannot_dm_bot"}
)
UNCHANGEABLE = frozenset({"message_not_found", "cant_update_message", "edit_window_closed"}) | ELSEWHERE


@dataclass(frozen=True, slots=True)
class Posted:
    """Where a message stands."""

    channel: str
    ts: str


def show(client: WebClient, view_id: str, view: View) -> bool:
    """Fill a screen in. False: the person has closed it, which is their right."""
    return filled(client, view_id, view) is not None


def filled(client: WebClient, view_id: str, view: View) -> str | None:
    """Fill a screen in, and its ``hash`` since, for :func:`show_over`. None: the person has closed it."""
    try:
        answer = client.views_update(view_id=view_id, view=view)
    except SlackApiError as error:
        if error.response["error"] in GONE:
            return None
        raise
    return str(answer["view"].get("hash") or "")


def show_over(client: WebClient, view_id: str, view: View, seen: str) -> bool:
    """Change a screen that still is as it was seen (its ``hash``). False: it was closed or has gone on."""
    try:
        client.views_update(view_id=view_id, view=view, hash=seen)
    except SlackApiError as error:
        if error.response["error"] in GONE | {"hash_conflict"}:
            return False
        raise
    return True


def post(client: WebClient, to: str, message: Message, thread: str = "") -> Posted:
    """Post to a channel, or to a person as a direct message; plain where Slack can't draw it."""
    where: dict[str, Any] = {"channel": to, "unfurl_links": False, "unfurl_media": False}
    if thread:
        where["thread_ts"] = thread
    answer = drawn(
        lambda blocks: client.chat_postMessage(text=message.text, blocks=blocks or None, **where),
        message.blocks,
    )
    return Posted(answer["channel"], answer["ts"])


def reach(client: WebClient, user_id: str, message: Message) -> bool:
    """Post to a person. False: Slack no longer lets us write to them."""
    return sent(client, user_id, message) is not None


def sent(client: WebClient, user_id: str, message: Message) -> Posted | None:
    """Post to a person, and where it stands. None: Slack no longer lets us write to them."""
    try:
        return post(client, user_id, message)
    except SlackApiError as error:
        if error.response["error"] in UNREACHABLE:
            return None
        raise


def announce(client: WebClient, channel: str, message: Message) -> bool:
    """Post to a channel. False: we aren't in it, or it is no more."""
    try:
        post(client, channel, message)
    except SlackApiError as error:
        if error.response["error"] in CLOSED:
            return False
        raise
    return True


def change(client: WebClient, posted: Posted, message: Message) -> bool:
    """Change a message in place; plain where Slack can't draw it. False: it can't be changed any more."""
    where: dict[str, Any] = {"channel": posted.channel, "ts": posted.ts}
    try:
        drawn(lambda blocks: client.chat_update(text=message.text, blocks=blocks, **where), message.blocks)
    except SlackApiError as error:
        if error.response["error"] in UNCHANGEABLE:
            return False
        raise
    return True


def whisper(client: WebClient, channel: str, user_id: str, message: Message) -> bool:
    """Say something that only this person sees. False: one of us isn't in that channel."""
    try:
        client.chat_postEphemeral(
            channel=channel, user=user_id, text=message.text, blocks=list(message.blocks)
        )
    except SlackApiError as error:
        if error.response["error"] in ELSEWHERE:
            return False
        raise
    return True
