"""Every limit of Block Kit that the product can meet: the most, where it points, how to build it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

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
from tests.playground.screens import (
    buttons,
    chart,
    confirm,
    context,
    data_table,
    menu,
    options,
    table,
    ticks,
    x,
)

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Limit:
    """A most, where its problem points, what is built at a size, and what an independent list calls it."""

    most: int
    at: str
    build: Callable[[int], Any]
    judge: str = ""
    least: int = 1


LIMITS = {
    "blocks in a message": Limit(50, "/blocks", lambda n: [section("x")] * n, "MESSAGE_BLOCKS_MAX_ITEMS"),
    "section text": Limit(3000, "/blocks/0/text/text", lambda n: [section(x(n))], "SECTION_TEXT_MAX_LENGTH"),
    "section fields": Limit(
        10,
        "/blocks/0/fields",
        lambda n: [{"type": "section", "fields": [mrkdwn("x")] * n}],
        "SECTION_FIELDS_MAX_ITEMS",
    ),
    "section field text": Limit(
        2000,
        "/blocks/0/fields/0/text",
        lambda n: [{"type": "section", "fields": [mrkdwn(x(n))]}],
        "SECTION_FIELDS_ITEM_MAX_LENGTH",
    ),
    "header": Limit(
        150,
        "/blocks/0/text/text",
        lambda n: [{"type": "header", "text": plain(x(n))}],
        "HEADER_TEXT_MAX_LENGTH",
    ),
    "context elements": Limit(10, "/blocks/0/elements", lambda n: [context(n)], "CONTEXT_ELEMENTS_MAX_ITEMS"),
    "actions": Limit(25, "/blocks/0/elements", lambda n: [buttons(n)], "ACTIONS_ELEMENTS_MAX_ITEMS"),
    "button text": Limit(
        75, "/blocks/0/elements/0/text/text", lambda n: [actions(button(x(n)))], "BUTTON_TEXT_MAX_LENGTH"
    ),
    "button value": Limit(
        2000,
        "/blocks/0/elements/0/value",
        lambda n: [actions(button(value=x(n)))],
        "BUTTON_VALUE_MAX_LENGTH",
    ),
    "button url": Limit(
        3000,
        "/blocks/0/elements/0/url",
        lambda n: [actions(button(url=f"https://{x(n - 8)}"))],
        "BUTTON_URL_MAX_LENGTH",
        least=9,
    ),
    "accessibility label": Limit(
        75,
        "/blocks/0/elements/0/accessibility_label",
        lambda n: [actions(button(accessibility_label=x(n)))],
        "BUTTON_ACCESSIBILITY_LABEL_MAX_LENGTH",
    ),
    "action_id": Limit(
        255,
        "/blocks/0/elements/0/action_id",
        lambda n: [actions(button(action_id=x(n)))],
        "ACTION_ID_MAX_LENGTH",
    ),
    "block_id": Limit(
        255, "/blocks/0/block_id", lambda n: [{"type": "divider", "block_id": x(n)}], "BLOCK_ID_MAX_LENGTH"
    ),
    "option text": Limit(
        75,
        "/blocks/0/elements/0/options/0/text/text",
        lambda n: [actions(menu(options=[option(x(n), "1")]))],
        "OPTION_TEXT_MAX_LENGTH",
    ),
    "option value": Limit(
        150,
        "/blocks/0/elements/0/options/0/value",
        lambda n: [actions(menu(options=[option("x", x(n))]))],
        "OPTION_VALUE_MAX_LENGTH",
    ),
    "option description": Limit(
        75,
        "/blocks/0/elements/0/options/0/description/text",
        lambda n: [actions(menu(options=[{**option("x", "1"), "description": plain(x(n))}]))],
        "OPTION_DESCRIPTION_MAX_LENGTH",
    ),
    "select options": Limit(
        100,
        "/blocks/0/elements/0/options",
        lambda n: [actions(menu(options=options(n)))],
        "SELECT_OPTIONS_MAX_ITEMS",
    ),
    "option groups": Limit(
        100,
        "/blocks/0/elements/0/option_groups",
        lambda n: [actions(menu(option_groups=[{"label": plain("x"), "options": options(1)}] * n))],
        "SELECT_OPTION_GROUPS_MAX_ITEMS",
    ),
    "options in a group": Limit(
        100,
        "/blocks/0/elements/0/option_groups/0/options",
        lambda n: [actions(menu(option_groups=[{"label": plain("x"), "options": options(n)}]))],
        "OPTION_GROUP_OPTIONS_MAX_ITEMS",
    ),
    "group label": Limit(
        75,
        "/blocks/0/elements/0/option_groups/0/label/text",
        lambda n: [actions(menu(option_groups=[{"label": plain(x(n)), "options": options(1)}]))],
        "OPTION_GROUP_LABEL_MAX_LENGTH",
    ),
    "placeholder": Limit(
        150,
        "/blocks/0/elements/0/placeholder/text",
        lambda n: [actions(menu(placeholder=plain(x(n))))],
        "SELECT_PLACEHOLDER_MAX_LENGTH",
    ),
    "checkboxes": Limit(
        10, "/blocks/0/elements/0/options", lambda n: [actions(ticks(n))], "CHECKBOXES_OPTIONS_MAX_ITEMS"
    ),
    "radio buttons": Limit(
        10,
        "/blocks/0/elements/0/options",
        lambda n: [actions(ticks(n, "radio_buttons"))],
        "RADIO_BUTTONS_OPTIONS_MAX_ITEMS",
    ),
    "overflow": Limit(
        5,
        "/blocks/0/elements/0/options",
        lambda n: [actions(ticks(n, "overflow"))],
        "OVERFLOW_OPTIONS_MAX_ITEMS",
    ),
    "confirm title": Limit(
        100,
        "/blocks/0/elements/0/confirm/title/text",
        lambda n: [actions(confirm(title=plain(x(n))))],
        "CONFIRMATION_TITLE_MAX_LENGTH",
    ),
    "confirm text": Limit(
        300,
        "/blocks/0/elements/0/confirm/text/text",
        lambda n: [actions(confirm(text=plain(x(n))))],
        "CONFIRMATION_TEXT_MAX_LENGTH",
    ),
    "confirm button": Limit(
        30,
        "/blocks/0/elements/0/confirm/confirm/text",
        lambda n: [actions(confirm(confirm=plain(x(n))))],
        "CONFIRMATION_CONFIRM_MAX_LENGTH",
    ),
    "deny button": Limit(
        30,
        "/blocks/0/elements/0/confirm/deny/text",
        lambda n: [actions(confirm(deny=plain(x(n))))],
        "CONFIRMATION_DENY_MAX_LENGTH",
    ),
    "image alt text": Limit(
        2000,
        "/blocks/0/alt_text",
        lambda n: [{"type": "image", "image_url": "https://x", "alt_text": x(n)}],
        "IMAGE_ALT_TEXT_MAX_LENGTH",
    ),
    "table rows": Limit(100, "/blocks/0/rows", lambda n: [table(n)], "TABLE_ROWS_MAX_ITEMS"),
    "table columns": Limit(20, "/blocks/0/rows/0", lambda n: [table(1, n)], "TABLE_COLUMNS_MAX_ITEMS"),
    "table characters": Limit(10_000, "/blocks/0/rows", lambda n: [table(1, text=x(n))]),
    "data table rows": Limit(
        201, "/blocks/0/rows", lambda n: [data_table(n)], "DATA_TABLE_ROWS_MAX_ITEMS", least=2
    ),
    "data table columns": Limit(
        20, "/blocks/0/rows/0", lambda n: [data_table(2, n)], "DATA_TABLE_COLUMNS_MAX_ITEMS"
    ),
    "page size": Limit(
        100, "/blocks/0/page_size", lambda n: [data_table(2, page_size=n)], "DATA_TABLE_PAGE_SIZE_MAX"
    ),
    "chart title": Limit(
        50, "/blocks/0/title", lambda n: [chart(title=x(n))], "DATA_VISUALIZATION_TITLE_MAX_LENGTH"
    ),
    "chart series": Limit(
        12, "/blocks/0/chart/series", lambda n: [chart(series=n)], "DATA_VISUALIZATION_SERIES_MAX_ITEMS"
    ),
    "charts in a message": Limit(
        2, "/blocks", lambda n: [chart()] * n, "MESSAGE_DATA_VISUALIZATIONS_MAX_ITEMS"
    ),
    "tables in a message": Limit(1, "/blocks", lambda n: [table(1)] * n),
    "markdown": Limit(
        12_000, "/blocks/0/text", lambda n: [{"type": "markdown", "text": x(n)}], "MARKDOWN_TEXT_MAX_LENGTH"
    ),
    "blocks in a modal": Limit(
        100, "/view/blocks", lambda n: modal(*[section("x")] * n), "VIEW_BLOCKS_MAX_ITEMS", least=0
    ),
    "blocks on Home": Limit(
        100, "/view/blocks", lambda n: home(*[section("x")] * n), "VIEW_BLOCKS_MAX_ITEMS", least=0
    ),
    "modal title": Limit(24, "/view/title/text", lambda n: modal(title=plain(x(n))), "VIEW_TITLE_MAX_LENGTH"),
    "modal submit": Limit(
        24, "/view/submit/text", lambda n: modal(submit=plain(x(n))), "VIEW_SUBMIT_MAX_LENGTH"
    ),
    "modal close": Limit(24, "/view/close/text", lambda n: modal(close=plain(x(n))), "VIEW_CLOSE_MAX_LENGTH"),
    "private metadata": Limit(
        3000,
        "/view/private_metadata",
        lambda n: modal(private_metadata=x(n)),
        "VIEW_PRIVATE_METADATA_MAX_LENGTH",
        least=0,
    ),
    "callback_id": Limit(
        255, "/view/callback_id", lambda n: modal(callback_id=x(n)), "VIEW_CALLBACK_ID_MAX_LENGTH", least=0
    ),
    "external_id": Limit(
        255, "/view/external_id", lambda n: modal(external_id=x(n)), "VIEW_EXTERNAL_ID_MAX_LENGTH", least=0
    ),
    "alert": Limit(
        200,
        "/view/blocks/0/text/text",
        lambda n: modal({"type": "alert", "text": plain(x(n))}),
        "ALERT_TEXT_MAX_LENGTH",
    ),
    "input label": Limit(
        2000,
        "/view/blocks/0/label/text",
        lambda n: modal(field(TEXT_INPUT, label=x(n))),
        "INPUT_LABEL_MAX_LENGTH",
    ),
    "input hint": Limit(
        2000,
        "/view/blocks/0/hint/text",
        lambda n: modal(field(TEXT_INPUT, hint=plain(x(n)))),
        "INPUT_HINT_MAX_LENGTH",
    ),
    "text input's longest text": Limit(
        3000,
        "/view/blocks/0/element/max_length",
        lambda n: modal(field({**TEXT_INPUT, "max_length": n})),
        "PLAIN_TEXT_INPUT_MAX_LENGTH_MAX",
    ),
    "files": Limit(
        10,
        "/view/blocks/0/element/max_files",
        lambda n: modal(field({"type": "file_input", "max_files": n})),
        "FILE_INPUT_MAX_FILES_MAX",
    ),
}
