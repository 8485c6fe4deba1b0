"""How far a sync has come, invoice by invoice, as its message shows it: the values that is drawn from."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from qb.hold import Mend

if TYPE_CHECKING:
    from datetime import date, datetime

    from db.money import Money


class Step(StrEnum):
    """How far one invoice has come."""

    WAITING = "waiting"
    UNDER_WAY = "under way"
    DOUBT = "doubt"  # sent, not answered: we look before we try again
    PARKED = "parked"  # no connection
    CLOSED = "closed"  # QuickBooks has closed the company
    REFUSED = "refused"
    STOPPED = "stopped"  # taken back by a person before it was sent
    REVIEW = "review"  # a person must look
    DIFFERS = "differs"  # booked, but what was read back isn't what was sent
    BOOKED = "booked"


SETTLED = frozenset({Step.REFUSED, Step.STOPPED, Step.REVIEW, Step.DIFFERS, Step.BOOKED})


@dataclass(frozen=True, slots=True)
class PaymentDone:
    """A payment of the invoice; ``link`` leads to it in QuickBooks once it is there."""

    amount: Money
    date: date
    method: str
    link: str = ""


@dataclass(frozen=True, slots=True)
class ReadBack:
    """What QuickBooks says now: the receipt."""

    total: Money
    tax: Money
    balance: Money
    accounts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One invoice of the sync: how far it is and what a person should know."""

    subject: str
    number: str
    total: Money
    step: Step
    booked_number: str = ""
    link: str = ""
    payments: tuple[PaymentDone, ...] = ()
    receipt: ReadBack | None = None
    sentence: str = ""
    mend: Mend = Mend.NONE
    again: bool = False  # whether Try Again may help
    case: str = ""
    client: str = ""
    linked: bool = False  # its invoice was in QuickBooks already, and a person linked it


@dataclass(frozen=True, slots=True)
class Story:
    """A sync as it stands; ``started`` and ``now`` are aware moments."""

    sync_id: str
    client_name: str
    asked_by: str
    outcomes: tuple[Outcome, ...]
    started: datetime
    now: datetime
    customers: tuple[str, ...] = ()  # whose they are in QuickBooks
    stopped_by: str = ""  # who took back what is stopped

    def count(self, *steps: Step) -> int:
        """How many invoices have come so far."""
        return sum(outcome.step in steps for outcome in self.outcomes)

    def whose(self, outcome: Outcome) -> str:
        """Whose invoice it is, by name; empty where all are of one client, who stands in the headline."""
        return outcome.client if len({one.client for one in self.outcomes}) > 1 else ""

    @property
    def settled(self) -> bool:
        """Whether nothing more will happen by itself."""
        return all(outcome.step in SETTLED for outcome in self.outcomes)


ATTENTION = frozenset({Step.REFUSED, Step.REVIEW, Step.DIFFERS})
"""What a person must see to; what was stopped only waits for Resume."""
