"""What the app's manifest promises: its commands, its scopes, the events it hears."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

if TYPE_CHECKING:
    from bot.demo.playground.wire import Json


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command as the manifest declares it."""

    name: str
    description: str
    usage_hint: str
    should_escape: bool


@dataclass(frozen=True, slots=True)
class Manifest:
    """The parts of a manifest that change how Slack behaves."""

    app_name: str
    commands: tuple[Command, ...]
    scopes: frozenset[str]
    events: frozenset[str]
    interactive: bool
    options_url: bool
    home_tab: bool
    messages_tab: bool

    def command(self, name: str) -> Command | None:
        """The command of this name, with its slash."""
        return next((each for each in self.commands if each.name == name), None)


def read_manifest(source: Path | Json) -> Manifest:
    """Read a manifest file (YAML or JSON) or an already read one; optional scopes count as granted."""
    content = yaml.safe_load(source.read_text("utf-8")) if isinstance(source, Path) else source
    features, settings = _part(content, "features"), _part(content, "settings")
    scopes = _part(_part(content, "oauth_config"), "scopes")
    interactivity, home = _part(settings, "interactivity"), _part(features, "app_home")
    return Manifest(
        app_name=str(_part(features, "bot_user").get("display_name", "CaseLedger")),
        commands=tuple(_command(each) for each in features.get("slash_commands", ())),
        scopes=frozenset([*scopes.get("bot", ()), *scopes.get("bot_optional", ())]),
        events=frozenset(_part(settings, "event_subscriptions").get("bot_events", ())),
        interactive=bool(interactivity.get("is_enabled", False)),
        options_url=bool(
            interactivity.get("message_menu_options_url") or settings.get("socket_mode_enabled")
        ),
        home_tab=bool(home.get("home_tab_enabled", False)),
        messages_tab=bool(home.get("messages_tab_enabled", True)),
    )


def _part(content: Json, key: str) -> dict[str, Any]:
    return content.get(key) or {}


def _command(declared: Json) -> Command:
    return Command(
        name=str(declared["command"]),
        description=str(declared.get("description", "")),
        usage_hint=str(declared.get("usage_hint", "")),
        should_escape=bool(declared.get("should_escape", False)),
    )
