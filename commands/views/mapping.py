"""The mapping's screen: each CaseEasy value, what it becomes in QuickBooks, and whether a person said so."""

from __future__ import annotations

import json
from dataclasses import dataclass
from hashlib import sha256
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
from commands.views.errands import ask_button
from commands.views.mapping_row import MappingRow, row_block
from commands.views.notices import import_button, loading, overview_button
from commands.views.text import clip, count, day, name, people, person, some, verb
from qb.mapping import Kind

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from commands.favour import Favour
    from commands.views.blocks import Block, Element, View
    from qb.mapping import Row

TITLE = "Mapping"
ROWS = 20
CHARACTERS = 6_500
"""Of the 10,000 a screen should stay under, what the rows of a page may take."""
SHOWN_TRUST = 5
SHOWN_OPEN = 5
SHOWN_CARDS = 3
SHOWN_EFFECTS = 4
OPTION_VALUE = 150
ADD_EXCEPTION = "Add an exception: a payment method or case type"

HEADINGS = {
    Kind.METHOD: "Payment methods",
    Kind.DEPOSIT: "Deposit accounts, by currency",
    Kind.ITEM: "Fees and expenses, to items",
    Kind.TAX: "Taxes seen, to tax codes",
    Kind.PLACE: "Clients, to their province",
}


@dataclass(frozen=True, slots=True)
class Review:
    """Who looked through all of it last, and on which day of the firm's."""

    by: str
    on: date


@dataclass(frozen=True, slots=True)
class Cards:
    """Card payments that go where all others go, though there is an account for clearing."""

    methods: tuple[str, ...]
    account: str


@dataclass(frozen=True, slots=True)
class Foreign:
    """Currencies seen beside the home one, and whether the firm's bank converts them; None: nobody said."""

    currencies: tuple[str, ...]
    home: str
    converts: bool | None


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
    columns: tuple[Block, ...] = ()  # that the exports leave questions open: :func:`mapping_line` of Columns
    effects: tuple[str, ...] = ()  # what confirming would do to what is ready now
    reviewed: Review | None = None
    cards: Cards | None = None
    foreign: Foreign | None = None
    addable: tuple[str, ...] = ()  # what could be an exception, by row: offered when somebody types

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
        length = len(json.dumps(row_block(row), ensure_ascii=False))
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
    blocks: list[Block] = [_summary(shown), *shown.columns]
    last: Kind | None = None
    for row in shown.on_page:
        if row.kind is not last:
            blocks.extend(_heading(row.kind, shown))
            last = row.kind
        blocks.append(row_block(row))
    if shown.effects:
        blocks.append(section("*If you confirm this:*\n" + "\n".join(f"• {e}" for e in _effects(shown))))
    blocks.append(_beside(shown))
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
        tells=shown.may_confirm,
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


def exception_option(row: Row) -> Element:
    """A row that could be an exception, as an option."""
    return option(clip(row.label, 75), short(row.key))


def short(key: str) -> str:
    """A row's key as an option's value, which Slack bounds; of a long one its hash."""
    return key if len(key) <= OPTION_VALUE else sha256(key.encode("utf-8", "surrogatepass")).hexdigest()


def _summary(shown: MappingScreen) -> Block:
    waiting = [row for row in shown.rows if row.waits]
    if not waiting:
        review = shown.reviewed
        by = f" Reviewed by {person(review.by)} on {day(review.on)}." if review else ""
        return section(f"Everything seen in the exports is mapped to *{name(shown.company)}*.{by}")
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
    if kind is Kind.DEPOSIT and shown.cards is not None:
        methods = some([name(method, 40) for method in shown.cards.methods], SHOWN_CARDS)
        blocks.append(
            context(
                f"Card payments ({methods}) mostly reach the bank later, in one sum. If yours do, add an "
                f"exception below that sends them to {name(shown.cards.account, 60)}."
            )
        )
    if kind is Kind.DEPOSIT and shown.foreign is not None:
        blocks.extend(_converting(shown.foreign, may=shown.may_confirm))
    return blocks


def _converting(foreign: Foreign, *, may: bool) -> list[Block]:
    """Whether the bank converts; who may confirm the mapping says so, and may say otherwise later."""
    currencies, home = (
        some([name(one, 10) for one in foreign.currencies], SHOWN_TRUST),
        name(foreign.home, 10),
    )
    told = {
        None: f"Does your bank turn {currencies} into {home} as it comes in? Until somebody says so, "
        f"payments in {currencies} can go only to accounts kept in it.",
        True: f"Your bank turns {currencies} into {home}, so accounts kept in {home} can be chosen too.",
        False: f"Your bank doesn't turn {currencies} into {home}: they need accounts of their own.",
    }[foreign.converts]
    controls = []
    if may and foreign.converts is not True:
        controls.append(button("Our Bank Converts", f"{Act.BANK_CONVERTS_}1"))
    if may and foreign.converts is not False:
        controls.append(button("Our Bank Doesn't Convert", f"{Act.BANK_CONVERTS_}0"))
    return [section(told), *([actions(*controls)] if controls else [])]


def _effects(shown: MappingScreen) -> list[str]:
    told, left = [name(one, 160) for one in shown.effects[:SHOWN_EFFECTS]], len(shown.effects) - SHOWN_EFFECTS
    return [*told, f"and {count(left, 'more effect')}"] if left > 0 else told


def _beside(shown: MappingScreen) -> Block:
    """Its name changes with the rows, as Slack keeps what was chosen in a control that keeps its name."""
    see = button("See History", Act.OPEN_MAP_HISTORY)
    add = [search_select(Act.MAP_EXCEPT, ADD_EXCEPTION, None)] if shown.may_confirm else []
    return actions(*add, see, block_id=f"beside_{len(shown.rows)}")


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
            *shown.columns,
            actions(import_button()),
        ],
    )
