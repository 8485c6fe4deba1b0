"""What the ledger of remote writes speaks in: effects, and the changes their outcomes bring."""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy import Row

    from db import tables


class State(StrEnum):
    """Where an effect stands; *in doubt* is ``sending`` with nobody holding it."""

    READY = "ready"
    SENDING = "sending"
    CONFIRMED = "confirmed"
    REJECTED = "rejected"
    REVIEW = "review"  # a person must decide
    PARKED = "parked"  # waits for a connection


LONGEST_REASON = 500
ENDED_BADLY = frozenset({State.REJECTED, State.REVIEW})
"""An invoice so ended is what its payments wait for in vain."""


@dataclass(frozen=True, slots=True)
class NewEffect:
    """A remote write to be ordered. ``content`` (plain JSON) is what to write, without the parent's id."""

    firm_id: str
    realm_id: str
    subject: str
    operation: str  # add_customer | add_invoice | add_payment | update_email
    entity: str  # QuickBooks' type
    content: Mapping[str, Any]
    asked_by: str
    invoice: str = ""  # the invoice's subject, on its payments too
    sync_id: str | None = None
    depends_on: str | None = None
    position: int = 0
    generation: int = 1
    due_at: datetime | None = None  # at once where None


@dataclass(frozen=True, slots=True)
class Effect:
    """One remote write as the ledger has it; moments are UTC, by the lease clock where we sent."""

    id: str
    firm_id: str
    realm_id: str
    sync_id: str | None
    subject: str
    invoice: str
    operation: str
    generation: int
    depends_on: str | None
    entity: str
    position: int
    content: Mapping[str, Any]
    request_id: str
    body: bytes | None
    body_sha256: str | None
    state: State
    due_at: datetime
    attempt: int  # sends that may have reached QuickBooks, the present one included
    fence: int
    lease_until: datetime | None
    doubtful: bool  # QuickBooks may have it already: look before sending
    first_sent: datetime | None
    last_sent: datetime | None
    remote_id: str | None
    sync_token: str | None
    document_number: str | None
    intuit_tid: str | None
    adopted: bool  # found in QuickBooks by its mark, not answered to our request
    fault: Mapping[str, Any] | None
    reason: str  # why it waits or ended, for a person
    asked_by: str
    created_at: datetime
    settled_at: datetime | None
    unknown_since: datetime | None = None  # a restored backup: from then it may have been sent, unknown to us
    unknown_until: datetime | None = None  # until then

    @property
    def taken_before(self) -> bool:
        """Whether this database had it in hand before; Look Again sets ``attempt`` back, this stays."""
        return self.last_sent != self.first_sent


@dataclass(frozen=True, slots=True)
class Claimed:
    """An effect in hand; where ``doubt``, somebody may have sent it already: look first."""

    effect: Effect
    doubt: bool


@dataclass(frozen=True, slots=True)
class Confirm:
    """QuickBooks has it; ``adopted`` where it was found by its mark."""

    remote_id: str
    sync_token: str = ""
    document_number: str = ""
    tid: str = ""
    adopted: bool = False


@dataclass(frozen=True, slots=True)
class Reject:
    """QuickBooks refused the first and only send: nothing was booked.

    ``absent``: it was looked for, isn't there, and nothing we sent can be on its way: a doubt is over too.
    """

    fault: Mapping[str, Any]
    reason: str = ""
    absent: bool = False


@dataclass(frozen=True, slots=True)
class Doubt:
    """It may have been booked: look at ``due_at``, counted from the effect's ``last_sent`` (lease clock)."""

    due_at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Release:
    """This time it surely wasn't sent: again at ``due_at``."""

    due_at: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """Only a person can tell what is in QuickBooks."""

    reason: str
    fault: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Park:
    """There is no connection; this time it surely wasn't sent."""

    reason: str


@dataclass(frozen=True, slots=True)
class Await:
    """It surely wasn't sent, and isn't before somebody has looked again what others wrote meanwhile."""

    reason: str


@dataclass(frozen=True, slots=True)
class Overtaken:
    """QuickBooks has a later generation, which a restored backup forgot: so this one had been refused."""

    reason: str


Change: TypeAlias = Confirm | Reject | Doubt | Release | Review | Park | Await | Overtaken

_COLUMNS = tuple(field.name for field in fields(Effect) if field.name != "state")


def effect_of(row: tables.Effect | Row[Any]) -> Effect:
    """The row as a value."""
    return Effect(state=State(row.state), **{name: getattr(row, name) for name in _COLUMNS})
