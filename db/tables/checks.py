"""Tables of the sweep: when the books were checked, and what was found in them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.columns import Base, RowId


class Check(Base):
    """One look through the books; the row of a night is what makes it happen once in that night."""

    __tablename__ = "checks"

    id: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=True)
    firm_id: Mapped[str] = mapped_column(ForeignKey("firms.id"))
    realm_id: Mapped[str] = mapped_column(String(32))
    kind: Mapped[str] = mapped_column(String(16))  # nightly | asked
    local_date: Mapped[str | None] = mapped_column(String(10))  # of a nightly one, in the firm's time zone
    asked_by: Mapped[str] = mapped_column(String(32), default="")
    began_at: Mapped[datetime]
    # from when on the books were read, once they were: what changed later is for the next one
    read_at: Mapped[datetime | None]
    compared: Mapped[int] = mapped_column(default=0)

    __table_args__ = (
        UniqueConstraint("firm_id", "kind", "local_date"),
        Index("ix_checks_read", "firm_id", "realm_id", "read_at"),
    )


class FindingRow(Base):
    """Something in QuickBooks that isn't as booked, as it was seen last and what became of it."""

    __tablename__ = "findings"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    firm_id: Mapped[str] = mapped_column(ForeignKey("firms.id"))
    realm_id: Mapped[str] = mapped_column(String(32))
    kind: Mapped[str] = mapped_column(
        String(16)
    )  # twin | stranger | edited | voided | deleted | missing | amended
    entity: Mapped[str] = mapped_column(String(32))  # QuickBooks' type
    mark: Mapped[str] = mapped_column(String(32))
    effect_id: Mapped[str | None] = mapped_column(ForeignKey("effects.id"))
    state: Mapped[str] = mapped_column(String(16))  # open | settled | gone
    content: Mapped[dict[str, Any]]  # what was booked and what is there, for a person
    fingerprint: Mapped[str] = mapped_column(String(64))  # of the content: another one is news
    first_seen: Mapped[datetime]
    last_seen: Mapped[datetime]
    settled_by: Mapped[str] = mapped_column(String(32), default="")
    settled_at: Mapped[datetime | None]

    __table_args__ = (
        UniqueConstraint("firm_id", "realm_id", "kind", "entity", "mark"),
        Index("ix_findings_state", "firm_id", "realm_id", "state"),
    )
