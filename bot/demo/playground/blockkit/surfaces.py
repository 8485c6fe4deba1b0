"""What a message, a modal and a Home tab accept as a whole. Source: Slack, "Block Kit"."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Literal

from bot.demo.playground.blockkit.blocks import BLOCKS
from bot.demo.playground.blockkit.composition import (
    ID_MOST,
    MENU_OPTION,
    OPTION_GROUP,
    OPTIONS_MOST,
    plain_text,
)
from bot.demo.playground.blockkit.rules import (
    exactly_one,
    flag,
    many,
    one_of,
    problem,
    record,
    string,
)
from bot.demo.playground.controls import controls_of
from bot.demo.playground.refusal import SlackError

if TYPE_CHECKING:
    from bot.demo.playground.blockkit.rules import Problems, Rule

Surface = Literal["message", "modal", "home"]
MESSAGE_BLOCKS, VIEW_BLOCKS = 50, 100
MESSAGE_CHARACTERS = 13_200
MARKDOWN_CHARACTERS = 12_000
METADATA_CHARACTERS = 3000
COMMON = {"section", "header", "context", "actions", "divider", "image", "input", "rich_text", "video"}
ALLOWED: dict[Surface, set[str]] = {
    "message": COMMON
    | {"table", "data_table", "data_visualization", "card", "carousel", "container", "markdown"},
    "modal": COMMON | {"alert", "card"},
    "home": COMMON | {"table", "data_table", "data_visualization", "card", "carousel", "container"},
}
AT_MOST: dict[str, int] = {"table": 1, "data_visualization": 2}
VIEW_COMMON: dict[str, Rule] = {
    "private_metadata": string(METADATA_CHARACTERS, 0),
    "callback_id": string(ID_MOST, 0),
    "external_id": string(ID_MOST, 0),
}
BUTTON_LABEL = plain_text(24)


def _blocks(surface: Surface, most: int) -> Rule:
    known = {kind: rule for kind, rule in BLOCKS.items() if kind in ALLOWED[surface]}

    def check(value: object, at: str) -> Problems:
        if not isinstance(value, list):
            yield problem("must provide an array", at)
            return
        if len(value) > most:
            yield problem(f"no more than {most} items allowed", at)
        for index, block in enumerate(value):
            yield from _block(block, f"{at}/{index}", known, surface)
        yield from _ids(value, at)
        if surface != "modal":
            yield from _counts(value, at)

    return check


def _block(block: object, at: str, known: dict[str, Rule], surface: Surface) -> Problems:
    if not isinstance(block, dict):
        yield problem("must provide an object", at)
        return
    kind = str(block.get("type"))
    element = block.get("element")
    if kind not in known:
        yield problem(f"unsupported type: {kind}", f"{at}/type")
    elif surface != "modal" and isinstance(element, dict) and element.get("type") == "file_input":
        yield problem("unsupported type: file_input", f"{at}/element/type")
    else:
        yield from known[kind](block, at)


def _ids(blocks: list[object], at: str) -> Problems:
    """A block's name is unique on its surface, an action's in its block."""
    seen: set[str] = set()
    for index, block in enumerate(each for each in blocks if isinstance(each, dict)):
        name = str(block.get("block_id", ""))
        if name and name in seen:
            yield problem(f"block_id already exists: {name}", f"{at}/{index}/block_id")
        seen.add(name)
        actions = [str(control.get("action_id", "")) for control in controls_of(block)]
        for action in sorted({each for each in actions if each and actions.count(each) > 1}):
            yield problem(f"action_id already exists in this block: {action}", f"{at}/{index}")


def _counts(blocks: list[object], at: str) -> Problems:
    kinds = [str(each.get("type")) for each in blocks if isinstance(each, dict)]
    for kind, most in AT_MOST.items():
        if kinds.count(kind) > most:
            yield problem(f"no more than {most} {kind} blocks allowed", at)


MESSAGE = _blocks("message", MESSAGE_BLOCKS)
MODAL = record(
    {"type": one_of("modal"), "title": BUTTON_LABEL, "blocks": _blocks("modal", VIEW_BLOCKS)},
    {
        **VIEW_COMMON,
        "submit": BUTTON_LABEL,
        "close": BUTTON_LABEL,
        "clear_on_close": flag,
        "notify_on_close": flag,
        "submit_disabled": flag,
    },
)
HOME = record({"type": one_of("home"), "blocks": _blocks("home", VIEW_BLOCKS)}, VIEW_COMMON)


def check_message_blocks(blocks: object) -> None:
    """Refuse blocks that Slack would not show in a message: `invalid_blocks`, `msg_blocks_too_long`."""
    problems = list(MESSAGE(blocks, "/blocks"))
    if problems:
        raise SlackError("invalid_blocks", *problems)
    if not isinstance(blocks, list):
        return
    if len(json.dumps(blocks, ensure_ascii=False)) > MESSAGE_CHARACTERS:
        raise SlackError("msg_blocks_too_long")
    if sum(len(each["text"]) for each in blocks if each["type"] == "markdown") > MARKDOWN_CHARACTERS:
        raise SlackError("msg_blocks_too_long")


def check_view(view: object, surface: Surface) -> None:
    """Refuse a view that Slack would not show: `invalid_arguments`."""
    if not isinstance(view, dict):
        raise SlackError("invalid_arguments", problem("must provide an object", "/view"))
    problems = list((MODAL if surface == "modal" else HOME)(view, "/view"))
    blocks = view.get("blocks")
    has_input = isinstance(blocks, list) and any(
        isinstance(each, dict) and each.get("type") == "input" for each in blocks
    )
    if surface == "modal" and has_input and "submit" not in view:
        problems.append(problem("missing required field: submit", "/view"))
    if problems:
        raise SlackError("invalid_arguments", *problems)


OPTION_ANSWER = record(
    {},
    {"options": many(MENU_OPTION, 0, OPTIONS_MOST), "option_groups": many(OPTION_GROUP, 0, OPTIONS_MOST)},
    exactly_one("options", "option_groups"),
)


def check_option_answer(answer: object) -> list[str]:
    """What is wrong with an app's answer to a searching select; nothing when it can be shown."""
    return list(OPTION_ANSWER(answer, ""))
