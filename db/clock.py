"""Whose clock leases run by: PostgreSQL's own, or on SQLite the one process's."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import func, select

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

GIVEN_CLOCK = "caseledger_given_clock"
"""In ``Session.info``: take the caller's clock on PostgreSQL too."""


def lease_clock(session: Session, now: datetime) -> datetime:
    """The moment leases are judged by; many machines share PostgreSQL, and only its clock is common."""
    if session.get_bind().dialect.name == "sqlite" or session.info.get(GIVEN_CLOCK, False):
        return now
    return session.execute(select(func.now())).scalar_one()
