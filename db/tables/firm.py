"""Tables of a firm: who it is, who may what, its QuickBooks connection, half-filled screens."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.columns import Base


class Firm(Base):
    """One Slack workspace, one QuickBooks company; the team is unknown until Slack is met."""

    __tablename__ = "firms"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    team_id: Mapped[str | None] = mapped_column(String(32), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    timezone: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime]


class FirmSettingsRow(Base):
    """What a firm chose in Slack, as JSON by field; what it never chose is as we begin."""

    __tablename__ = "firm_settings"

    firm_id: Mapped[str] = mapped_column(ForeignKey("firms.id"), primary_key=True)
    chosen: Mapped[dict[str, Any]]
    changed_at: Mapped[datetime]


class Role(Base):
    """A Slack user's role in a firm: ``approver``, ``admin`` or ``trusted``; everyone else is staff."""

    __tablename__ = "roles"

    firm_id: Mapped[str] = mapped_column(ForeignKey("firms.id"), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    role: Mapped[str] = mapped_column(String(16), primary_key=True)
    given_by: Mapped[str] = mapped_column(String(32))
    given_at: Mapped[datetime]


class Connection(Base):
    """The firm's way into QuickBooks; tokens are sealed, ``version`` rises with each new pair."""

    __tablename__ = "connections"

    firm_id: Mapped[str] = mapped_column(ForeignKey("firms.id"), primary_key=True)
    realm_id: Mapped[str] = mapped_column(String(32), unique=True)
    company_name: Mapped[str] = mapped_column(String(200))
    home_currency: Mapped[str] = mapped_column(String(3))
    state: Mapped[str] = mapped_column(String(16))  # ok | reconnect | locked | app
    reason: Mapped[str] = mapped_column(String(500), default="")
    sealed_access: Mapped[str] = mapped_column(String(8000))
    sealed_refresh: Mapped[str] = mapped_column(String(8000))
    sealed_previous: Mapped[str | None] = mapped_column(String(8000))
    access_expires_at: Mapped[datetime]
    refresh_expires_at: Mapped[datetime]
    version: Mapped[int] = mapped_column(default=0)
    lease_until: Mapped[datetime | None]
    connected_by: Mapped[str] = mapped_column(String(32))
    connected_at: Mapped[datetime]
    state_since: Mapped[datetime | None]  # None: as it was when it was connected


class ConsentRequest(Base):
    """One press of Connect: the state we sent to Intuit, kept only as its hash."""

    __tablename__ = "consent_requests"

    state_sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    firm_id: Mapped[str] = mapped_column(ForeignKey("firms.id"), index=True)
    user_id: Mapped[str] = mapped_column(String(32))
    cookie_sha256: Mapped[str | None] = mapped_column(String(64))
    channel: Mapped[str] = mapped_column(String(32), default="")
    message_ts: Mapped[str] = mapped_column(String(32), default="")
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class Draft(Base):
    """What a person has chosen so far on a screen, so that no tick is lost on the way."""

    __tablename__ = "drafts"

    id: Mapped[str] = mapped_column(String(36), primary_key=True)
    firm_id: Mapped[str] = mapped_column(ForeignKey("firms.id"))
    user_id: Mapped[str] = mapped_column(String(32))
    kind: Mapped[str] = mapped_column(String(32))
    content: Mapped[dict[str, Any]]
    created_at: Mapped[datetime]
    updated_at: Mapped[datetime]

    __table_args__ = (UniqueConstraint("firm_id", "id"),)
