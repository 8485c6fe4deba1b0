"""The contact's screens: who the client is among QuickBooks' contacts, and adding one only after a search."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from commands.ids import Act, Screen
from commands.views.blocks import (
    actions,
    alert,
    button,
    context,
    field,
    modal,
    option,
    radios,
    section,
    text_input,
)
from commands.views.text import name, some

if TYPE_CHECKING:
    from collections.abc import Sequence

    from commands.views.blocks import Block, View

NOT_A_CUSTOMER = ("This is ", ", not a customer")
TITLE = "Find Contact"
SEARCH_BLOCK = "contact_search"
CHOICE_BLOCK = "contact_choice"
NAME_BLOCK = "add_name"
EMAIL_BLOCK = "add_email"
ADD_NEW = "add"
SHOWN = 8
TO_SYNC = "Back to Sync"
"""These screens stand where the contacts found stood, so closing them leads past those."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A QuickBooks contact found; ``why`` says how it matched, ``blocked`` why it can't be chosen."""

    id: str
    name: str
    email: str
    currency: str
    why: str
    blocked: str = ""
    same_email: bool = False


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
    if not search.adding_refused:
        options.append(
            option(
                "None of these: add a new contact" if fitting else "Add a new contact",
                ADD_NEW,
                "You see the details before it is added",
            )
        )
    if not fitting:
        blocks.append(
            section(f"Nobody in QuickBooks fits “{name(search.words)}”. Try other words, or add the contact.")
        )
    if options:
        chosen = _likely(fitting) or ("" if fitting else options[0]["value"])
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


def _submit(fitting: Sequence[Candidate], options: Sequence[object]) -> str:
    """Where there is nobody to use, the form for a new one follows; where nobody may be added, words do."""
    if fitting:
        return "Use This Contact"
    return "Continue" if options else "Search"


def add_form(search: Search, metadata: str, problem: str = "") -> View:
    """The new contact's details, with the near matches once more, or why it wasn't added as typed."""
    blocks: list[Block] = []
    if problem:
        blocks.append(section(f"*Not added.* {name(problem, 300)}"))
    elif search.found:
        near = some([name(one.name, 40) for one in search.found], 3)
        blocks.append(
            alert(f"QuickBooks already has {near}. Please make sure this is somebody else.", "warning")
        )
    blocks.extend(
        [
            section(
                f"*{name(search.client_name)}* will be added to QuickBooks as a customer in "
                f"{search.currency}."
            ),
            field("Name in QuickBooks", text_input(Act.ADD_NAME, search.new_name, focus=True), NAME_BLOCK),
            field("E-mail", text_input(Act.ADD_EMAIL, search.client_email), EMAIL_BLOCK, optional=True),
            actions(button("Back to Contacts Found", Act.CONTACT_BACK)),
        ]
    )
    return modal(
        Screen.ADD_CONTACT,
        "Add New Contact",
        blocks,
        submit="Add Contact",
        close=TO_SYNC,
        metadata=metadata,
    )


def adding(contact: str) -> View:
    """While the worker adds it."""
    sentence = f"Adding *{name(contact)}* to QuickBooks… This screen changes when it is done."
    return modal(Screen.LOADING, "Add New Contact", [section(sentence)], close=TO_SYNC)


def added(contact: str) -> View:
    """It is there and linked."""
    return modal(
        Screen.NOTICE,
        "Add New Contact",
        [
            alert("Added, and linked to this client.", "success"),
            section(f"*{name(contact)}* is now in QuickBooks. Go back: your invoices are still ticked."),
        ],
        close=TO_SYNC,
    )


def still_adding(contact: str) -> View:
    """It takes long: QuickBooks is slow, or we make sure that it isn't added twice."""
    sentence = (
        f"QuickBooks hasn't answered yet about *{name(contact)}*. We look before we try again, so it "
        "won't be added twice. You may close this: it is linked to this client as soon as it is there."
    )
    return modal(Screen.NOTICE, "Add New Contact", [section(sentence)], close=TO_SYNC)


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
    return f"{one.name} · {one.email}" if one.email else one.name


def _reasons(one: Candidate) -> str:
    return f"{one.why} · {one.currency}" if one.currency else one.why


def _why_not(one: Candidate, search: Search) -> str:
    kind = one.blocked.removeprefix(NOT_A_CUSTOMER[0]).removesuffix(NOT_A_CUSTOMER[1])
    if kind != one.blocked and one.name.casefold() == search.client_name.casefold():
        return (
            f"{name(one.name, 60)} is {name(kind, 20)} in QuickBooks, and a name can be used only once. "
            f"If it is somebody else, add the client under another name, such as "
            f"“{name(search.new_name, 80)}”."
        )
    return f"{name(one.name, 60)}: {name(one.blocked, 160)}"
