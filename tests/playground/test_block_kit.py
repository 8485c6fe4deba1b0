"""Which blocks go where, and keys and shapes that Slack doesn't know."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from slackblocks import _surfaces
from slackblocks.errors import TypeMismatchError

from bot.demo.playground.blockkit.surfaces import ALLOWED
from tests.playground.kit import (
    TEXT_INPUT,
    actions,
    button,
    field,
    home,
    modal,
    mrkdwn,
    option,
    plain,
    section,
)
from tests.playground.screens import buttons, cell, chart, context, data_table, menu, problems, table

if TYPE_CHECKING:
    from bot.demo.playground.blockkit.surfaces import Surface

Json = dict[str, Any]


MINIMAL: dict[str, Json] = {
    "section": section("x"),
    "header": {"type": "header", "text": plain("x")},
    "context": context(1),
    "actions": buttons(1),
    "divider": {"type": "divider"},
    "image": {"type": "image", "image_url": "https://x", "alt_text": "x"},
    "input": field(TEXT_INPUT),
    "rich_text": {"type": "rich_text", "elements": []},
    "video": {
        "type": "video",
        "video_url": "https://x",
        "thumbnail_url": "https://x",
        "alt_text": "x",
        "title": plain("x"),
    },
    "table": table(1),
    "data_table": data_table(2),
    "data_visualization": chart(),
    "alert": {"type": "alert", "text": plain("x")},
    "card": {"type": "card", "title": mrkdwn("x")},
    "carousel": {"type": "carousel", "elements": [{"type": "card", "title": mrkdwn("x")}]},
    "container": {"type": "container", "child_blocks": [section("x")]},
    "markdown": {"type": "markdown", "text": "x"},
}


def judged(block: Json, surface: Surface) -> bool:
    """Whether slackblocks would show it there."""
    try:
        _surfaces.validate_surface_blocks([block], surface)
    except TypeMismatchError:
        return False
    return True


@pytest.mark.parametrize("kind", MINIMAL)
def test_each_block_goes_where_an_independent_list_says(kind: str) -> None:
    """Messages, modals and Home accept the same blocks as a library's table."""
    block = MINIMAL[kind]
    ours: dict[Surface, bool] = {
        "message": not problems([block]),
        "modal": not problems(modal(block)),
        "home": not problems(home(block)),
    }
    assert {surface: judged(block, surface) for surface in ours} == ours


def test_no_block_is_allowed_that_is_not_tried() -> None:
    """The table above has every block we accept anywhere."""
    assert set(MINIMAL) == set().union(*ALLOWED.values())


def test_tables_and_file_inputs_keep_to_their_surfaces() -> None:
    """No tables in modals; file inputs nowhere else."""
    assert ["unsupported type: table [json-pointer:/view/blocks/0/type]"] == problems(modal(table(1)))
    files = field({"type": "file_input"})
    assert [] == problems(modal(files))
    assert ["unsupported type: file_input [json-pointer:/blocks/0/element/type]"] == problems([files])
    assert problems(home(files))


@pytest.mark.parametrize(
    ("blocks", "problem"),
    [
        ([{"type": "sectoin"}], "unsupported type: sectoin [json-pointer:/blocks/0/type]"),
        ([{**section("x"), "colour": "red"}], "invalid additional property: colour [json-pointer:/blocks/0]"),
        ([{"type": "section"}], "must provide at least one of: text, fields [json-pointer:/blocks/0]"),
        ([{"type": "header"}], "missing required field: text [json-pointer:/blocks/0]"),
        (
            [{"type": "header", "text": mrkdwn("x")}],
            "must be a valid enum value: plain_text [json-pointer:/blocks/0/text/type]",
        ),
        (
            [{"type": "section", "text": {"type": "mrkdown", "text": "x"}}],
            "unsupported type: mrkdown [json-pointer:/blocks/0/text/type]",
        ),
        (
            [{"type": "section", "text": {**mrkdwn("x"), "emoji": True}}],
            "invalid additional property: emoji [json-pointer:/blocks/0/text]",
        ),
        ([{"type": "section", "text": "x"}], "must provide an object [json-pointer:/blocks/0/text]"),
        (
            [{"type": "section", "text": plain("")}],
            "must be more than 0 characters [json-pointer:/blocks/0/text/text]",
        ),
        (["x"], "must provide an object [json-pointer:/blocks/0]"),
        (
            [actions({**button(), "style": "default"})],
            "must be a valid enum value: primary, danger [json-pointer:/blocks/0/elements/0/style]",
        ),
        (
            [actions(button(url="quickbooks"))],
            "must be a valid url: quickbooks [json-pointer:/blocks/0/elements/0/url]",
        ),
        (
            [actions(TEXT_INPUT)],
            "unsupported type: plain_text_input [json-pointer:/blocks/0/elements/0/type]",
        ),
        (
            [actions(menu(initial_option=option("0", "zero")))],
            "initial option must match one of the options exactly [json-pointer:/blocks/0/elements/0]",
        ),
        (
            [actions({"type": "static_select", "action_id": "m"})],
            "must provide exactly one of: options, option_groups [json-pointer:/blocks/0/elements/0]",
        ),
        (
            [{**section("x"), "block_id": "s"}] * 2,
            "block_id already exists: s [json-pointer:/blocks/1/block_id]",
        ),
        (
            [actions(button(), button())],
            "action_id already exists in this block: book [json-pointer:/blocks/0]",
        ),
        (
            [{**data_table(2), "rows": [[cell(), cell()], [cell()]]}],
            "all rows must have the same number of cells [json-pointer:/blocks/0/rows/1]",
        ),
        (
            [data_table(2, row_header_column_index=1)],
            "must be the index of a column [json-pointer:/blocks/0/row_header_column_index]",
        ),
        (
            [data_table(2, page_size=0)],
            "must be greater than or equal to 1 [json-pointer:/blocks/0/page_size]",
        ),
        (
            [data_table(2, page_size=True)],
            "must provide an integer [json-pointer:/blocks/0/page_size]",
        ),
    ],
)
def test_what_slack_does_not_know_is_refused(blocks: list[Json], problem: str) -> None:
    """Unknown types and keys, wrong shapes, names used twice."""
    assert [problem] == problems(blocks)


def test_a_number_cell_is_a_number_with_a_text() -> None:
    """raw_number: both are needed, and the number is one."""
    right = {"type": "raw_number", "value": 12.5, "text": "12.50"}
    assert [] == problems([{**data_table(2), "rows": [[cell()], [right]]}])
    wrong = {**right, "value": "12.50"}
    assert ["must provide a number [json-pointer:/blocks/0/rows/1/0/value]"] == problems(
        [{**data_table(2), "rows": [[cell()], [wrong]]}]
    )


def test_a_modal_with_an_input_needs_a_submit_button() -> None:
    """Else nobody could send it."""
    view = modal(field(TEXT_INPUT))
    del view["submit"]
    assert ["missing required field: submit [json-pointer:/view]"] == problems(view)
    assert [] == problems({**modal(section("x"))})


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                ["type", "text", "elements", "rows", "options", "accessory", "element", "fields"]
            ),
            inner | st.sampled_from([*MINIMAL, "plain_text", "mrkdwn", "button"]),
            max_size=4,
        )
    ),
    max_leaves=12,
)


@given(blocks=JSON)
def test_anything_at_all_is_judged(blocks: Any) -> None:  # noqa: ANN401 (any JSON)
    """Whatever an app sends is shown or refused; the judge itself never breaks."""
    assert isinstance(problems({"type": "modal", "title": plain("x"), "blocks": blocks}), list)
    assert isinstance(problems(blocks if isinstance(blocks, list) else [blocks]), list)
