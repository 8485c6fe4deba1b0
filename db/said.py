"""What can be said of an invoice that looks as if it were in QuickBooks already."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


class Said(StrEnum):
    """What can be said; empty once it was undone."""

    LINK = "link"
    ANOTHER = "another"
    HOLD = "hold"
    NOTHING = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """One invoice's (``subject``): what was said, by whom (Slack id), when (UTC).

    ``linked`` is the key of the document that is this invoice, ``linked_seen`` how it was then; ``dismissed``
    are those that are others', each as it was: what is said of a document holds while it says the same.
    ``number`` is the one to book it under where its own is taken.
    """

    subject: str
    said: Said
    by: str
    at: datetime
    linked: str = ""
    dismissed: tuple[str, ...] = ()
    number: str = ""
    linked_seen: str = ""
