"""What every screen and message must stand: Slack's types and limits, our size, manners and markup."""

import json
import unicodedata
from collections.abc import Iterator, Sequence
from typing import Any, Literal

from slackblocks import _surfaces

from bot.demo.playground.blockkit import check_message_blocks, check_view
from commands.views.blocks import Block, Message, View
from tests.views.charts import check_charts
from tests.views.manners import check_manners, check_words
from tests.views.slack_types import UNTYPED, check_block, check_view_types

MOST_CHARACTERS = 10_000
MOST_OF_A_FULL_VIEW = 40_000
"""Of a view with much to choose from: Slack refuses one at 250 kB (views.update, view_too_large)."""
LEAST_WORDS = 3
"""Of a message's plain text, which must say something by itself."""
ENTITIES = {"&amp;", "&lt;", "&gt;"}
OURS = ("<@", "<#", "<!date^", "<https://", "<http://127.0.0.1")


def check_modal(view: View, most: int = MOST_CHARACTERS) -> None:
    """The modal is one Slack accepts, and its texts hold no markup that came from outside."""
    _check_screen(view, "modal", most)


def check_home(view: View) -> None:
    """The Home tab is one Slack accepts, and its texts hold no markup that came from outside."""
    _check_screen(view, "home", MOST_OF_A_FULL_VIEW)


def _check_screen(view: View, surface: Literal["modal", "home"], most: int) -> None:
    check_view(view, surface)
    check_view_types(view)
    _surfaces.validate_surface_blocks(_typed(view["blocks"]), surface)
    assert len(json.dumps(view["blocks"], ensure_ascii=False)) < most
    check_manners(view["blocks"])
    check_texts(view)


def check_message(message: Message) -> None:
    """The message is one Slack accepts, says something without its blocks, and is free of foreign markup."""
    check_message_blocks(list(message.blocks))
    for block in message.blocks:
        check_block(block)
        check_charts(block)
    _surfaces.validate_surface_blocks(_typed(message.blocks), "message")
    assert len(json.dumps(message.blocks, ensure_ascii=False)) < MOST_CHARACTERS
    check_manners(message.blocks)
    assert LEAST_WORDS <= len(message.text.split())
    assert len(message.text) <= 4000
    check_markup(message.text)
    check_words(message.text)
    check_texts(list(message.blocks))


def _typed(blocks: Sequence[Block]) -> list[Block]:
    """Those that slackblocks knows; charts are looked at by hand."""
    return [block for block in blocks if block["type"] not in UNTYPED]


def check_texts(thing: object) -> None:
    """Every piece of markup is ours; titles, buttons and headers carry no emoji code."""
    for text in texts(thing):
        if text["type"] == "mrkdwn":
            check_markup(text["text"])
        check_words(text["text"])
        assert not any(char in text["text"] for char in "\u202e\u0007")


def check_markup(text: str) -> None:
    """Each angle bracket opens a mention, a date or a link of ours; each ampersand an entity."""
    for position, char in enumerate(text):
        if char == "<":
            assert text[position:].startswith(OURS), text
        if char == "&":
            assert any(text[position:].startswith(entity) for entity in ENTITIES), text


def texts(thing: object) -> Iterator[dict[str, Any]]:
    """Every text object within."""
    if isinstance(thing, dict):
        if thing.get("type") in {"mrkdwn", "plain_text"} and isinstance(thing.get("text"), str):
            yield thing
        for part in thing.values():
            yield from texts(part)
    elif isinstance(thing, list | tuple):
        for part in thing:
            yield from texts(part)


def check_directions(thing: object) -> None:
    """What is written from right to left is isolated wherever it stands beside anything else."""
    for one in texts(thing):
        _check_isolated(one["text"])


def _check_isolated(text: str) -> None:
    inside = 0
    for char in text:
        inside += {"\u2068": 1, "\u2069": -1}.get(char, 0)
        assert inside in {0, 1}, text
        assert inside or unicodedata.bidirectional(char) not in {"R", "AL"}, text
    assert not inside or text.endswith("…"), text


def words(thing: object) -> str:
    """All that is written on a screen, in order."""
    cells = []
    if isinstance(thing, dict) and thing.get("type") == "raw_text":
        return str(thing["text"])
    if isinstance(thing, dict):
        if thing.get("type") in {"mrkdwn", "plain_text"} and isinstance(thing.get("text"), str):
            return str(thing["text"])
        cells = [words(part) for part in thing.values()]
    elif isinstance(thing, list | tuple):
        cells = [words(part) for part in thing]
    return "\n".join(cell for cell in cells if cell)
