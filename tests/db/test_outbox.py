"""Tasks: added once by key, held by one worker, never lost."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest

from db import outbox
from db.engine import Database, open_database
from db.firms import Firm
from db.outbox import ClaimedTask
from tests.db.conftest import NOW, a_firm

NewId = Callable[[], str]
SECOND = timedelta(seconds=1)


def add(
    database: Database,
    firm: Firm,
    new_id: NewId,
    *,
    key: str | None = None,
    kind: str = "message",
    due_at: datetime | None = None,
) -> str:
    """Add a task for the firm."""
    with database.write() as session:
        return outbox.add_task(
            session,
            firm_id=firm.id,
            kind=kind,
            content={"text": "<!channel> 马春梅"},
            now=NOW,
            new_id=new_id,
            key=key,
            due_at=due_at,
        )


def claim(database: Database, at: datetime = NOW, kinds: list[str] | None = None) -> ClaimedTask | None:
    """Claim the next task at a moment."""
    with database.write() as session:
        return outbox.claim_task(session, at, kinds)


def claimed(database: Database, at: datetime = NOW) -> ClaimedTask:
    """Claim a task that must be there."""
    task = claim(database, at)
    assert task is not None
    return task


def test_a_task_comes_back_as_it_was_added(database: Database, firm: Firm, new_id: NewId) -> None:
    """Its firm, kind, content and key; held for two minutes."""
    name = add(database, firm, new_id, key="import:1")

    assert claimed(database) == ClaimedTask(
        id=name,
        firm_id=firm.id,
        kind="message",
        content={"text": "<!channel> 马春梅"},
        key="import:1",
        attempt=1,
        fence=1,
        lease_until=NOW + timedelta(seconds=120),
        created_at=NOW,
    )


def test_a_key_is_used_once_in_a_firm(
    database: Database, firm: Firm, other_firm: Firm, new_id: NewId
) -> None:
    """A redelivered request adds nothing and gets the first task's id; another firm's key is another."""
    first = add(database, firm, new_id, key="view:V1")

    assert first == add(database, firm, new_id, key="view:V1")
    assert first != add(database, other_firm, new_id, key="view:V1")
    assert first == add(database, firm, new_id, key="view:V1")
    assert [first] == [claimed(database).id]


def test_a_key_stays_used_when_its_task_is_done(database: Database, firm: Firm, new_id: NewId) -> None:
    """A late redelivery of what is long done changes nothing."""
    first = add(database, firm, new_id, key="view:V1")
    with database.write() as session:
        task = outbox.claim_task(session, NOW)
        assert task is not None
        assert outbox.finish_task(session, task, NOW)

    assert first == add(database, firm, new_id, key="view:V1")
    assert claim(database, NOW + timedelta(days=1)) is None


def test_an_old_key_may_be_used_anew_after_the_sweep(database: Database, firm: Firm, new_id: NewId) -> None:
    """Ended tasks don't pile up for ever; those under way stay."""
    first = add(database, firm, new_id, key="view:V1")
    waiting = add(database, firm, new_id, key="view:V2", due_at=NOW + timedelta(days=9))
    with database.write() as session:
        task = outbox.claim_task(session, NOW)
        assert task is not None
        outbox.finish_task(session, task, NOW)
        outbox.sweep_tasks(session, NOW + SECOND)

    assert first != add(database, firm, new_id, key="view:V1")
    assert waiting == add(database, firm, new_id, key="view:V2")


def test_the_task_due_longest_comes_first(database: Database, firm: Firm, new_id: NewId) -> None:
    """Not the one added first."""
    add(database, firm, new_id)
    older = add(database, firm, new_id, due_at=NOW - SECOND)

    assert older == claimed(database).id


def test_nothing_is_claimed_before_it_is_due(database: Database, firm: Firm, new_id: NewId) -> None:
    """Due at its moment, not a second earlier."""
    add(database, firm, new_id, due_at=NOW + SECOND)

    assert claim(database, NOW) is None
    assert claim(database, NOW + SECOND) is not None


def test_a_worker_may_ask_for_kinds(database: Database, firm: Firm, new_id: NewId) -> None:
    """Others stay for others."""
    add(database, firm, new_id, kind="import")
    message = add(database, firm, new_id, kind="message")

    task = claim(database, kinds=["message"])
    assert task is not None
    assert message == task.id
    assert claim(database, kinds=["message"]) is None


def test_a_held_task_is_left_alone_until_its_lease_ends(
    database: Database, firm: Firm, new_id: NewId
) -> None:
    """A worker that died lets it go after two minutes; the next hold has a new fence."""
    add(database, firm, new_id)
    first = claimed(database)

    assert claim(database, first.lease_until - SECOND) is None
    second = claimed(database, first.lease_until)
    assert (first.id, first.fence + 1, 2) == (second.id, second.fence, second.attempt)


@pytest.mark.parametrize("ending", ["finish", "retry", "fail"])
@pytest.mark.parametrize("key", [None, "k"])
def test_a_worker_that_lost_its_hold_changes_nothing(
    database: Database, firm: Firm, new_id: NewId, ending: str, key: str | None
) -> None:
    """The outcome of a worker that slept past its lease is not written."""
    add(database, firm, new_id, key=key)
    sleeper = claimed(database)
    holder = claimed(database, sleeper.lease_until)

    with database.write() as session:
        late = {
            "finish": lambda: outbox.finish_task(session, sleeper, NOW),
            "retry": lambda: outbox.retry_task(session, sleeper, NOW, "late"),
            "fail": lambda: outbox.fail_task(session, sleeper, "late", NOW),
        }[ending]()
    assert late is False
    with database.write() as session:
        assert outbox.finish_task(session, holder, NOW) is True


def test_a_finished_task_is_gone(database: Database, firm: Firm, new_id: NewId) -> None:
    """It is finished once; nobody gets it again."""
    add(database, firm, new_id)
    task = claimed(database)

    with database.write() as session:
        assert outbox.finish_task(session, task, NOW)
        assert not outbox.finish_task(session, task, NOW)
    assert claim(database, NOW + timedelta(days=1)) is None


def test_ending_one_task_leaves_the_others(database: Database, firm: Firm, new_id: NewId) -> None:
    """Also those that are held by a fence of the same number."""
    for _ in range(4):
        add(database, firm, new_id)
    first, second, third, last = (claimed(database) for _ in range(4))
    with database.write() as session:
        assert outbox.finish_task(session, first, NOW)
        assert outbox.retry_task(session, second, NOW, "Slack was slow")
        assert outbox.fail_task(session, third, "Slack said no", NOW)

    assert second.id == claimed(database).id
    assert claim(database) is None
    with database.write() as session:
        assert outbox.finish_task(session, last, NOW)


def test_a_retried_task_comes_back_when_due(database: Database, firm: Firm, new_id: NewId) -> None:
    """Trouble of any length puts it back, not away."""
    add(database, firm, new_id)
    task = claimed(database)
    with database.write() as session:
        assert outbox.retry_task(session, task, NOW + 5 * SECOND, "马" * 900)

    assert claim(database, NOW + 4 * SECOND) is None
    assert claimed(database, NOW + 5 * SECOND).attempt == 2


def test_a_failed_task_is_given_up(database: Database, firm: Firm, new_id: NewId) -> None:
    """It isn't tried again."""
    add(database, firm, new_id)
    task = claimed(database)
    with database.write() as session:
        assert outbox.fail_task(session, task, "Slack said channel_not_found", NOW)

    assert claim(database, NOW + timedelta(days=1)) is None


def test_the_next_moment_to_wake_is_known(database: Database, firm: Firm, new_id: NewId) -> None:
    """The earliest of what is due and what may be let go."""
    with database.read() as session:
        assert outbox.next_task_due(session) is None
    add(database, firm, new_id)
    task = claimed(database)
    with database.read() as session:
        assert task.lease_until == outbox.next_task_due(session)
    add(database, firm, new_id, due_at=NOW + SECOND)
    with database.read() as session:
        assert NOW + SECOND == outbox.next_task_due(session)


def test_tasks_that_have_not_ended_are_known(database: Database, firm: Firm, new_id: NewId) -> None:
    """Waiting or held, of the kinds asked for; ended ones aren't among them."""
    for key in ("ended", "held", "waiting"):
        add(database, firm, new_id, key=key)
    add(database, firm, new_id, kind="other")
    with database.write() as session:
        ended = outbox.claim_task(session, NOW, {"message"})
        assert ended is not None
        outbox.finish_task(session, ended, NOW)
        outbox.claim_task(session, NOW, {"message"})
        assert [{"text": "<!channel> 马春梅"}] * 2 == list(outbox.live_tasks(session, firm.id, {"message"}))
        assert () == outbox.live_tasks(session, "another firm", {"message"})


def test_after_a_boot_on_one_process_tasks_are_free_at_once(
    database: Database, firm: Firm, new_id: NewId
) -> None:
    """Whoever held them is gone with the process."""
    add(database, firm, new_id)
    held = claimed(database)
    with database.write() as session:
        outbox.void_task_leases(session)

    assert held.id == claimed(database, NOW).id


def test_no_task_is_claimed_twice(database: Database, firm: Firm, new_id: NewId) -> None:
    """8 threads, 60 tasks: each is handed out once."""
    added = {add(database, firm, new_id) for _ in range(60)}

    def work(_: int) -> list[str]:
        mine = []
        while (task := claim(database)) is not None:
            mine.append(task.id)
        return mine

    with ThreadPoolExecutor(8) as threads:
        handed = [name for names in threads.map(work, range(8)) for name in names]
    assert sorted(added) == sorted(handed)


@pytest.mark.postgres
def test_a_claim_does_not_wait_for_anothers(postgres_url: str, new_id: NewId) -> None:
    """While one worker's claim isn't committed yet, the next gets the next task."""
    database = open_database(postgres_url)
    firm = a_firm(database, "T1", new_id)
    add(database, firm, new_id)
    add(database, firm, new_id)
    with database.write() as session, ThreadPoolExecutor(1) as elsewhere:
        first = outbox.claim_task(session, NOW)
        second = elsewhere.submit(claim, database).result(timeout=4)
    database.close()

    assert first is not None
    assert second is not None
    assert first.id != second.id
