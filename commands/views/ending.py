"""How a sync's end is told: its headline, an invoice with its receipt, what can be done about the rest."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from commands.ids import Act
from commands.views.blocks import actions, button, context, question, section
from commands.views.notices import mend_control, resume_button
from commands.views.outcome import Step
from commands.views.text import clean, count, day, moment, money, name, person, some, verb

if TYPE_CHECKING:
    from collections.abc import Iterator

    from commands.views.blocks import Block, Element
    from commands.views.outcome import Outcome, PaymentDone, ReadBack, Story

SHOWN_CUSTOMERS = 3
LINKED = "It was in QuickBooks already: linked, not made anew. Only the payment missing there was booked."
"""Of an invoice that a person said was there."""


def headline(story: Story) -> str:
    """How it ended, plain."""
    return f"{headline_words(story)} for {clean(story.client_name)}"


def headline_words(story: Story) -> str:
    """How it ended, in figures."""
    done, of = story.count(Step.BOOKED), len(story.outcomes)
    if done == of:
        return f"{count(done, 'invoice')} booked in QuickBooks"
    stopped = story.count(Step.STOPPED)
    left = of - done - stopped
    parts = [f"{done} of {count(of, 'invoice')} booked"]
    if stopped:
        parts.append(f"{stopped} stopped")
    if left:
        parts.append(f"{left} {verb(left, 'needs', 'need')} attention")
    return ", ".join(parts)


def outcome_blocks(outcome: Outcome, story: Story) -> Iterator[Block]:
    """One invoice: what was read back of it, or why not, with the buttons that settle it."""
    title = f"*{name(outcome.number, 40)}*{whose(outcome, story)} · {money(outcome.total)}"
    booked = f"Invoice {outcome.booked_number}".strip()
    if outcome.link:
        title += f" · {_link(outcome.link, booked)}"
    elif outcome.booked_number and outcome.receipt is not None:
        title += f" · {name(booked, 60)} in QuickBooks"
    there = [LINKED] if outcome.linked and outcome.receipt is not None else []
    lines = [title, *there, *(_payment_line(payment) for payment in outcome.payments)]
    if outcome.sentence:
        lines.append(name(outcome.sentence, 400))
    if outcome.receipt is not None:
        label = "Read back" if outcome.step is Step.BOOKED else "QuickBooks shows"
        lines.append(f"{label}: {_receipt(outcome.receipt)}")
    yield section("\n".join(lines), _mend(outcome))
    if outcome.step is Step.REVIEW:
        yield _decision(outcome, story.sync_id)
    if outcome.step is Step.DIFFERS:
        yield actions(button("Look Again", Act.LOOK_AGAIN, _subject(outcome, story.sync_id)))


def whose(outcome: Outcome, story: Story) -> str:
    """`` · Maria Silva`` behind a number, where a sync is of several clients."""
    client = story.whose(outcome)
    return f" · {name(client, 60)}" if client else ""


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
    return f"• {told} · {_link(payment.link, 'see it')}" if payment.link else f"• {told}"


def _receipt(receipt: ReadBack) -> str:
    accounts = " and ".join(name(account, 60) for account in receipt.accounts)
    return f"total {money(receipt.total)}, tax {money(receipt.tax)}, balance {money(receipt.balance)}" + (
        f", deposited to {accounts}" if accounts else ""
    )


def told(outcome: Outcome) -> str:
    """One invoice in words; markup, names escaped."""
    if outcome.step is Step.BOOKED and outcome.receipt is not None:
        number = f" as {name(outcome.booked_number, 40)}" if outcome.booked_number else ""
        booked = f"linked{number}. {LINKED}" if outcome.linked else f"booked{number}."
        return f"{booked} Read back: {_receipt(outcome.receipt)}."
    return name(outcome.sentence, 400) or outcome.step.value


def closing(story: Story) -> Iterator[Block]:
    """What can be done about the rest, or that all is well; and whose it was."""
    if story.stopped_by:
        yield section(_stopped(story))
    controls = list(_controls(story))
    if controls:
        yield actions(*controls, block_id=f"again:{story.sync_id}")
    if story.count(Step.BOOKED) == len(story.outcomes):
        yield section(
            "All of it is in the books, and it ties to the cent. One less thing for month-end. Thank you!"
        )
    whose = some([name(customer, 60) for customer in story.customers], SHOWN_CUSTOMERS)
    under = f"Under {whose} in QuickBooks · " if whose else ""
    yield context(f"{under}Asked by {person(story.asked_by)} · finished {moment(story.now)}")


def _stopped(story: Story) -> str:
    stopped = story.count(Step.STOPPED)
    booked = len(story.outcomes) - stopped - story.count(Step.REFUSED, Step.REVIEW)
    return (
        f"Stopped by {person(story.stopped_by)}: {booked} booked, {stopped} not; "
        "what was begun was finished, and nothing of the rest was sent."
    )


def _controls(story: Story) -> Iterator[Element]:
    value, stopped = json.dumps({"s": story.sync_id}, separators=(",", ":")), story.count(Step.STOPPED)
    if stopped:
        yield resume_button(story.sync_id, stopped)
    if any(outcome.again for outcome in story.outcomes):
        yield button("Try Again", Act.TRY_AGAIN, value)


def _mend(outcome: Outcome) -> Element | None:
    return mend_control(outcome.mend)


def _link(url: str, words: str) -> str:
    return f"<{url}|{name(words, 60)}>"
