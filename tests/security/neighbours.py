"""A second firm in the same database, with the first one's very numbers and names of its own."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from sqlalchemy import insert, select

from db import firms, tables

if TYPE_CHECKING:
    from datetime import datetime

    from sqlalchemy.orm import Session

    from db.engine import Database

CANARY = "Canary"
REALM, COMPANY, TEAM = "999999", f"{CANARY} Brothers", "T0CANARY"
NAMED = re.compile(r"\b[A-Z][a-zéÅöäü]+(?= [A-ZÅ])")
KEPT = (tables.DirectoryEntry, tables.MappingChoice, tables.ContactLink)


def move_in(database: Database, theirs: str, now: datetime) -> str:
    """Copy what firm ``theirs`` has for a new firm: same cases, invoices and payers, other names; its id."""
    with database.write() as session:
        firm = firms.meet_firm(
            session, team_id=TEAM, name=COMPANY, timezone="UTC", now=now, new_id=lambda: "canary-firm"
        )
        firms.give_role(session, firm_id=firm.id, user_id="U0MARIA", role="admin", by="test", now=now)
        connection = columns(session.get_one(tables.Connection, theirs))
        named = {"firm_id": firm.id, "realm_id": REALM, "company_name": COMPANY}
        session.execute(insert(tables.Connection), connection | named)
        imports = {row.id: _import(session, row, firm.id) for row in of_firm(session, tables.Import, theirs)}
        for row in of_firm(session, tables.SourceRow, theirs):
            moved = {"since": imports[row.since], "until": imports.get(row.until or 0)}
            copied = renamed(columns(row)) | moved | {"firm_id": firm.id, "key": row.key}
            session.execute(insert(tables.SourceRow), copied | {"case_number": row.case_number})
        for kind in KEPT:
            for entry in of_firm(session, kind, theirs):
                copied = renamed(columns(entry)) | {"firm_id": firm.id, "realm_id": REALM}
                keys = {
                    name: getattr(entry, name) for name in ("kind", "source", "payer") if hasattr(entry, name)
                }
                session.execute(insert(kind), copied | keys)
    return firm.id


def of_firm(session: Session, kind: Any, firm_id: str) -> list[Any]:  # noqa: ANN401 - any of our tables
    """The firm's rows of a table."""
    return list(session.scalars(select(kind).where(kind.firm_id == firm_id)))


def columns(row: Any) -> dict[str, Any]:  # noqa: ANN401 - any of our rows
    """The row without a number the database counts itself."""
    found = {column.name: getattr(row, column.name) for column in row.__table__.columns}
    return {name: value for name, value in found.items() if not (name == "id" and isinstance(value, int))}


def renamed(row: dict[str, Any]) -> dict[str, Any]:
    """With other names in it, in whatever column they are."""
    return {name: _renamed(value) for name, value in row.items()}


def _renamed(value: Any) -> Any:  # noqa: ANN401 - a column's value
    if isinstance(value, str):
        return f"{CANARY} {value}" if value.istitle() and " " not in value else NAMED.sub(CANARY, value)
    if isinstance(value, dict):
        return json.loads(NAMED.sub(CANARY, json.dumps(value, ensure_ascii=False)))
    return value


def _import(session: Session, row: tables.Import, firm_id: str) -> int:
    made = session.execute(
        insert(tables.Import).returning(tables.Import.id), columns(row) | {"firm_id": firm_id}
    )
    return int(made.scalar_one())
