"""Table of who has opened our Home, what they saw of it last, and of the first-visit guide."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from db.columns import Base


class Visit(Base):
    """A person who opened Home once; others never get one published."""

    __tablename__ = "visits"

    firm_id: Mapped[str] = mapped_column(ForeignKey("firms.id"), primary_key=True)
    user_id: Mapped[str] = mapped_column(String(32), primary_key=True)
    first_at: Mapped[datetime]
    opened_at: Mapped[datetime]
    guide_ended_at: Mapped[datetime | None]  # all its steps done, or dismissed: never shown again
    shown: Mapped[str] = mapped_column(String(64), default="")  # the state of the records it shows
    rests_until: Mapped[datetime]  # not published anew before that
    view_hash: Mapped[str] = mapped_column(String(128), default="")  # Slack's, of what was published last
