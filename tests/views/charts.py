"""Slack's chart block by hand, from its documentation, as the published types lack it."""

from __future__ import annotations

from typing import Any

KINDS = {"bar", "line", "area"}
MOST_SERIES, MOST_POINTS = 12, 20
TITLE, LABEL, AXIS = 50, 20, 50


def check_charts(block: dict[str, Any]) -> None:
    """If it is a chart, Slack takes it: known keys, short names, one point a category, plain numbers."""
    if block["type"] != "data_visualization":
        return
    assert {"type", "title", "chart"} == set(block)
    assert 0 < len(block["title"]) <= TITLE
    chart = block["chart"]
    assert {"type", "series", "axis_config"} == set(chart)
    assert chart["type"] in KINDS
    categories = chart["axis_config"]["categories"]
    assert 0 < len(categories) <= MOST_POINTS
    assert all(0 < len(one) <= LABEL for one in categories)
    assert all(len(chart["axis_config"][axis]) <= AXIS for axis in ("x_label", "y_label"))
    assert 0 < len(chart["series"]) <= MOST_SERIES
    for one in chart["series"]:
        assert {"name", "data"} == set(one)
        assert 0 < len(one["name"]) <= LABEL
        assert categories == [point["label"] for point in one["data"]]
        assert all(type(point["value"]) is int for point in one["data"])
