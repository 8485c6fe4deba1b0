"""Tables of what we did: syncs, effects, receipts, tasks, and the chained audit."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.columns import Base, RowId
from db.records import LONGEST_SUBJECT as SUBJECT


class Sync(Base):
    """One run of a plan; the guarded change from ``proposed`` to ``approved`` is the approval."""

    __tablename__ = "syncs"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    firm_id: Mapped[str] = mapped_column(ForeignKey("firms.id"), index=True)
    realm_id: Mapped[str] = mapped_column(String(32))
    state: Mapped[str] = mapped_column(String(16))  # proposed | requested | approved | running | done | ...
    version: Mapped[int] = mapped_column(default=1)
    asked_by: Mapped[str] = mapped_column(String(32))
    asked_at: Mapped[datetime]
    approved_by: Mapped[str | None] = mapped_column(String(32))
    approved_at: Mapped[datetime | None]
    finished_at: Mapped[datetime | None]
    selection: Mapped[list[Any]]  # the invoices chosen: [case, number, client]
    plan_sha256: Mapped[str] = mapped_column(String(64))
    plan: Mapped[str] = mapped_column(Text)  # canonical JSON, what was shown and will be booked
    weighed: Mapped[dict[str, Any] | None]  # what the policy looks at of it
    channel: Mapped[str] = mapped_column(String(32), default="")
    message_ts: Mapped[str] = mapped_column(String(32), default="")


class Effect(Base):
    """One remote write with its own life."""

    __tablename__ = "effects"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    firm_id: Mapped[str] = mapped_column(ForeignKey("firms.id"))
    realm_id: Mapped[str] = mapped_column(String(32))
    sync_id: Mapped[str | None] = mapped_column(ForeignKey("syncs.id"), index=True)
    subject: Mapped[str] = mapped_column(String(SUBJECT))
    # the invoice's subject, on its payments too
    invoice: Mapped[str] = mapped_column(String(SUBJECT), default="", index=True)
    # add_customer | add_invoice | add_payment | update_email
    operation: Mapped[str] = mapped_column(String(32))
    generation: Mapped[int] = mapped_column(default=1)
    depends_on: Mapped[str | None] = mapped_column(ForeignKey("effects.id"))
    entity: Mapped[str] = mapped_column(String(32))  # QuickBooks' type
    position: Mapped[int] = mapped_column(default=0)  # order within its sync
    content: Mapped[dict[str, Any]]  # what to write, before the parent's id is known
    request_id: Mapped[str] = mapped_column(String(36), unique=True)
    body: Mapped[bytes | None] = mapped_column(LargeBinary)
    body_sha256: Mapped[str | None] = mapped_column(String(64))
    state: Mapped[str] = mapped_column(String(16))  # ready | sending | confirmed | rejected | review | parked
    due_at: Mapped[datetime]
    attempt: Mapped[int] = mapped_column(default=0)
    fence: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None]
    doubtful: Mapped[bool] = mapped_column(
        default=False
    )  # QuickBooks may have it already: look before sending
    # a backup was restored: what was sent from then until then isn't known, so look there
    unknown_since: Mapped[datetime | None]
    unknown_until: Mapped[datetime | None]
    first_sent: Mapped[datetime | None]
    last_sent: Mapped[datetime | None]
    remote_id: Mapped[str | None] = mapped_column(String(64))
    sync_token: Mapped[str | None] = mapped_column(String(16))
    document_number: Mapped[str | None] = mapped_column(String(64))
    intuit_tid: Mapped[str | None] = mapped_column(String(128))
    adopted: Mapped[bool] = mapped_column(default=False)
    fault: Mapped[dict[str, Any] | None]
    reason: Mapped[str] = mapped_column(String(500), default="")  # why it waits or ended, for a person
    asked_by: Mapped[str] = mapped_column(String(32))
    created_at: Mapped[datetime]
    settled_at: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("firm_id", "realm_id", "subject", "operation", "generation"),
        UniqueConstraint("realm_id", "entity", "remote_id"),
        Index("ix_effects_due", "state", "due_at"),
        # a firm's next one, in order, and when the firm was served last
        Index("ix_effects_next", "firm_id", "state", "due_at", "created_at", "position", "id"),
        Index("ix_effects_served", "firm_id", "last_sent"),
    )


class CompanyCalls(Base):
    """One company's latest calls, shared by all processes so that together they keep its pace."""

    __tablename__ = "company_calls"

    realm_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    begins: Mapped[bytes] = mapped_column(LargeBinary)  # the last minute's, packed microseconds
    under_way: Mapped[dict[str, Any]]  # ticket: when it is surely over, microseconds
    tickets: Mapped[int] = mapped_column(default=0)
    rests_until: Mapped[datetime | None]
    free_at: Mapped[datetime]  # before that no further call may begin


class ReceiptRow(Base):
    """What was read back of one booked invoice, and whether it ties."""

    __tablename__ = "receipts"

    id: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=True)
    firm_id: Mapped[str] = mapped_column(ForeignKey("firms.id"), index=True)
    sync_id: Mapped[str] = mapped_column(ForeignKey("syncs.id"), index=True)
    invoice: Mapped[str] = mapped_column(String(SUBJECT))
    ties: Mapped[bool]
    content: Mapped[dict[str, Any]]
    read_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("sync_id", "invoice"),)


class Task(Base):
    """A leased, repeatable piece of work that isn't money: a message, a search, an import."""

    __tablename__ = "tasks"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    firm_id: Mapped[str] = mapped_column(ForeignKey("firms.id"))
    kind: Mapped[str] = mapped_column(String(48))
    content: Mapped[dict[str, Any]]
    state: Mapped[str] = mapped_column(String(16))  # ready | running | done | failed
    key: Mapped[str | None] = mapped_column(String(200))
    due_at: Mapped[datetime]
    attempt: Mapped[int] = mapped_column(default=0)
    fence: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None]
    created_at: Mapped[datetime]
    finished_at: Mapped[datetime | None]
    trouble: Mapped[str] = mapped_column(String(500), default="")

    __table_args__ = (
        UniqueConstraint("firm_id", "key"),
        Index("ix_tasks_due", "state", "due_at"),
    )


class AuditHead(Base):
    """The newest link of a firm's audit chain; locked while a line is added."""

    __tablename__ = "audit_heads"

    firm_id: Mapped[str] = mapped_column(ForeignKey("firms.id"), primary_key=True)
    number: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))


class AuditLine(Base):
    """One decision or outcome; each line carries the hash of the one before."""

    __tablename__ = "audit_lines"

    firm_id: Mapped[str] = mapped_column(ForeignKey("firms.id"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(64))
    verb: Mapped[str] = mapped_column(String(48))
    subject: Mapped[str] = mapped_column(String(SUBJECT))
    content: Mapped[str] = mapped_column(Text)  # canonical JSON
    previous_sha256: Mapped[str] = mapped_column(String(64))
    sha256: Mapped[str] = mapped_column(String(64))


class Heartbeat(Base):
    """When a process was last seen, and in which role."""

    __tablename__ = "heartbeats"

    process: Mapped[str] = mapped_column(String(64), primary_key=True)
    role: Mapped[str] = mapped_column(String(16))
    seen_at: Mapped[datetime]


class EpochRow(Base):
    """A point this database was copied at: the backup it comes from, or the move it was left behind by."""

    __tablename__ = "epochs"

    id: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=True)
    kind: Mapped[str] = mapped_column(String(16))  # backup | moved
    taken_at: Mapped[datetime]
    began_at: Mapped[datetime | None]  # when a backup was put to work; none yet while it lies there
    place: Mapped[str] = mapped_column(String(200), default="")  # where it was moved to
