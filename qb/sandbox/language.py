"""QuickBooks' query language: from text to a statement, or its parser's refusal (Intuit: Data queries)."""

import re
from dataclasses import dataclass
from typing import TypeAlias

from qb.sandbox.lexer import END, Token, encountered, tokens_of
from qb.sandbox.refusals import invalid_query

MOST_ROWS = 1000
USUAL_ROWS = 100

CLAUSES = ("orderby", "order", "startposition", "maxresults")
AFTER_PROPERTY = (
    *(END, '"."', "<AND>", '"between"', '"contains"', '"="', '"in"', '"iterator"', '"like"', '"maxresults"'),
    *('"!="', "<NOT>", "<OR>", '"order"', '"orderby"', '"startposition"'),
)
AFTER_CLAUSES = (END, '"where"', '"orderby"', '"startposition"', '"maxresults"')
COMPARISONS = frozenset({"=", "<", ">", "<=", ">="})

Constant: TypeAlias = str | bool
"""A value in a query: a quoted text, or true or false."""


@dataclass(frozen=True, slots=True)
class Condition:
    """One comparison; several values only for IN."""

    path: str
    operator: str
    values: tuple[Constant, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """A whole query."""

    entity: str
    fields: tuple[str, ...]
    counts: bool
    conditions: tuple[Condition, ...]
    order: tuple[tuple[str, bool], ...]
    start: int
    most: int


class Parser:
    """One reading of one query, token by token."""

    def __init__(self, text: str) -> None:
        self._tokens = tokens_of(text)
        self._at = 0

    def statement(self) -> Statement:
        """The statement. Raises 4000, and 4001 for positions out of range."""
        self._word("select")
        fields, counts = self._selected()
        self._word("from")
        entity = self._name()
        conditions = self._where()
        order: tuple[tuple[str, bool], ...] = ()
        start, most = 1, USUAL_ROWS
        while self._peek().keyword in CLAUSES:
            match self._take().keyword:
                case "startposition":
                    start = self._count(1, None)
                case "maxresults":
                    most = self._count(0, MOST_ROWS)
                case word:
                    order = self._order(word)
        if self._peek().kind != "end":
            raise encountered(self._peek(), AFTER_CLAUSES)
        return Statement(entity, fields, counts, conditions, order, start, most)

    def _peek(self, ahead: int = 0) -> Token:
        return self._tokens[min(self._at + ahead, len(self._tokens) - 1)]

    def _take(self) -> Token:
        token = self._peek()
        self._at += 1
        return token

    def _word(self, word: str) -> None:
        if self._peek().keyword != word:
            raise encountered(self._peek(), (f'"{word}"',))
        self._take()

    def _sign(self, sign: str) -> None:
        if not self._peek().is_sign(sign):
            raise encountered(self._peek(), (f'"{sign}"',))
        self._take()

    def _name(self) -> str:
        token = self._peek()
        if token.kind != "word" or token.keyword:
            raise encountered(token, ("<IDENTIFIER>",))
        return self._take().text

    def _path(self) -> str:
        parts = [self._name()]
        while self._peek().is_sign("."):
            self._take()
            parts.append(self._name())
        return ".".join(parts)

    def _selected(self) -> tuple[tuple[str, ...], bool]:
        if self._peek().is_sign("*"):
            self._take()
            return (), False
        if self._peek().keyword == "count":
            self._take()
            for sign in "(*)":
                self._sign(sign)
            return (), True
        return self._paths(), False

    def _paths(self) -> tuple[str, ...]:
        names = [self._path()]
        while self._peek().is_sign(","):
            self._take()
            names.append(self._path())
        return tuple(names)

    def _where(self) -> tuple[Condition, ...]:
        if self._peek().keyword != "where":
            return ()
        self._take()
        found = [self._condition()]
        while self._peek().keyword == "and":
            self._take()
            found.append(self._condition())
        return tuple(found)

    def _condition(self) -> Condition:
        path = self._path()
        operator = self._peek()
        if operator.keyword == "in":
            self._take()
            return Condition(path, "in", self._list())
        after = self._peek(1)
        compares = operator.keyword == "like" or (operator.kind == "sign" and operator.text in COMPARISONS)
        if not compares or not after.is_value:
            raise encountered(after if after.kind == "stray" else operator, AFTER_PROPERTY)
        self._take()
        return Condition(path, operator.text.lower(), (self._value(),))

    def _list(self) -> tuple[Constant, ...]:
        self._sign("(")
        values = [self._value()]
        while self._peek().is_sign(","):
            self._take()
            values.append(self._value())
        self._sign(")")
        return tuple(values)

    def _value(self) -> Constant:
        token = self._peek()
        if not token.is_value:
            raise encountered(token, ("<STRING_LITERAL>", '"true"', '"false"'))
        self._take()
        if token.kind == "string":
            return re.sub(r"\\(.)", r"\1", token.text[1:-1], flags=re.DOTALL)
        return token.keyword == "true"

    def _order(self, word: str) -> tuple[tuple[str, bool], ...]:
        if word == "order":
            self._word("by")
        found = [self._one_order()]
        while self._peek().is_sign(","):
            self._take()
            found.append(self._one_order())
        return tuple(found)

    def _one_order(self) -> tuple[str, bool]:
        path = self._path()
        falling = self._peek().keyword == "desc"
        if self._peek().keyword in {"asc", "desc"}:
            self._take()
        return path, falling

    def _count(self, least: int, most: int | None) -> int:
        token = self._peek()
        if token.kind != "number":
            raise encountered(token, ("<INTEGER_LITERAL>",))
        value = int(self._take().text)
        if value < least:
            raise invalid_query(f"value {value} is too small. Min allowed value is {least}")
        if most is not None and value > most:
            raise invalid_query(f"value {value} is too large. Max allowed value is {most}")
        return value


def statement_of(text: str) -> Statement:
    """The statement a query makes. Raises 4000 or 4001."""
    return Parser(text).statement()
