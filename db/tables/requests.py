"""Table of requests for approval: one a sync and version, with who decides it and what became of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from db.columns import Base


class RequestRow(Base):
    """A second person's turn; the guarded change from ``open`` is the decision."""

    __tablename__ = "requests"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    firm_id: Mapped[str] = mapped_column(ForeignKey("firms.id"))
    sync_id: Mapped[str] = mapped_column(ForeignKey("syncs.id"))
    version: Mapped[int]  # of the sync: what was shown when it was asked
    state: Mapped[str] = mapped_column(String(16))  # open | approved | rejected | withdrawn | expired | ...
    asked_by: Mapped[str] = mapped_column(String(32))
    asked_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    rules: Mapped[list[Any]]  # every rule it met: kind and sentence
    alone: Mapped[bool] = mapped_column(default=False)  # nobody else is there: who asked looks a second time
    channel: Mapped[str] = mapped_column(String(32), default="")  # where the message stands, once posted
    message_ts: Mapped[str] = mapped_column(String(32), default="")
    decided_by: Mapped[str] = mapped_column(String(32), default="")
    decided_at: Mapped[datetime | None]
    reason: Mapped[str] = mapped_column(String(1000), default="")
    handed_to: Mapped[str] = mapped_column(String(32), default="")
    handed_by: Mapped[str] = mapped_column(String(32), server_default=text("''"))
    handed_at: Mapped[datetime | None]
    reminded_to: Mapped[str] = mapped_column(String(32), default="")
    reminded_at: Mapped[datetime | None]
    reminders: Mapped[int] = mapped_column(default=0)

    __table_args__ = (
        UniqueConstraint("sync_id", "version"),
        Index("ix_requests_state", "firm_id", "state", "asked_at"),
        Index("ix_requests_open", "state", "expires_at"),
    )


class DirectMessageRow(Base):
    """A message to one person that is changed as what it is about goes on."""

    __tablename__ = "direct_messages"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    firm_id: Mapped[str] = mapped_column(ForeignKey("firms.id"))
    about: Mapped[str] = mapped_column(String(120))  # request|<id>, or trust
    user_id: Mapped[str] = mapped_column(String(32))
    channel: Mapped[str] = mapped_column(String(32))
    message_ts: Mapped[str] = mapped_column(String(32))
    posted_at: Mapped[datetime]
    content: Mapped[dict[str, Any]]
    ended_at: Mapped[datetime | None]  # from then on it stays as it is

    __table_args__ = (Index("ix_direct_messages_about", "firm_id", "about", "ended_at"),)
