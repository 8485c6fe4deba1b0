"""Adding a contact, after a search: the form, and how far it has come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands.ids import Act, Screen
from commands.views.blocks import alert, checkboxes, field, modal, option, radios, section, text_input
from commands.views.contact import BELOW, back_button
from commands.views.text import clip, name, some, verb

if TYPE_CHECKING:
    from collections.abc import Sequence

    from commands.views.blocks import Block, View
    from commands.views.contact import Candidate, Search

NAME_BLOCK = "add_name"
EMAIL_BLOCK = "add_email"
WHO_BLOCK = "add_who"
APART_BLOCK = "add_apart"
CLIENT, PAYER = "client", "payer"
APART = "apart"


def add_form(search: Search, metadata: str, problem: str = "") -> View:
    """The new contact's details, with the near matches once more, or why it wasn't added as typed.

    Who has the same e-mail under another name must be said to be somebody else. Who it is, is asked with
    nothing chosen, as that decides whose name stands on the invoices; in place of who paid, it is who pays.
    """
    called, email = ("", "") if _is_payer(search) else (search.new_name, search.client_email)
    blocks: list[Block] = [
        *_warning(search, problem),
        section(_lead(search)),
        field("Name in QuickBooks", text_input(Act.ADD_NAME, called, focus=True), NAME_BLOCK),
        field("E-mail", text_input(Act.ADD_EMAIL, email), EMAIL_BLOCK, hint=_theirs(search), optional=True),
    ]
    if search.cases:
        options = [option(*choice) for choice in _who(search)]
        blocks.append(
            field("Who is this?", radios(Act.ADD_WHO, options, PAYER if _is_payer(search) else ""), WHO_BLOCK)
        )
    sharing = shares_email(search)
    if sharing:
        blocks.append(_apart(sharing))
    blocks.append(back_button())
    return modal(
        Screen.ADD_CONTACT,
        "Add New Contact",
        blocks,
        submit="Add Contact",
        close=search.back,
        metadata=metadata,
    )


def shares_email(search: Search) -> tuple[Candidate, ...]:
    """Who can be chosen and has the client's e-mail under another name: a spouse, a parent, an employer."""
    return tuple(one for one in search.found if one.same_email and not one.same_name and not one.blocked)


def _is_payer(search: Search) -> bool:
    """Whether somebody is sought in place of who paid, and not the client after all."""
    return search.pays and not search.as_twin


def _lead(search: Search) -> str:
    if _is_payer(search):
        cases = some([name(case, 40) for case in search.cases], 3)
        who = f"Who pays for *{name(search.client_name)}* in case {cases}"
    else:
        who = f"*{name(search.client_name)}*"
    return f"{who} will be added to QuickBooks as a customer in {search.currency}."


def _theirs(search: Search) -> str:
    """Beside the client's own e-mail in CaseEasy, what QuickBooks has for him in his other currency."""
    twin = search.twin
    if twin is None or not search.as_twin or not twin.differs:
        return ""
    return f"From CaseEasy. QuickBooks has {twin.theirs} for {twin.of} ({twin.kept})."


def _warning(search: Search, problem: str) -> list[Block]:
    if problem:
        return [section(f"*Not added.* {name(problem, 300)}")]
    if not search.found:
        return []
    near = some([name(one.name, 40) for one in search.found], 3)
    return [alert(f"QuickBooks already has {near}. Please make sure this is somebody else.", "warning")]


def _who(search: Search) -> tuple[tuple[str, str, str], ...]:
    cases = some([clip(case, 24) for case in search.cases], 1)
    return (
        (clip(search.client_name, 60), CLIENT, "The client"),
        ("Somebody else who pays", PAYER, f"Another person, or a company, for case {cases} alone"),
    )


def _apart(sharing: Sequence[Candidate]) -> Block:
    """A tick that can't be left out: nobody is added beside the same payer by oversight."""
    who = some([clip(one.name, 40) for one in sharing], 2)
    tick = option("It is somebody else", APART, "A spouse, a parent or an employer may share an address")
    return field(
        f"{who} {verb(len(sharing), 'has', 'have')} the same e-mail",
        checkboxes(Act.ADD_APART, [tick], ()),
        APART_BLOCK,
        hint="If it is the same payer, go back and choose that contact.",
    )


def adding(contact: str) -> View:
    """While the worker adds it."""
    sentence = f"Adding *{name(contact)}* to QuickBooks… This screen changes when it is done."
    return modal(Screen.LOADING, "Add New Contact", [section(sentence)], close=BELOW)


def added(contact: str) -> View:
    """It is there and linked."""
    return modal(
        Screen.NOTICE,
        "Add New Contact",
        [
            alert("Added, and linked to this client.", "success"),
            section(f"*{name(contact)}* is now in QuickBooks. Go back: nothing you ticked or chose is lost."),
        ],
        close=BELOW,
    )


def still_adding(contact: str) -> View:
    """It takes long: QuickBooks is slow, or we make sure that it isn't added twice."""
    sentence = (
        f"QuickBooks hasn't answered yet about *{name(contact)}*. We look before we try again, so it "
        "won't be added twice. You may close this: it is linked to this client as soon as it is there."
    )
    return modal(Screen.NOTICE, "Add New Contact", [section(sentence)], close=BELOW)
