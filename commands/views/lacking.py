"""How something that CaseEasy's newest export no longer has is named, wherever it is told."""

from __future__ import annotations

from typing import TYPE_CHECKING

from commands.views.text import day, name, some
from db.intake.forms import Report

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.intake.lacking import Lacking

SHOWN = 6


def what(one: Lacking) -> str:
    """The invoice or payment with its case, for the middle of a sentence; names escaped."""
    kind = "invoice" if one.report is Report.INVOICES else "payment"
    return f"{kind} {name(one.number, 60)} of case {name(one.case, 60)}"


def export(one: Lacking) -> str:
    """The export that lacks it, by its day."""
    title = "Invoices" if one.report is Report.INVOICES else "Payments"
    return f"{title} export ({day(one.exported)})"


def told(one: Lacking) -> str:
    """What is known of it."""
    named = what(one)
    return (
        f"*{named[0].upper()}{named[1:]}* is no longer in CaseEasy's newest {export(one)}, though older and "
        "newer ones are. It may have been deleted or voided there, or the export left it out."
    )


def listed(lacking: Sequence[Lacking]) -> str:
    """All that an import found missing, and what that means."""
    return (
        "No longer in CaseEasy's newest export, though older and newer ones are: "
        f"{some([what(one) for one in lacking], SHOWN)}. What isn't booked of it is held until somebody says "
        "whether it still counts."
    )
