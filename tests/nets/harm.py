"""What may never be: doubled, lost, refused though booked, stuck."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from db import syncs
from db.effects import State, marker
from qb.canonical import from_canonical
from qb.lineage import newest
from tests.nets.remote import NUMBERED

if TYPE_CHECKING:
    from collections.abc import Sequence

    from db.effects import Effect
    from qb.entry import Entry
    from tests.nets.core import Core


def doubled(core: Core) -> list[str]:
    """What is in the books more often than once, whoever booked it."""
    names = Counter((kind, each[NUMBERED[kind]]) for kind, each in core.remote.all_documents())
    return sorted(f"{kind} {name} doubled" for (kind, name), count in names.items() if count > 1)


def untrue(core: Core, found: Sequence[Effect]) -> list[str]:
    """Where the ledger says what isn't so: confirmed without its document, refused with one."""
    return sorted(filter(None, (_untrue(core, effect) for effect in found)))


def unsettled(found: Sequence[Effect]) -> list[str]:
    """What isn't in the books in the end, of all that was ordered: lost or stuck."""
    open_ones = (each for each in newest(found) if each.state is not State.CONFIRMED)
    return sorted(f"{each.subject} is {each.state}" for each in open_ones)


def lost(core: Core) -> list[str]:
    """What was approved and isn't in the books, whatever the ledger of effects says."""
    here = {(kind, each[NUMBERED[kind]]) for kind, each in core.remote.all_documents()}
    with core.database.read() as session:
        plans = [from_canonical(sync.plan) for sync in syncs.running(session, core.standing.firm_id)]
    wanted = {document for plan in plans for entry in plan.entries for document in _documents(entry)}
    return sorted(f"{kind} {name} lost" for kind, name in wanted - here)


def harm(core: Core) -> list[str]:
    """All of it, once everything has had its time."""
    found = core.effects()
    return doubled(core) + untrue(core, found) + unsettled(found) + lost(core)


def runnable(found: Sequence[Effect]) -> list[Effect]:
    """What may go on by itself, now or when it is due."""
    confirmed = {None, *(each.id for each in found if each.state is State.CONFIRMED)}
    waiting = (each for each in found if each.state in {State.READY, State.SENDING})
    return [each for each in waiting if each.depends_on in confirmed]


def in_books(core: Core, effect: Effect) -> list[str]:
    """The ids of the documents that an effect brought about: by its mark, a contact by its name."""
    if effect.operation == "add_customer":
        found = [each for each in core.remote.documents("Customer") if is_named(each, effect)]
    else:
        mark = marker(effect.firm_id, effect.subject, effect.operation, effect.generation)
        found = [each for each in core.remote.documents(effect.entity) if mark in each["PrivateNote"]]
    return [str(each["Id"]) for each in found]


def is_named(document: dict[str, object], effect: Effect) -> bool:
    """Whether this customer has the contact's name."""
    return bool(document["DisplayName"] == effect.content["name"])


def _documents(entry: Entry) -> list[tuple[str, str]]:
    """The documents that booking an entry brings about."""
    return [("Invoice", entry.number), *(("Payment", payment.reference) for payment in entry.payments)]


def _untrue(core: Core, effect: Effect) -> str:
    ids = in_books(core, effect)
    if effect.state is State.CONFIRMED and ids != [effect.remote_id]:
        return f"{effect.subject} is confirmed as {effect.remote_id}, the books have {ids}"
    if effect.state is State.REJECTED and ids and effect.operation != "add_customer":
        return f"{effect.subject} is refused, the books have {ids}"
    return ""
