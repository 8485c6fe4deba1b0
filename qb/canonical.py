"""A plan's entries as text, the same wherever it is written: what was shown is what is booked."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from hashlib import sha256
from typing import TYPE_CHECKING, Any

from db.money import Money
from db.records import InvoiceKey, LineKind
from qb.entry import Entry, EntryLine, EntryPayment, Linked, Named, Plan, TaxPart

if TYPE_CHECKING:
    from collections.abc import Mapping

LATER = frozenset({"by", "said"})
"""Left out where empty, so that a plan shown by an earlier version keeps its text and hash."""


def canonical(plan: Plan) -> str:
    """The company and the entries as JSON: keys sorted, amounts as decimal strings, holds left out."""
    return _text({"realm": plan.realm_id, "entries": [facts(entry) for entry in plan.entries]})


def plan_hash(plan: Plan) -> str:
    """SHA-256 of the canonical text, in hexadecimal: what an approval is for.

    Without CaseEasy's word for a method: it isn't booked, and plans shown by an earlier version lack it.
    """
    entries = tuple(
        replace(entry, payments=tuple(replace(payment, said="") for payment in entry.payments))
        for entry in plan.entries
    )
    return sha256(canonical(replace(plan, entries=entries)).encode()).hexdigest()


def from_canonical(text: str) -> Plan:
    """The plan that was shown; nothing is held in it."""
    found = json.loads(text)
    return Plan(found["realm"], tuple(entry_from(entry) for entry in found["entries"]), ())


def facts(value: object) -> Any:  # noqa: ANN401 - the border to JSON
    """An entry, or any part of one, as JSON values."""
    if isinstance(value, Money):
        exact = Money.from_minor(value.minor, value.currency)
        return f"{exact.amount:f} {value.currency}"
    if isinstance(value, Decimal):
        return f"{value.normalize():f}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [facts(part) for part in value]
    if is_dataclass(value):
        told = {field.name: getattr(value, field.name) for field in fields(value)}
        kept = {name: facts(part) for name, part in told.items() if part is not None}
        return {key: fact for key, fact in kept.items() if fact or key not in LATER}
    return str(value)


def entry_from(found: Mapping[str, Any]) -> Entry:
    """The entry that :func:`facts` wrote."""
    return Entry(
        subject=found["subject"],
        key=InvoiceKey(**found["key"]),
        client_name=found["client_name"],
        customer=Named(**found["customer"]),
        number=found["number"],
        date=date.fromisoformat(found["date"]),
        memo=found["memo"],
        lines=tuple(_line(line) for line in found["lines"]),
        taxes=tuple(_tax(part) for part in found["taxes"]),
        listed=money_of(found["listed"]),
        tax=money_of(found["tax"]),
        total=money_of(found["total"]),
        payments=tuple(_payment(payment) for payment in found["payments"]),
        linked=_linked(found.get("linked")),
    )


def _linked(found: Mapping[str, Any] | None) -> Linked | None:
    return Linked(found["id"], found["number"], money_of(found["open"])) if found else None


def _line(found: Mapping[str, Any]) -> EntryLine:
    return EntryLine(
        kind=LineKind(found["kind"]),
        item=Named(**found["item"]),
        tax_code=Named(**found["tax_code"]),
        description=found["description"],
        amount=money_of(found["amount"]),
    )


def _tax(found: Mapping[str, Any]) -> TaxPart:
    return TaxPart(
        rate=Named(**found["rate"]),
        percent=Decimal(found["percent"]),
        taxable=money_of(found["taxable"]),
        amount=money_of(found["amount"]),
    )


def _payment(found: Mapping[str, Any]) -> EntryPayment:
    return EntryPayment(
        subject=found["subject"],
        transaction=found["transaction"],
        date=date.fromisoformat(found["date"]),
        method=Named(**found["method"]),
        account=Named(**found["account"]),
        reference=found["reference"],
        amount=money_of(found["amount"]),
        by=found.get("by", ""),
        said=found.get("said", ""),
    )


def money_of(text: str) -> Money:
    """The amount that :func:`facts` wrote as ``1234.50 CAD``."""
    amount, _, currency = text.partition(" ")
    return Money.of(amount, currency)


def _text(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
