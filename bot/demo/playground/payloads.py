"""What Slack sends to an app, as pure functions of what happened. Source: Slack, "Interaction payloads"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.demo.playground.roster import TEAM_DOMAIN, TEAM_ID

if TYPE_CHECKING:
    from bot.demo.playground.controls import Values
    from bot.demo.playground.conversations import Message
    from bot.demo.playground.roster import AppIdentity, Person
    from bot.demo.playground.views import View
    from bot.demo.playground.wire import Json

VERIFICATION_TOKEN = "verification-is-by-signature"  # noqa: S105 (deprecated by Slack, still in every payload)
MODAL_KEYS = ("title", "submit", "close")


def message_json(message: Message, app: AppIdentity) -> Json:
    """A message as Slack shows it to apps."""
    by_app = message.author == app.user_id
    shown: Json = {"type": "message", "user": message.author, "ts": message.ts, "team": TEAM_ID}
    if by_app:
        profile = {"id": app.bot_id, "app_id": app.id, "name": app.name, "team_id": TEAM_ID, "deleted": False}
        shown |= {"bot_id": app.bot_id, "app_id": app.id, "bot_profile": profile}
    shown |= {"text": message.text, "blocks": message.blocks}
    extra = {
        "thread_ts": message.thread_ts,
        "edited": {"user": message.author, "ts": message.edited} if message.edited else None,
        "files": message.files or None,
        "metadata": message.metadata,
    }
    return shown | {key: value for key, value in extra.items() if value is not None}


def view_json(view: View, app: AppIdentity, values: Values) -> Json:
    """A view as Slack shows it to apps, its state within."""
    content = view.content
    shown: Json = {
        "id": view.id,
        "team_id": TEAM_ID,
        "type": content["type"],
        "blocks": view.blocks,
        "private_metadata": content.get("private_metadata", ""),
        "callback_id": content.get("callback_id", ""),
        "state": {"values": values},
        "hash": view.hash,
        "clear_on_close": content.get("clear_on_close", False),
        "notify_on_close": content.get("notify_on_close", False),
        "previous_view_id": view.previous_id,
        "root_view_id": view.root_id,
        "app_id": app.id,
        "external_id": view.external_id,
        "app_installed_team_id": TEAM_ID,
        "bot_id": app.bot_id,
    }
    return shown | {key: content.get(key) for key in MODAL_KEYS}


def slash_command(person: Person, app: AppIdentity, command: Json, place: Json, permits: Json) -> Json:
    """The form fields of a slash command; `permits` are its trigger id and response URL."""
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": TEAM_ID,
        "team_domain": TEAM_DOMAIN,
        "channel_id": place["id"],
        "channel_name": place["name"],
        "user_id": person.id,
        "user_name": person.handle,
        **command,
        "api_app_id": app.id,
        "is_enterprise_install": "false",
        **permits,
    }


def interaction(kind: str, person: Person, app: AppIdentity, **parts: object) -> Json:
    """What all interactive payloads share, with the parts of one kind."""
    return {
        "type": kind,
        "user": {"id": person.id, "username": person.handle, "name": person.handle, "team_id": person.team},
        "api_app_id": app.id,
        "token": VERIFICATION_TOKEN,
        "team": {"id": TEAM_ID, "domain": TEAM_DOMAIN},
        "enterprise": None,
        "is_enterprise_install": False,
        **parts,
    }


def message_scene(message: Message, app: AppIdentity, place: Json) -> Json:
    """Where a click on a message happened; an ephemeral message is not sent along."""
    ephemeral = message.only_for is not None
    container = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": message.channel,
        "is_ephemeral": ephemeral,
    }
    scene: Json = {"container": container, "channel": place}
    return scene if ephemeral else scene | {"message": message_json(message, app)}


def view_scene(view: View, app: AppIdentity, values: Values) -> Json:
    """Where a click in a modal or on Home happened."""
    return {
        "container": {"type": "view", "view_id": view.id},
        "view": view_json(view, app, values),
    }


def event_callback(app: AppIdentity, event: Json, event_id: str, at: int) -> Json:
    """An Events API envelope; `at` in Unix seconds."""
    authorization = {
        "enterprise_id": None,
        "team_id": TEAM_ID,
        "user_id": app.user_id,
        "is_bot": True,
        "is_enterprise_install": False,
    }
    return {
        "token": VERIFICATION_TOKEN,
        "team_id": TEAM_ID,
        "context_team_id": TEAM_ID,
        "context_enterprise_id": None,
        "api_app_id": app.id,
        "event": event,
        "type": "event_callback",
        "event_id": event_id,
        "event_time": at,
        "authorizations": [authorization],
        "is_ext_shared_channel": False,
        "event_context": f"4-{event_id}",
    }
