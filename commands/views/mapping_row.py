"""One row of the mapping's screen: a CaseEasy value, what it becomes, who said so, and what is to know."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from commands.ids import Act
from commands.views.blocks import option, search_select, section
from commands.views.text import clip, day, name, person
from qb.mapping import Kind

if TYPE_CHECKING:
    from datetime import date

    from commands.views.blocks import Block, Element
    from qb.entry import Named

PLACEHOLDERS = {
    Kind.METHOD: "Choose a payment method",
    Kind.DEPOSIT: "Choose a bank account",
    Kind.ITEM: "Choose an item",
    Kind.TAX: "Choose a tax code",
    Kind.PLACE: "Choose a province",
}


class RowState(StrEnum):
    """Where a row stands."""

    CONFIRMED = "confirmed"
    SUGGESTED = "suggested"
    CHOSEN = "chosen"  # ticked on this screen, not confirmed yet
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class MappingRow:
    """One row to draw; ``id`` comes back with the choice, ``chosen`` is what the select shows.

    ``by`` and ``on`` (the firm's day) say who confirmed what holds now, which ``before`` names where
    something else is chosen; ``hint`` is what helps to answer.
    """

    id: str
    kind: Kind
    label: str
    state: RowState
    chosen: Named | None
    problem: str = ""
    is_trust: bool = False
    by: str = ""
    on: date | None = None
    before: str = ""
    hint: str = ""

    @property
    def waits(self) -> bool:
        """Whether somebody has to decide."""
        return self.state is not RowState.CONFIRMED or bool(self.problem)


def row_block(row: MappingRow) -> Block:
    """The row with its select, whose options we serve."""
    chosen = None if row.chosen is None else choice_option(row.chosen)
    placeholder = "Choose a trust account" if row.is_trust else PLACEHOLDERS[row.kind]
    told = [f"*{name(row.label, 100)}*", f"{'Trust · ' if row.is_trust else ''}{_state(row)}"]
    if row.hint:
        told.append(name(row.hint, 250))
    if row.problem:
        told.append(name(row.problem, 250))
    select = search_select(Act.MAP_CHOOSE, placeholder, chosen)
    return section("\n".join(told), select, block_id=row.id)


def choice_option(target: Named) -> Element:
    """A QuickBooks thing as an option; its value is its id."""
    return option(clip(target.name, 75), target.id)


def _state(row: MappingRow) -> str:
    words = {
        RowState.CONFIRMED: "_confirmed_",
        RowState.SUGGESTED: "_suggested_",
        RowState.CHOSEN: "_chosen, not confirmed yet_",
        RowState.OPEN: "_please choose_",
    }[row.state]
    since = f" by {person(row.by)}, {day(row.on)}" if row.by and row.on else ""
    if row.state is RowState.CONFIRMED:
        return words + since
    return f"{words} · now {name(row.before, 80)}{since and f', confirmed{since}'}" if row.before else words
