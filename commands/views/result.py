"""The sync's living message: progress while it runs, then what is in the books or why not."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from commands.ids import Act
from commands.views.blocks import Message, actions, button, context, header, question, section
from commands.views.notices import connect_button, mend_control
from commands.views.text import clean, clip, count, day, moment, money, name, person, some
from qb.hold import Mend

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from commands.views.blocks import Block, Element
    from db.money import Money

CHARACTERS = 8_500  # of the 10,000 a message may have
TEXT = 3_900
SHOWN_LINES = 20
SHOWN_CUSTOMERS = 3
WHY = 70  # of why one waits, so that a section holds all the lines


class Step(StrEnum):
    """How far one invoice has come."""

    WAITING = "waiting"
    UNDER_WAY = "under way"
    DOUBT = "doubt"  # sent, not answered: we look before we try again
    PARKED = "parked"  # no connection
    CLOSED = "closed"  # QuickBooks has closed the company
    REFUSED = "refused"
    REVIEW = "review"  # a person must look
    DIFFERS = "differs"  # booked, but what was read back isn't what was sent
    BOOKED = "booked"


SETTLED = frozenset({Step.REFUSED, Step.REVIEW, Step.DIFFERS, Step.BOOKED})


@dataclass(frozen=True, slots=True)
class PaymentDone:
    """A payment of the invoice; ``link`` leads to it in QuickBooks once it is there."""

    amount: Money
    date: date
    method: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class ReadBack:
    """What QuickBooks says now: the receipt."""

    total: Money
    tax: Money
    balance: Money
    accounts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One invoice of the sync: how far it is and what a person should know."""

    subject: str
    number: str
    total: Money
    step: Step
    booked_number: str = ""
    link: str = ""
    payments: tuple[PaymentDone, ...] = ()
    receipt: ReadBack | None = None
    sentence: str = ""
    mend: Mend = Mend.NONE
    again: bool = False  # whether Try Again may help


@dataclass(frozen=True, slots=True)
class Story:
    """A sync as it stands; ``started`` and ``now`` are aware moments."""

    sync_id: str
    client_name: str
    asked_by: str
    outcomes: tuple[Outcome, ...]
    started: datetime
    now: datetime
    customers: tuple[str, ...] = ()  # whose they are in QuickBooks

    @property
    def settled(self) -> bool:
        """Whether nothing more will happen by itself."""
        return all(outcome.step in SETTLED for outcome in self.outcomes)


def progress(story: Story) -> Message:
    """While it runs; updated at most every three seconds."""
    done = sum(outcome.step is Step.BOOKED for outcome in story.outcomes)
    what = count(len(story.outcomes), "invoice")
    headline = f"Booking {what} for {clean(story.client_name)}"
    lines = [_progress_line(outcome) for outcome in story.outcomes[:SHOWN_LINES]]
    if len(story.outcomes) > SHOWN_LINES:
        lines.append(f"and {len(story.outcomes) - SHOWN_LINES} more")
    blocks: list[Block] = [header(headline), section(f"*{done} of {what} done*\n" + "\n".join(lines))]
    if any(outcome.step is Step.PARKED for outcome in story.outcomes):
        blocks.append(actions(connect_button("Reconnect QuickBooks")))
    blocks.append(context(f"Asked for by {person(story.asked_by)} · updated {moment(story.now)}"))
    return Message(
        f"Booking {what} for {name(story.client_name)}: {done} of {len(story.outcomes)} done.", tuple(blocks)
    )


def result(story: Story) -> tuple[Message, ...]:
    """What came of it; where one message can't hold all, the others follow in its thread."""
    blocks: list[Block] = [header(_headline(story))]
    pages: list[Message] = []
    text = clip(in_words(story), TEXT)
    for outcome in story.outcomes:
        fresh = list(_outcome_blocks(outcome, story.sync_id))
        if len(json.dumps([*blocks, *fresh])) > CHARACTERS:
            pages.append(Message(text, tuple(blocks)))
            blocks = [context("The rest of the result")]
            text = "The rest of the result"
        blocks.extend(fresh)
    blocks.extend(_closing(story))
    return (*pages, Message(text, tuple(blocks)))


def in_words(story: Story) -> str:
    """The whole result as plain lines."""
    lines = [f"{_headline_words(story)} for {name(story.client_name)}."]
    lines.extend(f"{name(outcome.number, 40)}: {_told(outcome)}" for outcome in story.outcomes)
    return "\n".join(lines)


def _headline(story: Story) -> str:
    return f"{_headline_words(story)} for {clean(story.client_name)}"


def _headline_words(story: Story) -> str:
    done = sum(outcome.step is Step.BOOKED for outcome in story.outcomes)
    everything = len(story.outcomes)
    if done == everything:
        return f"{count(done, 'invoice')} booked in QuickBooks"
    left = everything - done
    need = "needs" if left == 1 else "need"
    return f"{done} of {count(everything, 'invoice')} booked, {left} {need} attention"


def _progress_line(outcome: Outcome) -> str:
    words = {
        Step.WAITING: "waiting",
        Step.UNDER_WAY: "being booked",
        Step.DOUBT: "QuickBooks hasn't answered; we look before we try again, nothing will be booked twice",
        Step.PARKED: "waiting for QuickBooks; it goes on by itself once an admin reconnects",
        Step.CLOSED: "waiting: QuickBooks has closed the company, mostly for its subscription or billing; it "
        "goes on by itself once that is settled",
        Step.REFUSED: "not booked",
        Step.REVIEW: "needs a person to look",
        Step.DIFFERS: "booked, but please check it",
        Step.BOOKED: "booked",
    }
    why = f" ({name(outcome.sentence, WHY)})" if outcome.sentence and outcome.step is Step.WAITING else ""
    return f"• {name(outcome.number, 40)} · {money(outcome.total)}: {words[outcome.step]}{why}"


def _outcome_blocks(outcome: Outcome, sync_id: str) -> Iterator[Block]:
    title = f"*{name(outcome.number, 40)}* · {money(outcome.total)}"
    if outcome.link:
        title += f" · {_link(outcome.link, f'Invoice {outcome.booked_number}'.strip())}"
    lines = [title, *(_payment_line(payment) for payment in outcome.payments)]
    if outcome.sentence:
        lines.append(name(outcome.sentence, 400))
    if outcome.receipt is not None:
        label = "Read back" if outcome.step is Step.BOOKED else "QuickBooks shows"
        lines.append(f"{label}: {_receipt(outcome.receipt)}")
    yield section("\n".join(lines), _mend(outcome))
    if outcome.step is Step.REVIEW:
        yield _decision(outcome, sync_id)
    if outcome.step is Step.DIFFERS:
        yield actions(button("Look Again", Act.LOOK_AGAIN, _subject(outcome, sync_id)))


def _decision(outcome: Outcome, sync_id: str) -> Block:
    """The two ways out of what only a person can tell."""
    value = _subject(outcome, sync_id)
    sure = question(
        "Is it really not there?",
        "Look in QuickBooks under this customer, by number and by amount. If it is there after all, it would "
        "be booked twice once it is synced again.",
        "It Isn't There",
        "Let Me Look",
    )
    return actions(
        button("Look Again", Act.LOOK_AGAIN, value),
        button("It Isn't There", Act.NOT_THERE, value, asks=sure),
    )


def _subject(outcome: Outcome, sync_id: str) -> str:
    return json.dumps({"s": sync_id, "i": outcome.subject}, separators=(",", ":"))


def _payment_line(payment: PaymentDone) -> str:
    told = f"Payment {money(payment.amount)} of {day(payment.date)} by {name(payment.method, 40)}"
    return f"• {told} · {_link(payment.link, 'open')}" if payment.link else f"• {told}"


def _receipt(receipt: ReadBack) -> str:
    accounts = " and ".join(name(account, 60) for account in receipt.accounts)
    return f"total {money(receipt.total)}, tax {money(receipt.tax)}, balance {money(receipt.balance)}" + (
        f", deposited to {accounts}" if accounts else ""
    )


def _told(outcome: Outcome) -> str:
    if outcome.step is Step.BOOKED and outcome.receipt is not None:
        number = f" as {name(outcome.booked_number, 40)}" if outcome.booked_number else ""
        return f"booked{number}. Read back: {_receipt(outcome.receipt)}."
    return name(outcome.sentence, 400) or outcome.step.value


def _closing(story: Story) -> Iterator[Block]:
    needing = [outcome for outcome in story.outcomes if outcome.step is not Step.BOOKED]
    if any(outcome.again for outcome in needing):
        value = json.dumps({"s": story.sync_id}, separators=(",", ":"))
        yield actions(button("Try Again", Act.TRY_AGAIN, value), block_id=f"again:{story.sync_id}")
    if not needing:
        yield section(
            "All of it is in the books, and it ties to the cent. One less thing for month-end. Thank you!"
        )
    whose = some([name(customer, 60) for customer in story.customers], SHOWN_CUSTOMERS)
    under = f"Under {whose} in QuickBooks · " if whose else ""
    yield context(f"{under}Asked for by {person(story.asked_by)} · finished {moment(story.now)}")


def _mend(outcome: Outcome) -> Element | None:
    return mend_control(outcome.mend)


def _link(url: str, words: str) -> str:
    return f"<{url}|{name(words, 60)}>"
