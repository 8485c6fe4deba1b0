"""The workspace as one person's browser shows it, as JSON."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from bot.demo.playground.roster import TEAM_DOMAIN, TEAM_NAME
from bot.demo.playground.workspace import SLACKBOT

if TYPE_CHECKING:
    from bot.demo.playground.conversations import Message
    from bot.demo.playground.gestures.stage import Stage
    from bot.demo.playground.roster import Person
    from bot.demo.playground.views import View
    from bot.demo.playground.wire import Json


PAGE_MESSAGES = 200


def show(stage: Stage, person: Person, hints: tuple[str, ...], *, whole: bool) -> Json:
    """What this person sees, with the version it is of; `whole` has every message and its past."""
    workspace = stage.workspace
    home = workspace.views.home(person.id)
    return {
        "version": workspace.version,
        "now": workspace.numbering.now(),
        "me": person.id,
        "team": {"name": TEAM_NAME, "domain": TEAM_DOMAIN},
        "app": {**asdict(stage.app), "slackbot": SLACKBOT, "home_tab": workspace.manifest.home_tab},
        "people": [_person(stage, each) for each in workspace.roster.present],
        "commands": [asdict(each) for each in workspace.manifest.commands],
        "hints": list(hints),
        "samples": workspace.shelf.sample_names(),
        "rooms": [_room(stage, person, each, whole=whole) for each in workspace.roster.reaches(person)],
        "modals": [_view(stage, each) for each in workspace.views.stack(person.id)],
        "home": _view(stage, home) if home is not None else None,
    }


def _person(stage: Stage, person: Person) -> Json:
    workspace = stage.workspace
    rooms = workspace.roster.reaches(person)
    return {
        "id": person.id,
        "name": person.name,
        "handle": person.handle,
        "title": person.title,
        "timezone": person.timezone,
        "at_home": person.at_home,
        "direct": person.direct,
        "unread": sum(workspace.conversations.unread(person.id, each) for each in rooms),
    }


def _room(stage: Stage, person: Person, channel_id: str, *, whole: bool) -> Json:
    workspace = stage.workspace
    channel = workspace.roster.channel(channel_id)
    seen = workspace.conversations.seen_by(channel_id, person.id)
    return {
        "id": channel_id,
        "name": channel.name if channel else stage.app.name,
        "topic": channel.topic if channel else "",
        "shared": bool(channel and channel.shared),
        "kind": ("private" if channel.private else "public") if channel else "direct",
        "unread": workspace.conversations.unread(person.id, channel_id),
        "messages": [
            _message(stage, person, each, whole=whole) for each in (seen if whole else seen[-PAGE_MESSAGES:])
        ],
    }


def _message(stage: Stage, person: Person, message: Message, *, whole: bool) -> Json:
    return {
        "channel": message.channel,
        "ts": message.ts,
        "author": message.author,
        "text": message.text,
        "blocks": message.blocks,
        "thread_ts": message.thread_ts,
        "ephemeral": message.only_for is not None,
        "from_slack": message.from_slack,
        "edited": message.edited,
        "files": message.files,
        "updates": len(message.past),
        "past": [asdict(each) for each in message.past] if whole else [],
        "values": stage.values(person, message),
    }


def _view(stage: Stage, view: View) -> Json:
    shown = stage.view(view)
    return {**shown, "values": shown["state"]["values"], "versions": view.versions}
