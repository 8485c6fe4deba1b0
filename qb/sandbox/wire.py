"""Bytes to values and back: JSON with exact numbers, QuickBooks' number and time styles."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any, TypeAlias
from zoneinfo import ZoneInfo

import simplejson

Json: TypeAlias = dict[str, Any]

PACIFIC = ZoneInfo("America/Los_Angeles")


class NotJsonError(Exception):
    """The body is not a JSON object."""


def parse(body: bytes) -> Json:
    """The JSON object in `body`, numbers as Decimal. Raises NotJsonError."""
    try:
        value = simplejson.loads(body.decode("utf-8"), use_decimal=True, allow_nan=False)
    except UnicodeDecodeError as wrong:
        raise NotJsonError(f"Invalid UTF-8 middle byte {body[wrong.start]:#x}") from wrong
    except ValueError as wrong:
        raise NotJsonError(str(wrong)) from wrong
    if not isinstance(value, dict):
        raise NotJsonError("Can not deserialize instance out of a value that is no object")
    return value


def render(value: object) -> bytes:
    """`value` as UTF-8 JSON, a Decimal as a JSON number digit for digit."""
    return simplejson.dumps(value, use_decimal=True, ensure_ascii=False).encode("utf-8")


def amount(value: Decimal) -> Decimal | int:
    """An amount of money as QuickBooks writes it: 113.1, 100.0 and 0, never 113.10."""
    whole = plain(value)
    return Decimal(f"{whole}.0") if isinstance(whole, int) and whole else whole


def plain(value: Decimal) -> Decimal | int:
    """A quantity, price or rate as QuickBooks writes it: 4.5, 75 and 0."""
    short = value.normalize()
    return int(short) if short == short.to_integral_value() else Decimal(f"{short:f}")


def stamp(moment: datetime) -> str:
    """The `time` of a reply: Pacific, milliseconds, offset with a colon."""
    return moment.astimezone(PACIFIC).isoformat(timespec="milliseconds")


def second(moment: datetime) -> str:
    """A MetaData time: Pacific, whole seconds."""
    return moment.astimezone(PACIFIC).isoformat(timespec="seconds")


def moment_of(text: str) -> datetime | None:
    """The moment an ISO text names (Pacific where it names no zone), or None if it names none."""
    try:
        value = datetime.fromisoformat(text)
    except ValueError:
        return None
    return (value if value.tzinfo else value.replace(tzinfo=PACIFIC)).astimezone(UTC)
