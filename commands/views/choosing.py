"""Choosing among many paid invoices: fifty a page, all or none at once, and a filter that narrows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands.ids import Act, Screen
from commands.views.blocks import (
    CHOICES,
    actions,
    button,
    checkboxes,
    context,
    date_picker,
    field,
    modal,
    option,
    section,
    select,
    text_input,
)
from commands.views.text import count, day, money, moneys, name
from db.money import total

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from commands.views.blocks import Block, Element, View
    from commands.views.ticks import Choice, Narrow, Tick
    from db.money import Money

GROUPS = 5
PAGE = GROUPS * CHOICES
"""Fifty: Slack takes ten checkboxes a group. A view may have 250 kB (views.update: view_too_large)."""
TITLE = "Narrow the Choice"
TICKS_BLOCK_ = "ticks_"
CLIENT, PAID_FROM, PAID_TO = "narrow_client", "narrow_from", "narrow_to"
CURRENCY, LEAST, MOST = "narrow_currency", "narrow_least", "narrow_most"


def pages(choice: Choice) -> int:
    """How many pages there are, at least one."""
    return max(1, -(-len(choice.ticks) // PAGE))


def tick_block(choice: Choice, group: int = 0) -> str:
    """The block of a group of ticks; what is ticked in it survives an update, unless we set the ticks."""
    return f"{TICKS_BLOCK_}{choice.draw}_{choice.page}_{group}"


def blocks(choice: Choice) -> list[Block]:
    """What is chosen so far, the ways to change it at once, and a page to tick."""
    found: list[Block] = [section(_figures(choice)), actions(*_controls(choice))]
    if not choice.ticks:
        found.append(section("None of them fits. Press Narrow and leave a field empty to see more."))
    found.extend(_groups(choice))
    if pages(choice) > 1:
        first = choice.page * PAGE + 1
        last = min(first + PAGE - 1, len(choice.ticks))
        found.append(context(f"{first} to {last} of {len(choice.ticks):,}, oldest paid first"))
        found.append(_paging(choice))
    return found


def form(narrow: Narrow, currencies: Sequence[str], metadata: str) -> View:
    """The filter; what is left empty narrows nothing."""
    fields = [
        field(
            "Client, case or invoice number",
            text_input(Act.NARROW, narrow.client, "Silva or 00002"),
            CLIENT,
            optional=True,
        ),
        field("Paid from", date_picker(Act.NARROW, _iso(narrow.paid_from)), PAID_FROM, optional=True),
        field("Paid to", date_picker(Act.NARROW, _iso(narrow.paid_to)), PAID_TO, optional=True),
        field("Amount from", text_input(Act.NARROW, _plain(narrow.least), "500"), LEAST, optional=True),
        field("Amount to", text_input(Act.NARROW, _plain(narrow.most), "5,000"), MOST, optional=True),
    ]
    if len(currencies) > 1:
        options = [option(one, one) for one in currencies]
        chosen = next((one for one in options if one["value"] == narrow.currency), None)
        fields.insert(3, field("Currency", select(Act.NARROW, options, chosen), CURRENCY, optional=True))
    return modal(Screen.NARROW, TITLE, fields, submit="Show These", close="Back", metadata=metadata)


def submit(choice: Choice) -> str:
    """What the button under the screen says; empty where nothing can be chosen."""
    return f"Preview {count(len(choice.ticked), 'Invoice')}" if choice.ticked else "Preview Booking"


def _figures(choice: Choice) -> str:
    chosen = [tick.received for tick in choice.ticks if tick.value in choice.ticked]
    sums = moneys(_totals(chosen)) or "nothing"
    told = f"*{len(chosen):,} of {len(choice.ticks):,} selected · {sums}*"
    narrowed = "; ".join(_narrowed(choice.narrow))
    return f"{told}\nShown of {choice.of:,}: {narrowed}" if narrowed else told


def _totals(amounts: Iterable[Money]) -> list[Money]:
    kept = list(amounts)
    currencies = dict.fromkeys(amount.currency for amount in kept)
    return [total((each for each in kept if each.currency == one), one) for one in currencies]


def _narrowed(narrow: Narrow) -> Iterator[str]:
    if narrow.client:
        yield f"“{name(narrow.client, 60)}”"
    if narrow.paid_from:
        yield f"paid from {day(narrow.paid_from)}"
    if narrow.paid_to:
        yield f"paid to {day(narrow.paid_to)}"
    if narrow.currency:
        yield f"in {name(narrow.currency, 3)}"
    if narrow.least is not None:
        yield f"from {narrow.least:,.2f}"
    if narrow.most is not None:
        yield f"to {narrow.most:,.2f}"


def _controls(choice: Choice) -> Iterator[Element]:
    if choice.ticks:
        yield button(f"Select All {len(choice.ticks):,}", Act.SELECT_ALL)
        yield button("Clear", Act.CLEAR)
    yield button("Narrow", Act.OPEN_NARROW)


def _groups(choice: Choice) -> Iterator[Block]:
    start = choice.page * PAGE
    on_page = choice.ticks[start : start + PAGE]
    for group, first in enumerate(range(0, len(on_page), CHOICES)):
        ticks = on_page[first : first + CHOICES]
        options = [_option(tick, several=choice.several) for tick in ticks]
        label = f"Invoices {start + first + 1:,} to {start + first + len(ticks):,}"
        element = checkboxes(Act.TICK, options, choice.ticked)
        block = field(label, element, tick_block(choice, group), optional=True)
        yield {**block, "dispatch_action": True}


def _option(tick: Tick, *, several: bool) -> Element:
    whose = f"{tick.client} · " if several and tick.client else ""
    paid = f"Paid {day(tick.paid)} · " if tick.paid else ""
    return option(f"{tick.number} · {money(tick.received)}", tick.value, f"{whose}{paid}{tick.parts}")


def _paging(choice: Choice) -> Block:
    buttons = []
    if choice.page > 0:
        buttons.append(button("Previous Page", f"{Act.SYNC_PAGE_}{choice.page - 1}"))
    if choice.page < pages(choice) - 1:
        buttons.append(button("Next Page", f"{Act.SYNC_PAGE_}{choice.page + 1}"))
    return actions(*buttons)


def _iso(value: object) -> str:
    return "" if value is None else str(value)


def _plain(value: object) -> str:
    return "" if value is None else f"{value:f}"
