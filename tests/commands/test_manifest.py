"""The manifest promises exactly what works, in the form Slack accepts."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from commands.ids import Command

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def manifest() -> dict[str, Any]:
    """The manifest as the operator pastes it."""
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "manifest.yml").read_text(encoding="utf-8"))
    return loaded


def test_slack_accepts_the_manifest(manifest: dict[str, Any]) -> None:
    """It fits Slack's published schema."""
    schema = Path(__file__).parent / "slack_schema" / "manifest.schema.2.0.0.json"
    jsonschema.validate(manifest, json.loads(schema.read_text(encoding="utf-8")))


def test_the_manifest_lists_exactly_the_commands_that_work(manifest: dict[str, Any]) -> None:
    """No command that isn't there, and none left out."""
    listed = [command["command"] for command in manifest["features"]["slash_commands"]]
    assert sorted(Command) == sorted(listed)


def test_names_typed_behind_a_command_arrive_escaped(manifest: dict[str, Any]) -> None:
    """Slack turns mentions in a command's text into ids only when asked to."""
    assert all(command["should_escape"] for command in manifest["features"]["slash_commands"])


def test_everything_is_served_at_one_address(manifest: dict[str, Any]) -> None:
    """Commands, clicks and searching selects come to /slack/events; without the last, selects stay empty."""
    interactivity = manifest["settings"]["interactivity"]
    addresses = {command["url"] for command in manifest["features"]["slash_commands"]}
    addresses |= {interactivity["request_url"], interactivity["message_menu_options_url"]}
    addresses.add(manifest["settings"]["event_subscriptions"]["request_url"])
    assert {"https://caseledger.example.com/slack/events"} == addresses


def test_only_the_scopes_we_use_are_asked_for(manifest: dict[str, Any]) -> None:
    """No channels: commands, posting, direct messages with us, who is a guest, the files given to us."""
    expected = ["chat:write", "commands", "files:read", "im:history", "im:write", "users:read"]
    assert expected == sorted(manifest["oauth_config"]["scopes"]["bot"])


def test_what_we_can_do_without_is_optional(manifest: dict[str, Any]) -> None:
    """A workspace may leave it out; the program says so and goes on."""
    assert ["files:write"] == manifest["oauth_config"]["scopes"]["bot_optional"]


def test_home_opens_and_direct_messages_come_in_and_we_hear_of_it(manifest: dict[str, Any]) -> None:
    """No other event is asked for: we read nobody's messages but those written to us."""
    assert manifest["features"]["app_home"]["home_tab_enabled"] is True
    assert manifest["features"]["app_home"]["messages_tab_read_only_enabled"] is False
    assert ["app_home_opened", "message.im"] == manifest["settings"]["event_subscriptions"]["bot_events"]


def test_texts_fit_slacks_limits(manifest: dict[str, Any]) -> None:
    """Lengths the schema forgets: app name 35, description 140, command 32, hint 1000."""
    assert len(manifest["display_information"]["name"]) <= 35
    assert len(manifest["display_information"]["description"]) <= 140
    for command in manifest["features"]["slash_commands"]:
        assert len(command["command"]) <= 32
        assert len(command.get("usage_hint", "")) <= 1000


def test_socket_mode_is_off(manifest: dict[str, Any]) -> None:
    """HTTP in production."""
    assert manifest["settings"]["socket_mode_enabled"] is False
