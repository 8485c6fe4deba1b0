"""The sync's screens: find the case, see its contact, tick the paid invoices."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from commands.favour import Wish
from commands.ids import Act, Screen
from commands.views import choosing
from commands.views.blocks import (
    CHOICES,
    actions,
    button,
    checkboxes,
    context,
    divider,
    field,
    header,
    modal,
    option,
    section,
    text_input,
)
from commands.views.digest_lines import see
from commands.views.errands import ask_button
from commands.views.notices import import_button, mend_control
from commands.views.taken import taken
from commands.views.text import count, day, money, moneys, name, paid_on, some
from qb.hold import Mend

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from commands.favour import Favour
    from commands.views.blocks import Block, Element, View
    from commands.views.taken import TakenInvoice
    from commands.views.ticks import Choice, Tick
    from db.money import Money
    from qb.hold import Hold

TITLE = "Sync to QuickBooks"
SEARCH_BLOCK = "search"
NO_EXPORT = (
    "No export was imported yet, so there is nothing to search. Everything begins with CaseEasy's exports."
)
TICKS_BLOCK = "ticks"
ASKED_INSTEAD = {Wish.MAP: (Mend.MAP,), Wish.CONNECT: (Mend.CONNECT,)}
"""What a button would only refuse to who must ask for it; anybody may look at what looks booked already."""
PAGE = CHOICES
"""With more than that they are chosen as among many."""
SHOWN_HELD = 5
SHOWN_CASES = 10
SHOWN_HOLDS = 2


@dataclass(frozen=True, slots=True)
class CaseChoice:
    """A case the search found; ``query`` finds it again."""

    query: str
    number: str
    client_name: str
    paid: int


@dataclass(frozen=True, slots=True)
class Contact:
    """Who a payer is in QuickBooks for one currency; without ``customer`` nobody has said yet.

    ``pays``: the cases for which it is somebody else than the client.
    """

    client: str
    client_name: str
    currency: str
    customer: str = ""
    problem: str = ""
    pays: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HeldInvoice:
    """A paid invoice that waits, and why."""

    number: str
    case: str
    paid: date | None
    received: Money
    holds: tuple[Hold, ...]
    paid_unclear: bool = False


@dataclass(frozen=True, slots=True)
class SyncScreen:
    """Everything the sync's modal shows."""

    who: str
    cases: tuple[str, ...]
    contacts: tuple[Contact, ...]
    ticks: tuple[Tick, ...]
    ticked: frozenset[str]
    held: tuple[HeldInvoice, ...]
    booked: int
    choice: Choice | None = None  # where there are more than a page: fifty a page, with a filter
    taken: tuple[TakenInvoice, ...] = ()  # asked for already, by whomever
    asks: tuple[Favour, ...] = ()  # what this person can't mend, and whom to ask


def search(words: str, found: Sequence[CaseChoice], *, searched: bool, imported: bool = True) -> View:
    """Type a case or a client; what was found so far stands below."""
    blocks: list[Block] = [
        field(
            "Case or invoice number, or client's name",
            text_input(Act.SEARCH_TEXT, words, "00002 or Silva", focus=True),
            SEARCH_BLOCK,
        )
    ]
    if searched and not found:
        blocks.append(section(_not_found(words) if imported else NO_EXPORT, import_button()))
    if found:
        blocks.append(divider())
        blocks.extend(_case_row(index, one) for index, one in enumerate(found[:SHOWN_CASES]))
        if len(found) > SHOWN_CASES:
            blocks.append(context(f"{len(found) - SHOWN_CASES} more. Type more of the name or number."))
    elif imported:
        blocks.append(section("Or choose among all that are ready:", choose_all_button()))
    return modal(Screen.SYNC_SEARCH, TITLE, blocks, submit="Find", close="Cancel")


def _not_found(words: str) -> str:
    return f"Nothing in the records fits “{name(words)}”. Check the spelling, or import a newer export."


def choose_all_button() -> Element:
    """Opens the choice among everything that is ready, whoever the client is."""
    return button("Choose Among All", Act.CHOOSE_ALL)


def screen(shown: SyncScreen, metadata: str) -> View:
    """The case, its contact, and the paid invoices, ticked already."""
    blocks: list[Block] = [section(_who(shown))]
    first = next((index for index, one in enumerate(shown.contacts) if _is_open(one)), None)
    blocks.extend(_contact(index, one, primary=index == first) for index, one in enumerate(shown.contacts))
    blocks.extend(_tick_blocks(shown))
    if shown.taken:
        blocks.append(taken(shown.taken))
    if shown.held:
        blocks.extend(_held_blocks(shown.held, shown.asks))
    elif shown.asks:
        blocks.append(actions(*(ask_button(one) for one in shown.asks)))
    if shown.booked:
        blocks.append(context(f"{count(shown.booked, 'invoice')} already in QuickBooks."))
    return modal(
        Screen.SYNC,
        TITLE,
        blocks,
        submit=_submit(shown),
        close="Cancel",
        metadata=metadata,
    )


def ticks_block(shown: SyncScreen) -> str:
    """The first block of a page's ticks; what is ticked in it survives an update."""
    return choosing.tick_block(shown.choice) if shown.choice else TICKS_BLOCK


def _submit(shown: SyncScreen) -> str:
    if shown.choice is None:
        return "Preview Booking" if shown.ticks else ""
    return choosing.submit(shown.choice) if shown.choice.ticks else ""


def _who(shown: SyncScreen) -> str:
    if not shown.cases:
        return f"*{name(shown.who)}*\nPaid invoices that are ready to be booked."
    cases = ", ".join(name(case, 60) for case in shown.cases[:SHOWN_CASES])
    more = len(shown.cases) - SHOWN_CASES
    label = "Case" if len(shown.cases) == 1 else "Cases"
    return f"*{name(shown.who)}*\n{label} {cases}" + (f" and {more} more" if more > 0 else "")


def _is_open(contact: Contact) -> bool:
    return not contact.customer or bool(contact.problem)


def _contact(index: int, contact: Contact, *, primary: bool) -> Block:
    """A contact with its button; of several still to be found, the first one's stands out."""
    find = f"{Act.FIND_CONTACT_}{index}"
    if not _is_open(contact):
        told = f"In QuickBooks ({contact.currency}): *{name(contact.customer)}*"
        if contact.pays:
            cases = some([name(case, 40) for case in contact.pays], 3)
            told += f", who pays for {name(contact.client_name, 60)} in case {cases}"
        return section(told, button("Change Contact", find))
    if contact.problem:
        return section(f"{name(contact.problem, 300)}", button("Find Contact", find, primary=primary))
    told = f"We don't know yet who {name(contact.client_name)} is in QuickBooks ({contact.currency})."
    return section(told, button("Find Contact", find, primary=primary))


def _tick_blocks(shown: SyncScreen) -> list[Block]:
    if shown.choice is not None and shown.ticks:
        return choosing.blocks(shown.choice)
    if not shown.ticks:
        return [section("No paid invoice is ready to be booked here.")]
    options = [_tick_option(tick, shown) for tick in shown.ticks]
    element = checkboxes(Act.TICK, options, shown.ticked)
    blocks: list[Block] = [field("Paid, not yet in QuickBooks", element, ticks_block(shown))]
    chosen = [tick for tick in shown.ticks if tick.value in shown.ticked]
    totals = moneys(_totals(chosen))
    ticked = f"{count(len(chosen), 'invoice')}, {totals}," if chosen else "Nothing was"
    blocks.append(context(f"{ticked} ticked when this opened"))
    return blocks


def _tick_option(tick: Tick, shown: SyncScreen) -> Element:
    case = f"{tick.case} · " if len(shown.cases) > 1 else ""
    paid = f"Paid {day(tick.paid)} · " if tick.paid else ""
    return option(f"{tick.number} · {money(tick.received)}", tick.value, f"{case}{paid}{tick.parts}")


def _totals(ticks: Sequence[Tick]) -> list[Money]:
    sums: dict[str, Money] = {}
    for tick in ticks:
        before = sums.get(tick.received.currency)
        sums[tick.received.currency] = tick.received if before is None else before + tick.received
    return list(sums.values())


def _held_blocks(held: Sequence[HeldInvoice], asks: Sequence[Favour]) -> list[Block]:
    """Whom to ask comes first, for who can't mend it; what mends several of them is offered once."""
    blocks: list[Block] = [header(f"Held: {count(len(held), 'paid invoice')}")]
    if asks:
        blocks.append(actions(*(ask_button(one) for one in asks)))
    offered = {mend for one in asks for mend in ASKED_INSTEAD.get(one.wish, ())}
    blocks.extend(_held(one, offered) for one in held[:SHOWN_HELD])
    if len(held) > SHOWN_HELD:
        told = f"and {len(held) - SHOWN_HELD:,} more. Mending the ones above often mends these too."
        blocks.append(section(told, see("Show All Held", "")))
    return blocks


def _held(one: HeldInvoice, offered: set[Mend]) -> Block:
    """Its reasons, with the button that mends it, unless that was ``offered`` above; it is from now on."""
    paid = paid_on(one.paid, unclear=one.paid_unclear)
    reasons = "\n".join(name(hold.line, 260) for hold in one.holds[:SHOWN_HOLDS])
    told = f"*{name(one.number, 40)}* · {money(one.received)}{paid}\n{reasons}"
    mended = next((hold.mend for hold in one.holds if mend_control(hold.mend)), Mend.NONE)
    if mended in offered:
        return section(told)
    if mended is not Mend.ALIKE:  # which compares this very invoice
        offered.add(mended)
    return section(told, mend_control(mended, [(one.case, one.number)]))


def mend_button(holds: Sequence[Hold], about: Sequence[tuple[str, str]] = ()) -> Element | None:
    """The button that mends the first hold a person can mend here; ``about`` as :func:`mend_control`."""
    return next((control for hold in holds if (control := mend_control(hold.mend, about))), None)


def _case_row(index: int, found: CaseChoice) -> Block:
    paid = count(found.paid, "paid invoice") if found.paid else "nothing paid"
    told = f"*{name(found.client_name)}*\n{name(found.number, 60)} · {paid}"
    return section(told, button("Open", f"{Act.CHOOSE_CASE_}{index}", value=found.query))
