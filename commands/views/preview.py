"""The preview: exactly what will be booked, as a table and in words, with the button that books it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from commands.ids import Act, Command
from commands.views.blocks import Message, actions, button, context, header, section
from commands.views.entry_table import CHARACTERS, method_words, tables
from commands.views.errands import ask_button
from commands.views.notices import mend_control
from commands.views.sync import mend_button
from commands.views.taken import asked_since
from commands.views.text import clean, count, cut, day, money, moneys, name, people, person, some, verb
from commands.views.whom import billed_for, for_whom
from db.money import total
from qb.hold import Mend, Reason
from qb.mapping import Kind, row

if TYPE_CHECKING:
    from collections.abc import Sequence

    from commands.favour import Favour
    from commands.views.blocks import Block, Element
    from commands.views.taken import TakenInvoice
    from db.money import Money
    from qb.entry import Entry, EntryPayment, Held

MOST = 9_000  # of the 10,000 a message may have; the buttons and the footnote take the rest
TEXT = 3_900
RULES = 8  # rules listed in a preview; a request lists them all
SHOWN_NUMBERS = 20
NOT_YET = (
    "Nothing is booked yet: a preview's button books it, or asks for approval where your firm wants that."
)
"""Said wherever a preview follows; whether its button books or asks is judged when it is made."""
SHOWN_NAMES = 6
SHOWN_ROWS = 3
SHOWN_LINKED = 10
SHOWN_PAYERS = 3
SHOWN_HELD = 5


@dataclass(frozen=True, slots=True)
class SecondPerson:
    """Why somebody else must approve, and who can (Slack ids); ``alone``: they look a second time instead."""

    rules: tuple[str, ...]
    who: tuple[str, ...]
    alone: bool = False


def preview(
    entries: Sequence[Entry],
    held: Sequence[Held],
    *,
    sync_id: str,
    version: int,
    changes: Sequence[str] = (),
    second: SecondPerson | None = None,
    taken: Sequence[TakenInvoice] = (),
) -> tuple[Message, ...]:
    """What would be booked; where one message can't hold all, the others follow in its thread.

    With a ``second`` person needed, its button asks them instead of booking. What is ``taken`` was asked for
    already.
    """
    what = count(len(entries), "invoice")
    value = approval(sync_id, version)
    above = [header(f"Book {what} for {clean(for_whom(entries))}?"), *_changes(changes)]
    above.extend([section(asked_since(taken))] if taken else [])
    above.append(section(_summary(entries)))
    below = [section(_left_out(held), _compare(held))] if held else []
    below.extend(section(_invoice_line(entry)) for entry in entries[:SHOWN_LINKED] if entry.linked)
    if second is not None:
        below.append(section(_why(second)))
    below.append(section(_where_to(entries)))
    parts = list(tables(entries, min(CHARACTERS, MOST - len(json.dumps([*above, *below])))))
    footnote = context(_footnote(entries, len(parts), second))
    first: list[Block] = [*above, parts[0], footnote, *below]
    book = button(f"Book {what.title()}", Act.BOOK, value, primary=True)
    asks = "Check Once More:" if second is not None and second.alone else "Ask to Book"
    ask = button(f"{asks} {what.title()}", Act.ASK, value, primary=True)
    first.append(
        actions(
            book if second is None else ask,
            button("Cancel", Act.CANCEL, value),
            block_id=f"appr:{sync_id}:{version}",
        )
    )
    more = [_continued(number, len(parts), block) for number, block in enumerate(parts[1:], start=2)]
    told = _all_in_words(entries, changes, second)
    return (Message(cut(f"{asked_since(taken)}\n{told}", TEXT) if taken else told, tuple(first)), *more)


def approval(sync_id: str, version: int) -> str:
    """What the buttons carry: which sync, and which state of it was shown."""
    return json.dumps({"s": sync_id, "v": version}, separators=(",", ":"))


def in_words(entries: Sequence[Entry], changes: Sequence[str] = ()) -> str:
    """The whole preview as plain lines."""
    client = name(for_whom(entries))
    lines = [f"Book {count(len(entries), 'invoice')} for {client}? {moneys(totals(entries))} in all."]
    lines.extend(f"Changed: {name(change, 300)}" for change in changes)
    billed = billed_for(entries)[:SHOWN_PAYERS]
    lines.extend(f"Billed to {who} for client {client}." for who, client in billed)
    for entry in entries:
        lines.append(_invoice_line(entry))
        lines.extend(_payment_line(payment) for payment in entry.payments)
    return cut("\n".join(lines), TEXT)


def rules_told(rules: Sequence[str]) -> str:
    """The rules met, a line each, as markup."""
    return "\n".join(f"• {name(rule, 200)}" for rule in rules)


def _why(second: SecondPerson) -> str:
    shown, left = second.rules[:RULES], len(second.rules) - RULES
    more = f"\n• and {left} more" if left > 0 else ""
    if second.alone:
        why = "You work alone, so you are shown it once more, in a message of its own, and book it there:"
    else:
        why = f"{people(second.who) if second.who else 'A second person'} must approve, because:"
    return f"*{why}*\n{rules_told(shown)}{more}"


def _all_in_words(entries: Sequence[Entry], changes: Sequence[str], second: SecondPerson | None) -> str:
    told = in_words(entries, changes)
    if second is None:
        return told
    why = "; ".join(name(rule, 200) for rule in second.rules[:RULES])
    return cut(f"{told}\nNeeds approval: {why}.", TEXT)


def nothing_to_book(held: Sequence[Held], asks: Sequence[Favour] = ()) -> Message:
    """All that was ticked is held by now, or in the books already; who can't mend it asks somebody."""
    booked = [one for one in held if one.holds[0].reason is Reason.ALREADY_BOOKED]
    if held and len(booked) == len(held):
        numbers = some([name(one.key.number, 40) for one in booked], SHOWN_NUMBERS)
        done = f"*Nothing is left to book:* {numbers} {verb(len(booked), 'is', 'are')} in QuickBooks already."
        return Message(done, (section(done),))
    told = "*Nothing can be booked right now.* " + _left_out(held)
    mend = mend_button([hold for one in held for hold in one.holds], _alike(held))
    controls = [*([mend] if mend else []), *(ask_button(one) for one in asks)]
    return Message(told, (section(told), *([actions(*controls)] if controls else [])))


def cancelled(entries: Sequence[Entry], by: str) -> Message:
    """The preview after Cancel."""
    told = (
        f"Cancelled by {person(by)}: {count(len(entries), 'invoice')} for "
        f"{name(for_whom(entries))} ({moneys(totals(entries))}). Nothing was booked."
    )
    return Message(told, (section(told),))


def superseded(entries: Sequence[Entry]) -> Message:
    """A preview that no longer holds, once a new one was posted."""
    told = (
        f"This preview of {count(len(entries), 'invoice')} for {name(for_whom(entries))} no longer "
        "holds. Nothing was booked from it; a new one follows."
    )
    return Message(told, (section(told),))


def totals(entries: Sequence[Entry]) -> list[Money]:
    """One sum a currency."""
    currencies = dict.fromkeys(entry.total.currency for entry in entries)
    return [total((to_book(e) for e in entries if e.total.currency == one), one) for one in currencies]


def to_book(entry: Entry) -> Money:
    """What is booked of it: of one that is there already, only the money that is missing."""
    return entry.received if entry.linked else entry.total


def accounts(entries: Sequence[Entry]) -> list[str]:
    """Where the payments are deposited to, by name."""
    return list(dict.fromkeys(payment.account.name for entry in entries for payment in entry.payments))


def rows_for(entries: Sequence[Entry], account: str) -> list[str]:
    """By which rows of the mapping payments go to an account, in words."""
    paid = (payment for entry in entries for payment in entry.payments if payment.account.name == account)
    found = (payment.by or row(Kind.DEPOSIT, payment.amount.currency).label for payment in paid)
    return list(dict.fromkeys(found))


def about(entries: Sequence[Entry]) -> str:
    """How much, to whom and for which case, as markup."""
    customers = dict.fromkeys(name(entry.customer.name) for entry in entries)
    cases = dict.fromkeys(name(entry.key.case, 60) for entry in entries)
    billed = some([f"*{who}* for client *{client}*" for who, client in billed_for(entries)], SHOWN_PAYERS)
    return (
        f"*{moneys(totals(entries))}* in all\n"
        f"Customer in QuickBooks: *{some(list(customers), SHOWN_NAMES)}*\n"
        + (f"Billed to {billed}\n" if billed else "")
        + f"Case: {some(list(cases), SHOWN_NAMES)}"
    )


def _summary(entries: Sequence[Entry]) -> str:
    into = [
        f"*{name(account, 60)}* ({some([name(row, 60) for row in rows_for(entries, account)], SHOWN_ROWS)})"
        for account in accounts(entries)
    ]
    return f"{about(entries)}\nDeposited to: {some(into, SHOWN_NAMES)}"


def _where_to(entries: Sequence[Entry]) -> str:
    """Said once more beside the button: how much, to whom, into which account."""
    customers = list(dict.fromkeys(name(entry.customer.name, 60) for entry in entries))
    into = [name(account, 60) for account in accounts(entries)]
    return f"*{moneys(totals(entries))}* to {some(customers, 3)}, into {some(into, 3)}"


def _footnote(entries: Sequence[Entry], parts: int, second: SecondPerson | None) -> str:
    numbered = all(entry.number for entry in entries)
    note = f"Nothing is booked until {_until(second)}."
    if not numbered:
        note += " QuickBooks gives the invoices its own numbers; CaseEasy's number goes into the memo."
    if parts > 1:
        note += f" The table goes on in the thread below ({parts - 1} more)."
    return note


def _until(second: SecondPerson | None) -> str:
    if second is None:
        return "you press Book"
    return "you have checked it once more" if second.alone else "somebody else approves it"


def _compare(held: Sequence[Held]) -> Element | None:
    """The button where something looks booked already: that isn't mended on the way to a preview."""
    alike = _alike(held)
    return mend_control(Mend.ALIKE, alike) if alike else None


def _alike(held: Sequence[Held]) -> list[tuple[str, str]]:
    """Case and number of what looks booked already."""
    return [
        (one.key.case, one.key.number) for one in held if any(hold.mend is Mend.ALIKE for hold in one.holds)
    ]


def _left_out(held: Sequence[Held]) -> str:
    shown = [
        f"• {name(one.client_name, 40) or 'No client named'} · {name(one.key.number, 40)}: "
        f"{name(one.holds[0].line, 280)}"
        for one in held[:SHOWN_HELD]
    ]
    left = len(held) - SHOWN_HELD
    more = f"\nand {left:,} more; `{Command.DIGEST}` lists every one with its reason" if left > 0 else ""
    return "Left out, because they are held:\n" + "\n".join(shown) + more


def _changes(changes: Sequence[str]) -> list[Block]:
    if not changes:
        return []
    listed = "\n".join(f"• {name(change, 250)}" for change in changes[:8])
    return [
        section(f"*Something changed since you looked, so nothing was booked. Please look again:*\n{listed}")
    ]


def _continued(number: int, parts: int, block: Block) -> Message:
    told = f"Preview, part {number} of {parts}"
    return Message(told, (context(told), block))


def _invoice_line(entry: Entry) -> str:
    if entry.linked is not None:
        return (
            f"Invoice {name(entry.linked.number, 40)} to {name(entry.customer.name)} is in QuickBooks "
            f"already (linked); only what is missing there is booked: {money(entry.linked.open)} "
            f"of {money(entry.total)}."
        )
    lines = ", ".join(
        f"{name(line.description, 60)} {money(line.amount)} "
        f"({name(line.item.name, 40)}, {name(line.tax_code.name, 30)})"
        for line in entry.lines
    )
    return (
        f"Invoice {name(entry.key.number, 40)} of {day(entry.date)} to {name(entry.customer.name)}: {lines}; "
        f"tax {money(entry.tax)}; total {money(entry.total)}."
    )


def _payment_line(payment: EntryPayment) -> str:
    return (
        f"  Payment of {day(payment.date)}: {money(payment.amount)} by {name(method_words(payment), 60)}, "
        f"deposited to {name(payment.account.name, 60)}"
        + (f" ({name(payment.by, 80)})." if payment.by else ".")
    )
