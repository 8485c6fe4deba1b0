"""`/qb-contacts`: who each client is in QuickBooks, how that contact stands there, and what mends it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from commands.ids import Act, Screen
from commands.views.blocks import (
    actions,
    alert,
    button,
    context,
    divider,
    field,
    modal,
    option,
    overflow,
    section,
    text_input,
)
from commands.views.text import clip, count, day, name, person, some, verb
from qb.linked import Health

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from commands.views.blocks import Block, Element, View

TITLE = "Contacts"
SEARCH_BLOCK = "contacts_search"
PAGE = 8
SHOWN_CASES = 3
IN_SIGHT = 3
"""Controls of one contact; what only leads into QuickBooks is behind three dots where there are more."""
OPEN = "Open in QuickBooks"
HOW = {"added": "added", "merged": "merge confirmed"}


@dataclass(frozen=True, slots=True)
class ContactRow:
    """A client in one currency (ISO 4217), and the QuickBooks ``customer`` by its name of now; empty: none.

    ``cases``: those for which the customer pays instead of the client. ``was`` is what it was called when it
    was linked, ``has`` the currency it is kept in, ``into`` into whom it was merged, ``follows`` whether that
    one can be used. ``waiting`` counts paid invoices that aren't booked; ``link`` leads into QuickBooks.
    """

    mark: str
    client_name: str
    currency: str
    customer: str = ""
    health: Health = Health.FINE
    cases: tuple[str, ...] = ()
    was: str = ""
    has: str = ""
    into: str = ""
    follows: bool = False
    by: str = ""
    on: date | None = None
    how: str = ""
    waiting: int = 0
    foreign: bool = False
    link: str = ""

    @property
    def needs_somebody(self) -> bool:
        """Whether nothing can be booked to the linked customer as it stands."""
        return bool(self.customer) and self.health not in {Health.FINE, Health.RENAMED}


@dataclass(frozen=True, slots=True)
class ContactsScreen:
    """One page of what the ``words`` find, counted from 0; without words of everybody.

    ``broken`` of the ``total`` need somebody. ``silent``: QuickBooks gave no answer, so it is as last read.
    """

    rows: tuple[ContactRow, ...]
    total: int
    broken: int
    page: int = 0
    words: str = ""
    told: str = ""
    silent: bool = False

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-self.total // PAGE))


def screen(shown: ContactsScreen, metadata: str) -> View:
    """Those that need somebody first, each with what mends it; the others after them."""
    blocks: list[Block] = [alert(shown.told, "success")] if shown.told else []
    if shown.silent:
        told = "QuickBooks gave no answer just now. What is shown is as it was last read there."
        blocks.append(alert(told, "warning"))
    blocks.append(section(_headline(shown)))
    for row in shown.rows:
        blocks.extend(_row(row))
    if shown.pages > 1:
        blocks.extend(_paging(shown))
    words = text_input(Act.CONTACTS_TEXT, shown.words, "Client, case or QuickBooks customer")
    blocks.append(field("Look for", words, SEARCH_BLOCK, optional=True))
    return modal(Screen.CONTACTS, TITLE, blocks, submit="Search", metadata=metadata)


def _headline(shown: ContactsScreen) -> str:
    sought = f" for “{name(shown.words, 60)}”" if shown.words else ""
    if not shown.total:
        return f"Nobody found{sought}." if shown.words else NOTHING
    told = f"*{count(shown.total, 'client')}*{sought}"
    if shown.broken:
        return f"{told} · *{shown.broken:,} {verb(shown.broken, 'needs', 'need')} somebody*; those come first"
    return f"{told} · nothing needs mending"


NOTHING = (
    "No client is linked to QuickBooks yet. A client's contact is found while syncing; search here to find "
    "it ahead of time."
)


def _row(one: ContactRow) -> list[Block]:
    told = "\n".join((_who(one), *([_in_quickbooks(one)] if one.customer else ()), _standing(one)))
    if not one.customer:
        return [divider(), section(told, button("Find Contact", Act.CHOOSE_CONTACT, one.mark))]
    if not one.needs_somebody:
        return [divider(), section(told, button("Choose Again", Act.CHOOSE_CONTACT, one.mark))]
    return [divider(), section(told), actions(*_mending(one))]


def _who(one: ContactRow) -> str:
    waiting = ""
    if one.waiting:
        waiting = f" · {count(one.waiting, 'paid invoice')} {verb(one.waiting, 'waits', 'wait')}"
    return f"*{name(one.client_name, 60) or 'No client named'}* ({one.currency}){waiting}"


def _in_quickbooks(one: ContactRow) -> str:
    told = f"In QuickBooks: *{name(one.customer, 60)}*"
    if one.cases:
        label = "case" if len(one.cases) == 1 else "cases"
        told += f", who pays for {label} {some([name(case, 30) for case in one.cases], SHOWN_CASES)}"
    when = f" on {day(one.on)}" if one.on else ""
    return f"{told} · {HOW.get(one.how, 'linked')} by {person(one.by)}{when}"


def _standing(one: ContactRow) -> str:
    if not one.customer:
        return f"Not linked yet.{FOREIGN if one.foreign else ''}"
    into = name(one.into, 60)
    if one.health is Health.MERGED:
        return (FOLLOWS if one.follows else UNFIT).format(into=into, currency=one.currency)
    if one.health is Health.CURRENCY:
        return CURRENCY.format(has=one.has, currency=one.currency)
    if one.health is Health.RENAMED:
        return f"Fine. It was called {name(one.was, 60)} when it was linked."
    return TOLD.get(one.health) or f"Fine.{FOREIGN if one.foreign else ''}"


FOREIGN = " Invoices in this currency are held for now; the contact can be found ahead of time."
FOLLOWS = (
    "*Merged into another.* What we booked for it stands under *{into}* there now. Nothing is booked until "
    "somebody says that {into} is who pays."
)
UNFIT = (
    "*Merged into another*, {into}, which can't be used for invoices in {currency}. Nothing is booked until "
    "another is chosen."
)
CURRENCY = (
    "*Kept in {has} in QuickBooks*, which a contact never changes. Nothing in {currency} is booked to it: "
    "choose another."
)
TOLD = {
    Health.INACTIVE: (
        "*Made inactive in QuickBooks.* Nothing is booked to it. To use it again, whoever runs QuickBooks "
        "opens it there and presses Make Active (Sales, Customers, inactive ones shown); then look again. "
        "Or choose another."
    ),
    Health.GONE: "*Not in QuickBooks any more.* Nothing is booked until another is chosen.",
}


def _mending(one: ContactRow) -> list[Element]:
    buttons = []
    if one.follows:
        buttons.append(button(f"Use {clip(one.into, 50)}", Act.FOLLOW_MERGE, one.mark))
    buttons.append(button("Choose Again", Act.CHOOSE_CONTACT, one.mark))
    buttons.append(button("Look Again", Act.LOOK_CONTACT, one.mark))
    if one.link and len(buttons) < IN_SIGHT:
        buttons.append(button(OPEN, f"{Act.SEE_DOCUMENT_}0", url=one.link))
    elif one.link:
        buttons.append(overflow(f"{Act.SEE_DOCUMENT_}0", [option(OPEN, "0") | {"url": one.link}]))
    return buttons


def _paging(shown: ContactsScreen) -> Sequence[Block]:
    first = shown.page * PAGE + 1
    buttons = []
    if shown.page > 0:
        buttons.append(button("Previous Page", f"{Act.CONTACTS_PAGE_}{shown.page - 1}"))
    if shown.page < shown.pages - 1:
        buttons.append(button("Next Page", f"{Act.CONTACTS_PAGE_}{shown.page + 1}"))
    return [context(f"{first:,} to {first + len(shown.rows) - 1:,} of {shown.total:,}"), actions(*buttons)]
