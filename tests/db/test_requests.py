"""Requests: one decision whoever presses first, with the sync in the same commit, and every end of one."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from db import audit, decisions, outbox, precedents, requests, syncs
from db.engine import Database
from db.firms import Firm
from db.requests import Request, RequestState
from db.syncs import Sync, SyncState
from tests.db.conftest import NOW
from tests.db.test_syncs import propose

NewId = Callable[[], str]
HOUR = timedelta(hours=1)
RULES = (("always", "Your firm asks"), ("new_contact", "<!channel> & <https://evil|Approve>"))


@pytest.fixture
def sync(database: Database, firm: Firm, new_id: NewId) -> Sync:
    """What Maria was shown."""
    return propose(database, firm, new_id)


def ask(database: Database, sync: Sync, new_id: NewId, *, by: str = "UMARIA", alone: bool = False) -> bool:
    """Maria presses Ask to Book."""
    with database.write() as session:
        return decisions.ask(
            session,
            firm_id=sync.firm_id,
            sync_id=sync.id,
            version=sync.version,
            by=by,
            now=NOW,
            expires_at=NOW + 72 * HOUR,
            rules=RULES,
            new_id=new_id,
            alone=alone,
        )


def approve(
    database: Database, sync: Sync, by: str = "UBEN", *, hours: int = 1, version: int = 1, alone: bool = False
) -> bool:
    """Ben presses Approve."""
    with database.write() as session:
        return decisions.approve(
            session,
            firm_id=sync.firm_id,
            sync_id=sync.id,
            version=version,
            by=by,
            now=NOW + hours * HOUR,
            alone=alone,
        )


def stands(database: Database, sync: Sync) -> tuple[Request, SyncState]:
    """The request and where the sync stands."""
    with database.read() as session:
        request = requests.of_sync(session, sync.firm_id, sync.id)
        found = syncs.get(session, sync.firm_id, sync.id)
    assert request is not None
    assert found is not None
    return request, found.state


def verbs(database: Database, firm: Firm) -> list[str]:
    """What the audit says was done."""
    with database.read() as session:
        assert () == audit.verify(session, firm.id)
        return [f"{line.actor} {line.verb}" for line in audit.lines(session, firm.id)]


def test_asking_makes_the_sync_wait(database: Database, firm: Firm, new_id: NewId, sync: Sync) -> None:
    """The request keeps who, until when, and every rule as it was told; asking twice asks once."""
    assert ask(database, sync, new_id)
    assert not ask(database, sync, new_id)
    request, state = stands(database, sync)
    assert SyncState.REQUESTED is state
    assert RULES == request.rules
    assert (RequestState.OPEN, "UMARIA", NOW, NOW + 72 * HOUR) == (
        request.state,
        request.asked_by,
        request.asked_at,
        request.expires_at,
    )
    assert ["UMARIA sync.proposed", "UMARIA request.asked"] == verbs(database, firm)


def test_only_who_was_shown_it_asks(database: Database, new_id: NewId, sync: Sync) -> None:
    """Somebody else's press asks nothing."""
    assert not ask(database, sync, new_id, by="UEVE")


def test_an_approval_is_one_commit_with_the_sync(
    database: Database, firm: Firm, new_id: NewId, sync: Sync
) -> None:
    """Decided, approved, written down, and the work left behind."""
    ask(database, sync, new_id)
    assert approve(database, sync)
    request, state = stands(database, sync)
    assert (RequestState.APPROVED, "UBEN", SyncState.APPROVED) == (request.state, request.decided_by, state)
    assert ["UBEN request.approved", "UBEN sync.approved"] == verbs(database, firm)[-2:]
    with database.write() as session:
        task = outbox.claim_task(session, NOW + 2 * HOUR)
    assert task is not None
    assert syncs.EXPAND == task.kind


@pytest.mark.parametrize(
    ("by", "hours", "version", "alone"),
    [
        ("UMARIA", 1, 1, False),  # her own
        ("UBEN", 1, 2, False),  # another version than was shown
        ("UBEN", 72, 1, False),  # expired
        ("UMARIA", 1, 1, True),  # a second look was never asked of her
    ],
)
def test_what_may_not_be_approved_stays_open(
    database: Database, new_id: NewId, sync: Sync, by: str, hours: int, version: int, *, alone: bool
) -> None:
    """Whatever a request claims, the one statement decides."""
    ask(database, sync, new_id)
    assert not approve(database, sync, by, hours=hours, version=version, alone=alone)
    request, state = stands(database, sync)
    assert (RequestState.OPEN, SyncState.REQUESTED) == (request.state, state)


def test_who_works_alone_confirms_and_nobody_else_does(
    database: Database, firm: Firm, new_id: NewId, sync: Sync
) -> None:
    """Marked so in the audit."""
    ask(database, sync, new_id, alone=True)
    assert not approve(database, sync, "UBEN")
    assert not approve(database, sync, "UBEN", alone=True)
    assert approve(database, sync, "UMARIA", alone=True)
    with database.read() as session:
        (line,) = (one for one in audit.lines(session, firm.id) if one.verb == "request.approved")
    assert '"alone":true' in line.content


def test_an_asked_sync_cannot_be_booked_past_its_request(
    database: Database, firm: Firm, new_id: NewId, sync: Sync
) -> None:
    """An old Book button approves nothing, whoever presses it."""
    ask(database, sync, new_id)
    with database.write() as session:
        for by in ("UMARIA", "UBEN"):
            assert not syncs.approve(
                session, firm_id=firm.id, sync_id=sync.id, version=1, by=by, now=NOW + HOUR
            )


@pytest.mark.parametrize("round_", range(3))
def test_fifty_approvers_at_once_are_one_decision(
    database: Database, firm: Firm, new_id: NewId, sync: Sync, round_: int
) -> None:
    """Approving, rejecting and withdrawing at one instant: one wins, one task or none is left."""
    ask(database, sync, new_id)
    ready = threading.Barrier(50)

    def press(number: int) -> bool:
        ready.wait()
        if (number + round_) % 3 == 0:
            return approve(database, sync, f"U{number}")
        with database.write() as session:
            whose = {"firm_id": firm.id, "sync_id": sync.id, "version": 1, "now": NOW + HOUR}
            if (number + round_) % 3 == 1:
                return decisions.reject(session, by=f"U{number}", reason="no", **whose)  # type: ignore[arg-type]
            return decisions.withdraw(session, by="UMARIA", **whose)  # type: ignore[arg-type]

    with ThreadPoolExecutor(50) as threads:
        won = list(threads.map(press, range(50)))
    assert 1 == sum(won)
    request, state = stands(database, sync)
    expected = {
        RequestState.APPROVED: SyncState.APPROVED,
        RequestState.REJECTED: SyncState.CANCELLED,
        RequestState.WITHDRAWN: SyncState.CANCELLED,
    }
    assert expected[request.state] is state


def test_a_rejection_keeps_its_reason(database: Database, firm: Firm, new_id: NewId, sync: Sync) -> None:
    """And cannot be approved any more."""
    ask(database, sync, new_id)
    with database.write() as session:
        assert decisions.reject(
            session,
            firm_id=firm.id,
            sync_id=sync.id,
            version=1,
            by="UBEN",
            now=NOW + HOUR,
            reason='René "Ané" O\'Brien \\ 马春梅',
        )
    request, state = stands(database, sync)
    assert (RequestState.REJECTED, SyncState.CANCELLED) == (request.state, state)
    assert 'René "Ané" O\'Brien \\ 马春梅' == request.reason
    assert not approve(database, sync)


def test_nobody_rejects_their_own_or_withdraws_anothers(
    database: Database, firm: Firm, new_id: NewId, sync: Sync
) -> None:
    """Rejecting is the second person's, withdrawing the first one's."""
    ask(database, sync, new_id)
    with database.write() as session:
        assert not decisions.reject(
            session, firm_id=firm.id, sync_id=sync.id, version=1, by="UMARIA", now=NOW, reason="x"
        )
        assert not decisions.withdraw(
            session, firm_id=firm.id, sync_id=sync.id, version=1, by="UBEN", now=NOW
        )
    assert RequestState.OPEN is stands(database, sync)[0].state


def test_it_expires_once_and_not_before(database: Database, firm: Firm, new_id: NewId, sync: Sync) -> None:
    """By the program, at its hour, whoever looks; nothing is booked."""
    ask(database, sync, new_id)
    request = stands(database, sync)[0]
    with database.write() as session:
        assert not decisions.expire(session, request, NOW + 71 * HOUR)
        assert decisions.expire(session, request, NOW + 72 * HOUR)
        assert not decisions.expire(session, request, NOW + 73 * HOUR)
        assert () == requests.open_ones(session, firm.id)
    assert SyncState.CANCELLED is stands(database, sync)[1]


def test_it_is_handed_to_another_once(database: Database, new_id: NewId, sync: Sync) -> None:
    """Not to who asked for it, and not twice to the same person."""
    ask(database, sync, new_id)
    request = stands(database, sync)[0]
    with database.write() as session:
        assert not requests.hand_over(session, request, to="UMARIA", by="UBEN", now=NOW)
        assert requests.hand_over(session, request, to="UALICE", by="UBEN", now=NOW)
        assert not requests.hand_over(session, request, to="UALICE", by="UBEN", now=NOW)
    assert "UALICE" == stands(database, sync)[0].handed_to


def test_a_reminder_is_counted_once(database: Database, firm: Firm, new_id: NewId, sync: Sync) -> None:
    """Two processes that look in the same minute remind one person once."""
    ask(database, sync, new_id)
    request = stands(database, sync)[0]
    with database.write() as session:
        assert requests.remind(session, request, to="UBEN", now=NOW + HOUR)
        assert not requests.remind(session, request, to="UALICE", now=NOW + HOUR)
        assert {"UBEN": NOW + HOUR} == requests.last_reminded(session, firm.id)


def test_what_changed_supersedes_an_approval(
    database: Database, firm: Firm, new_id: NewId, sync: Sync
) -> None:
    """The request says why; one that was never approved is left alone."""
    ask(database, sync, new_id)
    with database.write() as session:
        decisions.supersede(session, firm.id, sync.id, "too early")
    assert RequestState.OPEN is stands(database, sync)[0].state
    approve(database, sync)
    with database.write() as session:
        found = decisions.supersede(session, firm.id, sync.id, "the total ($1.00 → $2.00)")
    assert found is not None
    assert (RequestState.SUPERSEDED, "the total ($1.00 → $2.00)") == (found.state, found.reason)


def test_another_firms_requests_are_not_seen(
    database: Database, other_firm: Firm, new_id: NewId, sync: Sync
) -> None:
    """Neither read, nor judged, nor decided."""
    ask(database, sync, new_id)
    with database.write() as session:
        assert requests.of_sync(session, other_firm.id, sync.id) is None
        assert decisions.to_judge(session, other_firm.id, sync.id) is None
        assert not decisions.approve(
            session, firm_id=other_firm.id, sync_id=sync.id, version=1, by="UBEN", now=NOW
        )


def test_a_precedent_is_a_plan_that_was_let_through(
    database: Database, firm: Firm, new_id: NewId, sync: Sync
) -> None:
    """Not one that was only shown, nor one approved before; percent signs mean themselves."""

    def known(text: str, since: timedelta = timedelta()) -> bool:
        with database.read() as session:
            return any(precedents.approved_with(session, firm.id, sync.realm_id, text, NOW + since))

    assert not known('"entries":[]')
    ask(database, sync, new_id)
    approve(database, sync)
    assert known('"entries":[]')
    assert not known('"entries":[]', 2 * HOUR)
    assert not known('"ent%":[]')
