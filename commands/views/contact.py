"""The search for a contact: who the client is among QuickBooks' contacts, why each was found, adding last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from commands.ids import Act, Screen
from commands.views.blocks import (
    actions,
    button,
    context,
    field,
    modal,
    option,
    radios,
    section,
    text_input,
)
from commands.views.text import clip, day, name
from qb.contacts import is_same_email

if TYPE_CHECKING:
    from collections.abc import Sequence

    from commands.views.blocks import Block, Element, View

NOT_A_CUSTOMER = ("This is ", ", not a customer")
TITLE = "Find Contact"
SEARCH_BLOCK = "contact_search"
CHOICE_BLOCK = "contact_choice"
ADD_NEW, ADD_TWIN = "add", "add_twin"
SHOWN = 8
BELOW, TO_SYNC, TO_CONTACTS = "Go Back", "Back to Sync", "Back to Contacts"
"""These screens stand where the contacts found stood: closing them leads past those, to what lies below."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A QuickBooks contact found; ``why`` says how it matched, ``blocked`` why it can't be chosen.

    ``same_email`` and ``same_name`` say how it is the client, whatever words found it. ``last_invoice`` is a
    day, ISO 8601, empty where it wasn't asked for. ``version`` is QuickBooks' count of its changes.
    """

    id: str
    name: str
    email: str
    currency: str
    why: str
    blocked: str = ""
    same_email: bool = False
    same_name: bool = False
    phone: str = ""
    city: str = ""
    last_invoice: str = ""
    version: str = ""


@dataclass(frozen=True, slots=True)
class Twin:
    """The same client in another currency: the ``name`` to add, beside ``of``, who is ``kept`` in his own.

    ``email`` is CaseEasy's, or QuickBooks' where that has none; ``theirs`` is what ``of`` has in QuickBooks.
    """

    name: str
    of: str
    email: str
    kept: str
    theirs: str = ""

    @property
    def differs(self) -> bool:
        """Whether QuickBooks has another e-mail for him: it may be a namesake, so both are shown first."""
        return bool(self.email and self.theirs) and not is_same_email(self.email, self.theirs)


@dataclass(frozen=True, slots=True)
class Search:
    """Whom we look for, and what was found for which words."""

    client_name: str
    client_email: str
    currency: str
    words: str
    found: tuple[Candidate, ...]
    new_name: str = ""  # what QuickBooks can take as the new contact's name
    adding_refused: str = ""  # why nobody may be added (an exact match is there)
    cases: tuple[str, ...] = ()  # whose invoices they are, for somebody else who pays
    twin: Twin | None = None
    back: str = TO_SYNC  # what closing leads to
    as_twin: bool = False  # whether the twin is what is to be added
    pays: bool = False  # who is sought pays for the cases in place of somebody who did


def searching(client_name: str) -> View:
    """Opens at once, filled in by the worker."""
    return modal(
        Screen.LOADING, TITLE, [section(f"Searching QuickBooks for *{name(client_name)}* …")], close="Back"
    )


def results(search: Search, metadata: str) -> View:
    """What was found, each with why; adding comes last, and only after a search."""
    fitting = [one for one in search.found if not one.blocked][:SHOWN]
    blocked = [one for one in search.found if one.blocked]
    blocks: list[Block] = [section(_question(search))]
    options = [option(_label(one), one.id, _reasons(one)) for one in fitting]
    if search.twin is not None:
        options.append(_twin(search.twin))
    if not search.adding_refused:
        options.append(
            option(
                "None of these: add a new contact" if fitting else "Add a new contact",
                ADD_NEW,
                "You see the details before it is added",
            )
        )
    if not fitting:
        blocks.append(section(_nobody(search)))
    if options:
        chosen = _likely(fitting) or ("" if fitting else options[0]["value"])
        if search.twin is not None:
            chosen = _likely(fitting)
        blocks.append(
            field("Contact in QuickBooks", radios(Act.CONTACT_CHOICE, options, chosen), CHOICE_BLOCK)
        )
    if blocked:
        blocks.append(context("Can't be chosen:", *[_why_not(one, search) for one in blocked[:SHOWN]]))
    if search.adding_refused:
        blocks.append(context(name(search.adding_refused, 300)))
    words = text_input(Act.CONTACT_TEXT, search.words, "Name, company or e-mail", on_enter=True)
    blocks.append(field("Search for someone else", words, SEARCH_BLOCK, optional=True))
    blocks.append(actions(button("Search Again", Act.CONTACT_SEARCH)))
    return modal(
        Screen.CONTACT,
        TITLE,
        blocks,
        submit=_submit(fitting, options),
        close="Back",
        metadata=metadata,
    )


def _nobody(search: Search) -> str:
    """What to do where nobody was found: only what this screen offers."""
    told = f"Nobody in QuickBooks fits “{name(search.words)}”."
    if not search.adding_refused:
        return f"{told} Try other words, or add the contact."
    return f"{told} Search for “{name(search.client_name)}” or the e-mail to find who is there already."


def _submit(fitting: Sequence[Candidate], options: Sequence[object]) -> str:
    """Where there is nobody to use, the form for a new one follows; where nobody may be added, words do."""
    if fitting:
        return "Use This Contact"
    return "Continue" if options else "Search"


def back_button() -> Block:
    """One step back, from what follows the contacts found."""
    return actions(button("Back to Contacts Found", Act.CONTACT_BACK))


def _likely(fitting: Sequence[Candidate]) -> str:
    """Chosen already only where the e-mail is the same, and one person's alone: names are not enough."""
    same = [one.id for one in fitting if one.same_email]
    return same[0] if len(same) == 1 else ""


def _question(search: Search) -> str:
    email = f" ({name(search.client_email)})" if search.client_email else ""
    return (
        f"Who is *{name(search.client_name)}*{email} in QuickBooks? Invoices in {search.currency} go there."
    )


def _label(one: Candidate) -> str:
    """The name, and what tells apart those of one name."""
    return " · ".join(part for part in (clip(one.name, 45), one.email, one.phone, one.city) if part)


def _twin(twin: Twin) -> Element:
    label = " · ".join(
        part for part in (f"Add “{clip(twin.name, 45 if twin.email else 60)}”", twin.email) if part
    )
    why = f"{clip(twin.of, 40)} is kept in {twin.kept}; a contact has one currency"
    if twin.differs:
        why = f"{clip(twin.of, 30)} ({twin.kept}) has another e-mail: you see both first"
    return option(label, ADD_TWIN, why)


def _reasons(one: Candidate) -> str:
    last = f"last invoice {day(date.fromisoformat(one.last_invoice))}" if one.last_invoice else ""
    return " · ".join(part for part in (one.why, one.currency, last) if part)


def _why_not(one: Candidate, search: Search) -> str:
    kind = one.blocked.removeprefix(NOT_A_CUSTOMER[0]).removesuffix(NOT_A_CUSTOMER[1])
    if kind != one.blocked and one.name.casefold() == search.client_name.casefold():
        return (
            f"{name(one.name, 60)} is {name(kind, 20)} in QuickBooks, and a name can be used only once. "
            f"If it is somebody else, add the client under another name, such as "
            f"“{name(search.new_name, 80)}”."
        )
    return f"{name(one.name, 60)}: {name(one.blocked, 160)}"
