"""Block Kit in few words, for the tests' own screens."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]


def plain(text: str) -> Json:
    """A plain_text object."""
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str) -> Json:
    """A mrkdwn object."""
    return {"type": "mrkdwn", "text": text}


def option(text: str, value: str) -> Json:
    """One choice."""
    return {"text": plain(text), "value": value}


def section(text: str) -> Json:
    """A section of mrkdwn."""
    return {"type": "section", "text": mrkdwn(text)}


def button(text: str = "Book", action_id: str = "book", **more: object) -> Json:
    """A button."""
    return {"type": "button", "action_id": action_id, "text": plain(text), **more}


def actions(*elements: Json, block_id: str = "acts") -> Json:
    """A row of controls."""
    return {"type": "actions", "block_id": block_id, "elements": list(elements)}


def field(element: Json, block_id: str = "b", label: str = "Label", **more: object) -> Json:
    """An input block whose control is called `a` unless it says otherwise."""
    named = {"action_id": "a", **element}
    return {"type": "input", "block_id": block_id, "label": plain(label), "element": named, **more}


def modal(*blocks: Json, callback_id: str = "form", **more: object) -> Json:
    """A modal with a submit button."""
    shown = {"type": "modal", "callback_id": callback_id, "title": plain("A form"), "submit": plain("Send")}
    return {**shown, "blocks": list(blocks), **more}


def home(*blocks: Json) -> Json:
    """A Home tab."""
    return {"type": "home", "blocks": list(blocks)}


TEXT_INPUT: Json = {"type": "plain_text_input"}
