"""The firm's way into QuickBooks: which company, the sealed tokens, and who may refresh them now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import case, or_, select, update

from db import audit, tables
from db.clock import lease_clock
from db.consents import ConsentOutcome, ConsentUse, ask_consent, bind_cookie, peek_consent, use_consent
from db.insert import insert_if_absent

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

__all__ = [
    "APP_REFUSED",
    "LOCKED",
    "OK",
    "RECONNECT",
    "Connection",
    "ConsentOutcome",
    "ConsentUse",
    "NotConnectedError",
    "RealmFixedError",
    "RealmTakenError",
    "SealedPair",
    "ask_consent",
    "bind_cookie",
    "connect",
    "get",
    "in_state",
    "mark",
    "peek_consent",
    "sealed_pair",
    "store_pair",
    "take_lease",
    "use_consent",
]

OK = "ok"
RECONNECT = "reconnect"  # Intuit wants a person's consent again
LOCKED = "locked"  # the company is closed to us: unpaid, suspended
APP_REFUSED = "app"  # Intuit doesn't know our app: its settings are wrong, a new consent wouldn't help
ASKED = frozenset({OK, APP_REFUSED})
"""In these QuickBooks is asked on and on: nobody has closed the door."""

BEGUN = ("sending", "confirmed", "review")


class RealmTakenError(ValueError):
    """The QuickBooks company belongs to another firm here."""


class RealmFixedError(ValueError):
    """The firm has booked into another QuickBooks company, and must stay with it."""


class NotConnectedError(LookupError):
    """The firm has no connection to QuickBooks."""


@dataclass(frozen=True, slots=True)
class Connection:
    """A firm's connection; ``version`` rises with each pair of tokens, moments are UTC."""

    firm_id: str
    realm_id: str
    company_name: str
    home_currency: str
    state: str
    reason: str
    access_expires_at: datetime
    refresh_expires_at: datetime
    version: int
    lease_until: datetime | None
    connected_by: str
    connected_at: datetime
    state_since: datetime | None = None  # None while it is well


@dataclass(frozen=True, slots=True)
class SealedPair:
    """Both tokens as the vault sealed them, and when each ends."""

    access: str
    refresh: str
    access_expires_at: datetime
    refresh_expires_at: datetime


def get(session: Session, firm_id: str) -> Connection | None:
    """The firm's connection."""
    row = _row(session, firm_id)
    return None if row is None else _value(row)


def in_state(session: Session, *states: str) -> tuple[Connection, ...]:
    """The connections of all firms that stand so, by firm id."""
    row = tables.Connection
    found = select(row).where(row.state.in_(states)).order_by(row.firm_id)
    return tuple(_value(each) for each in session.scalars(found.execution_options(populate_existing=True)))


def sealed_pair(session: Session, firm_id: str) -> SealedPair:
    """The firm's sealed tokens; :class:`NotConnectedError`."""
    row = _row(session, firm_id)
    if row is None:
        raise NotConnectedError(firm_id)
    return SealedPair(row.sealed_access, row.sealed_refresh, row.access_expires_at, row.refresh_expires_at)


def connect(  # noqa: PLR0913 - a connection's columns, all named
    session: Session,
    *,
    firm_id: str,
    realm_id: str,
    company_name: str,
    home_currency: str,
    pair: SealedPair,
    by: str,
    now: datetime,
) -> None:
    """Connect the firm to a company, or reconnect it.

    Raises :class:`RealmTakenError` where another firm has the company, :class:`RealmFixedError` where this
    firm has sent anything to another one.
    """
    audit.hold(session, firm_id)
    connection = tables.Connection
    others = select(connection.firm_id).where(connection.realm_id == realm_id, connection.firm_id != firm_id)
    if session.scalar(others) is not None:
        raise RealmTakenError("another workspace is connected to this QuickBooks company")
    if _booked_elsewhere(session, firm_id, realm_id):
        raise RealmFixedError("this workspace has booked into another QuickBooks company")
    values = {
        "realm_id": realm_id,
        "company_name": company_name[:200],
        "home_currency": home_currency,
        "connected_by": by,
        "connected_at": now,
        "sealed_previous": None,
    } | _pair(pair)
    new = insert_if_absent(session, connection, {"firm_id": firm_id, "version": 1} | values)
    if not new and not _changed(session, firm_id, None, values):
        raise RealmTakenError("another workspace is connected to this QuickBooks company")
    content: dict[str, audit.Fact] = {"realm": realm_id, "company": company_name[:200]}
    _note(session, firm_id, by, "quickbooks.connected", now, content)


def take_lease(session: Session, firm_id: str, version: int, now: datetime, until: datetime) -> bool:
    """Whether this one may refresh the tokens of this version, alone, until then (by the lease clock)."""
    moment, row = lease_clock(session, now), tables.Connection
    change = (
        update(row)
        .where(
            row.firm_id == firm_id,
            row.version == version,
            or_(row.lease_until.is_(None), row.lease_until <= moment),
        )
        .values(lease_until=moment + (until - now))
    )
    return session.execute(change.returning(row.firm_id)).first() is not None


def store_pair(session: Session, firm_id: str, version: int, pair: SealedPair) -> bool:
    """Keep refreshed tokens, the old refresh token beside them. False: a newer pair is there already.

    A company that is closed stays so: that Intuit renews our tokens says nothing of its bills.
    """
    row = tables.Connection
    kept = {
        "sealed_previous": row.sealed_refresh,
        "state": case((row.state == LOCKED, row.state), else_=OK),
        "state_since": case((row.state == LOCKED, row.state_since), else_=None),
        "reason": case((row.state == LOCKED, row.reason), else_=""),
    }
    return _changed(session, firm_id, version, _pair(pair) | kept)


def mark(
    session: Session, firm_id: str, state: str, reason: str, *, now: datetime, version: int | None = None
) -> bool:
    """Say how the connection stands. True only where that is news, so that it is told once.

    With ``version``, nothing changes once newer tokens are there.
    """
    row = tables.Connection
    same_tokens = [] if version is None else [row.version == version]
    change = (
        update(row)
        .where(row.firm_id == firm_id, row.state != state, *same_tokens)
        .values(state=state, reason=reason[:500], state_since=None if state == OK else now)
    )
    news = session.execute(change.returning(row.firm_id)).first() is not None
    if news:
        _note(session, firm_id, audit.PROGRAM, f"quickbooks.{state}", now, {"reason": reason})
    return news


def _pair(pair: SealedPair) -> dict[str, Any]:
    return {
        "sealed_access": pair.access,
        "sealed_refresh": pair.refresh,
        "access_expires_at": pair.access_expires_at,
        "refresh_expires_at": pair.refresh_expires_at,
        "lease_until": None,
        "state": OK,
        "state_since": None,
        "reason": "",
    }


def _changed(session: Session, firm_id: str, version: int | None, values: dict[str, Any]) -> bool:
    row = tables.Connection
    expected = [] if version is None else [row.version == version]
    change = (
        update(row)
        .where(row.firm_id == firm_id, *expected)
        .values(version=row.version + 1, **values)
        .execution_options(synchronize_session="fetch")
    )
    return session.execute(change.returning(row.firm_id)).first() is not None


def _booked_elsewhere(session: Session, firm_id: str, realm_id: str) -> bool:
    effect = tables.Effect
    elsewhere = select(effect.id).where(
        effect.firm_id == firm_id,
        effect.realm_id != realm_id,
        or_(effect.state.in_(BEGUN), effect.doubtful),
    )
    return session.scalar(elsewhere.limit(1)) is not None


def _value(row: tables.Connection) -> Connection:
    return Connection(
        firm_id=row.firm_id,
        realm_id=row.realm_id,
        company_name=row.company_name,
        home_currency=row.home_currency,
        state=row.state,
        reason=row.reason,
        access_expires_at=row.access_expires_at,
        refresh_expires_at=row.refresh_expires_at,
        version=row.version,
        lease_until=row.lease_until,
        connected_by=row.connected_by,
        connected_at=row.connected_at,
        state_since=row.state_since,
    )


def _row(session: Session, firm_id: str) -> tables.Connection | None:
    found = select(tables.Connection).where(tables.Connection.firm_id == firm_id)
    return session.scalar(found.execution_options(populate_existing=True))


def _note(
    session: Session, firm_id: str, actor: str, verb: str, now: datetime, content: dict[str, audit.Fact]
) -> None:
    audit.record(
        session, firm_id=firm_id, at=now, actor=actor, verb=verb, subject="quickbooks", content=content
    )
