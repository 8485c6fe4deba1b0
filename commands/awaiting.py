"""Requests that wait for a person's yes or no, and what became of their own, for Home and `/qb`."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from commands.access import may_confirm
from commands.asking import others_who_approve
from commands.stand_ins import stands_in
from commands.views.standing import Asked, TurnedDown
from commands.views.taken import TakenInvoice
from commands.views.whom import for_whom
from db import firm_settings, requests, syncs
from db.money import total
from qb.canonical import from_canonical

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from commands.access import Asker
    from db.money import Money
    from db.requests import Request
    from qb.entry import Entry, Plan

LATELY = timedelta(days=7)
"""A rejection is shown so long, unless it is booked or asked for anew before."""
CHANNELS = ("C", "G")
"""How a channel's id begins; a direct message has no name to tell."""


def to_decide_of(session: Session, asker: Asker) -> tuple[Asked, ...]:
    """What waits for this person: handed to them, or anybody's who may approve; never their own."""
    waiting = [one for one in requests.open_ones(session, asker.firm.id) if _is_theirs(session, one, asker)]
    return _asked(session, waiting)


def asked_of(session: Session, asker: Asker) -> tuple[Asked, ...]:
    """What this person asked for and nobody has decided."""
    own = [one for one in requests.open_ones(session, asker.firm.id) if one.asked_by == asker.user_id]
    return _asked(session, own)


def turned_down_of(session: Session, asker: Asker, made: Plan, now: datetime) -> tuple[TurnedDown, ...]:
    """What of theirs was rejected lately and could still be booked by the plan ``made``."""
    ready = {entry.subject for entry in made.entries}
    waiting = {entry.subject for one in _own(session, asker) for entry in _entries(session, one)}
    found = []
    for one in requests.rejected_lately(session, asker.firm.id, asker.user_id, now - LATELY):
        entries = [entry for entry in _entries(session, one) if entry.subject in ready - waiting]
        if entries and one.decided_at is not None:
            case = entries[0].key.case
            found.append(
                TurnedDown(one.decided_by, one.decided_at, len(entries), for_whom(entries), one.reason, case)
            )
            waiting |= {entry.subject for entry in entries}  # an older rejection of the same is history
    return tuple(found)


def _is_theirs(session: Session, one: Request, asker: Asker) -> bool:
    """Handed to somebody who can't decide it any more, it is everybody's turn again."""
    if one.asked_by == asker.user_id or not may_confirm(asker):
        return False
    others = others_who_approve(session, one.firm_id, one.asked_by)
    if one.handed_to not in others:
        return True
    chosen = firm_settings.settings_of(session, one.firm_id)
    acting = "" if asker.today is None else stands_in(one.handed_to, chosen, others, asker.today)
    return asker.user_id in {one.handed_to, acting}


def _own(session: Session, asker: Asker) -> list[Request]:
    return [one for one in requests.open_ones(session, asker.firm.id) if one.asked_by == asker.user_id]


def _asked(session: Session, found: Iterable[Request]) -> tuple[Asked, ...]:
    return tuple(_one(one, _entries(session, one)) for one in found)


def _one(one: Request, entries: Sequence[Entry]) -> Asked:
    channel = one.channel if one.channel.startswith(CHANNELS) else ""
    return Asked(one.asked_by, one.asked_at, len(entries), for_whom(entries), _totals(entries), channel)


def _totals(entries: Sequence[Entry]) -> tuple[Money, ...]:
    currencies = dict.fromkeys(entry.total.currency for entry in entries)
    return tuple(total((e.total for e in entries if e.total.currency == one), one) for one in currencies)


def _entries(session: Session, one: Request) -> tuple[Entry, ...]:
    sync = syncs.get(session, one.firm_id, one.sync_id)
    return () if sync is None else from_canonical(sync.plan).entries


def asked_since(session: Session, firm_id: str) -> dict[str, datetime]:
    """Invoices (subjects) that somebody asked to have approved, and since when."""
    found: dict[str, datetime] = {}
    for request in requests.open_ones(session, firm_id):
        sync = syncs.get(session, firm_id, request.sync_id)
        for key in sync.selection if sync else ():
            found.setdefault(key.subject, request.asked_at)
    return found


def taken_among(session: Session, firm_id: str, entries: Iterable[Entry]) -> tuple[TakenInvoice, ...]:
    """Those of them that a request waits for, or that are approved and not begun."""
    taken = requests.taken(session, firm_id)
    return tuple(
        TakenInvoice(entry.key.number, entry.total, by.asked_by, by.at, by.approved_by)
        for entry in entries
        if (by := taken.get(entry.subject)) is not None
    )
