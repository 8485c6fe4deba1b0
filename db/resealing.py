"""Seals every kept token anew with the newest key, so that the older ones can be thrown away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from db import audit, tables
from db.vault import SealBrokenError, UnknownVaultKeyError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from sqlalchemy.orm import Session

    from db.engine import Database
    from db.vault import Vault

PURPOSES: Mapping[str, str] = {
    "sealed_access": "access",
    "sealed_refresh": "refresh",
    "sealed_previous": "refresh",  # what was the refresh token before
}
"""Each column that holds a sealed text, and what it was sealed as."""


@dataclass(frozen=True, slots=True)
class Resealed:
    """How many firms' tokens were sealed anew, were so already, or open with none of the keys."""

    anew: int = 0
    already: int = 0
    unreadable: int = 0


def reseal(database: Database, vault: Vault, *, by: str, now: datetime) -> Resealed:
    """Seal each firm's tokens anew in a commit of its own: stopped halfway, it goes on where it was.

    The tokens themselves stay as they are. What no key opens is left as it stands: that firm connects again.
    """
    with database.read() as session:
        known = session.scalars(select(tables.Connection.firm_id).order_by(tables.Connection.firm_id)).all()
    counts = {"anew": 0, "already": 0, "unreadable": 0}
    for firm_id in known:
        with database.write() as session:
            counts[_reseal(session, vault, firm_id, by, now)] += 1
    return Resealed(**counts)


def _reseal(session: Session, vault: Vault, firm_id: str, by: str, now: datetime) -> str:
    audit.hold(session, firm_id)
    # Locked, so that tokens renewed at this moment are not replaced by the ones before them.
    found = select(tables.Connection).where(tables.Connection.firm_id == firm_id).with_for_update()
    row = session.scalars(found).one()
    kept = {column: getattr(row, column) for column in PURPOSES if getattr(row, column) is not None}
    stale = {column: sealed for column, sealed in kept.items() if vault.is_stale(sealed)}
    if not stale:
        return "already"
    try:
        anew = {column: _again(vault, row, column, sealed) for column, sealed in stale.items()}
    except (SealBrokenError, UnknownVaultKeyError):
        return "unreadable"
    session.execute(update(tables.Connection).where(tables.Connection.firm_id == firm_id).values(**anew))
    content: dict[str, audit.Fact] = {"texts": len(anew)}
    audit.record(
        session,
        firm_id=firm_id,
        at=now,
        actor=by,
        verb="tokens.resealed",
        subject="quickbooks",
        content=content,
    )
    return "anew"


def _again(vault: Vault, row: tables.Connection, column: str, sealed: str) -> str:
    purpose = PURPOSES[column]
    text = vault.open(sealed, firm=row.firm_id, column=purpose, row=row.realm_id)
    return vault.seal(text, firm=row.firm_id, column=purpose, row=row.realm_id)
