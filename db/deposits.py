"""What is known of the accounts a payment goes to, at the moment it is sent: one short question."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import String, and_, bindparam, select

from db import tables
from db.chosen import Banking
from db.firm_settings import read_chosen
from db.lists import ListEntry

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy.orm import Session

ACCOUNT = "Account"

# Built once: it is asked while others wait to write.
_FIRM, _CHOSEN, _ENTRY = tables.Firm, tables.FirmSettingsRow, tables.DirectoryEntry
_KNOWN = (
    select(_CHOSEN.chosen, _ENTRY.remote_id, _ENTRY.name, _ENTRY.active, _ENTRY.facts)
    .select_from(_FIRM)
    .outerjoin(_CHOSEN, _CHOSEN.firm_id == _FIRM.id)
    .outerjoin(
        _ENTRY,
        and_(
            _ENTRY.firm_id == _FIRM.id,
            _ENTRY.realm_id == bindparam("realm", type_=String),
            _ENTRY.kind == ACCOUNT,
            _ENTRY.remote_id.in_(bindparam("accounts", expanding=True)),
        ),
    )
    .where(_FIRM.id == bindparam("firm"))
)


@dataclass(frozen=True, slots=True)
class Deposits:
    """How the firm banks client money, and those of the accounts asked for that are in the kept lists."""

    banking: Banking
    accounts: tuple[ListEntry, ...]


def known(session: Session, firm_id: str, realm_id: str, accounts: Collection[str]) -> Deposits:
    """What holds now for these accounts (QuickBooks ids)."""
    asked = {"firm": firm_id, "realm": realm_id, "accounts": list(accounts)}
    rows = session.execute(_KNOWN, asked).all()
    banking = read_chosen(rows[0].chosen).banking if rows else Banking.UNSAID
    found = [row for row in rows if row.remote_id is not None]
    entries = tuple(ListEntry(ACCOUNT, one.remote_id, one.name, one.active, one.facts) for one in found)
    return Deposits(banking, entries)
