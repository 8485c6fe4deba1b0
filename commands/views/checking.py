"""What a check of the books found, as lines that a bookkeeper can act on."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from commands.ids import Screen
from commands.views.blocks import (
    Message,
    actions,
    context,
    header,
    modal,
    section,
)
from commands.views.finding_controls import controls_of
from commands.views.text import count, cut, moment, money, name, person, some, verb

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from commands.views.blocks import Block, View
    from db.money import Money

TITLE = "Check the Books"
CHARACTERS = 8_500  # of the 10,000 a message may have
MOST = 44  # of the 50 blocks a message may have
TEXT = 3_900
SHOWN_CHANGES = 6
SHOWN_DOCUMENTS = 3
SHOWN_TWINS = 2
FINDING = "finding:"
"""What the name of a finding's buttons begins with; its id follows."""
DOCUMENTS = {"Invoice": "Invoice", "Payment": "Payment"}
NO_ANSWER = (
    "The books couldn't be checked last night: QuickBooks gave no clear answer for three hours. Nothing was "
    "changed. The next check looks at everything since the last one; `/qb` has *Check the Books* for now."
)
UNDER_WAY = (
    "The books are being checked already, so this didn't begin a second time. What is news comes to you as a "
    "direct message; press *Check the Books* again in a minute to see how things stand then."
)
WE_STAY = (
    "Here it stays booked, and we don't book it again. If it belongs in the books, enter it there by hand."
)
IF_MEANT = "If that was meant, nothing is left to do; else put it back there."
STILL_OURS = {
    "review": "it waits here for a person to look. If it is right, press Look Again and it counts as booked; "
    "else put it right or delete it there first.",
    "rejected": "here it counts as not booked. Syncing it again would book it twice: delete or void it there "
    "first.",
    "": "CaseLedger has no booking of it: a backup may have been restored, or another CaseLedger books here. "
    "Please make sure that it is meant to be there before its invoice is synced.",
}
ON_ITS_WAY = "here it is still on its way. We look before we send anything, so it isn't booked twice."


@dataclass(frozen=True, slots=True)
class Paper:
    """A document as it is in QuickBooks; ``link`` leads to it."""

    entity: str
    id: str
    number: str
    total: Money
    customer: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that was booked so and is different now."""

    what: str
    booked: str
    now: str


@dataclass(frozen=True, slots=True)
class Told:
    """One finding: what of ours it concerns (no ``number`` where nothing) and what is there now.

    ``state`` is how our booking stood; ``review`` is what Look Again and It Isn't There carry. Settled, it
    says by whom and when; ``gone`` that a later check found it put right.
    """

    id: str
    kind: str
    entity: str
    number: str
    total: Money | None
    client: str
    case: str
    state: str
    papers: tuple[Paper, ...]
    changes: tuple[Change, ...] = ()
    anew: str = ""
    review: str = ""
    settled_by: str = ""
    settled_at: datetime | None = None
    gone: bool = False

    @property
    def is_open(self) -> bool:
        """Whether it waits for a person."""
        return not self.settled_by and not self.gone


@dataclass(frozen=True, slots=True)
class Came:
    """What came of a check: documents compared, those that wait for a person, those dealt with before."""

    compared: int
    waiting: int
    settled: int
    at: datetime


def looking(done: int = 0, of: int = 0) -> View:
    """While QuickBooks is read."""
    told = "Reading what QuickBooks says…"
    if of:
        told += f" {done:,} of {of:,} documents looked up."
    return modal(Screen.LOADING, TITLE, [section(told)])


def under_way() -> View:
    """Somebody else's check runs; it tells what it finds to everybody who may act on it."""
    return modal(Screen.NOTICE, TITLE, [section(UNDER_WAY)])


def report(came: Came) -> View:
    """What came of a check that somebody asked for."""
    blocks = [section(f"*{in_short(came)}*\n{_so(came)}"), context(f"Read {moment(came.at)}")]
    return modal(Screen.NOTICE, TITLE, blocks)


def all_well(came: Came) -> Message:
    """The same as a message, for who has closed the screen."""
    told = in_short(came)
    return Message(told, (section(told), context(f"Read {moment(came.at)}")))


def in_short(came: Came) -> str:
    """One line: how many documents are as booked."""
    if came.waiting:
        return _not_as_booked(came.waiting)
    if not came.compared:
        return "Nothing was booked by CaseLedger yet, so there is nothing to compare."
    told = "The one document is" if came.compared == 1 else f"All {came.compared:,} documents are"
    return f"{told} as booked{f', but for {came.settled:,} dealt with already' if came.settled > 0 else ''}."


def _not_as_booked(things: int) -> str:
    return f"{count(things, 'thing')} in QuickBooks {verb(things, 'is', 'are')} not as booked."


def _so(came: Came) -> str:
    if came.waiting:
        return "You have a direct message with each of them and what can be done. Nothing was changed by us."
    return "Nothing was changed, here or in QuickBooks."


def findings(found: Sequence[Told], at: datetime) -> tuple[Message, ...]:
    """What needs somebody, with its buttons; where one message can't hold all, the others follow."""
    blocks: list[Block] = [header(_headline(found))]
    text = cut("\n".join((_headline(found), *(sentence(one) for one in found))), TEXT)
    pages: list[Message] = []
    for one in found:
        fresh = list(_blocks(one))
        if len(blocks) + len(fresh) > MOST or len(json.dumps([*blocks, *fresh])) > CHARACTERS:
            pages.append(Message(text, tuple(blocks)))
            blocks, text = [context("The rest of what was found")], "The rest of what was found"
        blocks.extend(fresh)
    blocks.append(context(f"CaseLedger only reads when it checks: nothing was changed · read {moment(at)}"))
    return (*pages, Message(text, tuple(blocks)))


def sentence(one: Told) -> str:
    """What happened to it and what to do, as one paragraph; names escaped."""
    return f"{_subject(one)} {_happened(one)}"


def _headline(found: Sequence[Told]) -> str:
    left = sum(one.is_open for one in found)
    return _not_as_booked(left) if left else "All of this is dealt with. Thank you!"


def _subject(one: Told) -> str:
    noun = DOCUMENTS.get(one.entity, name(one.entity))
    if one.total is None:
        paper = one.papers[0]
        return f"*{noun} {_number(paper)}* of {money(paper.total)} for {name(paper.customer, 60)}"
    case = f"{name(one.case, 60)}, {name(one.client, 60)}" if one.client else name(one.case, 60)
    return f"*{noun} {name(one.number, 40)}* of {money(one.total)} for {case}"


def _happened(one: Told) -> str:
    match one.kind:
        case "edited":
            return f"was edited in QuickBooks: {_changes(one)}. {IF_MEANT}"
        case "twin":
            return _twin(one)
        case "stranger":
            return _stranger(one)
        case "voided":
            return f"was voided in QuickBooks.{_beside(one, 1)} {WE_STAY}"
        case "deleted":
            return f"was deleted in QuickBooks.{_beside(one, 0)} {WE_STAY}"
        case _:
            return f"isn't in QuickBooks any more.{_beside(one, 0)} {WE_STAY}"


def _changes(one: Told) -> str:
    told = [_change(change) for change in one.changes]
    return some(told, SHOWN_CHANGES)


def _change(change: Change) -> str:
    if change.now == "not there":
        return "our mark was taken out of its memo"
    what = change.what[:1].lower() + change.what[1:]
    return f"{name(what, 60)} {name(change.now, 200)}, we booked {name(change.booked, 200)}"


def _twin(one: Told) -> str:
    told = f"is in QuickBooks more than once: {_papers(one)} carry our mark of one booking."
    which = f" We booked {name(one.papers[0].id, 40)}." if one.state == "confirmed" else ""
    return f"{told}{which} Please look which is one too many, and delete or void that one there."


def _stranger(one: Told) -> str:
    if one.anew:
        return (
            f"is in QuickBooks as {_papers(one)}, and was booked once more as {name(one.anew, 40)} "
            "because it counted as not booked. Please delete or void one of the two there."
        )
    return f"is in QuickBooks as {_papers(one)}, but {STILL_OURS.get(one.state, ON_ITS_WAY)}"


def _beside(one: Told, own: int) -> str:
    others = one.papers[own:]
    return f" Another one with our mark is there: {_papers(one, own)}." if others else ""


def _papers(one: Told, start: int = 0) -> str:
    """By QuickBooks' own numbers: copies of a payment have the same reference."""
    kinds = ["" if paper.entity == one.entity else f"{paper.entity} " for paper in one.papers]
    told = [
        f"{kind}{name(paper.id, 40)} ({money(paper.total)})"
        for kind, paper in zip(kinds[start:], one.papers[start:], strict=True)
    ]
    return " and ".join(told) if len(told) == SHOWN_TWINS else some(told, SHOWN_DOCUMENTS)


def _number(paper: Paper) -> str:
    return name(paper.number or paper.id, 40)


def _blocks(one: Told) -> Iterator[Block]:
    yield section(sentence(one))
    controls = controls_of(one) if one.is_open else []
    if controls:
        yield actions(*controls, block_id=f"{FINDING}{one.id}")
    elif one.gone:
        yield _named(context("A later check found it as booked again."), one)
    else:
        when = f" · {moment(one.settled_at)}" if one.settled_at else ""
        yield _named(context(f"Dealt with by {person(one.settled_by)}{when}"), one)


def _named(block: Block, one: Told) -> Block:
    return block | {"block_id": f"{FINDING}{one.id}"}
