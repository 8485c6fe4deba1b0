"""What is on its way into the books, and what was booked lately with its receipts, for Home."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from commands.access import may_mend
from commands.views.standing import Done, RecentSync, Running, StoppedSync
from commands.views.whom import for_whom
from db import effects, receipts, syncs
from db.money import Money, total
from db.syncs import SyncState
from qb.canonical import from_canonical, money_of

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from commands.access import Asker
    from db.effects import Stopped
    from db.receipts import ReceiptRecord
    from db.syncs import Sync

LOOKED_AT = 20
"""Among so many of the newest syncs the finished ones are looked for."""
SHOWN = 5
STOPPED_FOR = timedelta(days=7)
"""So long a stopped sync waits among what needs somebody; after that its invoices are simply ready."""


def running_of(session: Session, firm_id: str, booked: Collection[str]) -> tuple[Running, ...]:
    """The syncs under way, oldest first; ``booked`` are the subjects of invoices in the books."""
    return tuple(_running(session, sync, booked) for sync in syncs.running(session, firm_id))


def recent_of(session: Session, firm_id: str, limit: int) -> tuple[RecentSync, ...]:
    """The newest syncs, newest first, each with how it ended."""
    return tuple(_recent(session, sync) for sync in syncs.recent(session, firm_id, limit))


def stopped_of(session: Session, asker: Asker, now: datetime) -> tuple[StoppedSync, ...]:
    """The syncs stopped within a week that nobody resumed, newest first, and which this person may resume."""
    found = effects.stopped_since(session, asker.firm.id, now - STOPPED_FOR)
    each = ((one, syncs.get(session, asker.firm.id, one.sync_id)) for one in found[:SHOWN])
    return tuple(_stopped(one, sync, asker) for one, sync in each if sync and sync.state is SyncState.DONE)


def done_of(session: Session, firm_id: str, link: Callable[[str, str], str]) -> tuple[Done, ...]:
    """The newest finished syncs, newest first; ``link`` leads to a document (type, id) in QuickBooks."""
    found = [one for one in syncs.recent(session, firm_id, LOOKED_AT) if one.state is SyncState.DONE]
    return tuple(_done(session, sync, link) for sync in found[:SHOWN])


def _recent(session: Session, sync: Sync) -> RecentSync:
    entries, ended = from_canonical(sync.plan).entries, sync.state is SyncState.DONE
    stopped = effects.stopped_in(session, sync.id) if ended else 0
    return RecentSync(
        sync.asked_by,
        sync.asked_at,
        sync.state,
        len(entries),
        for_whom(entries),
        stopped=stopped,
        attention=effects.in_trouble(session, sync.id) - stopped if ended else 0,
    )


def _stopped(one: Stopped, sync: Sync, asker: Asker) -> StoppedSync:
    entries = from_canonical(sync.plan).entries
    may = may_mend(asker, sync.asked_by)
    return StoppedSync(sync.id, for_whom(entries), one.by, one.invoices, len(entries), may)


def _running(session: Session, sync: Sync, booked: Collection[str]) -> Running:
    entries = from_canonical(sync.plan).entries
    return Running(
        client_name=for_whom(entries),
        asked_by=sync.asked_by,
        booked=sum(entry.subject in booked for entry in entries),
        attention=effects.in_trouble(session, sync.id),
        invoices=len(entries),
    )


def _done(session: Session, sync: Sync, link: Callable[[str, str], str]) -> Done:
    entries = from_canonical(sync.plan).entries
    read = receipts.of_sync(session, sync.id)
    return Done(
        client_name=for_whom(entries),
        asked_by=sync.asked_by,
        approved_by=sync.approved_by or "",
        at=sync.finished_at or sync.asked_at,
        booked=len(read),
        invoices=len(entries),
        totals=_totals(read),
        accounts=tuple(dict.fromkeys(_accounts(read))),
        differing=sum(not one.ties for one in read),
        documents=_documents(read, link),
        customers=tuple(dict.fromkeys(entry.customer.name for entry in entries)),
    )


def _totals(read: Sequence[ReceiptRecord]) -> tuple[Money, ...]:
    amounts = [money_of(one.content["total"]) for one in read]
    currencies = dict.fromkeys(amount.currency for amount in amounts)
    return tuple(total((each for each in amounts if each.currency == one), one) for one in currencies)


def _accounts(read: Iterable[ReceiptRecord]) -> Iterable[str]:
    return (payment["account"] for one in read for payment in one.content["payments"])


def _documents(read: Sequence[ReceiptRecord], link: Callable[[str, str], str]) -> tuple[tuple[str, str], ...]:
    found = ((one.content["number"], link("Invoice", one.content["id"])) for one in read)
    return tuple((f"Invoice {number}", url) for number, url in found if number)
