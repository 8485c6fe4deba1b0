"""Booked invoices of which CaseEasy says something else now: each with what can be decided about it."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from commands.ids import Act, Screen
from commands.views.blocks import (
    Message,
    actions,
    button,
    context,
    field,
    header,
    modal,
    option,
    section,
)
from commands.views.text import count, cut, moment, money, name, person, some, verb
from qb.amend import NEWEST_EXPORT

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from commands.views.blocks import Block, Element, View
    from commands.views.checking import Change, Told

MOST = 40  # of the 50 blocks a message may have
CHARACTERS = 8_500  # of the 10,000 a message may have
TEXT = 3_900
SHOWN = 6
AMENDED = "amended:"
"""What the name of an invoice's buttons begins with; the finding's id follows."""
RIGHTED, WRONG, STAYS = "righted", "wrong", "stays"
ANSWERS = {
    RIGHTED: "put it right in QuickBooks",
    WRONG: "left the books as they are: CaseEasy is wrong",
    STAYS: "left the books as they are",
}
WHY, REASON = "why", "reason"
LONGEST_REASON = 300
DAYS = 3
"""After so many days who wants to be reminded is."""
LEFT_ALONE = "An import never changes the books, so QuickBooks still says what was booked."


def message(found: Sequence[Told], reasons: Sequence[str]) -> tuple[Message, ...]:
    """What needs somebody, with its buttons; where one message can't hold all, the others follow.

    ``reasons`` tell of each what was answered, if anything.
    """
    left = sum(one.is_open for one in found)
    told = headline(left) if left else "All of this is decided. Thank you!"
    text = cut("\n".join((told, *(sentence(one) for one in found))).replace("*", ""), TEXT)
    blocks: list[Block] = [header(told)]
    pages: list[Message] = []
    for one, reason in zip(found, reasons, strict=True):
        fresh = list(_blocks(one, reason))
        if len(blocks) + len(fresh) > MOST or len(json.dumps([*blocks, *fresh])) > CHARACTERS:
            pages.append(Message(text, tuple(blocks)))
            blocks, text = [context("The rest of what was found")], "The rest of what was found"
        blocks.extend(fresh)
    return (*pages, Message(text, (*blocks, context(LEFT_ALONE))))


def headline(invoices: int) -> str:
    """How many there are, plain."""
    booked = count(invoices, "booked invoice")
    return f"{booked} {verb(invoices, 'differs', 'differ')} from what CaseEasy says now"


def sentence(one: Told) -> str:
    """What was booked and what CaseEasy says now; names escaped."""
    booked = f" of {money(one.total)}" if one.total else ""
    subject = f"*Invoice {name(one.number, 40)}*{booked} for {name(one.case, 60)}, {name(one.client, 60)}"
    return f"{subject}. CaseEasy says now: {some([_change(each) for each in one.changes], SHOWN)}."


def leave(value: str, what: str) -> View:
    """Why the books stay as they are."""
    options = [option("CaseEasy is wrong", WRONG), option("The books are right as they are", STAYS)]
    radio = {"type": "radio_buttons", "action_id": Act.AMENDED_WHY, "options": options}
    typed = {
        "type": "plain_text_input",
        "action_id": Act.AMENDED_REASON,
        "min_length": 3,
        "max_length": LONGEST_REASON,
    }
    blocks = [
        section(f"{what}\nThe books stay as they are. You aren't asked again while CaseEasy says the same."),
        field("Which is it?", radio, WHY),
        field("Why?", typed, REASON, hint="For example: the client paid the rest by cheque. It is kept."),
    ]
    return modal(
        Screen.AMENDED, "Leave the Books", blocks, submit="Leave the Books", close="Cancel", metadata=value
    )


def see_button() -> Element:
    """Has them told anew."""
    return button("Show Them", Act.SEE_AMENDED)


def _change(change: Change) -> str:
    if change.what == "Paid":
        return "it isn't paid, and it was booked as paid"
    if change.what == NEWEST_EXPORT:
        return "it, or one of its payments, is no longer in CaseEasy's newest export"
    what = change.what[:1].lower() + change.what[1:]
    if change.booked == "not booked":
        return f"{name(what, 80)} {name(change.now, 200)}, which isn't booked"
    return f"{name(what, 80)} {name(change.now, 200)}, booked {name(change.booked, 200)}"


def _blocks(one: Told, reason: str) -> Iterator[Block]:
    yield section(sentence(one))
    if one.is_open:
        yield actions(*_controls(one), block_id=f"{AMENDED}{one.id}")
    elif one.gone:
        yield _named(context("CaseEasy says what was booked again."), one)
    else:
        when = f" · {moment(one.settled_at)}" if one.settled_at else ""
        yield _named(context(f"{person(one.settled_by)} {name(reason, 400)}{when}"), one)


def _controls(one: Told) -> Iterator[Element]:
    link = next((paper.link for paper in one.papers if paper.link), "")
    if link:
        yield button("Open in QuickBooks", f"{Act.SEE_DOCUMENT_}0", url=link)
    yield button("I Put It Right in QuickBooks", Act.AMENDED_RIGHTED, one.id)
    yield button("Leave the Books…", Act.AMENDED_LEAVE, one.id)
    yield button("Remind Me Later", Act.AMENDED_LATER, one.id)


def _named(block: Block, one: Told) -> Block:
    return block | {"block_id": f"{AMENDED}{one.id}"}
