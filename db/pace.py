"""One company's latest calls, kept where every process sees them, each change made alone."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import select, update

from db import tables
from db.clock import lease_clock
from db.insert import insert_if_absent

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy.orm import Session

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Calls:
    """What is known of the calls to one company; moments UTC, by the lease clock."""

    begins: tuple[datetime, ...] = ()  # when the latest begin, the newest last
    under_way: Mapping[int, datetime] | None = None  # by ticket: when it is surely over
    tickets: int = 0  # given out so far
    rests_until: datetime | None = None


def hold(session: Session, realm_id: str, now: datetime) -> tuple[Calls, datetime]:
    """The company's calls, nobody else's to change until the caller's commit, and the moment it is."""
    moment = lease_clock(session, now)
    row = tables.CompanyCalls
    columns = select(row.begins, row.under_way, row.tickets, row.rests_until)
    mine = columns.where(row.realm_id == realm_id).with_for_update()
    found = session.execute(mine).one_or_none()
    if found is None:
        first = {"realm_id": realm_id, "begins": b"", "under_way": {}, "tickets": 0, "free_at": moment}
        insert_if_absent(session, row, first)
        found = session.execute(mine).one()
    begins, under_way, tickets, rests_until = found
    flying = {int(ticket): EPOCH + over * MICROSECOND for ticket, over in under_way.items()}
    return Calls(_unpacked(begins), flying, tickets, rests_until), moment


def keep(session: Session, realm_id: str, calls: Calls, free_at: datetime) -> None:
    """Write down what has become of the held company's calls; before ``free_at`` none may begin."""
    row = tables.CompanyCalls
    session.execute(
        update(row)
        .where(row.realm_id == realm_id)
        .values(
            begins=_packed(calls.begins),
            under_way={str(ticket): _micros(over) for ticket, over in (calls.under_way or {}).items()},
            tickets=calls.tickets,
            rests_until=calls.rests_until,
            free_at=free_at,
        )
    )


def rests_until(session: Session, realm_id: str, now: datetime) -> timedelta:
    """How much longer the company rests; nothing where it doesn't."""
    row = tables.CompanyCalls
    until = session.scalar(select(row.rests_until).where(row.realm_id == realm_id))
    if until is None:
        return timedelta()
    return max(timedelta(), until - lease_clock(session, now))


def busy(session: Session, now: datetime, soon: timedelta) -> frozenset[str]:
    """The companies whose next call may not begin ``soon``."""
    row, moment = tables.CompanyCalls, lease_clock(session, now)
    return frozenset(session.scalars(select(row.realm_id).where(row.free_at > moment + soon)))


def _packed(moments: tuple[datetime, ...]) -> bytes:
    return struct.pack(f">{len(moments)}q", *(_micros(moment) for moment in moments))


def _unpacked(packed: bytes) -> tuple[datetime, ...]:
    return tuple(EPOCH + micros * MICROSECOND for (micros,) in struct.iter_unpack(">q", packed))


def _micros(moment: datetime) -> int:
    return (moment - EPOCH) // MICROSECOND
