"""Block Kit's blocks: one rule each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.demo.playground.blockkit.composition import any_text, mrkdwn, plain_text
from bot.demo.playground.blockkit.elements import BUTTON, FIELDS, FILE_INPUT, MENUS, OVERFLOW, PICKERS, TICKS
from bot.demo.playground.blockkit.rich import RICH_TEXT
from bot.demo.playground.blockkit.rules import (
    at_least_one,
    by_type,
    exactly_one,
    flag,
    many,
    one_of,
    record,
    string,
    url,
)
from bot.demo.playground.blockkit.tables import BLOCK, TABLES

if TYPE_CHECKING:
    from bot.demo.playground.blockkit.rules import Rule

SLACK_FILE = record({}, {"id": string(), "url": url}, exactly_one("id", "url"))
PICTURE: dict[str, Rule] = {"image_url": url, "slack_file": SLACK_FILE}
IMAGE_ELEMENT = record(
    {"type": one_of("image"), "alt_text": string(2000)},
    PICTURE,
    exactly_one("image_url", "slack_file"),
)
SECTION_ACCESSORIES = {
    "button": BUTTON,
    "overflow": OVERFLOW,
    "image": IMAGE_ELEMENT,
    "datepicker": PICKERS["datepicker"],
    "timepicker": PICKERS["timepicker"],
    **MENUS,
    **TICKS,
}
ACTION_ELEMENTS = {
    "button": BUTTON,
    "overflow": OVERFLOW,
    "rich_text_input": FIELDS["rich_text_input"],
    **MENUS,
    **TICKS,
    **PICKERS,
}
INPUT_ELEMENTS = {**MENUS, **TICKS, **PICKERS, **FIELDS, "file_input": FILE_INPUT}
CONTEXT_ELEMENTS = {"image": IMAGE_ELEMENT, "plain_text": plain_text(2000), "mrkdwn": mrkdwn(2000)}


def _block(
    kind: str, required: dict[str, Rule], optional: dict[str, Rule] | None = None, *checks: Rule
) -> Rule:
    return record({"type": one_of(kind), **required}, {**BLOCK, **(optional or {})}, *checks)


CARD = _block(
    "card",
    {},
    {
        "hero_image": IMAGE_ELEMENT,
        "icon": IMAGE_ELEMENT,
        "title": mrkdwn(150),
        "subtitle": mrkdwn(150),
        "body": mrkdwn(200),
        "subtext": mrkdwn(200),
        "actions": many(BUTTON, 1, 3),
    },
    at_least_one("hero_image", "title", "actions", "body"),
)
PLAIN_BLOCKS: dict[str, Rule] = {
    "section": _block(
        "section",
        {},
        {
            "text": any_text(3000),
            "fields": many(any_text(2000), 1, 10),
            "accessory": by_type(SECTION_ACCESSORIES),
            "expand": flag,
        },
        at_least_one("text", "fields"),
    ),
    "header": _block("header", {"text": plain_text(150)}),
    "context": _block("context", {"elements": many(by_type(CONTEXT_ELEMENTS), 1, 10)}),
    "actions": _block("actions", {"elements": many(by_type(ACTION_ELEMENTS), 1, 25)}),
    "divider": _block("divider", {}),
    "image": _block(
        "image",
        {"alt_text": string(2000)},
        {"title": plain_text(2000), **PICTURE},
        exactly_one("image_url", "slack_file"),
    ),
    "input": _block(
        "input",
        {"label": plain_text(2000), "element": by_type(INPUT_ELEMENTS)},
        {"hint": plain_text(2000), "optional": flag, "dispatch_action": flag},
    ),
    "rich_text": RICH_TEXT,
    "video": _block(
        "video",
        {"video_url": url, "thumbnail_url": url, "alt_text": string(2000), "title": plain_text(200)},
        {
            "title_url": url,
            "author_name": string(50),
            "provider_name": string(50),
            "provider_icon_url": url,
            "description": plain_text(200),
        },
    ),
    "markdown": _block("markdown", {"text": string(12_000)}),
    "alert": _block(
        "alert",
        {"text": any_text(200)},
        {"level": one_of("default", "info", "warning", "error", "success")},
    ),
    "card": CARD,
    "carousel": _block("carousel", {"elements": many(CARD, 1, 10)}),
    **TABLES,
}
CONTAINED = (
    "actions",
    "context",
    "divider",
    "header",
    "image",
    "input",
    "rich_text",
    "section",
    "table",
    "video",
)
BLOCKS: dict[str, Rule] = {
    **PLAIN_BLOCKS,
    "container": _block(
        "container",
        {"child_blocks": many(by_type({kind: PLAIN_BLOCKS[kind] for kind in CONTAINED}), 1, 10)},
        {
            "title": plain_text(150),
            "rich_text_title": RICH_TEXT,
            "subtitle": any_text(150),
            "width": one_of("narrow", "standard", "wide", "full"),
            "icon": IMAGE_ELEMENT,
            "is_collapsible": flag,
            "default_collapsed": flag,
            "has_header_divider": flag,
        },
    ),
}
