"""Reads a report column by column, each different cell once: the rows of an export repeat the same few."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import partial
from json.encoder import encode_basestring
from typing import TYPE_CHECKING, TypeVar, cast

from db.intake.cells import UnclearDate, Unread, amount, day, text_of
from db.intake.forms import AMOUNTS, DAYS
from db.intake.orders import in_order

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from db.intake.table import Cell

Asked = TypeVar("Asked")
Found = TypeVar("Found")

JSON = json.JSONEncoder(sort_keys=True, ensure_ascii=False)
"""How cells are written: in the database, and into the hash of a row."""


def each(find: Callable[[Asked], Found], values: Sequence[Asked]) -> list[Found]:
    """What a function finds for each value; it is asked once for those that are alike."""
    found = {value: find(value) for value in dict.fromkeys(values)}
    return [found[value] for value in values]


@dataclass(frozen=True, slots=True)
class ReadColumn:
    """What the cells of a column say, a text a row.

    ``written`` are their parts of the rows as they are kept (a comma, the header, the text: JSON), ``meant``
    of what the rows are hashed by; both empty where a cell says nothing. ``troubles``: what can't be read.
    """

    texts: Sequence[str]
    written: Sequence[str]
    meant: Sequence[str]
    troubles: Mapping[str, Unread | UnclearDate]


def read_column(rows: Sequence[Sequence[Cell]], index: int, name: str, order: str = "") -> ReadColumn:
    """The column ``name`` at this place; days that read two ways are read in its ``order``."""
    texts = _texts([row[index] if index < len(row) else "" for row in rows])
    if order and name in DAYS:
        texts = each(partial(in_order, order=order), texts)
    head = f", {encode_basestring(name)}: "
    written = {text: head + encode_basestring(text) if text else "" for text in dict.fromkeys(texts)}
    kept = [written[text] for text in texts]
    if name not in AMOUNTS and name not in DAYS:
        return ReadColumn(texts, kept, kept, {})
    troubles: dict[str, Unread | UnclearDate] = {}
    for text in filter(None, written):
        said = meaning(name, text)
        if isinstance(said, str):
            written[text] = f'{head}"{said}"'
        else:
            troubles[text] = said
    return ReadColumn(texts, kept, [written[text] for text in texts], troubles)


def meaning(name: str, text: str) -> str | Unread | UnclearDate:
    """What a cell of this column says, however its amount or day is written; or why that can't be told."""
    if name in AMOUNTS:
        said = amount(text)
    elif name in DAYS:
        read = day(text)
        return read if isinstance(read, Unread | UnclearDate) else read.isoformat()
    else:
        return text
    return said if isinstance(said, Unread) else str(said)


def _texts(cells: Sequence[Cell]) -> Sequence[str]:
    kinds = set(map(type, cells))
    if kinds == {str} and _are_lines(texts := cast("Sequence[str]", cells)):
        return texts
    if bool in kinds:  # True is 1 to whoever looks it up
        return list(map(text_of, cells))
    return each(text_of, cells)


def _are_lines(texts: Sequence[str]) -> bool:
    """Whether each is one clean line already; false where that isn't plain at one look."""
    joined = f"|{'|'.join(texts)}|"
    return joined.isascii() and joined.isprintable() and not any(odd in joined for odd in ("  ", "| ", " |"))
