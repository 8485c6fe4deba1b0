"""How a firm wants things done: its channels, its policy, how it banks client money, since when we book."""

from __future__ import annotations

from dataclasses import asdict, fields, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from db import audit, tables
from db.chosen import Banking, FirmSettings, Policy
from db.insert import insert_if_absent

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sqlalchemy.orm import Session

__all__ = ["Banking", "FirmSettings", "Policy", "begin", "change", "of_all", "read_chosen", "settings_of"]


def settings_of(session: Session, firm_id: str) -> FirmSettings:
    """What the firm chose, and how we begin where it chose nothing."""
    row = session.get(tables.FirmSettingsRow, firm_id, populate_existing=True)
    return read_chosen(None if row is None else row.chosen)


def of_all(session: Session) -> dict[str, FirmSettings]:
    """What every firm chose, by firm id; who chose nothing isn't among them."""
    row = tables.FirmSettingsRow
    found = session.execute(select(row.firm_id, row.chosen))
    return {firm_id: read_chosen(chosen) for firm_id, chosen in found}


def change(session: Session, *, firm_id: str, by: str, now: datetime, **chosen: object) -> FirmSettings:
    """Choose anew, by field name; who, before and after are kept in the audit chain. Gives what holds now."""
    audit.hold(session, firm_id)
    before = settings_of(session, firm_id)
    after = replace(before, **chosen)  # type: ignore[arg-type]  # by field name
    if after == before:
        return after
    values = _written(after)
    first = {"firm_id": firm_id, "chosen": values, "changed_at": now}
    if not insert_if_absent(session, tables.FirmSettingsRow, first):
        row = session.get_one(tables.FirmSettingsRow, firm_id)
        row.chosen, row.changed_at = values, now
        session.flush()
    changed = {key: (_written(before)[key], values[key]) for key in chosen}
    audit.record(
        session,
        firm_id=firm_id,
        at=now,
        actor=by,
        verb="settings.changed",
        subject="settings",
        content={key: f"{old} → {new}" for key, (old, new) in changed.items() if old != new},
    )
    return after


def begin(session: Session, *, firm_id: str, now: datetime, **chosen: object) -> None:
    """Take these from the program's settings, where the firm has chosen nothing yet."""
    given = {key: value for key, value in chosen.items() if value}
    if given and session.get(tables.FirmSettingsRow, firm_id) is None:
        change(session, firm_id=firm_id, by=audit.PROGRAM, now=now, **given)


def _written(settings: FirmSettings) -> dict[str, Any]:
    return {key: _plain(value) for key, value in asdict(settings).items()}


def _plain(value: object) -> object:
    if isinstance(value, date):  # a datetime is one
        return value.isoformat()
    return [_plain(one) for one in value] if isinstance(value, tuple) else value


_READ: dict[str, Callable[[Any], object]] = {
    "away": lambda kept: tuple((who, until, instead) for who, until, instead in kept),
    "policy": Policy,
    "banking": Banking,
    "digest_days": tuple,
    "digest_set_at": datetime.fromisoformat,
    "filed_through": date.fromisoformat,
    "go_live": date.fromisoformat,
    "alone_at": datetime.fromisoformat,
    "banking_at": datetime.fromisoformat,
}


def read_chosen(values: Mapping[str, Any] | None) -> FirmSettings:
    """The settings as their row keeps them; how we begin where there is none."""
    if values is None:
        return FirmSettings()
    known = {one.name for one in fields(FirmSettings)}
    given: dict[str, Any] = {key: _value(key, value) for key, value in values.items() if key in known}
    return FirmSettings(**given)


def _value(key: str, value: Any) -> object:  # noqa: ANN401 - as JSON has it
    return value if value is None or key not in _READ else _READ[key](value)
