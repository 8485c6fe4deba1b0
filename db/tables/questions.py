"""Tables of what the exports leave open: what is asked of a firm, and what people answered."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from db.columns import Base, RowId


class QuestionRow(Base):
    """Something the exports don't tell, asked once for each thing it is about."""

    __tablename__ = "questions"

    id: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=True)
    firm_id: Mapped[str] = mapped_column(ForeignKey("firms.id"))
    kind: Mapped[str] = mapped_column(String(16))  # column | case | client | missing | currency
    subject: Mapped[str] = mapped_column(String(500))  # report|header; a number or identifier; a cell
    content: Mapped[dict[str, Any]]  # what is shown with it
    asked_by: Mapped[str] = mapped_column(String(64))
    asked_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("firm_id", "kind", "subject"),)


class AnswerRow(Base):
    """A person's answer; replaced ones stay, as history."""

    __tablename__ = "answers"

    id: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=True)
    firm_id: Mapped[str] = mapped_column(ForeignKey("firms.id"))
    kind: Mapped[str] = mapped_column(String(16))
    subject: Mapped[str] = mapped_column(String(500))
    answer: Mapped[dict[str, Any]]
    said_by: Mapped[str] = mapped_column(String(64))
    said_at: Mapped[datetime]
    replaced_at: Mapped[datetime | None]

    __table_args__ = (
        Index(
            "uq_answers_current",
            "firm_id",
            "kind",
            "subject",
            unique=True,
            sqlite_where=text("replaced_at IS NULL"),
            postgresql_where=text("replaced_at IS NULL"),
        ),
    )
