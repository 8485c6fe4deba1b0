"""A sync that was approved is followed to its end, whatever goes wrong on the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from commands.ids import Task
from commands.resuming import resume
from db import outbox, syncs
from qb.post import expand
from qb.sandbox import Fault
from tests.commands.house import (
    House,
    choose_contact,
    firm_of,
    open_sync,
    preview_of,
    seen_message,
)

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.demo.playground.seen import SeenMessage
    from commands.context import Context
    from db.outbox import ClaimedTask


def _previewed(house: House) -> SeenMessage:
    """One invoice, ready to be booked."""
    house.ready_to_sync()
    open_sync(house, "00006", "We don't know yet who")
    choose_contact(house)
    return preview_of(house, "Amélie Tremblay")


def test_a_question_that_quickbooks_refuses_is_asked_again(house: House) -> None:
    """It was booked; reading it back was refused once, for a reason of QuickBooks' own."""
    preview = _previewed(house)
    refusal = Fault("refuse", path="query", containing="from invoice where id in", code="4001")
    house.sandbox.faults.add(refusal)
    house.maria.click("Book 1 Invoice", preview)
    result = seen_message(house.maria, "1 invoice booked in QuickBooks for Amélie Tremblay")
    assert preview.ts == result.ts


def test_a_sync_that_was_refused_whole_is_finished(house: House) -> None:
    """Nothing of it is left to read back, and nothing more will happen: it isn't under way any more."""
    preview = _previewed(house)
    house.sandbox.faults.add(Fault("refuse", method="POST", path="invoice", code="6210"))
    house.maria.click("Book 1 Invoice", preview)
    seen_message(house.maria, "0 of 1 invoice booked")
    house.idle()  # its progress says so before its result does
    with house.program.database.read() as session:
        assert () == syncs.running(session, firm_of(house))


def test_a_mistake_of_ours_does_not_end_the_watch(house: House) -> None:
    """The task is tried again later, and the person hears that what was approved stays approved."""
    context = house.program.context
    with context.database.write() as session:
        outbox.add_task(
            session,
            firm_id=firm_of(house),
            kind=Task.WATCH,
            content={"user": "U0MARIA", "not a sync": ""},
            now=context.clock(),
            new_id=context.new_id,
        )
    house.program.bell.ring()
    told = seen_message(house.maria, "It stays approved and is booked once, never twice")
    assert "nothing more was done" not in told.words
    with context.database.read() as session:
        due = outbox.next_task_due(session)
    assert due is not None
    assert context.clock() < due


@pytest.mark.parametrize("expanded", [False, True])
def test_a_sync_that_nobody_follows_is_taken_up(house: House, *, expanded: bool) -> None:
    """Its task is gone, before its effects were written down or after: it is booked, and told."""
    preview, context, firm_id = _previewed(house), house.program.context, firm_of(house)
    with context.database.read() as session:
        (sync,) = syncs.recent(session, firm_id, 1)
    key = f"{Task.EXPAND}:{sync.id}:{sync.version}"
    with context.database.write() as session:  # a task of this key was once: the approval adds none
        done = _task(session, context, firm_id, key)
        syncs.approve(session, firm_id=firm_id, sync_id=sync.id, version=1, by="U0MARIA", now=context.clock())
        outbox.finish_task(session, done, context.clock())
    if expanded:
        expand(context.database, firm_id, sync.id, context.clock())
    assert 1 == resume(context)
    result = seen_message(house.maria, "1 invoice booked in QuickBooks for Amélie Tremblay")
    assert preview.ts == result.ts
    assert 0 == resume(context)


def _task(session: Session, context: Context, firm_id: str, key: str) -> ClaimedTask:
    outbox.add_task(
        session,
        firm_id=firm_id,
        kind=Task.EXPAND,
        content={},
        now=context.clock(),
        new_id=context.new_id,
        key=key,
    )
    claimed = outbox.claim_task(session, context.clock(), {Task.EXPAND})
    assert claimed is not None
    return claimed
