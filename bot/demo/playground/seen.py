"""What a person sees in messages and views, ready to be asked about in tests."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.demo.playground.controls import Values, all_controls

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.demo.playground.wire import Json

SHOWN = ("text", "alt_text", "caption", "title", "label", "name", "user_id", "channel_id", "fallback")
NOT_SHOWN = ("value", "action_id", "block_id", "type", "url", "image_url", "style", "confirm")


def words_in(found: object) -> Iterator[str]:
    """Every text in blocks, in reading order."""
    if isinstance(found, list):
        for each in found:
            yield from words_in(each)
    elif isinstance(found, dict):
        for key, value in found.items():
            if isinstance(value, str) and key in SHOWN:
                yield value
            elif key not in NOT_SHOWN:
                yield from words_in(value)


@dataclass(frozen=True, slots=True)
class SeenMessage:
    """A message as one person sees it; `updates` counts how often it was changed."""

    channel: str
    ts: str
    author: str
    text: str
    blocks: list[Json]
    thread_ts: str | None
    ephemeral: bool
    files: list[Json]
    past: list[Json]
    values: Values

    @property
    def updates(self) -> int:
        """How often it was changed."""
        return len(self.past)

    @property
    def words(self) -> str:
        """All it shows, one text a line; the bare text where it has no blocks."""
        return "\n".join(words_in(self.blocks)) if self.blocks else self.text

    @property
    def where(self) -> Json:
        """How gestures name it."""
        return {"channel": self.channel, "ts": self.ts}

    @property
    def buttons(self) -> list[str]:
        """The texts of its buttons."""
        return button_texts(self.blocks)


@dataclass(frozen=True, slots=True)
class SeenView:
    """A modal or Home tab as its person sees it."""

    id: str
    type: str
    callback_id: str
    external_id: str
    private_metadata: str
    hash: str
    title: str
    submit: str
    close: str
    blocks: list[Json]
    values: Values
    versions: int

    @property
    def words(self) -> str:
        """All it shows, one text a line."""
        return "\n".join([self.title, *words_in(self.blocks), self.submit]).strip()

    @property
    def where(self) -> Json:
        """How gestures name it."""
        return {"view_id": self.id}

    @property
    def buttons(self) -> list[str]:
        """The texts of the buttons in it."""
        return button_texts(self.blocks)


Seen = SeenMessage | SeenView


def button_texts(blocks: list[Json]) -> list[str]:
    """The texts of all buttons."""
    return [control["text"]["text"] for _, control in all_controls(blocks) if control["type"] == "button"]


def names_of(block: Json, control: Json) -> tuple[str, ...]:
    """By what a person or a test may name a control."""
    block_id, action_id = block["block_id"], control["action_id"]
    label = (block.get("label") or {}).get("text", "")
    text = (control.get("text") or {}).get("text", "")
    return (f"{block_id}/{action_id}", action_id, block_id, label, text, control["type"])


def seen_message(shown: Json) -> SeenMessage:
    """A message from the browser's JSON."""
    return SeenMessage(**{key: shown[key] for key in SeenMessage.__slots__})


def seen_view(shown: Json) -> SeenView:
    """A view from the browser's JSON."""
    labels = {key: (shown.get(key) or {}).get("text", "") for key in ("title", "submit", "close")}
    kept = {key: shown[key] for key in SeenView.__slots__ if key not in labels}
    return SeenView(**kept, **labels)
