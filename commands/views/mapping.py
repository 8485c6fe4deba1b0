"""The mapping's screen: each CaseEasy value, what it becomes in QuickBooks, and whether a person said so."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from commands.ids import Act, Screen
from commands.views.blocks import (
    actions,
    alert,
    button,
    context,
    header,
    modal,
    option,
    search_select,
    section,
)
from commands.views.columns import mapping_line
from commands.views.errands import ask_button
from commands.views.notices import import_button, loading, overview_button
from commands.views.text import clip, count, name, people, some, verb
from qb.mapping import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from commands.favour import Favour
    from commands.views.blocks import Block, Element, View
    from qb.entry import Named

TITLE = "Mapping"
ROWS = 20
CHARACTERS = 8_500
"""Of the 10,000 a screen should stay under, what the rows of a page may take."""
SHOWN_TRUST = 5
SHOWN_OPEN = 5

HEADINGS = {
    Kind.METHOD: "Payment methods",
    Kind.DEPOSIT: "Deposit accounts, by currency",
    Kind.ITEM: "Fees and expenses, to items",
    Kind.TAX: "Taxes seen, to tax codes",
}
PLACEHOLDERS = {
    Kind.METHOD: "Choose a payment method",
    Kind.DEPOSIT: "Choose a bank account",
    Kind.ITEM: "Choose an item",
    Kind.TAX: "Choose a tax code",
}


class RowState(StrEnum):
    """Where a row stands."""

    CONFIRMED = "confirmed"
    SUGGESTED = "suggested"
    CHOSEN = "chosen"  # ticked on this screen, not confirmed yet
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class MappingRow:
    """One row to draw; ``id`` comes back with the choice, ``chosen`` is what the select shows."""

    id: str
    kind: Kind
    label: str
    state: RowState
    chosen: Named | None
    problem: str = ""
    is_trust: bool = False


@dataclass(frozen=True, slots=True)
class MappingScreen:
    """All rows, the page shown, and who may confirm (nobody named: this person may)."""

    company: str
    rows: tuple[MappingRow, ...]
    trust_accounts: tuple[str, ...]
    may_confirm: bool
    confirmers: tuple[str, ...]
    page: int = 0
    asks: Favour | None = None  # what somebody who only looks can ask of whom
    columns_waiting: int = 0  # of the exports' columns that we don't know
    columns_known: int = 0

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, len(pages_of(self.rows)))

    @property
    def on_page(self) -> tuple[MappingRow, ...]:
        """The rows of the page shown."""
        packed = pages_of(self.rows)
        return packed[self.page] if packed else ()


def pages_of(rows: Sequence[MappingRow]) -> tuple[tuple[MappingRow, ...], ...]:
    """The rows in pages, each as full as Slack lets a screen be."""
    packed: list[list[MappingRow]] = []
    size = 0
    for row in rows:
        length = len(json.dumps(_row(row), ensure_ascii=False))
        if not packed or len(packed[-1]) == ROWS or size + length > CHARACTERS:
            packed.append([])
            size = 0
        packed[-1].append(row)
        size += length
    return tuple(tuple(page) for page in packed)


def screen(shown: MappingScreen, metadata: str) -> View:
    """The page of rows; nothing counts until Confirm Mapping."""
    if not shown.rows:
        return _nothing_to_map(shown)
    blocks: list[Block] = [_summary(shown), *mapping_line(shown.columns_waiting, shown.columns_known)]
    last: Kind | None = None
    for row in shown.on_page:
        if row.kind is not last:
            blocks.extend(_heading(row.kind, shown))
            last = row.kind
        blocks.append(_row(row))
    if shown.pages > 1:
        blocks.append(_paging(shown))
    if shown.asks is not None:
        blocks.append(actions(ask_button(shown.asks)))
    blocks.append(context(_footer(shown)))
    return modal(
        Screen.MAPPING,
        TITLE,
        blocks,
        submit=_submit(shown) if shown.may_confirm else "",
        metadata=metadata,
    )


def _submit(shown: MappingScreen) -> str:
    return "Confirm Mapping" if shown.page == shown.pages - 1 else "Confirm, Next Page"


def going_on_view(confirmed: int) -> View:
    """After a page was confirmed, while the next one is drawn."""
    return loading(TITLE, f"{count(confirmed, 'choice')} confirmed. Opening the next page…")


def confirmed_view(confirmed: int, still_open: Sequence[str]) -> View:
    """After Confirm Mapping; ``still_open`` are the labels of rows nobody has chosen for."""
    blocks: list[Block] = [
        alert(f"{count(confirmed, 'choice')} confirmed.", "success")
        if confirmed
        else section("Nothing was changed.")
    ]
    if still_open:
        named = some([name(label, 80) for label in still_open], SHOWN_OPEN)
        blocks.append(
            section(
                f"{count(len(still_open), 'row')} still open: {named}. "
                "What needs them is held until someone chooses."
            )
        )
    blocks.append(actions(overview_button()))
    return modal(Screen.NOTICE, TITLE, blocks, close="Done")


def refused_view(problems: Sequence[str], metadata: str) -> View:
    """Some choices no longer hold: which, and back to the rows."""
    listed = "\n".join(f"• {name(problem, 200)}" for problem in problems[:ROWS])
    return modal(
        Screen.NOTICE,
        TITLE,
        [
            section(f"*Nothing was confirmed.*\n{listed}"),
            actions(button("Choose Again", f"{Act.MAP_PAGE_}0")),
        ],
        metadata=metadata,
    )


def choice_option(target: Named) -> Element:
    """A QuickBooks thing as an option; its value is its id."""
    return option(clip(target.name, 75), target.id)


def _summary(shown: MappingScreen) -> Block:
    waiting = [row for row in shown.rows if row.state is not RowState.CONFIRMED or row.problem]
    if not waiting:
        return section(f"Everything seen in the exports is mapped to *{name(shown.company)}*.")
    need = verb(len(waiting), "needs", "need")
    return section(
        f"{len(waiting)} of {count(len(shown.rows), 'row')} {need} a decision for *{name(shown.company)}*. "
        "Suggestions are ours, by likeness; nothing counts until confirmed."
    )


def _heading(kind: Kind, shown: MappingScreen) -> list[Block]:
    blocks = [header(HEADINGS[kind])]
    if kind is Kind.DEPOSIT and shown.trust_accounts:
        marked = [f"{name(account, 60)} (trust: for client money only)" for account in shown.trust_accounts]
        blocks.append(context(some(marked, SHOWN_TRUST)))
    return blocks


def _row(row: MappingRow) -> Block:
    chosen = None if row.chosen is None else choice_option(row.chosen)
    placeholder = "Choose a trust account" if row.is_trust else PLACEHOLDERS[row.kind]
    select = search_select(f"{Act.MAP_CHOOSE}", placeholder, chosen)
    words = {
        RowState.CONFIRMED: "_confirmed_",
        RowState.SUGGESTED: "_suggested_",
        RowState.CHOSEN: "_chosen, not confirmed yet_",
        RowState.OPEN: "_please choose_",
    }
    trust = "Trust · " if row.is_trust else ""
    told = f"*{name(row.label, 100)}*\n{trust}{words[row.state]}"
    if row.problem:
        told += f"\n{name(row.problem, 200)}"
    return section(told, select, block_id=row.id)


def _paging(shown: MappingScreen) -> Block:
    buttons = []
    if shown.page > 0:
        buttons.append(button("Previous Page", f"{Act.MAP_PAGE_}{shown.page - 1}"))
    if shown.page < shown.pages - 1:
        buttons.append(button("Next Page", f"{Act.MAP_PAGE_}{shown.page + 1}"))
    return actions(*buttons)


def _footer(shown: MappingScreen) -> str:
    page = f"Page {shown.page + 1} of {shown.pages}. " if shown.pages > 1 else ""
    if shown.may_confirm:
        return f"{page}Confirming takes the rows you have seen that have a choice; the others stay open."
    who = people(shown.confirmers) if shown.confirmers else "an admin or approver"
    return f"{page}You can look; only an admin or approver may confirm. Please ask {who}."


def _nothing_to_map(shown: MappingScreen) -> View:
    return modal(
        Screen.NOTICE,
        TITLE,
        [
            section(
                f"*{name(shown.company)}* is connected, and there is nothing to map yet. "
                "Import CaseEasy's exports: what they hold decides which rows appear here."
            ),
            *mapping_line(shown.columns_waiting, shown.columns_known),
            actions(import_button()),
        ],
    )
