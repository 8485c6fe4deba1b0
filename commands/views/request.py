"""A request for approval: what the second person sees, what who asked sees, and what became of it."""

from __future__ import annotations

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
    section,
    user_select,
)
from commands.views.entry_table import tables
from commands.views.preview import (
    SHOWN_ROWS,
    about,
    accounts,
    in_words,
    rules_told,
    totals,
)
from commands.views.text import clean, count, cut, moment, moneys, name, person, some, verb
from commands.views.whom import clients_of, for_whom
from db.money import total

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from commands.views.blocks import Block, View
    from qb.entry import Entry

TEXT = 3_900
TABLE = 5_000  # characters of the table beside the rules
REASON_BLOCK, REASON = "reason", 1000
TO_BLOCK = "to"
RULES_SHOWN = 12
RULES_APART = 10  # in one section of the thread


def request(
    entries: Sequence[Entry],
    rules: Sequence[str],
    *,
    asked_by: str,
    value: str,
    expires: datetime,
    lead: str = "",
    turn: str = "",
) -> tuple[Message, ...]:
    """What the second person decides on; what one message can't hold follows in its thread.

    Markup: ``lead`` is told first, such as a rejection it was asked again after; ``turn`` says whose turn it
    is and why, where that isn't anybody's.
    """
    first, last = (f"{told}\n" if told else "" for told in (lead, turn))
    parts = list(tables(entries, TABLE - len(lead)))
    what = count(len(entries), "invoice")
    blocks: list[Block] = [
        header(f"Approve {what} for {clean(for_whom(entries))}?"),
        *([section(lead)] if lead else []),
        section(f"{person(asked_by)} asks to book this.\n{about(entries)}\n{_by_account(entries)}"),
        section(f"*Why a second person:*\n{rules_told(rules[:RULES_SHOWN])}"),
        parts[0],
        context(_footnote(expires, turn, more=len(parts) - 1 + (len(rules) > RULES_SHOWN))),
        actions(
            button(f"Approve {what.title()}", Act.APPROVE, value, primary=True),
            button("Reject", Act.REJECT, value),
            button("Hand Over", Act.HAND_OVER, value),
            block_id=f"appr:{value}",
        ),
    ]
    told = (
        f"{person(asked_by)} asks you to approve {_what(entries)}.\n{first}"
        f"Why a second person: {_in_a_row(rules)}\n{last}"
    )
    return (
        Message(cut(told + in_words(entries), TEXT), tuple(blocks)),
        *_more_rules(rules[RULES_SHOWN:]),
        *(
            Message("More of what is asked for", (context("More of what is asked for"), part))
            for part in parts[1:]
        ),
    )


def waiting(
    entries: Sequence[Entry],
    *,
    value: str,
    at: datetime,
    expires: datetime,
    place: str,
    who: str,
    turn: str = "",
) -> Message:
    """The requester's own message while somebody else decides.

    ``place`` is where it was asked, ``who`` who can approve, ``turn`` whose turn it is and why: all markup.
    """
    told = (
        f"*Waiting for approval:* {_what(entries)}. Asked {moment(at)}{place}; {who} can approve. "
        f"{turn}{' ' if turn else ''}Nothing is booked until then. It expires {moment(expires)}."
    )
    return Message(
        told, (section(told), actions(button("Withdraw", Act.WITHDRAW, value), block_id=f"appr:{value}"))
    )


def look_again(entries: Sequence[Entry], *, value: str) -> tuple[Message, ...]:
    """For who works alone: everything once more, and a second, separate confirmation."""
    parts = list(tables(entries, TABLE))
    what = count(len(entries), "invoice")
    blocks: list[Block] = [
        header(f"Look again: {what} for {clean(for_whom(entries))}"),
        section(
            "You work alone, so nobody else looks at this. Please look at it a second time: the client, each "
            f"amount, and where it goes.\n{about(entries)}\n{_by_account(entries)}"
        ),
        parts[0],
        context(f"{_read_on(len(parts) - 1)}That you approved this alone is kept in the audit trail."),
        actions(
            button(f"I Have Looked Again: Book {what.title()}", Act.CONFIRM_ALONE, value, primary=True),
            button("Withdraw", Act.WITHDRAW, value),
            block_id=f"appr:{value}",
        ),
    ]
    told = f"Look at it a second time before {_what(entries)} are booked.\n" + in_words(entries)
    return (
        Message(cut(told, TEXT), tuple(blocks)),
        *(Message("More of what is booked", (context("More of what is booked"), part)) for part in parts[1:]),
    )


def pausing(entries: Sequence[Entry]) -> Message:
    """The preview of who works alone, until the second message is there."""
    told = (
        f"*Not booked yet:* {_what(entries)}. You work alone, so please take a moment. A second message "
        "follows; look at everything again there before it is booked."
    )
    return Message(told, (section(told),))


def approved(entries: Sequence[Entry], *, by: str, at: datetime, asked_by: str) -> Message:
    """In the request's place at once; the result follows there."""
    told = f"*Approved by {person(by)}* · {moment(at)}. {_what(entries)}. What comes of it follows here."
    return Message(told, (section(told), context(f"Asked by {person(asked_by)}")))


def alone(entries: Sequence[Entry], *, at: datetime) -> Message:
    """In the second message's place, once who works alone has confirmed."""
    told = f"*You looked again and booked it* · {moment(at)}. {_what(entries)}: the message above shows more."
    return Message(told, (section(told),))


def told_approved(entries: Sequence[Entry], by: str) -> Message:
    """To who asked, directly."""
    told = f"{person(by)} approved {_what(entries)}. Your message above shows how the booking goes."
    return Message(told, (section(told),))


def moved(entries: Sequence[Entry], why: str) -> Message:
    """To whose turn it isn't any more; ``why`` is markup, such as :func:`handed_over`."""
    told = f"{why} {_what(entries)}. Nothing is booked until somebody approves it."
    return Message(told, (section(told),))


def over_meanwhile(place: str) -> Message:
    """In the place of a request that was decided just before it got here; ``place`` is its own, as markup."""
    where = f" What came of it is{place}." if place else ""
    told = f"This was decided just now; nothing is left to do here.{where}"
    return Message(told, (section(told),))


def reminder(
    entries: Sequence[Entry], *, asked_by: str, at: datetime, expires: datetime, place: str
) -> Message:
    """To one person whose turn it is."""
    told = (
        f"Waiting for you{place}: {person(asked_by)} asked {moment(at)} to book {_what(entries)}. "
        f"It expires {moment(expires)}; nothing is booked until somebody approves it."
    )
    return Message(told, (section(told),))


def with_who(result: Message, *, asked_by: str, by: str, more: bool) -> Message:
    """The result in the request's place; ``more``: its rest is with who asked."""
    told = f"Asked by {person(asked_by)} · approved by {person(by)}"
    rest = f" · the rest is in {person(asked_by)}'s message" if more else ""
    return Message(f"{cut(result.text, TEXT)}\n{told}", (*result.blocks, context(told + rest)))


def reject(value: str, what: str) -> View:
    """The reason, which who asked will read."""
    element = {
        "type": "plain_text_input",
        "action_id": Act.REASON,
        "multiline": True,
        "min_length": 3,
        "max_length": REASON,
    }
    blocks = [
        section(f"You reject {what}: nothing is booked. Whoever asked is told why, and can ask again."),
        field("Why not?", element, REASON_BLOCK, hint="For example: the government fee is missing."),
    ]
    return modal(Screen.REJECT, "Reject", blocks, submit="Reject", close="Cancel", metadata=value)


def hand_over(value: str, what: str) -> View:
    """To which other approver."""
    blocks = [
        section(f"Whose turn is {what} from now on? They are told directly, and reminded."),
        field("Approver", user_select(Act.HAND_TO, "Choose an approver"), TO_BLOCK),
    ]
    return modal(Screen.HAND_OVER, "Hand Over", blocks, submit="Hand Over", close="Cancel", metadata=value)


def what_in_words(entries: Sequence[Entry]) -> str:
    """How many invoices, whose, and how much, as markup."""
    return _what(entries)


def _what(entries: Sequence[Entry]) -> str:
    clients = clients_of(entries)
    more = f" and {count(len(clients) - 1, 'other client')}" if len(clients) > 1 else ""
    return f"{count(len(entries), 'invoice')} for {name(clients[0])}{more} ({moneys(totals(entries))})"


def _by_account(entries: Sequence[Entry]) -> str:
    paid = [payment for entry in entries for payment in entry.payments]
    lines = []
    for account in accounts(entries):
        into = [payment.amount for payment in paid if payment.account.name == account]
        sums = [total((a for a in into if a.currency == one), one) for one in {a.currency: 0 for a in into}]
        own = [name(payment.by, 60) for payment in paid if payment.account.name == account and payment.by]
        by = f" ({some(list(dict.fromkeys(own)), SHOWN_ROWS)})" if own else ""
        lines.append(f"Deposited to *{name(account, 60)}*: {moneys(sums)}{by}")
    return "\n".join(lines[:10])


def _footnote(expires: datetime, turn: str, *, more: int) -> str:
    whose = f"{turn} " if turn else ""
    return (
        f"{_read_on(more)}{whose}Nothing is booked until somebody approves it. It expires {moment(expires)}."
    )


def _read_on(more: int) -> str:
    """The buttons stand in the first message: whoever presses them knows that it isn't all of it."""
    if not more:
        return ""
    return (
        f"*This is not all of it:* {count(more, 'more message')} {verb(more, 'follows', 'follow')} in the "
        "thread below. Please read to its end before you decide. "
    )


def _in_a_row(rules: Sequence[str]) -> str:
    return cut("; ".join(name(rule, 250) for rule in rules), TEXT // 2) + "."


def _more_rules(rules: Sequence[str]) -> list[Message]:
    groups = [rules[start : start + RULES_APART] for start in range(0, len(rules), RULES_APART)]
    return [
        Message(f"Why a second person, too: {_in_a_row(group)}", (section(rules_told(group)),))
        for group in groups
    ]
