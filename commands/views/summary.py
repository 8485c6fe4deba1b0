"""The end of a sync of many: totals read back, what a person must settle, and a table of the exceptions."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from commands.views.blocks import Message, context, header, section, table
from commands.views.ending import closing, headline, headline_words, outcome_blocks, told, whose
from commands.views.outcome import Step
from commands.views.text import count, cut, flat, money, moneys, name, some
from db.money import total

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from commands.views.blocks import Block
    from commands.views.outcome import Outcome, Story
    from db.money import Money

CHARACTERS = 7_000  # of the 10,000 a message may have: of its table, or of what is to be settled
ROWS = 90  # of the 100 a table may have
CELL, REASON = 60, 240
CELL_FRAME = 34  # what JSON puts around a cell
TEXT = 3_900
SHOWN_ACCOUNTS = 3
HEADINGS = ("Invoice", "Client", "Amount", "Why not, and what to do")
SETTLED_BY_PEOPLE = frozenset({Step.REVIEW, Step.DIFFERS})
Row = tuple[str, str, str, str]


def summary(story: Story) -> tuple[Message, ...]:
    """The figures and the first exceptions; more of them follow in the thread, none is left out."""
    decisions = list(_pages_of_decisions(story))
    tables = list(_tables([one for one in story.outcomes if one.step is Step.REFUSED]))
    first: list[Block] = [header(headline(story)), section(_figures(story))]
    inline = decisions[0] if decisions else tables[:1]
    rest = [*decisions[1:], *([one] for one in (tables if decisions else tables[1:]))]
    if rest:
        inline = [*inline, context(f"The exceptions go on in the thread below ({len(rest)} more).")]
    first.extend([*inline, *closing(story)])
    more = [_continued(number, len(rest) + 1, part) for number, part in enumerate(rest, start=2)]
    return (Message(cut(in_words(story), TEXT), tuple(first)), *more)


def in_words(story: Story) -> str:
    """The figures and the exceptions as plain lines."""
    lines = [f"{headline_words(story)} for {name(story.client_name)}.", _figures(story)]
    lines.extend(
        f"{name(one.number, 40)}{whose(one, story)}: {told(one)}"
        for one in story.outcomes
        if one.step not in {Step.BOOKED, Step.STOPPED}
    )
    return "\n".join(line for line in lines if line)


def _figures(story: Story) -> str:
    read = [one.receipt for one in story.outcomes if one.receipt is not None and one.step is Step.BOOKED]
    if not read:
        return "None of it is in the books."
    totals = _totals([receipt.total for receipt in read])
    accounts = list(dict.fromkeys(account for receipt in read for account in receipt.accounts))
    into = some([name(account, 60) for account in accounts], SHOWN_ACCOUNTS)
    return (
        f"*{moneys(totals)}* read back from {count(len(read), 'invoice')}, each ties to the cent"
        + (f"; deposited to {into}" if into else "")
        + ". A file in the thread tells of every invoice."
    )


def _totals(amounts: Sequence[Money]) -> list[Money]:
    currencies = dict.fromkeys(amount.currency for amount in amounts)
    return [total((each for each in amounts if each.currency == one), one) for one in currencies]


def _pages_of_decisions(story: Story) -> Iterator[list[Block]]:
    """What only a person can settle, each with its buttons, as many as fit a message."""
    page: list[Block] = []
    for outcome in story.outcomes:
        if outcome.step not in SETTLED_BY_PEOPLE:
            continue
        fresh = list(outcome_blocks(outcome, story))
        if page and len(json.dumps([*page, *fresh])) > CHARACTERS:
            yield page
            page = []
        page.extend(fresh)
    if page:
        yield page


def _tables(refused: Sequence[Outcome]) -> Iterator[Block]:
    rows: list[Row] = []
    size = 0
    for outcome in refused:
        row = _row(outcome)
        length = sum(len(json.dumps(cell)) + CELL_FRAME for cell in row)
        if rows and (size + length > CHARACTERS or len(rows) == ROWS):
            yield table([HEADINGS, *rows], right=(2,))
            rows, size = [], 0
        rows.append(row)
        size += length
    if rows:
        yield table([HEADINGS, *rows], right=(2,))


def _row(outcome: Outcome) -> Row:
    return (
        flat(outcome.number, CELL),
        flat(outcome.client, CELL),
        money(outcome.total),
        flat(outcome.sentence, REASON),
    )


def _continued(number: int, parts: int, blocks: list[Block]) -> Message:
    said = f"Exceptions, part {number} of {parts}"
    return Message(said, (context(said), *blocks))
