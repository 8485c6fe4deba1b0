"""Tables of what others wrote into the firm's books, and what a person said of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from db.columns import Base, RowId
from db.records import LONGEST_SUBJECT as SUBJECT


class OthersRead(Base):
    """The sales and money of one company that we didn't write, as last read whole or brought up to date."""

    __tablename__ = "others_read"

    firm_id: Mapped[str] = mapped_column(ForeignKey("firms.id"), primary_key=True)
    realm_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    since: Mapped[str] = mapped_column(String(10))  # documents dated before aren't among them
    read_at: Mapped[datetime]
    documents: Mapped[list[Any]]


class BookedAnswer(Base):
    """What a person said of an invoice that looks as if it were in QuickBooks already."""

    __tablename__ = "booked_answers"

    id: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=True)
    firm_id: Mapped[str] = mapped_column(ForeignKey("firms.id"))
    realm_id: Mapped[str] = mapped_column(String(32))
    subject: Mapped[str] = mapped_column(String(SUBJECT))
    answer: Mapped[str] = mapped_column(String(16))  # link | another | hold; empty once it was undone
    linked: Mapped[str | None] = mapped_column(String(100))  # the document that is this invoice
    linked_seen: Mapped[str] = mapped_column(String(120), server_default=text("''"))  # as it was then
    dismissed: Mapped[list[Any]]  # documents that are others', as they were then
    number: Mapped[str] = mapped_column(String(21))  # booked under this one where its own is taken
    answered_by: Mapped[str] = mapped_column(String(32))
    answered_at: Mapped[datetime]

    __table_args__ = (
        UniqueConstraint("firm_id", "realm_id", "subject"),
        UniqueConstraint("firm_id", "realm_id", "linked"),  # a document is one invoice's
    )
