"""What a request body may hold: names, kinds, lengths and words, checked before any rule of bookkeeping."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Literal

from qb.sandbox.refusals import (
    Complaint,
    RefusedError,
    bad_choice,
    bad_email,
    bad_number,
    bad_property,
    too_long,
)
from qb.sandbox.wire import Json

SHOWN = 60  # QuickBooks names this many known properties before it cuts its own sentence

What = Literal["text", "email", "number", "flag", "date", "ref", "object", "choice", "any"]


@dataclass(frozen=True, slots=True)
class Field:
    """One property: its kind, and what its kind needs to know."""

    what: What
    limit: int = 0
    choices: tuple[str, ...] = ()
    shape: "Shape | None" = None
    many: bool = False


@dataclass(frozen=True, slots=True)
class Shape:
    """The properties a thing may have; `name` is what Intuit's schema calls it."""

    name: str
    fields: Mapping[str, Field] = field(default_factory=dict)


def shape(name: str, *groups: Mapping[str, Field]) -> Shape:
    """A shape made of groups of fields."""
    return Shape(name, {key: value for group in groups for key, value in group.items()})


def texts(names: str, limit: int = 0) -> dict[str, Field]:
    """Text fields of one longest length; 0 is no limit."""
    return {name: Field("text", limit=limit) for name in names.split()}


def of(what: What, names: str) -> dict[str, Field]:
    """Fields of one plain kind."""
    return {name: Field(what) for name in names.split()}


def choice(name: str, words: str) -> dict[str, Field]:
    """A field that takes one of the words, parted by '|'."""
    return {name: Field("choice", choices=tuple(words.split("|")))}


def objects(inner: Shape, names: str, *, many: bool = False) -> dict[str, Field]:
    """Fields that hold things of another shape, one or a list."""
    return {name: Field("object", shape=inner, many=many) for name in names.split()}


class Checker:
    """One reading of one body; gathers complaints and makes the cleaned copy."""

    def __init__(self, *, strict_numbers: bool = False) -> None:
        self.complaints: list[Complaint] = []
        self.notes: list[str] = []
        self._strict = strict_numbers

    def read(self, outline: Shape, body: Json) -> Json:
        """`body` with every value of its kind; unknown properties raise 2010 at once (Jackson reads so)."""
        unknown = next((key for key in body if key not in outline.fields), None)
        if unknown is not None:
            raise unknown_property(outline, unknown)
        return {key: self._field(key, outline.fields[key], value) for key, value in body.items()}

    def _field(self, name: str, known: Field, value: object) -> object:
        if value is None:
            return None
        if not known.many:
            return self._one(name, known, value)
        if not isinstance(value, list):
            raise bad_property(f"Can not deserialize instance of java.util.List out of {name}")
        return [self._one(name, known, item) for item in value]

    def _one(self, name: str, known: Field, value: object) -> object:
        if known.what in PLAIN:
            return PLAIN[known.what](name, value)
        if known.what == "object":
            return self._object(name, known, value)
        if known.what == "number":
            return self._number(name, value)
        return self._text(name, known, value)

    def _object(self, name: str, known: Field, value: object) -> object:
        if not isinstance(value, dict) or known.shape is None:
            raise bad_property(f"Can not construct instance of {name}")
        return self.read(known.shape, value)

    def _text(self, name: str, known: Field, value: object) -> object:
        if isinstance(value, dict | list | bool):
            raise bad_property(f"Can not deserialize instance of java.lang.String out of {name}")
        text = str(value)
        if known.limit and len(text) > known.limit:
            self.complaints.append(too_long(name, known.limit, len(text)))
        if known.choices and text and text not in known.choices:
            self.complaints.append(bad_choice(name, text))
        if known.what == "email" and text and not _is_email(text):
            self.complaints.append(bad_email(name))
        return text

    def _number(self, name: str, value: object) -> object:
        if isinstance(value, bool | dict | list):
            raise bad_property(f"Can not deserialize instance of java.math.BigDecimal out of {name}")
        if value == "":
            return None
        if isinstance(value, str):
            self.notes.append(f"{name} was sent as a string")
        number = _decimal(value)
        if number is None or (isinstance(value, str) and self._strict):
            self.complaints.append(bad_number(name, str(value)))
        return number


def clean(outline: Shape, body: Json, *, strict_numbers: bool = False) -> tuple[Json, list[str]]:
    """`body` as its shape says, and notes on odd habits. Raises RefusedError with all complaints."""
    checker = Checker(strict_numbers=strict_numbers)
    cleaned = checker.read(outline, body)
    if checker.complaints:
        raise RefusedError(*checker.complaints)
    return cleaned, checker.notes


def unknown_property(outline: Shape, name: str) -> RefusedError:
    """2010 in the words of QuickBooks' JSON reader."""
    known = ", ".join(f'"{one}"' for one in list(outline.fields)[:SHOWN])
    cut = " [truncated]" if len(outline.fields) > SHOWN else ""
    return bad_property(
        f'Unrecognized field "{name}" (class com.intuit.schema.finance.v3.{outline.name}), '
        f"not marked as ignorable ({len(outline.fields)} known properties: {known}{cut}])\n"
    )


def _decimal(value: object) -> Decimal | None:
    try:
        number = Decimal(str(value).strip())
    except InvalidOperation:
        return None
    return number if number.is_finite() else None


def _flag(name: str, value: object) -> bool:
    if isinstance(value, bool):
        return value
    if value in {"true", "false"}:
        return value == "true"
    raise bad_property(f"Can not construct instance of java.lang.Boolean out of {name}")


def _date(name: str, value: object) -> str | None:
    text = str(value)
    if not text:
        return None
    day = text[:10]
    if re.fullmatch(r"\d{4}-\d\d-\d\d(T.*)?", text) and is_date(day):
        return day
    raise bad_property(f"Failed to parse the date of {name}: {text}")


def is_date(text: str) -> bool:
    """Whether `text` is a day of the calendar, YYYY-MM-DD."""
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _ref(name: str, value: object) -> Json | None:
    if not isinstance(value, dict):
        raise bad_property(f"Can not construct instance of ReferenceType out of {name}")
    stranger = next((key for key in value if key not in {"value", "name", "type"}), None)
    if stranger is not None:
        raise unknown_property(Shape("ReferenceType", of("text", "value name type")), stranger)
    if value.get("value") in {None, ""}:
        return None
    return {key: str(part) for key, part in value.items() if part is not None}


def _as_sent(_name: str, value: object) -> object:
    return value


PLAIN: Mapping[str, Callable[[str, object], object]] = {
    "any": _as_sent,
    "flag": _flag,
    "date": _date,
    "ref": _ref,
}


def _is_email(text: str) -> bool:
    """Whether each of the comma-separated addresses looks like one (QuickBooks takes several)."""
    parts: Iterable[str] = (part.strip() for part in text.split(","))
    return all(
        re.fullmatch(r"[^@\s,;<>()\[\]\"]+@[^@\s,;<>()\[\]\"]+\.[^@\s.,;<>()\[\]\"]+", part) for part in parts
    )
