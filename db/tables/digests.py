"""Tables of the daily digest: which were posted, and what was put off until later."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.columns import Base


class DigestRow(Base):
    """One digest; the row of a day is what makes it come once on that day."""

    __tablename__ = "digests"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    firm_id: Mapped[str] = mapped_column(ForeignKey("firms.id"))
    kind: Mapped[str] = mapped_column(String(16))  # daily
    local_date: Mapped[str] = mapped_column(String(10))  # in the firm's time zone
    began_at: Mapped[datetime]
    told_at: Mapped[datetime | None]  # when it was known what to say, be it nothing
    channel: Mapped[str] = mapped_column(String(32), default="")
    message_ts: Mapped[str] = mapped_column(String(32), default="")
    content: Mapped[dict[str, Any]]  # which invoices waited

    __table_args__ = (
        UniqueConstraint("firm_id", "kind", "local_date"),
        Index("ix_digests_told", "firm_id", "kind", "told_at"),
    )


class SnoozeRow(Base):
    """One paid invoice, or the whole digest, that is put off until a day or until it changes."""

    __tablename__ = "snoozes"

    firm_id: Mapped[str] = mapped_column(ForeignKey("firms.id"), primary_key=True)
    mark: Mapped[str] = mapped_column(String(32), primary_key=True)  # the invoice's, or "everything"
    until: Mapped[str | None] = mapped_column(String(10))  # the first day it is shown again; None: a change
    fingerprint: Mapped[str] = mapped_column(String(64))  # of how it stood; another one is a change
    snoozed_by: Mapped[str] = mapped_column(String(32))
    snoozed_at: Mapped[datetime]
