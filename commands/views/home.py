"""Home: what needs this person first, then unsynced, running, recently booked, and the firm's health."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING

from commands.favour import Wish
from commands.ids import Act, Command
from commands.views.blocks import actions, button, context, divider, header, section
from commands.views.needs import fitting, needs, whose
from commands.views.notices import connect_button, import_button, mapping_button, sync_button
from commands.views.overview import health, unsynced
from commands.views.text import count, moment, moneys, name, person, some, verb

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from commands.views.blocks import Block, Element, View
    from commands.views.standing import Done, Overview, Running

SHOWN_RUNNING = 3
SHOWN_DONE = 3
SHOWN_DOCUMENTS = 3
SHOWN_ACCOUNTS = 2
SHORT = 40  # of a name, where many stand together
STRANGER = "CaseLedger's Home is for full members of this workspace. None of it is shown here."


class Step(StrEnum):
    """A step on a firm's way to its first booking, in this order."""

    CONNECT = "connect"
    IMPORT = "import"
    MAP = "map"
    SYNC = "sync"


@dataclass(frozen=True, slots=True)
class Guide:
    """The steps that are still to be done."""

    left: tuple[Step, ...]


def home(shown: Overview, guide: Guide | None, now: datetime) -> View:
    """The whole of Home for one person; ``guide`` is None once it has ended for them."""
    return {"type": "home", "blocks": fitting(partial(_home, guide=guide, now=now), shown)}


def _home(shown: Overview, *, guide: Guide | None, now: datetime) -> list[Block]:
    blocks: list[Block] = []
    if guide is not None:
        blocks.extend([*_guide(shown, guide), divider()])
    blocks.extend([header("What needs you"), *needs(shown, guided=guide is not None)])
    blocks.extend(unsynced(shown))
    if shown.running:
        blocks.append(header("On its way into QuickBooks"))
        blocks.extend(section(_running(one)) for one in shown.running[:SHOWN_RUNNING])
    if shown.done:
        blocks.append(header("Booked lately"))
        blocks.extend(section(_done(one)) for one in shown.done[:SHOWN_DONE])
    return [*blocks, *health(shown), divider(), _doors(), context(_footnote(now))]


def closed(sentence: str = STRANGER) -> View:
    """For who may see nothing here: one plain sentence; markup, names escaped."""
    return {"type": "home", "blocks": [section(sentence)]}


def _guide(shown: Overview, guide: Guide) -> list[Block]:
    """The next step with its button; those behind it in a line."""
    of = len(Step)
    at = of - len(guide.left) + 1
    told, control = _step(guide.left[0], shown)
    blocks: list[Block] = [
        header("Your way to the first booking"),
        section(f"*Step {at} of {of}*\n{told}", control),
    ]
    if len(guide.left) > 1:
        blocks.append(context(f"Then: {', '.join(AHEAD[step] for step in guide.left[1:])}"))
    blocks.append(actions(button("Hide This Guide", Act.HIDE_GUIDE)))
    return blocks


AHEAD = {
    Step.CONNECT: "connect QuickBooks",
    Step.IMPORT: "import CaseEasy's exports",
    Step.MAP: "confirm the mapping",
    Step.SYNC: "book the first invoice",
}


def _step(step: Step, shown: Overview) -> tuple[str, Element | None]:
    match step:
        case Step.CONNECT:
            told = "Connect QuickBooks. Nothing is written there until somebody has seen and approved it."
            return whose(shown, Wish.CONNECT, told, connect_button())
        case Step.MAP:
            told = (
                "Confirm what CaseEasy's payment methods, currencies, lines and taxes are in QuickBooks. "
                "We suggest; an approver or admin decides."
            )
            return whose(shown, Wish.MAP, told, mapping_button())
        case Step.IMPORT:
            told = "Import CaseEasy's Invoices, Payments and Client Listing exports, all three at once."
            return told, import_button()
        case Step.SYNC:
            told = (
                "Book a first invoice: choose a case, find the client in QuickBooks, look at the preview. "
                "The receipt is read back from QuickBooks, to the cent."
            )
            return told, sync_button("Sync a Case")


def _running(one: Running) -> str:
    attention = (
        f" · {one.attention} {verb(one.attention, 'needs', 'need')} attention" if one.attention else ""
    )
    return (
        f"*{one.booked} of {count(one.invoices, 'invoice')}* for {name(one.client_name, SHORT)}{attention}\n"
        f"Started by {person(one.asked_by)}; its message shows more."
    )


def _done(one: Done) -> str:
    """A sync with its receipt: what was read back, in which accounts, and the way to it in QuickBooks."""
    booked = "" if one.booked == one.invoices else f"{one.booked} of "
    lines = [
        f"*{booked}{count(one.invoices, 'invoice')}* for {name(one.client_name, SHORT)} · {moment(one.at)}"
    ]
    if one.totals:
        accounts = some([name(account, SHORT) for account in one.accounts], SHOWN_ACCOUNTS)
        into = f", deposited to {accounts}" if accounts else ""
        ties = ", ties to the cent" if not one.differing else f", {one.differing} to be checked"
        lines.append(f"Read back: {moneys(one.totals)}{into}{ties}")
    if one.documents:
        lines.append(_documents(one))
    approved = (
        f" · approved by {person(one.approved_by)}" if one.approved_by not in {"", one.asked_by} else ""
    )
    lines.append(f"Asked by {person(one.asked_by)}{approved}")
    return "\n".join(lines)


def _documents(one: Done) -> str:
    """By number and customer, so that they can be found in QuickBooks without a link too."""
    shown = [f"<{url}|{name(words, 24)}>" if url else name(words, 24) for words, url in one.documents]
    customers = some([name(customer, SHORT) for customer in one.customers], SHOWN_ACCOUNTS)
    under = f" under {customers}" if customers else ""
    return f"In QuickBooks: {some(shown, SHOWN_DOCUMENTS)}{under}"


def _doors() -> Block:
    return actions(*_door())


def _door() -> Iterator[Element]:
    yield sync_button("Sync a Case")
    yield import_button()
    yield button("Settings", Act.OPEN_SETTINGS)


def _footnote(now: datetime) -> str:
    return f"Updated: {moment(now)} · it keeps itself fresh · `{Command.OVERVIEW}` shows the same in brief"
