"""All invoices of one group, a page at a time, each with the button that syncs its case."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from commands.ids import Act, Screen
from commands.views.blocks import actions, button, context, header, modal, section
from commands.views.notices import mend_control, sync_button
from commands.views.overview import READY, REASONS, reason
from commands.views.sync import choose_all_button
from commands.views.text import count, money, moneys, name, paid_on

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from commands.views.blocks import Block, Element, View
    from commands.views.standing import HeldGroup
    from db.money import Money
    from qb.hold import Mend

TITLE = "Not in QuickBooks yet"
CHARACTERS = 7_500  # of the 10,000 a screen may have; headline, reason and paging take the rest
MOST = 90  # of the 100 blocks a screen may have


@dataclass(frozen=True, slots=True)
class Listed:
    """One invoice; ``sentence`` says why it waits where that isn't the same for all."""

    number: str
    case: str
    client_name: str
    received: Money
    paid: date | None
    sentence: str = ""
    paid_unclear: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """A group of paid invoices in the order to be shown, with the reason they share."""

    group: str
    title: str
    totals: tuple[Money, ...]
    sentence: str
    mend: Mend
    invoices: tuple[Listed, ...]


def screen(shown: Listing, page: int) -> View:
    """One page; a page that is no longer there is the last one."""
    pages = _pages([_invoice(one) for one in shown.invoices])
    at = min(page, len(pages) - 1)
    told = f"*{count(len(shown.invoices), 'invoice')}*"
    if shown.totals:
        told += f" · {moneys(shown.totals)}"
    if len(shown.invoices) > 1:
        told += " · oldest paid first"
    if shown.sentence:
        told += f"\n{name(shown.sentence, 300)}"
    if not shown.invoices:
        told = "There are none any more."
    blocks = [header(shown.title), section(told, _control(shown)), *pages[at]]
    if len(pages) > 1:
        first = sum(len(one) for one in pages[:at]) + 1
        blocks.append(context(f"{first} to {first + len(pages[at]) - 1} of {len(shown.invoices)}"))
        blocks.append(_paging(shown.group, at, len(pages)))
    return modal(Screen.LISTING, TITLE, blocks)


def reasons(groups: Sequence[HeldGroup], page: int) -> View:
    """Every reason why something is held, the largest first; each leads to its invoices."""
    pages = _pages([reason(group) for group in groups])
    at = min(page, len(pages) - 1)
    told = f"*{count(sum(group.invoices for group in groups), 'invoice')}* held, the largest groups first"
    blocks = [
        header("Why invoices are held"),
        section(told if groups else "None is held any more."),
        *pages[at],
    ]
    if len(pages) > 1:
        blocks.append(context(f"Page {at + 1} of {len(pages)}"))
        blocks.append(_paging(REASONS, at, len(pages)))
    return modal(Screen.LISTING, TITLE, blocks)


def _control(shown: Listing) -> Element | None:
    """What mends them all; of what is ready, the choice among all of it."""
    if shown.group == READY and len(shown.invoices) > 1:
        return choose_all_button()
    return mend_control(shown.mend)


def _pages(blocks: Sequence[Block]) -> list[list[Block]]:
    """As many invoices a page as fit; at least one page."""
    pages: list[list[Block]] = [[]]
    size = 0
    for block in blocks:
        length = len(json.dumps(block)) + 2
        if pages[-1] and (size + length > CHARACTERS or len(pages[-1]) == MOST):
            pages.append([])
            size = 0
        pages[-1].append(block)
        size += length
    return pages


def _paging(group: str, page: int, pages: int) -> Block:
    buttons = []
    if page > 0:
        buttons.append(button("Previous Page", f"{Act.LIST_PAGE_}{page - 1}", group))
    if page < pages - 1:
        buttons.append(button("Next Page", f"{Act.LIST_PAGE_}{page + 1}", group))
    return actions(*buttons)


def _invoice(one: Listed) -> Block:
    client = name(one.client_name, 60) or "no client named"
    paid = paid_on(one.paid, unclear=one.paid_unclear)
    told = f"*{name(one.number, 40)}* · {client} · {money(one.received)}{paid}\nCase {name(one.case, 60)}"
    if one.sentence:
        told += f"\n{name(one.sentence, 240)}"
    return section(told, sync_button("Sync", one.case))
