"""The questions about cases: whose one is, who a client is, which currency is meant, what still counts."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from commands.ids import Act, Screen
from commands.views import lacking
from commands.views.blocks import (
    alert,
    button,
    context,
    field,
    modal,
    option,
    section,
    select,
    text_input,
)
from commands.views.text import clean, clip, count, day, name, person, some, verb
from db.intake.lacking import COUNTS, LEFT_OUT
from db.intake.persons import ONE_CLIENT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from commands.views.blocks import Block, Element, View
    from db.intake.persons import Person
    from db.matters import Matter

TITLE = "Columns"
SHOWN_CLIENTS, SHOWN_PEOPLE, SHOWN_HISTORY = 3, 2, 5
MOST_CLIENTS, MOST_CURRENCIES = 20, 50
"""Offered at most: a screen takes 10,000 characters, and more than some spouses share no number."""
WHOSE_BLOCK, CURRENCY_BLOCK, OTHER_BLOCK = "whose", "currency", "other_currency"
HELD = "held"
KEPT = "kept held, as nobody can say"
STAY_HELD = "Nobody can say: keep them held"
COUNTS_FOR = "It counts for the invoices that are here already and for every later export."


def whose(matter: Matter, past: Sequence[Matter], metadata: str) -> View:
    """Which of the clients who share a case number its invoices are of."""
    told = (
        f"Case *{name(matter.about)}* belongs to {count(len(matter.clients), 'client')} in CaseEasy's Client "
        f"Listing: {_clients(matter, 2 * SHOWN_CLIENTS)}. Its invoices don't say whose they are."
    )
    asked = field("Whose invoices are they?", _select(_client_options(matter), matter), WHOSE_BLOCK)
    small = f"{COUNTS_FOR} When another client joins the case, it is asked again."
    return _modal([section(clip(told, 2900)), asked, *_history(past), context(small)], metadata)


def one_client(matter: Matter, past: Sequence[Matter], metadata: str) -> View:
    """Whether the people whom one client identifier stands for are one client."""
    told = (
        f"The client identifier *{name(matter.about)}* stands for {_clients(matter, 2 * SHOWN_CLIENTS)} in "
        "CaseEasy's Client Listing. Some of its reports drop the first letter of an identifier, and then two "
        "clients look like one: what is booked for one could go to the other's contact in QuickBooks."
    )
    options = [
        option("Yes, they are one client", ONE_CLIENT),
        option("No, or nobody can say: keep them held", HELD),
    ]
    hint = (
        "If they aren't, import a Client Listing with each one's whole identifier: then you are asked whose "
        "each case is."
    )
    asked = field("Are they one client?", _select(options, matter), WHOSE_BLOCK, hint=hint)
    small = f"{COUNTS_FOR} When somebody else joins them, it is asked again."
    return _modal([section(clip(told, 2900)), asked, *_history(past), context(small)], metadata)


def still_counts(matter: Matter, past: Sequence[Matter], metadata: str) -> View:
    """Whether what CaseEasy's newest export no longer has counts all the same."""
    options = [
        option("It still counts", COUNTS),
        option("It is gone: leave it out", LEFT_OUT),
        option(STAY_HELD, HELD),
    ]
    hint = "An export that has it again settles it too."
    asked = field("Does it still count?", _select(options, matter), WHOSE_BLOCK, hint=hint)
    small = "Until then nothing of its invoice is booked. What is in QuickBooks is never changed by it."
    told = lacking.told(matter.lacking) if matter.lacking else ""
    return _modal([section(clip(told, 2900)), asked, *_history(past), context(small)], metadata)


def which_currency(matter: Matter, seen: Sequence[str], past: Sequence[Matter], metadata: str) -> View:
    """Which currency an empty or unknown Currency in the Client Listing stands for."""
    options = [*(option(code, code) for code in seen[:MOST_CURRENCIES]), option(STAY_HELD, HELD)]
    chosen = _chosen(options, matter)
    typed = matter.said if matter.said and chosen is None else ""
    return modal(
        Screen.MATTER_CURRENCY,
        TITLE,
        [
            section(f"{_about_currency(matter)}\nWe never assume a currency."),
            field(
                "Which currency is it?",
                select(Act.MATTER_CURRENCY, options, chosen),
                CURRENCY_BLOCK,
                optional=True,
            ),
            field(
                "Or another one, by its code",
                text_input(Act.MATTER_OTHER, typed, "EUR"),
                OTHER_BLOCK,
                optional=True,
            ),
            *_history(past),
            context(COUNTS_FOR),
        ],
        submit="Save",
        close="Cancel",
        metadata=metadata,
    )


def saved(matter: Matter, *, left: int) -> View:
    """After an answer."""
    blocks = [alert(f"{_title(matter)}: {_said(matter)}.", "success")]
    if left:
        blocks.append(section(f"{count(left, 'question')} still {verb(left, 'needs', 'need')} an answer."))
    return modal(Screen.NOTICE, TITLE, blocks, close="Done")


def listed(matter: Matter, index: int, *, may_answer: bool) -> Block:
    """Its line in the list."""
    told, act = f"*{_title(matter)}*\n{_stands(matter)}", f"{Act.ANSWER_MATTER_}{index}"
    return line(told, act, matter.subject, may_answer=may_answer, is_open=matter.is_open, is_first=not index)


def line(told: str, act: str, subject: str, *, may_answer: bool, is_open: bool, is_first: bool) -> Block:
    """A question in the list, with its button for who may answer; the first open one's stands out."""
    if not may_answer:
        return section(told)
    label = "Answer" if is_open else "Change Answer"
    return section(told, button(label, act, subject, primary=is_open and is_first))


def asks(matter: Matter) -> str:
    """What is asked, as a part of a sentence; names escaped."""
    if matter.is_case:
        return f"whose case {name(matter.about, 60)} is"
    if matter.is_client:
        return f"whether {name(matter.about, 60)} is one client"
    if matter.lacking is not None:
        return f"whether {lacking.what(matter.lacking)} still counts"
    return f"which currency {_written(matter)} is"


def client_chosen(matter: Matter, value: str) -> str | None:
    """What an option stands for, empty for who keeps them held; None where there is no such."""
    if value == HELD:
        return ""
    if matter.is_client or matter.lacking is not None:
        offered = {ONE_CLIENT} if matter.is_client else {COUNTS, LEFT_OUT}
        return value if value in offered else None
    known = {one.mark: one.identifier for one in matter.clients}
    return known.get(value) or None


def who(client: str) -> str:
    """A client's name for a sentence."""
    return name(client, 100)


def _modal(blocks: list[Block], metadata: str) -> View:
    return modal(Screen.MATTER_CASE, TITLE, blocks, submit="Save", close="Cancel", metadata=metadata)


def _select(options: Sequence[Element], matter: Matter) -> Element:
    return select(Act.MATTER_CLIENT, options, _chosen(options, matter))


def _client_options(matter: Matter) -> list[Element]:
    shown = [one for one in matter.clients if one.identifier][:MOST_CLIENTS]
    known = [option(clip(_client(one), 75), one.mark) for one in shown]
    return [*known, option(STAY_HELD, HELD)]


def _chosen(options: Sequence[Element], matter: Matter) -> Element | None:
    if matter.said is None:
        return None
    value = matter.said or HELD
    if matter.is_case and matter.said:
        value = next((one.mark for one in matter.clients if one.identifier == matter.said), "")
    return next((one for one in options if one["value"] == value), None)


def _client(one: Person) -> str:
    told = ", ".join(part for part in (one.identifier, one.email) if part)
    return f"{clip(clean(one.name), 40)} ({told})" if one.name else told or "no name"


def _clients(matter: Matter, most: int) -> str:
    """Those it is about; of one identifier, without it."""
    known = [replace(one, identifier="") if matter.is_client else one for one in matter.clients]
    return some([name(_client(one), 100) for one in known], most)


def _cases(matter: Matter) -> str:
    return ", ".join(f"case {name(case, 60)}" for case in matter.cases) or "some cases"


def _title(matter: Matter) -> str:
    if matter.is_case:
        return f"Case {name(matter.about, 60)}, shared by {count(len(matter.clients), 'client')}"
    if matter.lacking is not None:
        told = lacking.what(matter.lacking)
        return f"{told[0].upper()}{told[1:]}, no longer exported"
    if matter.is_client:
        return f"Client {name(matter.about, 60)}, {len(matter.clients)} different entries"
    return f"Currency {_written(matter)} · Client Listing"


def _written(matter: Matter) -> str:
    return f"“{name(matter.about, 60)}”" if matter.about else "an empty cell"


def _about_currency(matter: Matter) -> str:
    says = f"says {_written(matter)}" if matter.about else "says nothing"
    return f"The *Currency* in CaseEasy's Client Listing {says} for {_cases(matter)} and maybe others."


def _stands(matter: Matter) -> str:
    if matter.said is None:
        if matter.lacking is not None:
            return f"_needs an answer_ · not in the newest {lacking.export(matter.lacking)}"
        whom = _clients(matter, SHOWN_PEOPLE if matter.is_client else SHOWN_CLIENTS)
        return f"_needs an answer_ · {whom if matter.clients else _cases(matter)}"
    told = _said(matter)
    by = f" · {person(matter.said_by)}, {day(matter.said_at.date())}" if matter.said_at is not None else ""
    return f"{told[0].upper()}{told[1:]}{by}"


def _said(matter: Matter) -> str:
    if not matter.said:
        return "kept held, as nobody can say that they are one" if matter.is_client else KEPT
    if matter.is_client:
        return "they are one client"
    if matter.lacking is not None:
        return "it still counts" if matter.said == COUNTS else "it is gone, and left out"
    if not matter.is_case:
        return f"it is {name(matter.said)}"
    found = (one for one in matter.clients if one.identifier == matter.said)
    client = next(found, None)
    return f"its invoices are {name(_client(client) if client else matter.said, 120)}'s"


def _history(past: Sequence[Matter]) -> Sequence[Block]:
    lines = [_stands(one) for one in past[-SHOWN_HISTORY:]]
    return (context("Said so far: " + "; then ".join(lines)),) if lines else ()
