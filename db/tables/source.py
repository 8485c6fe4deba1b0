"""Tables of what the exports said: imports, their files, those that wait, and every row as it stood there."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from db.columns import Base, RowId


class Import(Base):
    """One go at importing files; its rows are seen by nobody until ``state`` is ``applied``."""

    __tablename__ = "imports"

    id: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=True)
    firm_id: Mapped[str] = mapped_column(ForeignKey("firms.id"), index=True)
    state: Mapped[str] = mapped_column(String(16))  # staging | applied | failed
    asked_by: Mapped[str] = mapped_column(String(64))
    asked_at: Mapped[datetime]
    alive_at: Mapped[datetime]  # its newest batch: one long silent was cut off
    applied_at: Mapped[datetime | None]

    __table_args__ = (
        # one import at a time a firm: whoever comes second waits
        Index(
            "uq_imports_one_staging",
            "firm_id",
            unique=True,
            sqlite_where=text("state = 'staging'"),
            postgresql_where=text("state = 'staging'"),
        ),
    )


class ImportFile(Base):
    """One file of an import and what was found in it."""

    __tablename__ = "import_files"

    id: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=True)
    import_id: Mapped[int] = mapped_column(ForeignKey("imports.id"), index=True)
    name: Mapped[str] = mapped_column(String(255))
    report: Mapped[str] = mapped_column(String(32))
    sha256: Mapped[str] = mapped_column(String(64))
    summary: Mapped[dict[str, Any]]
    prints: Mapped[bytes | None] = mapped_column(LargeBinary)  # of its rows' identities; of the last few only


class SourceRow(Base):
    """A row of an export: holds from import ``since`` on, until import ``until`` is applied."""

    __tablename__ = "source_rows"

    id: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=True)
    firm_id: Mapped[str] = mapped_column(ForeignKey("firms.id"))
    report: Mapped[str] = mapped_column(String(32))
    key: Mapped[str] = mapped_column(String(500))
    occurrence: Mapped[int]
    case_number: Mapped[str] = mapped_column(String(200))
    found_by: Mapped[str | None] = mapped_column(String(500))  # words of a client, or a transaction
    client: Mapped[str | None] = mapped_column(String(500))  # in the Client Listing: their identifier
    since: Mapped[int] = mapped_column(ForeignKey("imports.id"), index=True)
    until: Mapped[int | None] = mapped_column(ForeignKey("imports.id"), index=True)
    row_number: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))
    cells: Mapped[dict[str, Any]]

    __table_args__ = (
        UniqueConstraint("firm_id", "report", "key", "occurrence", "since"),
        Index("ix_source_rows_case", "firm_id", "case_number"),
        Index("ix_source_rows_found_by", "firm_id", "report", "found_by"),
        Index(
            "ix_source_rows_client",
            "firm_id",
            "client",
            sqlite_where=text("client IS NOT NULL"),
            postgresql_where=text("client IS NOT NULL"),
        ),
    )


class WaitingFileRow(Base):
    """A file that waits for a person's answer before anything of it is taken in."""

    __tablename__ = "waiting_files"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    firm_id: Mapped[str] = mapped_column(ForeignKey("firms.id"))
    name: Mapped[str] = mapped_column(String(255))
    sha256: Mapped[str] = mapped_column(String(64))
    content: Mapped[bytes | None] = mapped_column(LargeBinary)  # forgotten once it is decided
    state: Mapped[str] = mapped_column(String(16))  # waiting | answered | taken | left
    question: Mapped[dict[str, Any]]  # its kind and the facts it is asked for
    answers: Mapped[dict[str, Any]]  # what was answered, by the marks of the questions
    asked_by: Mapped[str] = mapped_column(String(64))  # who sent the file
    asked_at: Mapped[datetime]
    channel: Mapped[str] = mapped_column(String(32), default="")  # where the question stands
    message_ts: Mapped[str] = mapped_column(String(32), default="")
    thread: Mapped[str] = mapped_column(String(32), default="")
    decided_by: Mapped[str] = mapped_column(String(64), default="")
    decided_at: Mapped[datetime | None]

    __table_args__ = (
        # the same file sent again while it waits is the same question
        Index(
            "uq_waiting_files_open",
            "firm_id",
            "sha256",
            unique=True,
            sqlite_where=text("state IN ('waiting', 'answered')"),
            postgresql_where=text("state IN ('waiting', 'answered')"),
        ),
    )
