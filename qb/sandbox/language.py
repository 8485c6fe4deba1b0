"""QuickBooks' query language: from text to a statement, or its parser's refusal (Intuit: Data queries)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, TypeAlias

from qb.sandbox.refusals import RefusedError, invalid_query, unparsable

MOST_ROWS = 1000
USUAL_ROWS = 100

TOKEN = re.compile(
    r"\s*(?:(?P<string>'(?:[^'\\]|\\.)*')|(?P<op><=|>=|!=|[=<>(),.*])|(?P<word>[A-Za-z_][\w]*)|(?P<number>\d+))",
    re.DOTALL,
)
KEYWORDS = frozenset(
    {
        "select",
        "from",
        "where",
        "and",
        "or",
        "not",
        "in",
        "like",
        "order",
        "orderby",
        "by",
        "asc",
        "desc",
        "startposition",
        "maxresults",
        "count",
        "true",
        "false",
    }
)
CLAUSES = ("orderby", "order", "startposition", "maxresults")
AFTER_PROPERTY = (
    *(
        "<EOF>",
        '"."',
        "<AND>",
        '"between"',
        '"contains"',
        '"="',
        '"in"',
        '"iterator"',
        '"like"',
        '"maxresults"',
    ),
    *('"!="', "<NOT>", "<OR>", '"order"', '"orderby"', '"startposition"'),
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word, sign, number or string of the query; `column` counts from 1."""

    kind: Literal["string", "op", "word", "number", "end"]
    text: str
    column: int

    @property
    def keyword(self) -> str:
        """The token as a keyword, or nothing."""
        low = self.text.lower()
        return low if self.kind == "word" and low in KEYWORDS else ""


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


def tokens_of(text: str) -> list[Token]:
    """The tokens of a query. Raises 4000 for signs that start none."""
    found: list[Token] = []
    at = 0
    end = len(text.rstrip())
    while at < end:
        match = TOKEN.match(text, at)
        if match is None or match.lastgroup is None:
            raise _lexical(text, at)
        kind = match.lastgroup
        found.append(Token(_kind(kind), match.group(kind), match.start(kind) + 1))
        at = match.end()
    return [*found, Token("end", "", end + 1)]


def _kind(name: str) -> Literal["string", "op", "word", "number", "end"]:
    match name:
        case "string" | "op" | "word" | "number":
            return name
    return "end"


def _lexical(text: str, at: int) -> RefusedError:
    column = at + 1 + len(text[at:]) - len(text[at:].lstrip())
    sign = text[column - 1]
    return unparsable(
        f'Lexical error at line 1, column {column}.  Encountered: "{sign}" ({ord(sign)}), after : ""'
    )


def encountered(token: Token, expected: Sequence[str]) -> RefusedError:
    """4000 in the words of QuickBooks' parser."""
    if token.kind == "end":
        shown = '"<EOF>"'
    elif token.kind == "op":
        shown = f'" "{token.text}" "{token.text} ""'
    elif token.keyword:
        shown = f'" <{token.keyword.upper()}> "{token.text} ""'
    else:
        label = {"word": "IDENTIFIER", "string": "STRING_LITERAL", "number": "INTEGER_LITERAL"}[token.kind]
        shown = f'" <{label}> "{token.text} ""'
    words = "".join(f"    {one} ...\n" if one != "<EOF>" else f"    {one} \n" for one in expected)
    listed = "Was expecting one of:" if len(expected) > 1 else "Was expecting:"
    return unparsable(f"Encountered {shown} at line 1, column {token.column}.\n{listed}\n{words}    ")


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
            raise encountered(
                self._peek(), ("<EOF>", '"where"', '"orderby"', '"startposition"', '"maxresults"')
            )
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
        if self._peek().text != sign or self._peek().kind != "op":
            raise encountered(self._peek(), (f'"{sign}"',))
        self._take()

    def _name(self) -> str:
        token = self._peek()
        if token.kind != "word" or token.keyword:
            raise encountered(token, ("<IDENTIFIER>",))
        return self._take().text

    def _path(self) -> str:
        parts = [self._name()]
        while self._peek().text == "." and self._peek().kind == "op":
            self._take()
            parts.append(self._name())
        return ".".join(parts)

    def _selected(self) -> tuple[tuple[str, ...], bool]:
        if self._peek().text == "*":
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
        while self._peek().text == ",":
            self._take()
            names.append(self._path())
        return tuple(names)

    def _where(self) -> tuple[Condition, ...]:
        if not (self._peek().kind == "word" and self._peek().keyword == "where"):
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
        known = operator.keyword == "like" or (
            operator.kind == "op" and operator.text in {"=", "<", ">", "<=", ">="}
        )
        if not known or not _is_value(self._peek(1)):
            raise encountered(operator, AFTER_PROPERTY)
        self._take()
        return Condition(path, operator.text.lower(), (self._value(),))

    def _list(self) -> tuple[Constant, ...]:
        self._sign("(")
        values = [self._value()]
        while self._peek().text == ",":
            self._take()
            values.append(self._value())
        self._sign(")")
        return tuple(values)

    def _value(self) -> Constant:
        token = self._peek()
        if not _is_value(token):
            raise encountered(token, ("<STRING_LITERAL>", '"true"', '"false"'))
        self._take()
        if token.kind == "string":
            return re.sub(r"\\(.)", r"\1", token.text[1:-1], flags=re.DOTALL)
        return token.keyword == "true"

    def _order(self, word: str) -> tuple[tuple[str, bool], ...]:
        if word == "order":
            self._word("by")
        found = [self._one_order()]
        while self._peek().text == ",":
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


def _is_value(token: Token) -> bool:
    return token.kind == "string" or token.keyword in {"true", "false"}


def statement_of(text: str) -> Statement:
    """The statement a query makes. Raises 4000 or 4001."""
    return Parser(text).statement()
