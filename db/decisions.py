"""Asks a second person, and decides once: whoever presses first, with the sync in the same commit."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from sqlalchemy import String, bindparam, or_, select, update

from db import audit, syncs, tables
from db.firm_settings import read_chosen
from db.insert import insert_if_absent
from db.requests import RequestState, note, of_sync
from db.syncs import Approver, SyncState

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from sqlalchemy import Table
    from sqlalchemy.orm import Session

    from db.chosen import FirmSettings
    from db.requests import Request

LONGEST_REASON = 1000


@dataclass(frozen=True, slots=True)
class ToJudge:
    """What a press is judged by: what was weighed of the plan, and what the firm wants now."""

    weighed: Mapping[str, Any] | None
    settings: FirmSettings


# Built once: people press at the same moment, and SQLite's writers wait for one another.
_REQUESTS = cast("Table", tables.RequestRow.__table__)
_SYNCS = cast("Table", tables.Sync.__table__)
_SETTINGS = cast("Table", tables.FirmSettingsRow.__table__)
_TO_JUDGE = (
    select(_SYNCS.c.weighed, _SETTINGS.c.chosen)
    .outerjoin(_SETTINGS, _SETTINGS.c.firm_id == _SYNCS.c.firm_id)
    .where(_SYNCS.c.id == bindparam("sync"), _SYNCS.c.firm_id == bindparam("firm"))
)
_DECIDE = (
    update(_REQUESTS)
    .where(
        _REQUESTS.c.sync_id == bindparam("sync"),
        _REQUESTS.c.firm_id == bindparam("firm"),
        _REQUESTS.c.version == bindparam("shown"),
        _REQUESTS.c.state == RequestState.OPEN,
        _REQUESTS.c.expires_at > bindparam("now"),
        or_(
            (bindparam("who", type_=String) == Approver.ANOTHER) & (_REQUESTS.c.asked_by != bindparam("by")),
            (bindparam("who", type_=String) == Approver.REQUESTER)
            & (_REQUESTS.c.asked_by == bindparam("by")),
        ),
    )
    .values(
        state=bindparam("outcome"),
        decided_by=bindparam("by"),
        decided_at=bindparam("now"),
        reason=bindparam("why"),
    )
    .returning(_REQUESTS.c.id)
)
_APPROVE = _DECIDE.where(_REQUESTS.c.alone == bindparam("by_oneself"))


def to_judge(session: Session, firm_id: str, sync_id: str) -> ToJudge | None:
    """What a press on this sync is judged by, in one question; None where there is no such sync."""
    found = session.execute(_TO_JUDGE, {"sync": sync_id, "firm": firm_id}).one_or_none()
    return None if found is None else ToJudge(found.weighed, read_chosen(found.chosen))


def ask(  # noqa: PLR0913 - a request's facts, all named
    session: Session,
    *,
    firm_id: str,
    sync_id: str,
    version: int,
    by: str,
    now: datetime,
    expires_at: datetime,
    rules: Sequence[tuple[str, str]],
    new_id: Callable[[], str],
    alone: bool = False,
) -> bool:
    """Ask a second person for what ``by`` was shown. False: decided, another version, or not theirs."""
    audit.hold(session, firm_id)
    if not syncs.await_approval(session, sync_id, firm_id=firm_id, version=version, by=by):
        return False
    values = {
        "id": new_id(),
        "firm_id": firm_id,
        "sync_id": sync_id,
        "version": version,
        "state": RequestState.OPEN,
        "asked_by": by,
        "asked_at": now,
        "expires_at": expires_at,
        "rules": [list(rule) for rule in rules],
        "alone": alone,
    }
    insert_if_absent(session, tables.RequestRow, values)
    note(session, firm_id, sync_id, by, "asked", now, {"rules": [kind for kind, _ in rules], "alone": alone})
    return True


def approve(
    session: Session, *, firm_id: str, sync_id: str, version: int, by: str, now: datetime, alone: bool = False
) -> bool:
    """Approve what was asked for, once, whoever presses first; its booking follows.

    Nobody approves their own, but for who is ``alone`` and was asked to look a second time. False: decided,
    expired, another version, or not theirs to approve. That they may approve at all is the caller's to see.
    """
    audit.hold(session, firm_id)
    who = Approver.REQUESTER if alone else Approver.ANOTHER
    press = _press(firm_id, sync_id, version, by, now, who) | {"by_oneself": alone}
    if session.execute(_APPROVE, press | {"outcome": RequestState.APPROVED}).first() is None:
        return False
    note(session, firm_id, sync_id, by, RequestState.APPROVED, now, {"alone": alone})
    return syncs.approve(
        session,
        firm_id=firm_id,
        sync_id=sync_id,
        version=version,
        by=by,
        now=now,
        who=who,
        begun=SyncState.REQUESTED,
    )


def reject(
    session: Session, *, firm_id: str, sync_id: str, version: int, by: str, now: datetime, reason: str
) -> bool:
    """Turn down what another person asked for; nothing is booked. False: decided, expired or their own."""
    press = _press(firm_id, sync_id, version, by, now, Approver.ANOTHER)
    return _end(session, press | {"outcome": RequestState.REJECTED, "why": reason[:LONGEST_REASON]})


def withdraw(session: Session, *, firm_id: str, sync_id: str, version: int, by: str, now: datetime) -> bool:
    """Take back what one asked for oneself. False: decided or expired, or another's."""
    press = _press(firm_id, sync_id, version, by, now, Approver.REQUESTER)
    return _end(session, press | {"outcome": RequestState.WITHDRAWN})


def expire(session: Session, request: Request, now: datetime) -> bool:
    """Nobody decided in time: nothing is booked. False: it isn't open, or has time left."""
    audit.hold(session, request.firm_id)
    row = tables.RequestRow
    over = (row.id == request.id, row.state == RequestState.OPEN, row.expires_at <= now)
    ended = update(row).where(*over).values(state=RequestState.EXPIRED, decided_at=now)
    if session.execute(ended.returning(row.id)).first() is None:
        return False
    note(session, request.firm_id, request.sync_id, audit.PROGRAM, RequestState.EXPIRED, now, {})
    return syncs.turn_down(session, request.sync_id, now, firm_id=request.firm_id, by=audit.PROGRAM)


def supersede(session: Session, firm_id: str, sync_id: str, why: str) -> Request | None:
    """What was approved no longer holds, as its sync says; the request it was, if there was one."""
    row = tables.RequestRow
    approved = (row.firm_id == firm_id, row.sync_id == sync_id, row.state == RequestState.APPROVED)
    values = {"state": RequestState.SUPERSEDED, "reason": why[:LONGEST_REASON]}
    session.execute(update(row).where(*approved).values(**values))
    return of_sync(session, firm_id, sync_id)


def _press(
    firm_id: str, sync_id: str, version: int, by: str, now: datetime, who: Approver
) -> dict[str, object]:
    whose = {"firm": firm_id, "sync": sync_id, "shown": version, "by": by, "who": who}
    return whose | {"now": now, "why": ""}


def _end(session: Session, press: Mapping[str, Any]) -> bool:
    firm_id, sync_id, by, now = press["firm"], press["sync"], press["by"], press["now"]
    audit.hold(session, firm_id)
    if session.execute(_DECIDE, dict(press)).first() is None:
        return False
    why = {"why": press["why"]} if press["why"] else {}
    note(session, firm_id, sync_id, by, press["outcome"], now, why)
    return syncs.turn_down(session, sync_id, now, firm_id=firm_id, by=by)
