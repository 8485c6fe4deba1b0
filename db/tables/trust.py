"""Tables of client money: what a named second person was asked and said; and the reads Intuit counts."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.columns import Base, RowId


class TrustApproval(Base):
    """One paid invoice that touches client money, as it was when a second person was asked about it."""

    __tablename__ = "trust_approvals"

    id: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=True)
    firm_id: Mapped[str] = mapped_column(ForeignKey("firms.id"))
    realm_id: Mapped[str] = mapped_column(String(32))
    subject: Mapped[str] = mapped_column(String(500))
    fingerprint: Mapped[str] = mapped_column(String(64))  # of its amounts and payments: others are asked anew
    asked_by: Mapped[str] = mapped_column(String(32))
    asked_at: Mapped[datetime]
    approved_by: Mapped[str | None] = mapped_column(String(32))
    approved_name: Mapped[str] = mapped_column(String(80), default="")  # as people know that person
    approved_at: Mapped[datetime | None]
    rejected_by: Mapped[str | None] = mapped_column(String(32))  # until it is asked again
    rejected_at: Mapped[datetime | None]
    reason: Mapped[str | None] = mapped_column(String(1000))

    __table_args__ = (UniqueConstraint("firm_id", "realm_id", "subject", "fingerprint"),)


class MeteredReads(Base):
    """Reads Intuit counted for our app in a month of UTC, ``2026-11``; nearly, as a crash loses some."""

    __tablename__ = "metered_reads"

    month: Mapped[str] = mapped_column(String(7), primary_key=True)
    reads: Mapped[int]
