"""Presses of Connect: a state sent to Intuit, known by its hash, good once and for a while."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from db import tables

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session


class ConsentOutcome(StrEnum):
    """What came of a state that was brought back."""

    OK = "ok"
    UNKNOWN = "unknown"
    USED = "used"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class ConsentUse:
    """Whose state it was and what came of it; the rest is empty where it is unknown."""

    outcome: ConsentOutcome
    firm_id: str = ""
    user_id: str = ""
    cookie_sha256: str | None = None
    channel: str = ""
    message_ts: str = ""


def ask_consent(  # noqa: PLR0913 - a request's columns, all named
    session: Session,
    *,
    state_sha256: str,
    firm_id: str,
    user_id: str,
    cookie_sha256: str | None,
    channel: str,
    message_ts: str,
    now: datetime,
    expires_at: datetime,
) -> None:
    """Write down a state before it leaves; the cookie may follow (:func:`bind_cookie`)."""
    session.add(
        tables.ConsentRequest(
            state_sha256=state_sha256,
            firm_id=firm_id,
            user_id=user_id,
            cookie_sha256=cookie_sha256,
            channel=channel,
            message_ts=message_ts,
            created_at=now,
            expires_at=expires_at,
        )
    )
    session.flush()


def bind_cookie(session: Session, state_sha256: str, cookie_sha256: str, now: datetime) -> bool:
    """Bind a living state to the browser that opened it first. False: it can't be, or is another's."""
    row = tables.ConsentRequest
    change = (
        update(row)
        .where(
            row.state_sha256 == state_sha256,
            row.cookie_sha256.is_(None),
            row.used_at.is_(None),
            row.expires_at > now,
        )
        .values(cookie_sha256=cookie_sha256)
    )
    return session.execute(change.returning(row.state_sha256)).first() is not None


def peek_consent(session: Session, state_sha256: str, now: datetime) -> ConsentUse:
    """What using the state now would say; it stays unused."""
    found = select(tables.ConsentRequest).where(tables.ConsentRequest.state_sha256 == state_sha256)
    row = session.scalar(found.execution_options(populate_existing=True))
    if row is None:
        return ConsentUse(ConsentOutcome.UNKNOWN)
    outcome = ConsentOutcome.EXPIRED if row.expires_at <= now else ConsentOutcome.OK
    return _use(row, ConsentOutcome.USED if row.used_at is not None else outcome)


def use_consent(session: Session, state_sha256: str, now: datetime) -> ConsentUse:
    """Use a state up: only the first to do so, in time, gets ``ok``."""
    row = tables.ConsentRequest
    change = (
        update(row)
        .where(row.state_sha256 == state_sha256, row.used_at.is_(None), row.expires_at > now)
        .values(used_at=now)
    )
    won = session.execute(change.returning(row.state_sha256)).first() is not None
    if not won:
        return peek_consent(session, state_sha256, now)
    return _use(session.get_one(row, state_sha256), ConsentOutcome.OK)


def _use(row: tables.ConsentRequest, outcome: ConsentOutcome) -> ConsentUse:
    return ConsentUse(outcome, row.firm_id, row.user_id, row.cookie_sha256, row.channel, row.message_ts)
