"""What a person can operate: the controls inside blocks, and the answers they hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.demo.playground.refusal import SlackError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.demo.playground.wire import Json

Values = dict[str, dict[str, "Json"]]
TEXT_FIELDS = ("plain_text_input", "number_input", "email_text_input", "url_text_input")
# Where a control keeps its answer, and where it starts from.
ANSWER_KEYS: dict[str, tuple[str, str]] = {
    **dict.fromkeys(TEXT_FIELDS, ("value", "initial_value")),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
    "checkboxes": ("selected_options", "initial_options"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "users_select": ("selected_user", "initial_user"),
    "multi_users_select": ("selected_users", "initial_users"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "channels_select": ("selected_channel", "initial_channel"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "file_input": ("files", "initial_files"),
}
LISTS = ("selected_options", "selected_users", "selected_conversations", "selected_channels", "files")


def controls_of(block: Json) -> Iterator[Json]:
    """Every control in one block, in reading order."""
    yield from _dicts([block.get("accessory"), block.get("element")])
    yield from _dicts(block.get("elements") if block.get("type") in ("actions", "context_actions") else [])
    yield from _dicts(block.get("actions"))
    rows = block.get("rows")
    for row in rows if isinstance(rows, list) else []:
        for cell in _dicts(row):
            yield from _dicts([cell.get("element")])


def all_controls(blocks: list[Json]) -> Iterator[tuple[Json, Json]]:
    """Every control on a surface with the block it stands in, containers and carousels looked into."""
    for block in blocks:
        for control in controls_of(block):
            yield block, control
        inner = block.get("child_blocks") or (block.get("elements") if block["type"] == "carousel" else None)
        yield from all_controls(list(_dicts(inner)))


def find_control(blocks: list[Json], block_id: str, action_id: str) -> Json:
    """The control of these names; `action_not_found` once the surface has changed under it."""
    for block, control in all_controls(blocks):
        if block.get("block_id") == block_id and control.get("action_id") == action_id:
            return control
    raise SlackError("action_not_found")


def state_values(blocks: list[Json], given: Values) -> Values:
    """`state.values`: what each control holds, from where it started and what the person gave."""
    values: Values = {}
    for block, control in all_controls(blocks):
        if control["type"] in ANSWER_KEYS:
            name, action = block["block_id"], control["action_id"]
            answer = given.get(name, {}).get(action)
            fits = (
                answer is not None and answer["type"] == control["type"] and _still_offered(control, answer)
            )
            values.setdefault(name, {})[action] = answer if answer and fits else initial_answer(control)
    return values


def initial_answer(control: Json) -> Json:
    """What a control holds before anybody touched it."""
    key, initial = ANSWER_KEYS[control["type"]]
    return {"type": control["type"], key: control.get(initial, [] if key in LISTS else None)}


def options_of(control: Json) -> list[Json]:
    """The choices a control lists itself."""
    groups = control.get("option_groups") or []
    return [*(control.get("options") or []), *(each for group in groups for each in group["options"])]


def _still_offered(control: Json, answer: Json) -> bool:
    offered = options_of(control)
    if not offered:
        return True
    chosen = answer.get("selected_options") or [answer.get("selected_option")]
    return all(each is None or each in offered for each in chosen)


def _dicts(found: object) -> Iterator[Json]:
    if isinstance(found, list):
        yield from (each for each in found if isinstance(each, dict))
