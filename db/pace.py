"""One company's latest calls, kept where every process sees them, each change made alone."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, cast, overload

from sqlalchemy import bindparam, select, update

from db import tables
from db.clock import lease_clock
from db.insert import insert_if_absent

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sqlalchemy import Table
    from sqlalchemy.orm import Session

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
SIZE = 8
"""Bytes of one moment."""

# Built once: this is asked twice for every call to QuickBooks.
_ROW = cast("Table", tables.CompanyCalls.__table__)
_MINE = _ROW.c.realm_id == bindparam("realm")
_LOCK = (
    select(_ROW.c.begins, _ROW.c.under_way, _ROW.c.tickets, _ROW.c.rests_until).where(_MINE).with_for_update()
)
_KEEP = (
    update(_ROW)
    .where(_MINE)
    .values({name: bindparam(name) for name in ("begins", "under_way", "tickets", "rests_until", "free_at")})
)
_LOCK_UNDER_WAY = select(_ROW.c.under_way).where(_MINE).with_for_update()
_KEEP_UNDER_WAY = update(_ROW).where(_MINE).values(under_way=bindparam("left"))
_RESTS_UNTIL = select(_ROW.c.rests_until).where(_MINE)
_BUSY = select(_ROW.c.realm_id).where(_ROW.c.free_at.between(bindparam("soon"), bindparam("furthest")))


class Moments(Sequence[datetime]):
    """Moments in the order they were added, packed as they are stored; only those asked for are read."""

    def __init__(self, packed: bytes = b"") -> None:
        self.packed = packed

    def __len__(self) -> int:
        return len(self.packed) // SIZE

    @overload
    def __getitem__(self, place: int) -> datetime: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[datetime]: ...
    def __getitem__(self, place: int | slice) -> datetime | Sequence[datetime]:
        if isinstance(place, slice):
            return [self[each] for each in range(*place.indices(len(self)))]
        at = range(len(self))[place] * SIZE
        (micros,) = struct.unpack_from(">q", self.packed, at)
        return EPOCH + cast("int", micros) * MICROSECOND

    def with_another(self, moment: datetime, most: int) -> Moments:
        """The same and one more, the newest ``most`` of them."""
        return Moments((self.packed + struct.pack(">q", _micros(moment)))[-most * SIZE :])


@dataclass(frozen=True, slots=True)
class Calls:
    """What is known of the calls to one company; moments UTC, by the lease clock."""

    begins: Moments  # when the latest begin, the newest last
    under_way: Mapping[int, datetime]  # by ticket: when it is surely over
    tickets: int  # given out so far
    rests_until: datetime | None


def hold(session: Session, realm_id: str, now: datetime) -> tuple[Calls, datetime]:
    """The company's calls, nobody else's to change until the caller's commit, and the moment it is."""
    moment = lease_clock(session, now)
    found = session.execute(_LOCK, {"realm": realm_id}).one_or_none()
    if found is None:
        first = {"realm_id": realm_id, "begins": b"", "under_way": {}, "tickets": 0, "free_at": moment}
        insert_if_absent(session, tables.CompanyCalls, first)
        found = session.execute(_LOCK, {"realm": realm_id}).one()
    return Calls(Moments(found.begins), _read(found.under_way), found.tickets, found.rests_until), moment


def keep(session: Session, realm_id: str, calls: Calls, free_at: datetime) -> None:
    """Write down what has become of the held company's calls; before ``free_at`` none may begin."""
    values = {
        "begins": calls.begins.packed,
        "under_way": {str(ticket): _micros(over) for ticket, over in calls.under_way.items()},
        "tickets": calls.tickets,
        "rests_until": calls.rests_until,
        "free_at": free_at,
    }
    session.execute(_KEEP, {"realm": realm_id, **values})


def give_back(session: Session, realm_id: str, ticket: int) -> None:
    """The call with this ticket is over."""
    under_way = dict(session.execute(_LOCK_UNDER_WAY, {"realm": realm_id}).scalar_one())
    if under_way.pop(str(ticket), None) is not None:
        session.execute(_KEEP_UNDER_WAY, {"realm": realm_id, "left": under_way})


def rest_left(session: Session, realm_id: str, now: datetime) -> timedelta:
    """How much longer the company rests; nothing where it doesn't."""
    until = session.execute(_RESTS_UNTIL, {"realm": realm_id}).scalar_one_or_none()
    if until is None:
        return timedelta()
    return max(timedelta(), cast("datetime", until) - lease_clock(session, now))


def busy(session: Session, now: datetime, soon: timedelta, furthest: timedelta) -> frozenset[str]:
    """The companies whose next call may begin only in between ``soon`` and ``furthest`` from now.

    Nobody is told to wait longer: what says so was written before the clock was set back.
    """
    moment = lease_clock(session, now)
    bounds = {"soon": moment + soon + MICROSECOND, "furthest": moment + furthest}
    return frozenset(session.scalars(_BUSY, bounds))


def _read(under_way: Mapping[str, int]) -> dict[int, datetime]:
    return {int(ticket): EPOCH + over * MICROSECOND for ticket, over in under_way.items()}


def _micros(moment: datetime) -> int:
    return (moment - EPOCH) // MICROSECOND
