"""When QuickBooks was last looked at for what others wrote there, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from commands.views.text import moment

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class Looked:
    """When (aware; None: never) what others wrote there was last read, and whether that is a while ago."""

    at: datetime | None
    is_old: bool = False


NEVER = "QuickBooks wasn't looked at yet: what others booked there isn't taken in."


def looked_words(looked: Looked) -> str:
    """One sentence, markup: nobody takes for ready what somebody may have booked since."""
    if looked.at is None:
        return NEVER
    told = f"QuickBooks was last looked at {moment(looked.at)}"
    return f"{told}: what others wrote there since isn't taken in." if looked.is_old else f"{told}."
