"""Block Kit screens of any size, and what the playground says of them."""

from __future__ import annotations

from typing import Any

from bot.demo.playground.blockkit import check_message_blocks, check_view
from bot.demo.playground.refusal import SlackError
from tests.playground.kit import actions, button, mrkdwn, option, plain

Json = dict[str, Any]


def problems(payload: Json | list[Json]) -> list[str]:
    """What a message (a list), a modal or a Home tab is refused for; nothing when it is fine."""
    try:
        if isinstance(payload, list):
            check_message_blocks(payload)
        else:
            check_view(payload, payload["type"])
    except SlackError as refused:
        return list(refused.messages) or [refused.code]
    return []


def x(count: int) -> str:
    """That many characters."""
    return "x" * count


def options(count: int) -> list[Json]:
    """That many options."""
    return [option(str(each), str(each)) for each in range(count)]


def ticks(count: int, kind: str = "checkboxes") -> Json:
    """Ticks or radio buttons with that many options."""
    return {"type": kind, "action_id": "t", "options": options(count)}


def menu(**more: object) -> Json:
    """A static select with two options, unless told otherwise."""
    offered = {} if "option_groups" in more else {"options": options(2)}
    return {"type": "static_select", "action_id": "m", **offered, **more}


def confirm(**more: object) -> Json:
    """A button that asks first."""
    question = {"title": plain("Sure?"), "text": plain("Sure?"), "confirm": plain("Yes"), "deny": plain("No")}
    return button(confirm={**question, **more})


def cell(text: str = "x") -> Json:
    """A table cell."""
    return {"type": "raw_text", "text": text}


def table(rows: int, columns: int = 1, text: str = "x") -> Json:
    """A table of that size."""
    return {"type": "table", "rows": [[cell(text)] * columns] * rows}


def data_table(rows: int, columns: int = 1, text: str = "x", **more: object) -> Json:
    """A data table with that many rows, its header among them."""
    return {"type": "data_table", "caption": "x", "rows": [[cell(text)] * columns] * rows, **more}


def chart(series: int = 1, points: int = 1, name: str = "s", title: str = "t", label: str = "l") -> Json:
    """A bar chart."""
    categories = [f"{label}{each}" for each in range(points)]
    data = [{"label": each, "value": 1} for each in categories]
    drawn = {
        "type": "bar",
        "series": [{"name": f"{name}{each}", "data": data} for each in range(series)],
        "axis_config": {"categories": categories},
    }
    return {"type": "data_visualization", "title": title, "chart": drawn}


def context(count: int) -> Json:
    """A context block of that many texts."""
    return {"type": "context", "elements": [mrkdwn("x")] * count}


def buttons(count: int) -> Json:
    """That many buttons in a row."""
    return actions(*(button(action_id=str(each)) for each in range(count)))
