"""Syncs: what was shown is what is approved, once, by who may."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from db import outbox, receipts, syncs, tables
from db.audit import lines
from db.engine import Database
from db.firms import Firm
from db.receipts import ReceiptRecord
from db.records import InvoiceKey
from db.syncs import Approver, Sync, SyncState
from tests.db.conftest import NOW

NewId = Callable[[], str]
SECOND = timedelta(seconds=1)
CHOSEN = (
    InvoiceKey("00002-Силва", "INV-1001", "<!channel> & <https://evil|Approve>"),
    InvoiceKey("00002-Силва", "INV-1002", 'René "Ané" O\'Brien \\ 马春梅'),
)


def propose(database: Database, firm: Firm, new_id: NewId, chosen: tuple[InvoiceKey, ...] = CHOSEN) -> Sync:
    """Maria is shown a plan."""
    with database.write() as session:
        return syncs.propose(
            session,
            firm_id=firm.id,
            realm_id="4620816365",
            selection=chosen,
            plan='{"entries":[]}',
            plan_sha256="a" * 64,
            asked_by="UMARIA",
            now=NOW,
            new_id=new_id,
        )


def approve(
    database: Database,
    firm: Firm,
    sync: Sync,
    *,
    by: str = "UBEN",
    version: int = 1,
    who: Approver = Approver.ANYONE,
    place: tuple[str, str] = ("", ""),
) -> bool:
    """Somebody presses Book."""
    with database.write() as session:
        return syncs.approve(
            session,
            firm_id=firm.id,
            sync_id=sync.id,
            version=version,
            by=by,
            now=NOW + SECOND,
            who=who,
            channel=place[0],
            ts=place[1],
        )


def read(database: Database, firm: Firm, sync: Sync) -> Sync:
    """The sync as it stands now."""
    with database.read() as session:
        found = syncs.get(session, firm.id, sync.id)
    assert found is not None
    return found


def test_a_sync_comes_back_as_it_was_proposed(database: Database, firm: Firm, new_id: NewId) -> None:
    """The very invoices and the very plan."""
    sync = propose(database, firm, new_id)

    assert sync == Sync(
        id=sync.id,
        firm_id=firm.id,
        realm_id="4620816365",
        state=SyncState.PROPOSED,
        version=1,
        asked_by="UMARIA",
        asked_at=NOW,
        approved_by=None,
        approved_at=None,
        finished_at=None,
        selection=CHOSEN,
        plan='{"entries":[]}',
        plan_sha256="a" * 64,
        channel="",
        message_ts="",
    )
    assert sync == read(database, firm, sync)


def test_an_approval_leaves_one_task_and_one_line(database: Database, firm: Firm, new_id: NewId) -> None:
    """In the same commit: who, when, which plan, and the work to do."""
    sync = propose(database, firm, new_id)

    assert approve(database, firm, sync)
    now = read(database, firm, sync)
    assert (SyncState.APPROVED, "UBEN", NOW + SECOND) == (now.state, now.approved_by, now.approved_at)
    with database.write() as session:
        task = outbox.claim_task(session, NOW + SECOND)
        assert task is not None
        assert (syncs.EXPAND, {"sync": sync.id}) == (task.kind, task.content)
        assert outbox.claim_task(session, NOW + SECOND) is None
        last = lines(session, firm.id)[-1]
    assert ("UBEN", "sync.approved") == (last.actor, last.verb)
    assert "a" * 64 in last.content


def test_fifty_presses_are_one_approval(database: Database, firm: Firm, new_id: NewId) -> None:
    """However many press at the same instant, one wins and one task is left."""
    sync = propose(database, firm, new_id)
    ready = threading.Barrier(50)

    def press(number: int) -> bool:
        ready.wait()
        return approve(database, firm, sync, by=f"U{number}")

    with ThreadPoolExecutor(50) as threads:
        won = list(threads.map(press, range(50)))

    assert won.count(True) == 1
    assert f"U{won.index(True)}" == read(database, firm, sync).approved_by
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(tables.Task)) == 1
        verbs = [line.verb for line in lines(session, firm.id)]
    assert verbs == ["sync.proposed", "sync.approved"]


@pytest.mark.parametrize(
    ("by", "version", "who", "allowed"),
    [
        ("UBEN", 2, Approver.ANYONE, False),
        ("UBEN", 1, Approver.ANYONE, True),
        ("UMARIA", 1, Approver.ANYONE, True),
        ("UMARIA", 1, Approver.ANOTHER, False),
        ("UBEN", 1, Approver.ANOTHER, True),
        ("UMARIA", 1, Approver.REQUESTER, True),
        ("UBEN", 1, Approver.REQUESTER, False),
    ],
)
def test_who_may_not_approve_changes_nothing(
    database: Database, firm: Firm, new_id: NewId, by: str, version: int, who: Approver, *, allowed: bool
) -> None:
    """Another version than shown is refused, and whoever isn't the one, or not the other, that is wanted."""
    sync = propose(database, firm, new_id)

    assert allowed == approve(database, firm, sync, by=by, version=version, who=who)
    assert (read(database, firm, sync).state == SyncState.APPROVED) == allowed


def test_the_message_pressed_becomes_the_syncs(database: Database, firm: Firm, new_id: NewId) -> None:
    """Whoever posted it may have died before writing down where; without one, what is known stays."""
    first, second = propose(database, firm, new_id), propose(database, firm, new_id)
    with database.write() as session:
        syncs.set_message(session, second.id, firm_id=firm.id, channel="D1", ts="1.0")
    assert approve(database, firm, first, place=("D9", "9.0"))
    assert approve(database, firm, second)
    found = [read(database, firm, sync) for sync in (first, second)]
    assert [("D9", "9.0"), ("D1", "1.0")] == [(sync.channel, sync.message_ts) for sync in found]


def test_another_firm_approves_nothing(
    database: Database, firm: Firm, other_firm: Firm, new_id: NewId
) -> None:
    """Its people can't approve, move or see this firm's sync, whatever id they send."""
    sync = propose(database, firm, new_id)

    assert not approve(database, other_firm, sync)
    with database.write() as session:
        assert not syncs.start(session, sync.id, NOW, firm_id=other_firm.id)
        assert not syncs.supersede(session, sync.id, NOW, firm_id=other_firm.id, why="x")
        assert not syncs.cancel(session, sync.id, NOW, firm_id=other_firm.id, by="UEVE")
        syncs.set_message(session, sync.id, firm_id=other_firm.id, channel="C", ts="1")
        assert syncs.get(session, other_firm.id, sync.id) is None
        assert syncs.recent(session, other_firm.id, 9) == ()
        assert syncs.running(session, other_firm.id) == ()
    assert sync == read(database, firm, sync)


def test_a_sync_runs_and_ends_once(database: Database, firm: Firm, new_id: NewId) -> None:
    """Approved, running, done; each step once and in this order."""
    sync = propose(database, firm, new_id)
    with database.write() as session:
        assert not syncs.start(session, sync.id, NOW, firm_id=firm.id)
    approve(database, firm, sync)
    with database.write() as session:
        assert not syncs.finish(session, sync.id, NOW, firm_id=firm.id)
        assert syncs.start(session, sync.id, NOW, firm_id=firm.id)
        assert not syncs.start(session, sync.id, NOW, firm_id=firm.id)
        assert [sync.id] == [each.id for each in syncs.running(session, firm.id)]
        assert syncs.finish(session, sync.id, NOW + SECOND, firm_id=firm.id)
        assert syncs.running(session, firm.id) == ()
    assert (SyncState.DONE, NOW + SECOND) == (
        read(database, firm, sync).state,
        read(database, firm, sync).finished_at,
    )


@pytest.mark.parametrize("approved", [False, True])
def test_a_superseded_sync_books_nothing(
    database: Database, firm: Firm, new_id: NewId, *, approved: bool
) -> None:
    """Before or after the approval, as long as it hasn't begun."""
    sync = propose(database, firm, new_id)
    if approved:
        approve(database, firm, sync)
    with database.write() as session:
        assert syncs.supersede(session, sync.id, NOW, firm_id=firm.id, why="The mapping changed.")
        assert not syncs.start(session, sync.id, NOW, firm_id=firm.id)

    assert not approve(database, firm, sync)
    with database.read() as session:
        assert lines(session, firm.id)[-1].verb == "sync.superseded"


def test_a_running_sync_is_neither_superseded_nor_cancelled(
    database: Database, firm: Firm, new_id: NewId
) -> None:
    """What has begun goes to its end."""
    sync = propose(database, firm, new_id)
    approve(database, firm, sync)
    with database.write() as session:
        syncs.start(session, sync.id, NOW, firm_id=firm.id)
        assert not syncs.supersede(session, sync.id, NOW, firm_id=firm.id, why="late")
        assert not syncs.cancel(session, sync.id, NOW, firm_id=firm.id, by="UMARIA")


def test_a_cancelled_sync_can_not_be_approved(database: Database, firm: Firm, new_id: NewId) -> None:
    """And an approved one can't be cancelled: whichever came first stands."""
    sync = propose(database, firm, new_id)
    with database.write() as session:
        assert syncs.cancel(session, sync.id, NOW, firm_id=firm.id, by="UMARIA")

    assert not approve(database, firm, sync)
    assert read(database, firm, sync).state == SyncState.CANCELLED


def test_the_newest_syncs_come_first(database: Database, firm: Firm, new_id: NewId) -> None:
    """No more than asked for, and the message is remembered."""
    first = propose(database, firm, new_id)
    with database.write() as session:
        newer = syncs.propose(
            session,
            firm_id=firm.id,
            realm_id="4620816365",
            selection=(),
            plan="{}",
            plan_sha256="b" * 64,
            asked_by="UMARIA",
            now=NOW + SECOND,
            new_id=new_id,
        )
        syncs.set_message(session, first.id, firm_id=firm.id, channel="D1", ts="1700000000.000100")

    with database.read() as session:
        assert [newer.id, first.id] == [each.id for each in syncs.recent(session, firm.id, 9)]
        assert [newer.id] == [each.id for each in syncs.recent(session, firm.id, 1)]
    kept = read(database, firm, first)
    assert ("D1", "1700000000.000100") == (kept.channel, kept.message_ts)


def test_a_receipt_is_kept_once(database: Database, firm: Firm, other_firm: Firm, new_id: NewId) -> None:
    """The first reading stands; another sync's receipts are not mixed in."""
    sync, other = propose(database, firm, new_id), propose(database, other_firm, new_id)
    receipt = ReceiptRecord(CHOSEN[0].subject, ties=True, content={"total": "2330.00"}, read_at=NOW)
    later = ReceiptRecord(CHOSEN[0].subject, ties=False, content={}, read_at=NOW + SECOND)
    with database.write() as session:
        assert receipts.add(session, firm.id, sync.id, receipt)
        assert not receipts.add(session, firm.id, sync.id, later)
        assert receipts.add(session, other_firm.id, other.id, later)

    with database.read() as session:
        assert (receipt,) == receipts.of_sync(session, sync.id)
        assert lines(session, firm.id)[-1].verb == "invoice.read_back"


def test_what_does_not_tie_is_counted_until_it_does(
    database: Database, firm: Firm, other_firm: Firm, new_id: NewId
) -> None:
    """Of this firm only; a receipt read anew that ties no longer counts."""
    sync = propose(database, firm, new_id)
    off = ReceiptRecord(CHOSEN[0].subject, ties=False, content={}, read_at=NOW)
    with database.write() as session:
        receipts.add(session, firm.id, sync.id, off)
        assert 1 == receipts.differing(session, firm.id)
        assert 0 == receipts.differing(session, other_firm.id)
        assert receipts.replace(session, firm.id, sync.id, replace(off, ties=True))
        assert 0 == receipts.differing(session, firm.id)
