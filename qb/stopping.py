"""Stops a sync where it stands, and goes on with it: only what would still be booked as it was approved."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TYPE_CHECKING

from db import audit, effects, syncs
from qb.books import invoices_of, plan_for
from qb.canonical import from_canonical
from qb.changes import changes, unchanged
from qb.hold import Reason
from qb.lineage import newest
from qb.lists import is_multicurrency
from qb.others_read import was_looked
from qb.post import PER_ENTRY, NotLookedError, order_entry

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from sqlalchemy.orm import Session

    from db.engine import Database
    from db.records import InvoiceKey
    from db.syncs import Sync
    from qb.entry import Entry, Plan

APPROVAL_LASTS = timedelta(days=1)
"""So long what was stopped goes on without being asked for again."""
ELSEWHERE = frozenset({Reason.ALREADY_BOOKED, Reason.UNDER_WAY, Reason.NEEDS_REVIEW})
"""Why nothing more is to be done here: another sync took it up meanwhile."""


@dataclass(frozen=True, slots=True)
class Resumed:
    """How many invoices go on; ``reopened``: the sync had ended, so nobody follows it any more.

    ``changed`` are those that would be booked otherwise now, or not at all, with ``why`` in words.
    """

    sync: Sync | None = None
    ordered: int = 0
    reopened: bool = False
    changed: tuple[InvoiceKey, ...] = ()
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Resuming:
    """A press of Resume: what is looked at before anything goes on without being asked again.

    ``approved_at`` is UTC, None where nobody approved. ``confirms``: whether who presses may approve;
    ``by_request``: whether a second person approved it; ``needs``: whether it needs one by today's policy.
    """

    approved_at: datetime | None
    asked_by: str
    stopped_by: str
    presser: str
    confirms: bool
    by_request: bool
    needs: bool


def goes_on(press: Resuming, now: datetime) -> bool:
    """Whether what was approved still holds: for a day, by today's policy, and not against who stopped it.

    Who asked never undoes another person's Stop: that may have been the second person, who saw a mistake.
    """
    if press.approved_at is None or now - press.approved_at > APPROVAL_LASTS:
        return False
    if not press.by_request and press.needs:
        return False
    own = press.stopped_by == press.presser
    return own or (press.confirms and press.presser != press.asked_by)


def resume(  # noqa: PLR0913 - who resumes what, all named
    database: Database,
    *,
    firm_id: str,
    sync_id: str,
    by: str,
    now: datetime,
    looked_at: datetime,
    anew: bool = False,
    follow: Callable[[Session, Resumed], None] = lambda _session, _came: None,
) -> Resumed:
    """Order anew what was stopped, in one commit; repeating it changes nothing.

    The approval was for what was shown: what would be booked otherwise now isn't ordered but told, and all of
    it where it is to be asked for ``anew``. ``follow`` leaves what is to be told, in the same commit.
    ``looked_at`` (UTC): when this run began to look what others wrote. Raises NotLookedError.
    """
    with database.write(record_of=firm_id) as session:
        audit.hold(session, firm_id)  # a sync of the same invoices: the second one's plan sees the first
        sync = syncs.get(session, firm_id, sync_id)
        came = Resumed() if sync is None else _resume(session, sync, by, now, looked_at, anew=anew)
        follow(session, came)
    return came


def _resume(
    session: Session, sync: Sync, by: str, now: datetime, looked_at: datetime, *, anew: bool
) -> Resumed:
    stopped, firm_id = _stopped(session, sync.id), sync.firm_id
    if not stopped:
        return Resumed(sync)
    approved = from_canonical(sync.plan)
    taken_back = [entry for entry in approved.entries if entry.subject in stopped]
    invoices = invoices_of(session, firm_id, [one.key for one in taken_back])
    if not anew and not was_looked(session, firm_id, sync.realm_id, invoices, looked_at):
        raise NotLookedError(sync.id)
    plan = plan_for(session, firm_id, invoices)
    same = frozenset() if anew else unchanged(taken_back, plan, sync.realm_id)
    _order(session, sync, approved, same, now)
    reopened = bool(same) and syncs.reopen(session, sync.id, now, firm_id=firm_id, by=by)
    _note(session, sync, by, len(same), now)
    changed = _changed(taken_back, same, plan)
    before = replace(approved, entries=tuple(changed))
    why = changes(before, plan) if changed else ()
    return Resumed(sync, len(same), reopened, tuple(one.key for one in changed), why)


def _stopped(session: Session, sync_id: str) -> frozenset[str]:
    """The subjects of a sync's invoices that were taken back and not ordered anew."""
    found = newest(effects.of_sync(session, sync_id))
    return frozenset(effect.subject for effect in found if effects.stopped_by(effect))


def _changed(taken_back: list[Entry], same: frozenset[str], plan: Plan) -> list[Entry]:
    elsewhere = {held.key.subject for held in plan.held if held.holds[0].reason in ELSEWHERE}
    return [one for one in taken_back if one.subject not in same | elsewhere]


def _order(session: Session, sync: Sync, approved: Plan, same: frozenset[str], now: datetime) -> None:
    multicurrency = is_multicurrency(session, sync.firm_id, sync.realm_id)
    for position, entry in enumerate(approved.entries):
        if entry.subject in same:
            order_entry(session, sync, entry, position * PER_ENTRY, multicurrency=multicurrency, now=now)


def _note(session: Session, sync: Sync, by: str, ordered: int, now: datetime) -> None:
    if ordered:
        audit.record(
            session,
            firm_id=sync.firm_id,
            at=now,
            actor=by,
            verb="sync.resumed",
            subject=f"sync|{sync.id}",
            content={"count": ordered},
        )
