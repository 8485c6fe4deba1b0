"""Every refusal a person can meet, in one catalogue that a program can list."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands.words import (
    access,
    alike,
    approvals,
    columns,
    contacts,
    files,
    outcomes,
    screens,
    troubles,
    trust,
)
from db.intake import sentences as intake_sentences
from db.refusal import Sentence
from qb import (
    consent_sentences,
    hold_sentences,
    refusal_sentences,
    stated_sentences,
    trust_sentences,
    unclear_sentences,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from types import ModuleType

CHAPTERS: Mapping[str, tuple[ModuleType, ...]] = {
    "Who may": (access,),
    "Approvals": (approvals,),
    "Client money": (trust,),
    "Already in QuickBooks": (alike,),
    "Contacts": (contacts,),
    "Screens and messages that no longer hold": (screens,),
    "QuickBooks, Slack, and us": (troubles,),
    "Connecting QuickBooks": (consent_sentences,),
    "Files and imports": (files, columns, intake_sentences),
    "Invoices that wait": (unclear_sentences, hold_sentences, stated_sentences, trust_sentences),
    "What QuickBooks refused, or a person must look at": (refusal_sentences, outcomes),
}
"""What ``caseledger messages`` lists, chapter by chapter."""


def sentences_of(module: ModuleType) -> Iterator[Sentence]:
    """The module's own sentences, also those in its tables, in its order."""
    for thing in vars(module).values():
        if isinstance(thing, Sentence):
            yield thing
        elif hasattr(thing, "values") and not isinstance(thing, type):
            yield from (each for each in thing.values() if isinstance(each, Sentence))


def catalogue() -> tuple[Sentence, ...]:
    """All of them, each once."""
    return tuple(
        sentence for modules in CHAPTERS.values() for module in modules for sentence in sentences_of(module)
    )
