"""Questions in QuickBooks' query language, built so that no text in them can be anything but text."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from decimal import Decimal

Value = str | bool | int | Decimal | date | datetime

OPERATORS = frozenset({"=", "<", ">", "<=", ">=", "in", "like"})
NAME = re.compile(r"[A-Za-z][A-Za-z0-9]*(\.[A-Za-z][A-Za-z0-9]*)*")


class BadLiteral(ValueError):  # noqa: N818 - named as the thing it is about
    """QuickBooks can't be asked about this value; the message says why."""


@dataclass(frozen=True, slots=True)
class Select:
    """One question: which entity, under which conditions (all of them), in which order.

    Made by ``select`` and its methods only, which see to it that every value is a quoted literal.
    Inactive list entries answer only when asked for: ``.where("Active", "in", (True, False))``.
    """

    entity: str
    conditions: tuple[str, ...] = ()
    ordered: str = "Id"

    def where(self, field: str, operator: str, value: Value | Sequence[Value]) -> "Select":
        """The same question with one more condition; raises BadLiteral.

        Operators: ``= < > <= >= in like``. ``in`` takes a tuple of values; for ``like`` with what a person
        typed, make the pattern with ``containing`` or ``starting``. (Intuit: Query operations and syntax.)
        """
        condition = f"{_name(field)} {_operator(operator)} {_operand(operator, value)}"
        return replace(self, conditions=(*self.conditions, condition))

    def order(self, field: str) -> "Select":
        """The same question with its rows in the order of this field, smallest first."""
        return replace(self, ordered=_name(field))


def select(entity: str) -> Select:
    """The question for every (active) row of this entity, in the order of Id."""
    return Select(_name(entity))


def containing(text: str) -> str:
    """A ``like`` pattern for values that contain this text.

    QuickBooks knows no escape for ``%``: one in the text stands for anything, so that nothing wanted is
    missed and something unwanted may come along. Compare what comes back.
    """
    return re.sub("%+", "%", f"%{text}%")


def starting(text: str) -> str:
    """A ``like`` pattern for values that start with this text; for ``%`` in it see ``containing``."""
    return re.sub("%+", "%", f"{text}%")


def page_text(question: Select, start: int, size: int) -> str:
    """The question for ``size`` rows (at most 1000) from row ``start``, which counts from 1."""
    return f"SELECT * {_body(question)} ORDERBY {question.ordered} STARTPOSITION {start} MAXRESULTS {size}"


def count_text(question: Select) -> str:
    """The question how many rows there are."""
    return f"SELECT count(*) {_body(question)}"


def literal(value: Value) -> str:
    """This value as QuickBooks reads it: quoted, backslash escaped, then the quote; raises BadLiteral."""
    match value:
        case bool():
            return "true" if value else "false"
        case datetime():
            if value.tzinfo is None:
                raise BadLiteral("a moment without its time zone")
            return f"'{value.isoformat(timespec='seconds')}'"
        case int() | date():
            return f"'{value}'"
        case Decimal():
            if not value.is_finite():
                raise BadLiteral("not a number")
            return f"'{value:f}'"
        case str():
            return _quoted(value)


def _body(question: Select) -> str:
    where = f" WHERE {' AND '.join(question.conditions)}" if question.conditions else ""
    return f"FROM {question.entity}{where}"


def _quoted(text: str) -> str:
    # Cc: control characters. Cs: halves of characters, which no UTF-8 can carry.
    if any(unicodedata.category(character) in {"Cc", "Cs"} for character in text):
        raise BadLiteral("text with invisible control characters can't be looked up in QuickBooks")
    escaped = text.replace("\\", "\\\\").replace("'", "\\'")
    return f"'{escaped}'"


def _operand(operator: str, value: Value | Sequence[Value]) -> str:
    if operator == "in":
        if isinstance(value, str) or not isinstance(value, Sequence) or not value:
            raise BadLiteral("in asks for one of several values: give a tuple of them")
        return f"({', '.join(literal(one) for one in value)})"
    if isinstance(value, Sequence) and not isinstance(value, str):
        raise BadLiteral(f"{operator} compares with one value")
    return literal(value)


def _name(name: str) -> str:
    if not NAME.fullmatch(name):
        raise BadLiteral(f"not the name of an entity or a field: {name!r}")
    return name


def _operator(operator: str) -> str:
    if operator not in OPERATORS:
        raise BadLiteral(f"QuickBooks has no operator {operator!r}")
    return operator.upper()
