"""The few Block Kit pieces our screens are made of, each within Slack's limits."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from commands.views.text import clean, clip, cut, flat

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Block: TypeAlias = dict[str, Any]
Element: TypeAlias = dict[str, Any]
View: TypeAlias = dict[str, Any]

SECTION = 3000
OPTION = 75
BUTTON = 75
HEADER = 150
TITLE = 24
PLACEHOLDER = 150
ALERT = 200
CHOICES = 10  # options of one group of checkboxes or radio buttons
OPTIONS = 100  # options of one select
OVERFLOW = 5  # options of one overflow menu
CONTEXT = 10  # elements of one context block


@dataclass(frozen=True, slots=True)
class Message:
    """What is posted: ``text`` says it all where blocks aren't shown (notifications, screen readers)."""

    text: str
    blocks: tuple[Block, ...]


def plain(text: str, limit: int) -> Element:
    """Text without markup; what looks like an emoji code stays as typed."""
    shown = flat(text, limit)
    element: Element = {"type": "plain_text", "text": shown}
    if ":" in shown:
        element["emoji"] = False
    return element


def mrkdwn(text: str, limit: int = SECTION) -> Element:
    """Text with markup; names in it are escaped already."""
    return {"type": "mrkdwn", "text": cut(text, limit)}


def header(text: str) -> Block:
    """A headline, plain."""
    return {"type": "header", "text": plain(text, HEADER)}


def section(text: str, accessory: Element | None = None, block_id: str = "") -> Block:
    """A paragraph, with one control beside it if given."""
    block: Block = {"type": "section", "text": mrkdwn(text)}
    if accessory is not None:
        block["accessory"] = accessory
    return _named(block, block_id)


def context(*lines: str) -> Block:
    """Small print."""
    return {"type": "context", "elements": [mrkdwn(line, 2000) for line in lines[:CONTEXT]]}


def divider() -> Block:
    """A line across."""
    return {"type": "divider"}


def alert(text: str, level: Literal["info", "warning", "error", "success"]) -> Block:
    """A notice that can't be overlooked, in modals only; what is too long for one is a paragraph."""
    if len(text) > ALERT:
        return section(text)
    return {"type": "alert", "level": level, "text": mrkdwn(text, ALERT)}


def actions(*elements: Element, block_id: str = "") -> Block:
    """Controls in a row."""
    return _named({"type": "actions", "elements": list(elements)}, block_id)


def button(
    text: str,
    action_id: str,
    value: str = "",
    *,
    primary: bool = False,
    url: str = "",
    asks: Element | None = None,
) -> Element:
    """A button; its text is a verb and its object. It ``asks`` before it does."""
    element: Element = {"type": "button", "text": plain(text, BUTTON), "action_id": action_id}
    if value:
        element["value"] = value
    if primary:
        element["style"] = "primary"
    if url:
        element["url"] = url
    if asks is not None:
        element["confirm"] = asks
    return element


def question(title: str, text: str, yes: str, no: str) -> Element:
    """What is asked before a button does what it says."""
    return {
        "title": plain(title, 100),
        "text": plain(text, 300),
        "confirm": plain(yes, 30),
        "deny": plain(no, 30),
    }


def option(text: str, value: str, description: str = "") -> Element:
    """One choice of a select, of checkboxes or radio buttons."""
    choice: Element = {"text": plain(text, OPTION), "value": value}
    if description:
        choice["description"] = plain(description, OPTION)
    return choice


def search_select(action_id: str, placeholder: str, chosen: Element | None) -> Element:
    """A select whose options we serve while the person types."""
    element: Element = {
        "type": "external_select",
        "action_id": action_id,
        "placeholder": plain(placeholder, PLACEHOLDER),
        "min_query_length": 0,
    }
    if chosen is not None:
        element["initial_option"] = chosen
    return element


def select(action_id: str, options: Sequence[Element], chosen: Element | None = None) -> Element:
    """A select of up to a hundred fixed options."""
    element: Element = {
        "type": "static_select",
        "action_id": action_id,
        "options": list(options[:OPTIONS]),
    }
    if chosen is not None:
        element["initial_option"] = chosen
    return element


def conversation_select(action_id: str, placeholder: str, chosen: str = "") -> Element:
    """A select of the firm's own channels; begins with ``chosen`` (its id), else with the current one."""
    element: Element = {
        "type": "conversations_select",
        "action_id": action_id,
        "placeholder": plain(placeholder, PLACEHOLDER),
        "filter": {
            "include": ["private", "public"],
            "exclude_external_shared_channels": True,
            "exclude_bot_users": True,
        },
    }
    if chosen:
        element["initial_conversation"] = chosen
    else:
        element["default_to_current_conversation"] = True
    return element


def user_select(action_id: str, placeholder: str, chosen: str = "") -> Element:
    """A select of the workspace's people."""
    element: Element = {
        "type": "users_select",
        "action_id": action_id,
        "placeholder": plain(placeholder, PLACEHOLDER),
    }
    if chosen:
        element["initial_user"] = chosen
    return element


def checkboxes(action_id: str, options: Sequence[Element], ticked: Iterable[str]) -> Element:
    """Up to ten choices to tick; ``ticked`` are the values ticked already."""
    wanted = set(ticked)
    initial = [choice for choice in options if choice["value"] in wanted]
    element: Element = {"type": "checkboxes", "action_id": action_id, "options": list(options[:CHOICES])}
    if initial:
        element["initial_options"] = initial
    return element


def radios(action_id: str, options: Sequence[Element], chosen: str = "") -> Element:
    """Up to ten choices, one to be taken."""
    initial = next((choice for choice in options if choice["value"] == chosen), None)
    element: Element = {"type": "radio_buttons", "action_id": action_id, "options": list(options[:CHOICES])}
    if initial is not None:
        element["initial_option"] = initial
    return element


def overflow(action_id: str, options: Sequence[Element]) -> Element:
    """Up to five more things to do, behind three dots; the chosen option's value comes back."""
    return {"type": "overflow", "action_id": action_id, "options": list(options[:OVERFLOW])}


def date_picker(action_id: str, chosen: str = "") -> Element:
    """A day; ``chosen`` is ISO 8601."""
    element: Element = {"type": "datepicker", "action_id": action_id}
    if chosen:
        element["initial_date"] = chosen
    return element


def time_picker(action_id: str, chosen: str) -> Element:
    """An hour and minute, as ``HH:MM``."""
    return {"type": "timepicker", "action_id": action_id, "initial_time": chosen}


def text_input(
    action_id: str, value: str = "", placeholder: str = "", *, on_enter: bool = False, focus: bool = False
) -> Element:
    """One line to type; ``on_enter``: Slack tells us at the Enter key; ``focus``: the cursor is in it."""
    element: Element = {"type": "plain_text_input", "action_id": action_id, "max_length": 200}
    if value:
        element["initial_value"] = clip(clean(value), 200)
    if placeholder:
        element["placeholder"] = plain(placeholder, PLACEHOLDER)
    if on_enter:
        element["dispatch_action_config"] = {"trigger_actions_on": ["on_enter_pressed"]}
    if focus:
        element["focus_on_load"] = True
    return element


def field(label: str, element: Element, block_id: str, *, hint: str = "", optional: bool = False) -> Block:
    """A control with its label, which Slack can mark when something is wrong with it."""
    block: Block = {"type": "input", "block_id": block_id, "label": plain(label, 2000), "element": element}
    if hint:
        block["hint"] = plain(hint, 2000)
    if optional:
        block["optional"] = True
    if "dispatch_action_config" in element:
        block["dispatch_action"] = True
    return block


def table(rows: Sequence[Sequence[str]], right: Sequence[int] = ()) -> Block:
    """Rows of plain cells, the first one the headings; ``right`` are the columns of amounts."""
    width = len(rows[0])
    settings = [{"align": "right"} if column in right else {"is_wrapped": True} for column in range(width)]
    cells = [[{"type": "raw_text", "text": cell or "-"} for cell in row] for row in rows]
    return {"type": "table", "rows": cells, "column_settings": settings}


def modal(
    screen: str,
    title: str,
    blocks: Sequence[Block],
    *,
    submit: str = "",
    close: str = "Close",
    metadata: str = "",
    tells: bool = False,
) -> View:
    """A modal; ``metadata`` comes back with everything done in it. It ``tells`` us when it is closed."""
    view: View = {
        "type": "modal",
        "callback_id": screen,
        "title": plain(title, TITLE),
        "close": plain(close, TITLE),
        "blocks": list(blocks),
    }
    if submit:
        view["submit"] = plain(submit, TITLE)
    if metadata:
        view["private_metadata"] = metadata
    if tells:
        view["notify_on_close"] = True
    return view


def _named(block: Block, block_id: str) -> Block:
    if block_id:
        block["block_id"] = block_id
    return block
