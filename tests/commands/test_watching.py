"""A sync that was approved is followed to its end, whatever goes wrong on the way."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import select, update

from bot.demo.playground.hands import wait_for
from commands.ids import Task
from commands.resuming import resume
from db import outbox, syncs, tables
from db.syncs import SyncState
from qb.gateway import encode
from qb.post import expand
from qb.sandbox import Fault
from tests.commands.house import (
    PATIENCE,
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
        expand(
            context.database, firm_id, sync.id, context.clock(), looked_at=sync.asked_at - timedelta(hours=1)
        )
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


def _shown_hours_ago(house: House) -> None:
    """The preview and the lists are three hours old, and Chequing became a trust account in QuickBooks."""
    context = house.program.context
    earlier = context.clock() - timedelta(hours=3)
    with context.database.write() as session:
        session.execute(update(tables.Sync).values(asked_at=earlier))
        session.execute(update(tables.DirectoryEntry).values(read_at=earlier))
    company = context.company(firm_of(house))
    found = company.read("Account", house.sandbox.books.id_of("Account", "Chequing")).entity
    changed = {"Id": found["Id"], "SyncToken": found["SyncToken"], "sparse": True, "Name": "Client Trust"}
    company.update("Account", encode(changed), context.new_id())


def test_what_is_approved_long_after_it_was_shown_rests_on_lists_read_anew(house: House) -> None:
    """The account is trust by now: nothing is ordered, and the new preview says why."""
    preview = _previewed(house)
    _shown_hours_ago(house)
    house.maria.click("Book 1 Invoice", preview)
    seen_message(house.maria, "which is a trust account. Nothing is booked to trust")
    house.idle()
    assert [] == house.sandbox.books.entities("Payment")


def test_while_quickbooks_is_silent_what_was_approved_late_waits(house: House) -> None:
    """It isn't planned on the old lists, and not lost either: the task is left for a minute later."""
    preview = _previewed(house)
    _shown_hours_ago(house)
    house.sandbox.faults.add(Fault("status", path="query", status=503, times=99))
    house.maria.click("Book 1 Invoice", preview)

    def left() -> bool:
        with house.program.database.read() as session:
            tasks = session.scalars(select(tables.Task).where(tables.Task.kind == Task.EXPAND)).all()
            return ["done", "ready"] == sorted(one.state for one in tasks)

    assert wait_for(left, PATIENCE)
    with house.program.database.read() as session:
        (sync,) = syncs.running(session, firm_of(house))
    assert SyncState.APPROVED is sync.state
