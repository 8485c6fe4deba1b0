"""Block Kit's composition objects: texts, options, confirmation dialogs, filters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.demo.playground.blockkit.rules import (
    at_least_one,
    by_type,
    flag,
    many,
    one_of,
    record,
    string,
    url,
)

if TYPE_CHECKING:
    from bot.demo.playground.blockkit.rules import Rule

ID_MOST = 255
OPTION_TEXT_MOST = 75
OPTION_VALUE_MOST = 150
OPTIONS_MOST = 100
CHOICES_MOST = 10
OVERFLOW_MOST = 5
PLACEHOLDER_MOST = 150


def plain_text(most: int, least: int = 1) -> Rule:
    """A `plain_text` object."""
    return record({"type": one_of("plain_text"), "text": string(most, least)}, {"emoji": flag})


def mrkdwn(most: int, least: int = 1) -> Rule:
    """A `mrkdwn` object."""
    return record({"type": one_of("mrkdwn"), "text": string(most, least)}, {"verbatim": flag})


def any_text(most: int, least: int = 1) -> Rule:
    """A text object of either kind."""
    return by_type({"plain_text": plain_text(most, least), "mrkdwn": mrkdwn(most, least)})


def option(text: Rule, description: Rule, *, link: bool = False) -> Rule:
    """One choice; only an overflow menu's may be a link."""
    extra: dict[str, Rule] = {"url": url} if link else {}
    optional = {"value": string(OPTION_VALUE_MOST), "description": description, **extra}
    return record({"text": text}, optional)


MENU_OPTION = option(plain_text(OPTION_TEXT_MOST), plain_text(OPTION_TEXT_MOST))
TICK_OPTION = option(any_text(OPTION_TEXT_MOST), any_text(OPTION_TEXT_MOST))
OVERFLOW_OPTION = option(plain_text(OPTION_TEXT_MOST), plain_text(OPTION_TEXT_MOST), link=True)
OPTION_GROUP = record(
    {"label": plain_text(OPTION_TEXT_MOST), "options": many(MENU_OPTION, 1, OPTIONS_MOST)},
    {},
)
PLACEHOLDER = plain_text(PLACEHOLDER_MOST)
CONFIRM = record(
    {"text": any_text(300)},
    {
        "title": plain_text(100),
        "confirm": plain_text(30),
        "deny": plain_text(30),
        "style": one_of("primary", "danger"),
    },
)
DISPATCH = record(
    {"trigger_actions_on": many(one_of("on_enter_pressed", "on_character_entered"), 1, 2)},
    {},
)
CONVERSATION_FILTER = record(
    {},
    {
        "include": many(one_of("im", "mpim", "private", "public")),
        "exclude_external_shared_channels": flag,
        "exclude_bot_users": flag,
    },
    at_least_one("include", "exclude_external_shared_channels", "exclude_bot_users"),
)
