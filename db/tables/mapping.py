"""Tables of what belongs to what: QuickBooks lists kept here, the firm's mapping, its contact links."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from db.columns import Base, RowId


class DirectoryEntry(Base):
    """One entry of a QuickBooks list (account, item, tax code …) as last read."""

    __tablename__ = "directory_entries"

    id: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=True)
    firm_id: Mapped[str] = mapped_column(ForeignKey("firms.id"))
    realm_id: Mapped[str] = mapped_column(String(32))
    kind: Mapped[str] = mapped_column(String(32))
    remote_id: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(500))
    active: Mapped[bool]
    facts: Mapped[dict[str, Any]]
    read_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("firm_id", "realm_id", "kind", "remote_id"),)


class MappingChoice(Base):
    """A person's choice for one CaseEasy value; replaced ones stay, as history."""

    __tablename__ = "mapping_choices"

    id: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=True)
    firm_id: Mapped[str] = mapped_column(ForeignKey("firms.id"))
    realm_id: Mapped[str] = mapped_column(String(32))
    kind: Mapped[str] = mapped_column(String(16))  # method | deposit | item | tax
    fund: Mapped[str] = mapped_column(String(16), server_default="operating")  # of a deposit: or trust
    source: Mapped[str] = mapped_column(String(200))
    target_id: Mapped[str] = mapped_column(String(64))
    target_name: Mapped[str] = mapped_column(String(500))
    rests_on: Mapped[dict[str, Any] | None]  # what was so of the target then
    confirmed_by: Mapped[str] = mapped_column(String(32))
    confirmed_at: Mapped[datetime]
    replaced_at: Mapped[datetime | None]

    __table_args__ = (
        Index(
            "uq_mapping_choices_current",
            "firm_id",
            "realm_id",
            "kind",
            "fund",
            "source",
            unique=True,
            sqlite_where=text("replaced_at IS NULL"),
            postgresql_where=text("replaced_at IS NULL"),
        ),
    )


class MappingReview(Base):
    """Somebody looked through the whole mapping and let it stand; ``rows`` is how many there were."""

    __tablename__ = "mapping_reviews"

    id: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=True)
    firm_id: Mapped[str] = mapped_column(ForeignKey("firms.id"))
    realm_id: Mapped[str] = mapped_column(String(32))
    reviewed_by: Mapped[str] = mapped_column(String(32))
    reviewed_at: Mapped[datetime]
    rows: Mapped[int]

    __table_args__ = (Index("ix_mapping_reviews_firm_id", "firm_id", "realm_id", "id"),)


class ContactLink(Base):
    """(client, currency) → QuickBooks customer, or of one case who else pays; replaced ones stay."""

    __tablename__ = "contact_links"

    id: Mapped[int] = mapped_column(RowId, primary_key=True, autoincrement=True)
    firm_id: Mapped[str] = mapped_column(ForeignKey("firms.id"))
    realm_id: Mapped[str] = mapped_column(String(32))
    payer: Mapped[str] = mapped_column(String(500))
    currency: Mapped[str] = mapped_column(String(3))
    # empty: of all the client's cases for which nobody else pays
    case_number: Mapped[str] = mapped_column(String(200), server_default=text("''"))
    customer_id: Mapped[str] = mapped_column(String(64))
    customer_name: Mapped[str] = mapped_column(String(500))
    linked_by: Mapped[str] = mapped_column(String(32))
    linked_at: Mapped[datetime]
    how: Mapped[str] = mapped_column(String(16))  # chosen | added | merged
    replaced_at: Mapped[datetime | None]

    __table_args__ = (
        Index(
            "uq_contact_links_current",
            "firm_id",
            "realm_id",
            "payer",
            "currency",
            "case_number",
            unique=True,
            sqlite_where=text("replaced_at IS NULL"),
            postgresql_where=text("replaced_at IS NULL"),
        ),
    )
