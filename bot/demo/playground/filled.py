"""What Slack itself checks before it sends a form: required fields, lengths, numbers, addresses."""

from __future__ import annotations

import re
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from bot.demo.playground.controls import ANSWER_KEYS

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.demo.playground.controls import Values
    from bot.demo.playground.wire import Json

REQUIRED = "Please complete this required field."
NO_EMAIL = "Please enter a valid email address."
NO_URL = "Please enter a valid URL."
NO_NUMBER = "Please enter a valid number."
NO_WHOLE_NUMBER = "Please enter a whole number."
EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
URL = re.compile(r"https?://\S+")


def missing_answers(blocks: list[Json], values: Values) -> dict[str, str]:
    """Each input block that can't be sent as it is, with the sentence under it."""
    found = {}
    for block in blocks:
        if block["type"] == "input":
            element = block["element"]
            answer = values[block["block_id"]][element["action_id"]]
            sentence = _wrong(element, answer[ANSWER_KEYS[element["type"]][0]], bool(block.get("optional")))
            if sentence:
                found[block["block_id"]] = sentence
    return found


def _wrong(element: Json, given: object, optional: bool) -> str:  # noqa: FBT001 (one of two states of a block)
    if given in (None, "", []):
        return "" if optional else REQUIRED
    if isinstance(given, list):
        return _too_many(element, given)
    check = CHECKS.get(element["type"])
    return check(element, str(given)) if check else ""


def _too_many(element: Json, given: list[object]) -> str:
    most = (
        element.get("max_files", 10) if element["type"] == "file_input" else element.get("max_selected_items")
    )
    return f"Please choose no more than {most}." if most and len(given) > most else ""


def _length(element: Json, text: str) -> str:
    least, most = element.get("min_length", 0), element.get("max_length", 3000)
    if len(text) < least:
        return f"Please use at least {least} characters."
    return f"Please use no more than {most} characters." if len(text) > most else ""


def _number(element: Json, text: str) -> str:
    try:
        number = Decimal(text)
    except InvalidOperation:
        return NO_NUMBER
    if not number.is_finite():
        return NO_NUMBER
    if not element["is_decimal_allowed"] and number != number.to_integral_value():
        return NO_WHOLE_NUMBER
    least, most = element.get("min_value"), element.get("max_value")
    if least is not None and number < Decimal(least):
        return f"Please enter {least} or more."
    return f"Please enter {most} or less." if most is not None and number > Decimal(most) else ""


def _email(_: Json, text: str) -> str:
    return "" if EMAIL.fullmatch(text) else NO_EMAIL


def _url(_: Json, text: str) -> str:
    return "" if URL.fullmatch(text) else NO_URL


CHECKS: dict[str, Callable[[Json, str], str]] = {
    "plain_text_input": _length,
    "number_input": _number,
    "email_text_input": _email,
    "url_text_input": _url,
}
