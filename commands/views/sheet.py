"""The file of a large sync: a row for every invoice, safe to open in any spreadsheet."""

from __future__ import annotations

import csv
from io import StringIO
from typing import TYPE_CHECKING

from commands.views.outcome import Step
from commands.views.text import clean

if TYPE_CHECKING:
    from commands.views.outcome import Outcome, Story

HEADINGS = (
    "Invoice",
    "Case",
    "Client",
    "Amount",
    "Currency",
    "Outcome",
    "Number in QuickBooks",
    "Total read back",
    "Tax read back",
    "Balance read back",
    "Deposited to",
    "Remark",
)
FORMULA = ("=", "+", "-", "@")
"""A cell that begins so would be computed by a spreadsheet (OWASP: CSV injection)."""
MARK = "\ufeff"
"""By it Excel knows UTF-8."""
WORDS = {
    Step.BOOKED: "booked",
    Step.REFUSED: "not booked",
    Step.STOPPED: "stopped, not booked",
    Step.REVIEW: "to be looked up in QuickBooks",
    Step.DIFFERS: "booked, to be checked",
}

LINKED = "linked to what was there, its payment booked"


def sheet(story: Story) -> str:
    """All invoices of the sync as CSV, in its order; amounts plain with a point, their currency beside."""
    written = StringIO()
    rows = csv.writer(written)
    rows.writerow(HEADINGS)
    rows.writerows(_row(outcome) for outcome in story.outcomes)
    return MARK + written.getvalue()


def cell(text: str) -> str:
    """A text from outside; what a spreadsheet would compute is quoted."""
    shown = clean(text)
    return f"'{shown}" if shown.startswith(FORMULA) else shown


def _what_came(outcome: Outcome) -> str:
    booked = outcome.step is Step.BOOKED
    return LINKED if booked and outcome.linked else WORDS.get(outcome.step, "under way")


def _row(outcome: Outcome) -> tuple[str, ...]:
    read = outcome.receipt
    return (
        cell(outcome.number),
        cell(outcome.case),
        cell(outcome.client),
        f"{outcome.total.amount:f}",
        outcome.total.currency,
        _what_came(outcome),
        cell(outcome.booked_number),
        f"{read.total.amount:f}" if read else "",
        f"{read.tax.amount:f}" if read else "",
        f"{read.balance.amount:f}" if read else "",
        cell(" and ".join(read.accounts)) if read else "",
        cell(outcome.sentence),
    )
