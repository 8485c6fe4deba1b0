"""What is different between the plan a person approved and the plan as it would be now, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from qb.canonical import facts
from qb.hold import amount_text, day_text

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from qb.entry import Entry, EntryPayment, Plan


def unchanged(approved: Iterable[Entry], now: Plan, realm_id: str) -> frozenset[str]:
    """The subjects of what would be booked now exactly as it was approved, in the same company."""
    later = {entry.subject: facts(entry) for entry in now.entries} if now.realm_id == realm_id else {}
    return frozenset(one.subject for one in approved if later.get(one.subject) == facts(one))


def changes(approved: Plan, now: Plan) -> tuple[str, ...]:
    """One sentence for each thing that changed, in the approved plan's order."""
    return tuple(_changes(approved, now)) or ("Something it rests on changed.",)


def since(before: Plan, now: Plan) -> tuple[str, ...]:
    """What a later plan has otherwise than an earlier one of the same invoices; empty where nothing is.

    Both are as they were shown: what isn't in ``now`` was left out of it, whatever the reason.
    """
    return tuple(_since(before, now))


def _since(before: Plan, now: Plan) -> Iterator[str]:
    if before.realm_id != now.realm_id:
        yield "Another QuickBooks company is connected."
    later = {entry.subject: entry for entry in now.entries}
    for was in before.entries:
        after = later.get(was.subject)
        if after is None:
            yield f"{was.key.number} is left out."
        elif after != was:
            yield _different(was, after)
    known = {entry.subject for entry in before.entries}
    yield from (f"{entry.key.number} is new." for entry in now.entries if entry.subject not in known)


def _changes(approved: Plan, now: Plan) -> Iterator[str]:
    if approved.realm_id != now.realm_id:
        yield "Another QuickBooks company is connected."
    entries = {entry.subject: entry for entry in now.entries}
    holds = {held.key.subject: held.holds[0].sentence for held in now.held}
    for before in approved.entries:
        after = entries.get(before.subject)
        if after is None:
            why = holds.get(before.subject, "It is no longer among the paid invoices.")
            yield f"{before.key.number} is held now: {why}"
        elif after != before:
            yield _different(before, after)
    known = {entry.subject for entry in approved.entries}
    yield from (f"{entry.key.number} is new." for entry in now.entries if entry.subject not in known)


def _different(before: Entry, after: Entry) -> str:
    return f"{before.key.number}: {', '.join(_facets(before, after)) or 'its wording'} changed."


def _facets(before: Entry, after: Entry) -> Iterator[str]:
    if before.customer != after.customer:
        yield f"the contact ({before.customer.name} → {after.customer.name})"
    if before.total != after.total:
        yield f"the total ({amount_text(before.total)} → {amount_text(after.total)})"
    if before.tax != after.tax:
        yield f"the tax ({amount_text(before.tax)} → {amount_text(after.tax)})"
    if before.date != after.date:
        yield f"the date ({day_text(before.date)} → {day_text(after.date)})"
    if before.lines != after.lines:
        yield "the items, tax codes or amounts of its lines"
    if before.number != after.number:
        yield "its number"
    yield from _payment_facets(before.payments, after.payments)


def _payment_facets(before: tuple[EntryPayment, ...], after: tuple[EntryPayment, ...]) -> Iterator[str]:
    if before == after:
        return
    accounts = {p.account.name for p in before}, {p.account.name for p in after}
    if accounts[0] != accounts[1]:
        yield f"the deposit account ({', '.join(sorted(accounts[0]))} → {', '.join(sorted(accounts[1]))})"
    else:
        yield "its payments"
