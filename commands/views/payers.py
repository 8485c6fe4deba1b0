"""What is asked before a chosen contact is linked: who pays, and whose e-mail is right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands.ids import Act, Screen
from commands.views.blocks import alert, context, field, modal, option, radios, section
from commands.views.contact import BELOW, back_button
from commands.views.text import clip, name, some
from qb.contacts import is_same_email

if TYPE_CHECKING:
    from commands.views.blocks import Block, View
    from commands.views.contact import Candidate, Search

TITLE = "Find Contact"
WHO_BLOCK, MAIL_BLOCK = "who_pays", "which_email"
CLIENT, PAYER = "client", "payer"
KEEP, UPDATE = "keep", "update"


def who_pays(search: Search, chosen: Candidate, metadata: str) -> View:
    """The contact is the client by neither name nor e-mail, or by one of them alone: asked once."""
    told = f"*{name(chosen.name)}* isn't called {name(search.client_name)}, the client"
    shared = is_same_email(search.client_email, chosen.email)
    told += ", but has the same e-mail." if shared else ", and has another e-mail or none."
    cases = some([clip(case, 24) for case in search.cases], 1)
    options = [
        option(
            f"{clip(chosen.name, 35)} pays for {clip(search.client_name, 28)}",
            PAYER,
            f"For case {cases} alone; you can change it at any time",
        ),
        option(
            f"It is {clip(search.client_name, 60)}",
            CLIENT,
            "The client goes by this name in QuickBooks, in every case",
        ),
    ]
    blocks: list[Block] = [
        section(told),
        field("Who is that?", radios(Act.WHO_PAYS, options), WHO_BLOCK),
        context(
            "A relative or an employer may pay. The invoices are billed to whoever is chosen here, and the "
            "preview says so."
        ),
        back_button(),
    ]
    return modal(
        Screen.WHO_PAYS, TITLE, blocks, submit="Use This Contact", close=search.back, metadata=metadata
    )


def which_email(search: Search, chosen: Candidate, metadata: str) -> View:
    """The same client with another e-mail in QuickBooks than in CaseEasy."""
    options = [
        option("Keep what QuickBooks has", KEEP, clip(chosen.email, 75)),
        option("Update QuickBooks", UPDATE, clip(search.client_email, 75)),
    ]
    blocks: list[Block] = [
        alert(f"The e-mail of {name(chosen.name, 60)} isn't the same in both.", "warning"),
        section(f"QuickBooks: {name(chosen.email, 100)}\nCaseEasy: {name(search.client_email, 100)}"),
        field("Which one is right?", radios(Act.WHICH_EMAIL, options, KEEP), MAIL_BLOCK),
        context("The contact is linked either way. Nothing else of it is changed in QuickBooks."),
        back_button(),
    ]
    return modal(
        Screen.WHICH_EMAIL, TITLE, blocks, submit="Use This Contact", close=search.back, metadata=metadata
    )


def updating(contact: str) -> View:
    """While the worker writes the e-mail."""
    sentence = f"*{name(contact)}* is linked. The e-mail is on its way to QuickBooks…"
    return modal(Screen.LOADING, TITLE, [section(sentence)], close=BELOW)


def updated(contact: str) -> View:
    """It is there."""
    blocks = [
        alert("Linked, and the e-mail is updated in QuickBooks.", "success"),
        section(f"*{name(contact)}*: nothing else of it was changed."),
    ]
    return modal(Screen.NOTICE, TITLE, blocks, close=BELOW)


def not_updated(contact: str, why: str) -> View:
    """QuickBooks refused it, or somebody was faster: the link holds all the same."""
    blocks = [
        alert("Linked, but the e-mail in QuickBooks wasn't changed.", "warning"),
        section(f"*{name(contact)}*: {name(why, 300)}"),
    ]
    return modal(Screen.NOTICE, TITLE, blocks, close=BELOW)


def still_updating(contact: str) -> View:
    """It takes long; nobody needs to wait for it."""
    sentence = (
        f"*{name(contact)}* is linked. QuickBooks hasn't answered yet about the e-mail; it is written once, "
        "as soon as that is possible. You may close this."
    )
    return modal(Screen.NOTICE, TITLE, [section(sentence)], close=BELOW)
