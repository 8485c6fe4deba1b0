"""Block Kit's interactive elements: buttons, menus, ticks, pickers and fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.demo.playground.blockkit.composition import (
    CHOICES_MOST,
    CONFIRM,
    CONVERSATION_FILTER,
    DISPATCH,
    ID_MOST,
    MENU_OPTION,
    OPTION_GROUP,
    OPTIONS_MOST,
    OVERFLOW_MOST,
    OVERFLOW_OPTION,
    PLACEHOLDER,
    TICK_OPTION,
    plain_text,
)
from bot.demo.playground.blockkit.rich import RICH_TEXT
from bot.demo.playground.blockkit.rules import (
    exactly_one,
    flag,
    many,
    one_of,
    problem,
    record,
    string,
    url,
    whole,
)

if TYPE_CHECKING:
    from bot.demo.playground.blockkit.rules import Problems, Rule

INPUT_MOST = 3000


def _initial_is_an_option(value: object, at: str) -> Problems:
    """What is chosen at first must be one of the options, spelled the same."""
    if not isinstance(value, dict):
        return
    groups = value.get("option_groups", [])
    offered = [*value.get("options", []), *(each for group in groups for each in group["options"])]
    chosen = value.get("initial_options", [value["initial_option"]] if "initial_option" in value else [])
    for each in chosen:
        if each not in offered:
            yield problem("initial option must match one of the options exactly", at)


def _length_bounds_meet(value: object, at: str) -> Problems:
    if isinstance(value, dict) and value.get("min_length", 0) > value.get("max_length", INPUT_MOST):
        yield problem("min_length must be less than or equal to max_length", at)


def _element(
    kind: str, required: dict[str, Rule], optional: dict[str, Rule], *checks: Rule, confirm: bool = True
) -> Rule:
    common: dict[str, Rule] = {"action_id": string(ID_MOST)}
    if confirm:
        common["confirm"] = CONFIRM
    return record({"type": one_of(kind), **required}, {**common, **optional}, *checks)


FOCUS: dict[str, Rule] = {"focus_on_load": flag}
HINTED: dict[str, Rule] = {"placeholder": PLACEHOLDER, **FOCUS}
SEVERAL: dict[str, Rule] = {"max_selected_items": whole(1)}
OFFERED: dict[str, Rule] = {
    "options": many(MENU_OPTION, 1, OPTIONS_MOST),
    "option_groups": many(OPTION_GROUP, 1, OPTIONS_MOST),
}


def _menu(kind: str, initial: str, one: Rule, extra: dict[str, Rule], *checks: Rule) -> dict[str, Rule]:
    """A menu and its `multi_` twin."""
    several = {f"{initial}s": many(one, 0), **SEVERAL}
    single = {initial: one} | ({"response_url_enabled": flag} if "conversation" in kind else {})
    return {
        kind: _element(kind, {}, {**HINTED, **single, **extra}, *checks),
        f"multi_{kind}": _element(f"multi_{kind}", {}, {**HINTED, **several, **extra}, *checks),
    }


MENUS: dict[str, Rule] = {
    **_menu(
        "static_select",
        "initial_option",
        MENU_OPTION,
        OFFERED,
        exactly_one("options", "option_groups"),
        _initial_is_an_option,
    ),
    **_menu("external_select", "initial_option", MENU_OPTION, {"min_query_length": whole(0)}),
    **_menu("users_select", "initial_user", string(), {}),
    **_menu(
        "conversations_select",
        "initial_conversation",
        string(),
        {"default_to_current_conversation": flag, "filter": CONVERSATION_FILTER},
    ),
    **_menu("channels_select", "initial_channel", string(), {"response_url_enabled": flag}),
}


def _field(kind: str, required: dict[str, Rule], optional: dict[str, Rule], *checks: Rule) -> Rule:
    """Something to type into."""
    all_optional = {**HINTED, "dispatch_action_config": DISPATCH, "initial_value": string(), **optional}
    return _element(kind, required, all_optional, *checks, confirm=False)


TICKS: dict[str, Rule] = {
    "checkboxes": _element(
        "checkboxes",
        {"options": many(TICK_OPTION, 1, CHOICES_MOST)},
        {"initial_options": many(TICK_OPTION, 1, CHOICES_MOST), **FOCUS},
        _initial_is_an_option,
    ),
    "radio_buttons": _element(
        "radio_buttons",
        {"options": many(TICK_OPTION, 1, CHOICES_MOST)},
        {"initial_option": TICK_OPTION, **FOCUS},
        _initial_is_an_option,
    ),
}
PICKERS: dict[str, Rule] = {
    "datepicker": _element("datepicker", {}, {"initial_date": string(10, 10), **HINTED}),
    "timepicker": _element("timepicker", {}, {"initial_time": string(5, 5), "timezone": string(), **HINTED}),
    "datetimepicker": _element("datetimepicker", {}, {"initial_date_time": whole(0), **FOCUS}),
}
FIELDS: dict[str, Rule] = {
    "plain_text_input": _field(
        "plain_text_input",
        {},
        {
            "initial_value": string(INPUT_MOST, 0),
            "multiline": flag,
            "min_length": whole(0, INPUT_MOST),
            "max_length": whole(1, INPUT_MOST),
        },
        _length_bounds_meet,
    ),
    "number_input": _field(
        "number_input",
        {"is_decimal_allowed": flag},
        {"min_value": string(), "max_value": string()},
    ),
    "email_text_input": _field("email_text_input", {}, {}),
    "url_text_input": _field("url_text_input", {}, {}),
    "rich_text_input": _field(
        "rich_text_input",
        {},
        {"initial_value": RICH_TEXT, "min_lines": whole(1, 100), "max_lines": whole(1, 100)},
    ),
}
FILE_INPUT = _element(
    "file_input",
    {},
    {"filetypes": many(string()), "max_files": whole(1, 10)},
    confirm=False,
)
BUTTON = _element(
    "button",
    {"text": plain_text(75)},
    {
        "value": string(2000),
        "url": url,
        "style": one_of("primary", "danger"),
        "accessibility_label": string(75),
    },
)
OVERFLOW = _element("overflow", {"options": many(OVERFLOW_OPTION, 1, OVERFLOW_MOST)}, {})
