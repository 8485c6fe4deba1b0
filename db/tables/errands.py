"""Tables of people as Slack last described them, and of what one has asked another to do."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from db.columns import Base


class PersonRow(Base):
    """Somebody of the workspace, as Slack last described them to us."""

    __tablename__ = "people"

    firm_id: Mapped[str] = mapped_column(ForeignKey("firms.id"), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    standing: Mapped[str] = mapped_column(String(16))  # member | guest | absent
    owns: Mapped[bool]  # the workspace, or part of it
    seen_at: Mapped[datetime]


class ErrandRow(Base):
    """What a person has asked a colleague to do; open once for each who asks, of whom, and what."""

    __tablename__ = "errands"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    firm_id: Mapped[str] = mapped_column(ForeignKey("firms.id"))
    asked_by: Mapped[str] = mapped_column(String(32))
    asked_of: Mapped[str] = mapped_column(String(32))
    wish: Mapped[str] = mapped_column(String(32))
    subject: Mapped[str] = mapped_column(String(64))  # a hash where what is wished has parts
    content: Mapped[dict[str, Any]]  # what it is about, in words and for the program; what waits for it
    state: Mapped[str] = mapped_column(String(16))  # open | done | withdrawn
    asked_at: Mapped[datetime]
    done_by: Mapped[str] = mapped_column(String(32), default="")
    done_at: Mapped[datetime | None]
    channel: Mapped[str] = mapped_column(String(32), default="")  # where it was put to them, once posted
    message_ts: Mapped[str] = mapped_column(String(32), default="")

    __table_args__ = (
        Index(
            "uq_errands_open",
            "firm_id",
            "asked_by",
            "asked_of",
            "subject",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
    )
