"""Block Kit's tables and charts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.demo.playground.blockkit.elements import BUTTON
from bot.demo.playground.blockkit.rich import RICH_TEXT
from bot.demo.playground.blockkit.rules import (
    by_type,
    flag,
    many,
    number,
    one_of,
    problem,
    record,
    string,
    whole,
)

if TYPE_CHECKING:
    from bot.demo.playground.blockkit.rules import Problems, Rule

TABLE_CHARACTERS = 10_000
DATA_TABLE_CHARACTERS = 20_000
BLOCK: dict[str, Rule] = {"block_id": string(255)}
RAW_TEXT = record({"type": one_of("raw_text"), "text": string()}, {"emoji": flag})
RAW_NUMBER = record({"type": one_of("raw_number"), "value": number, "text": string()}, {})
CELLS: dict[str, Rule] = {"raw_text": RAW_TEXT, "raw_number": RAW_NUMBER, "rich_text": RICH_TEXT}
ACTION_CELL = record(
    {"type": one_of("action_cell"), "element": BUTTON},
    {"fallback": by_type({"raw_text": RAW_TEXT, "raw_number": RAW_NUMBER})},
)


def characters(value: object) -> int:
    """How many characters of text a table shows."""
    if isinstance(value, dict):
        own = value.get("text")
        return (len(own) if isinstance(own, str) else 0) + sum(characters(each) for each in value.values())
    if isinstance(value, list):
        return sum(characters(each) for each in value)
    return 0


def _at_most(limit: int) -> Rule:
    def check(value: object, at: str) -> Problems:
        if isinstance(value, dict) and characters(value["rows"]) > limit:
            yield problem(f"must be less than {limit + 1} characters in all cells", f"{at}/rows")

    return check


def _rows_agree(value: object, at: str) -> Problems:
    """All rows as wide as the header, plain header cells, one button a row."""
    rows = value["rows"] if isinstance(value, dict) else []
    if any(cell["type"] not in ("raw_text", "raw_number") for cell in rows[0]):
        yield problem("header cells must be raw_text or raw_number", f"{at}/rows/0")
    for index, row in enumerate(rows):
        if len(row) != len(rows[0]):
            yield problem("all rows must have the same number of cells", f"{at}/rows/{index}")
        if sum(cell["type"] == "action_cell" for cell in row) > 1:
            yield problem("no more than 1 action_cell allowed in a row", f"{at}/rows/{index}")


def _row_header_exists(value: object, at: str) -> Problems:
    if isinstance(value, dict) and value.get("row_header_column_index", 0) >= len(value["rows"][0]):
        yield problem("must be the index of a column", f"{at}/row_header_column_index")


COLUMN = record({}, {"align": one_of("left", "center", "right"), "is_wrapped": flag})


def _column(value: object, at: str) -> Problems:
    """A column's settings, or null to skip it."""
    if value is not None:
        yield from COLUMN(value, at)


def _series_match(value: object, at: str) -> Problems:
    """Each series has exactly one point a category."""
    if not isinstance(value, dict):
        return
    categories = sorted(value["axis_config"]["categories"])
    for index, series in enumerate(value["series"]):
        if sorted(point["label"] for point in series["data"]) != categories:
            yield problem("must have one point for every category", f"{at}/series/{index}/data")


SEGMENT = record({"label": string(20), "value": number}, {})
SERIES = record({"name": string(20), "data": many(SEGMENT, 1, 20)}, {})
AXES = record(
    {"categories": many(string(20), 1, 20)},
    {"x_label": string(50), "y_label": string(50)},
)


def _axis_chart(kind: str) -> Rule:
    required = {"type": one_of(kind), "series": many(SERIES, 1, 12), "axis_config": AXES}
    return record(required, {}, _series_match)


CHARTS: dict[str, Rule] = {
    "pie": record({"type": one_of("pie"), "segments": many(SEGMENT, 1, 12)}, {}),
    **{kind: _axis_chart(kind) for kind in ("bar", "area", "line")},
}
TABLES: dict[str, Rule] = {
    "table": record(
        {"type": one_of("table"), "rows": many(many(by_type(CELLS), 1, 20), 1, 100)},
        {**BLOCK, "column_settings": many(_column, 1, 20)},
        _at_most(TABLE_CHARACTERS),
    ),
    "data_table": record(
        {
            "type": one_of("data_table"),
            "rows": many(many(by_type({**CELLS, "action_cell": ACTION_CELL}), 1, 20), 2, 201),
            "caption": string(),
        },
        {**BLOCK, "page_size": whole(1, 100), "row_header_column_index": whole(0)},
        _rows_agree,
        _row_header_exists,
        _at_most(DATA_TABLE_CHARACTERS),
    ),
    "data_visualization": record(
        {"type": one_of("data_visualization"), "title": string(50), "chart": by_type(CHARTS)},
        BLOCK,
    ),
}
