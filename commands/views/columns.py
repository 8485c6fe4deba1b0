"""The columns of the exports that we don't know: which wait for a word, what they mean, who said so."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from commands.ids import Act, Screen
from commands.views import matters
from commands.views.blocks import (
    actions,
    alert,
    button,
    context,
    field,
    modal,
    option,
    radios,
    search_select,
    section,
    select,
    text_input,
)
from commands.views.errands import ask_button
from commands.views.notices import import_button
from commands.views.text import clean, clip, count, day, name, people, person, some, verb
from db.intake.forms import Report
from db.intake.meanings import OFFERED, OPERATING, PAID, TRUST, VALUES, Meaning
from db.records import Mark
from qb.hold import percent_text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from commands.favour import Favour
    from commands.views.blocks import Block, Element, View
    from db.columns_taught import ColumnAsked
    from db.intake.meanings import Taught
    from db.matters import Matter
    from qb.directory import TaxCode

TITLE = "Columns"
PAGE = 10
SHOWN_VALUES = 4
SHOWN_HISTORY = 5
MEANING_BLOCK, CODE_BLOCK, NAME_BLOCK, VALUE_BLOCK_ = "meaning", "tax_code", "tax_name", "value_"

REPORTS = {Report.INVOICES: "Invoices", Report.PAYMENTS: "Payments", Report.CLIENTS: "Client Listing"}
CHOICES = {
    Meaning.TAX: ("A tax", "Must tie to a confirmed rate, to the cent"),
    Meaning.TOTAL: ("The invoice's total", "Lines and tax must come to it, or it is held"),
    Meaning.DISCOUNT: ("A discount", "Invoices that have one are held for now"),
    Meaning.CURRENCY: ("The currency", "Such as CAD: it says what money the amounts are"),
    Meaning.FUND: ("Whose money it is (a fund)", "Next, you say which values mean client money"),
    Meaning.STATUS: ("A status", "Next, you say which values mean paid, void or draft"),
    Meaning.DESCRIPTION: ("A description", "Goes on the first line of the QuickBooks invoice"),
    Meaning.IGNORE: ("Nothing for the books", "Ignored"),
}
SAYS = {
    OPERATING: "The firm's own money",
    TRUST: "Client money (trust)",
    PAID: "Paid, or nothing special",
    Mark.OPEN: "Not paid yet: held",
    Mark.DRAFT: "A draft: held",
    Mark.VOID: "Void: never booked",
}
SHORT = {OPERATING: "the firm's own", TRUST: "client money", Mark.OPEN: "not paid", Mark.DRAFT: "a draft"}


@dataclass(frozen=True, slots=True)
class ColumnsScreen:
    """All columns ever met and questions about cases; the page shown; and who may answer."""

    columns: tuple[ColumnAsked, ...]
    may_answer: bool
    answerers: tuple[str, ...]
    page: int = 0
    asks: Favour | None = None
    matters: tuple[Matter, ...] = ()

    @property
    def pages(self) -> int:
        """How many pages there are, at least one."""
        return max(1, -(-len(self.items) // PAGE))

    @property
    def items(self) -> Sequence[Callable[..., Block]]:
        """How each is drawn, what waits first."""
        found = [(one.is_open, partial(matters.listed, one)) for one in self.matters]
        found += [(one.is_open, partial(_listed, one)) for one in self.columns]
        return [draw for _, draw in sorted(found, key=lambda one: not one[0])]


def screen(shown: ColumnsScreen) -> View:
    """The list, each with its answer or the button to give one."""
    if not shown.items:
        told = "Every column of your exports so far is one we know. A new one is listed here when it comes."
        return modal(Screen.COLUMNS, TITLE, [section(told), actions(import_button())])
    start = shown.page * PAGE
    blocks = [section(_summary(shown))]
    for index, draw in enumerate(shown.items[start : start + PAGE]):
        blocks.append(draw(index, may_answer=shown.may_answer))
    turning = _turning(shown)
    if turning:
        blocks.append(actions(*turning))
    if shown.asks is not None:
        blocks.append(actions(ask_button(shown.asks)))
    blocks.append(context(_footer(shown)))
    return modal(Screen.COLUMNS, TITLE, blocks)


def question(asked: ColumnAsked, past: Sequence[ColumnAsked], metadata: str) -> View:
    """What one column means."""
    column, chosen = asked.column, asked.taught
    options = [option(CHOICES[one][0], one, CHOICES[one][1]) for one in OFFERED[column.report]]
    element = radios(Act.COLUMN_MEANING, options, chosen.meaning if chosen else "")
    return modal(
        Screen.COLUMN,
        TITLE,
        [
            section(f"*{name(column.header)}* in CaseEasy's {REPORTS[column.report]}\n{_values(asked)}"),
            field("What does this column mean?", element, MEANING_BLOCK),
            *_history(past),
            context("It counts for the rows that are here already and for every later export."),
        ],
        submit="Save",
        close="Cancel",
        metadata=metadata,
    )


def which_tax(asked: ColumnAsked, codes: Sequence[TaxCode], metadata: str) -> View:
    """Which tax the column is: one of QuickBooks' codes, or a name of the firm's own."""
    blocks = [section(f"*{name(asked.column.header)}* is a tax. Which one?\n{_values(asked)}")]
    before = asked.taught.name if asked.taught is not None else ""
    if codes:
        chosen = next((code_option(code) for code in codes if code.name == before), None)
        picker = search_select(Act.COLUMN_TAX, "Choose a tax code", chosen)
        blocks.append(field("Tax code in QuickBooks", picker, CODE_BLOCK, optional=True))
    typed = "" if any(code.name == before for code in codes) else before
    own = text_input(Act.COLUMN_TAX_NAME, typed, "GST")
    hint = "Then its amounts must tie to whatever rate is confirmed under Review Mapping."
    label = "Or a name of your own" if codes else "Name of the tax"
    blocks.append(field(label, own, NAME_BLOCK, hint=hint, optional=True))
    return modal(Screen.COLUMN_TAX, TITLE, blocks, submit="Save", close="Cancel", metadata=metadata)


def which_values(asked: ColumnAsked, meaning: Meaning, metadata: str) -> View:
    """What each value of a fund or status means."""
    column = asked.column
    known = asked.taught.values if asked.taught is not None and asked.taught.meaning is meaning else {}
    options = [option(SAYS[one], one) for one in VALUES[meaning]]
    told = f"*{name(column.header)}* is {_a(meaning)}. What does each of its values mean?"
    note = "A value that comes later is asked then; until it is answered, its invoices are held."
    fields = [
        field(f"“{clip(text, 100)}”", _value(text, options, known), f"{VALUE_BLOCK_}{index}")
        for index, text in enumerate(column.values)
    ]
    return modal(
        Screen.COLUMN_VALUES,
        TITLE,
        [section(told), *fields, context(note)],
        submit="Save",
        close="Cancel",
        metadata=metadata,
    )


def code_option(code: TaxCode) -> Element:
    """A tax code as an option, its rate never cut off."""
    return option(f"{clip(clean(code.name), 50)} ({percent_text(code.percent)})", code.id)


def saved(asked: ColumnAsked, *, left: int) -> View:
    """After an answer."""
    told = f"{name(asked.column.header, 40)}: {meaning_told(asked.taught)}."
    rest = f"{count(left, 'column')} still {verb(left, 'needs', 'need')} an answer." if left else ""
    blocks = [alert(told, "success")]
    if rest:
        blocks.append(section(rest))
    return modal(Screen.NOTICE, TITLE, blocks, close="Done")


def mapping_line(waiting: int, known: int, others: int = 0) -> tuple[Block, ...]:
    """On the mapping's screen: that there are such columns, and how many wait."""
    if not known and not others:
        return ()
    told = f"*Columns of your exports* · {count(known, 'column')} beside CaseEasy's own"
    if others:
        told += f", {count(others, 'question')} about cases"
    if waiting:
        told += f", {waiting:,} {verb(waiting, 'needs', 'need')} an answer"
    return (section(told, open_button()),)


def open_button() -> Element:
    """Opens the list."""
    return button("Open Columns", Act.OPEN_COLUMNS)


def meaning_told(means: Taught | None) -> str:
    """What a column means, in words for ``mrkdwn``; names escaped."""
    if means is None:
        return "needs an answer"
    if means.meaning is Meaning.TAX:
        rate = f" ({percent_text(means.percent)})" if means.percent is not None else ""
        return f"a tax: {name(means.name)}{rate}"
    if means.meaning in VALUES:
        said = [f"“{name(text, 40)}” is {_short(says)}" for text, says in means.values.items()]
        return f"{_a(means.meaning)}: {some(said, SHOWN_VALUES)}" if said else _a(means.meaning)
    return _a(means.meaning)


def _a(meaning: Meaning) -> str:
    return {
        Meaning.TOTAL: "the invoice's total",
        Meaning.CURRENCY: "the currency",
        Meaning.IGNORE: "nothing for the books, ignored",
    }.get(meaning, f"a {meaning}")


def _short(says: str) -> str:
    return SHORT.get(says, says)


def _summary(shown: ColumnsScreen) -> str:
    waiting, asked = sum(one.is_open for one in shown.columns), sum(one.is_open for one in shown.matters)
    if asked:
        needing = (
            f"*{count(waiting + asked, 'question')} {verb(waiting + asked, 'needs', 'need')} an answer.*"
        )
        return f"{needing} Until then invoices that rest on it are held; the rows are in."
    if not waiting:
        beside = ", and what was left open of your cases" if shown.matters else ""
        return f"Columns of your exports beside CaseEasy's own, and what you said they mean{beside}."
    needing = f"*{count(waiting, 'column')} {verb(waiting, 'needs', 'need')} an answer.*"
    return f"{needing} Until then the column counts for nothing; its rows are in."


def _listed(one: ColumnAsked, index: int, *, may_answer: bool) -> Block:
    told = f"*{name(one.column.header)}* · {REPORTS[one.column.report]}\n{_stands(one)}"
    subject, act = one.column.subject, f"{Act.ANSWER_COLUMN_}{index}"
    return matters.line(told, act, subject, may_answer=may_answer, is_open=one.is_open, is_first=not index)


def _stands(one: ColumnAsked) -> str:
    if one.taught is None:
        return f"_needs an answer_ · {_values(one)}"
    said = f"{meaning_told(one.taught)}{_by(one)}"
    said = f"{said[0].upper()}{said[1:]}"
    if one.unexplained:
        fresh = some([f"“{name(text, 40)}”" for text in one.unexplained], SHOWN_VALUES)
        return f"{said}\n_needs an answer_ · new in it: {fresh}"
    return said


def _by(one: ColumnAsked) -> str:
    return f" · {person(one.said_by)}, {day(one.said_at.date())}" if one.said_at is not None else ""


def _values(one: ColumnAsked) -> str:
    if not one.column.values:
        return "always empty so far"
    more = "" if one.column.whole else " and others"
    return f"such as {some([f'“{name(text, 40)}”' for text in one.column.values], SHOWN_VALUES)}{more}"


def _history(past: Sequence[ColumnAsked]) -> Sequence[Block]:
    """Who said what when, the newest last."""
    lines = [f"{meaning_told(one.taught)}{_by(one)}" for one in past[-SHOWN_HISTORY:]]
    return (context("Said so far: " + "; then ".join(lines)),) if lines else ()


def _turning(shown: ColumnsScreen) -> list[Element]:
    buttons = []
    if shown.page > 0:
        buttons.append(button("Previous Page", f"{Act.COLUMNS_PAGE_}{shown.page - 1}"))
    if shown.page < shown.pages - 1:
        buttons.append(button("Next Page", f"{Act.COLUMNS_PAGE_}{shown.page + 1}"))
    return buttons


def _footer(shown: ColumnsScreen) -> str:
    page = f"Page {shown.page + 1} of {shown.pages}. " if shown.pages > 1 else ""
    if shown.may_answer:
        return f"{page}Each answer is kept with your name and the day, and can be changed."
    who = people(shown.answerers) if shown.answerers else "an admin or approver"
    return f"{page}You can look; only an admin or approver may answer. Please ask {who}."


def _value(text: str, options: Sequence[Element], known: Mapping[str, str]) -> Element:
    before = known.get(" ".join(text.split()).casefold())
    chosen = next((one for one in options if one["value"] == before), None)
    return select(Act.COLUMN_VALUE, options, chosen)
