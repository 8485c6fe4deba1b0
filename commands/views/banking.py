"""The page on which a firm says how it banks client money, and who approves what touches it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands.ids import Act, Screen
from commands.views.blocks import actions, alert, context, field, modal, option, radios, section, user_select
from commands.views.notices import mapping_button
from commands.views.text import moment, person
from db.chosen import Banking

if TYPE_CHECKING:
    from commands.views.blocks import Block, View
    from db.chosen import FirmSettings

TITLE = "Client Money"
BANKING_BLOCK = "banking"
SECOND_BLOCK = "trust_approver"
WAYS = {
    Banking.UNEARNED: (
        "Only what isn't earned yet goes to trust",
        "Paid invoices go to the operating account",
    ),
    Banking.ALL: (
        "Everything goes through the client account",
        "Every paid invoice is held as client money",
    ),
    Banking.NONE: ("The firm holds no client money", "What says trust or retainer is held as a mistake"),
}
SAID = {
    Banking.UNEARNED: "Only what isn't earned yet goes to trust",
    Banking.ALL: "Everything goes through the client account",
    Banking.NONE: "The firm holds no client money",
}


def summary(chosen: FirmSettings, *, is_lost: bool = False) -> str:
    """One line on what was said, and who is the second person; ``is_lost``: who may approve no more."""
    if chosen.banking is Banking.UNSAID:
        return "*Nobody has said yet.* Trust money is held until then."
    told = SAID[chosen.banking]
    if chosen.banking is Banking.NONE:
        return told
    second = person(chosen.trust_approver) if chosen.trust_approver else "*nobody yet*"
    if is_lost:
        lost = f"{person(chosen.trust_approver)} is no approver or admin any more"
        second = f"*nobody*, as {lost}. Name another."
    return f"{told} · approves what touches it: {second}"


def page(chosen: FirmSettings, metadata: str) -> View:
    """The three ways, plainly, and the second person; nothing is posted to trust by any of them."""
    ways = [option(told, way, explained) for way, (told, explained) in WAYS.items()]
    blocks: list[Block] = [
        section(
            "Client money is what clients paid before it is earned. CaseLedger never moves money out of "
            "trust and doesn't book to trust accounts yet: what touches one is held, and shown as *Trust*."
        ),
        field(
            "How does your firm bank client money?", radios(Act.BANKING, ways, chosen.banking), BANKING_BLOCK
        ),
        field(
            "Who approves what touches client money?",
            user_select(Act.TRUST_APPROVER, "Choose an approver or admin", chosen.trust_approver),
            SECOND_BLOCK,
            hint="A second person: nobody approves what they asked for. Not needed if you hold none.",
            optional=True,
        ),
    ]
    if chosen.banking_by and chosen.banking_at is not None:
        blocks.append(context(f"Said by {person(chosen.banking_by)}, {moment(chosen.banking_at)}."))
    return modal(Screen.BANKING, TITLE, blocks, submit="Save Answer", close="Cancel", metadata=metadata)


def saved(chosen: FirmSettings) -> View:
    """After it was said, where the page was opened by itself; with the next step."""
    blocks: list[Block] = [alert("Saved.", "success"), section(summary(chosen))]
    if chosen.banking in {Banking.ALL, Banking.UNEARNED}:
        blocks.append(
            section(
                "Next, say under Review Mapping which trust account client money goes to, in each currency."
            )
        )
        blocks.append(actions(mapping_button()))
    return modal(Screen.NOTICE, TITLE, blocks, close="Done")
