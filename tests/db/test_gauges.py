"""What the database says of everything that waits: right to the second, over all firms, in one query."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import event

from db import connections, effects, gauges, heartbeats, outbox
from db.connections import SealedPair
from db.effects import Confirm, Doubt, Park, Reject, Review
from db.engine import Database
from db.firms import Firm
from db.gauges import Gauges
from tests.db.conftest import NOW
from tests.db.ledger import FAULT, REALM, SECOND, add, claim, claimed, close, invoice_effect, payment_effect

HOUR = timedelta(hours=1)


def read(database: Database, seconds: int = 0) -> Gauges:
    """The gauges, so many seconds after now."""
    with database.read() as session:
        return gauges.read(session, NOW + seconds * SECOND)


def writes(**counts: int) -> dict[str, int]:
    """Counts by state, nothing in those not named."""
    none = dict.fromkeys(("ready", "sending", "in_doubt", "parked", "under_review", "held_up"), 0)
    return none | counts


def test_an_empty_database_says_nought_everywhere(database: Database) -> None:
    """Every state has its number from the first scrape, so that no alarm waits for a series to appear."""
    expected = Gauges(
        writes=writes(),
        oldest_write=0.0,
        tasks={"ready": 0, "running": 0, "failed": 0},
        oldest_task=0.0,
        connections={"ok": 0, "reconnect": 0, "locked": 0, "app": 0},
        tokens_stored=0,
        worker_seen=None,
    )
    assert expected == read(database)


def test_a_held_write_is_being_sent_until_its_lease_ends(database: Database, firm: Firm) -> None:
    """Afterwards nobody knows whether it was booked, though no row has changed."""
    add(database, invoice_effect(firm))
    claimed(database)
    assert writes(sending=1) == read(database, 119).writes
    assert writes(in_doubt=1) == read(database, 120).writes


def test_a_doubt_stays_one_while_it_is_looked_into(database: Database, firm: Firm) -> None:
    """A second worker that holds it doesn't make it any clearer."""
    add(database, invoice_effect(firm))
    close(database, claimed(database), Doubt(NOW + SECOND, "cut off"))
    assert writes(in_doubt=1) == read(database, 1).writes
    assert claim(database, NOW + 2 * SECOND) is not None
    assert writes(in_doubt=1) == read(database, 3).writes


def test_what_is_parked_under_review_or_ready_is_counted_apart(
    database: Database, firm: Firm, other_firm: Firm
) -> None:
    """Over all firms: nothing says whose they are."""
    add(database, invoice_effect(firm, subject="a"))
    close(database, claimed(database), Park("no connection"))
    add(database, invoice_effect(firm, subject="b"))
    close(database, claimed(database), Review("two of them"))
    add(database, invoice_effect(other_firm, subject="c", realm_id="2"))
    assert writes(parked=1, under_review=1, ready=1) == read(database).writes


def test_what_waits_for_a_refused_one_waits_for_a_person(database: Database, firm: Firm) -> None:
    """It must not look as if the worker were behind."""
    invoice = add(database, invoice_effect(firm))
    add(database, payment_effect(firm, invoice))
    close(database, claimed(database), Reject(FAULT, "closed"))
    found = read(database, 500)
    assert writes(held_up=1) == found.writes
    assert found.oldest_write == 0.0


def test_what_is_done_counts_no_more(database: Database, firm: Firm) -> None:
    """Neither in the numbers nor in the age."""
    add(database, invoice_effect(firm))
    close(database, claimed(database), Confirm("77"))
    found = read(database, 500)
    assert writes() == found.writes
    assert found.oldest_write == 0.0


def test_the_oldest_write_counts_from_when_it_was_written_down(database: Database, firm: Firm) -> None:
    """However often it was tried since."""
    add(database, invoice_effect(firm))
    close(database, claimed(database), Doubt(NOW + SECOND, "cut off"))
    assert read(database, 500).oldest_write == 500.0


def test_a_task_waits_from_when_it_was_due(database: Database, firm: Firm, new_id: Callable[[], str]) -> None:
    """One that is due later isn't late."""
    with database.write() as session:
        for due_at in (NOW, NOW + HOUR):
            outbox.add_task(
                session, firm_id=firm.id, kind="k", content={}, now=NOW, new_id=new_id, due_at=due_at
            )
    found = read(database, 30)
    assert {"ready": 2, "running": 0, "failed": 0} == found.tasks
    assert found.oldest_task == 30.0
    with database.write() as session:
        task = outbox.claim_task(session, NOW)
        assert task is not None
    assert {"ready": 1, "running": 1, "failed": 0} == read(database, 30).tasks
    assert read(database, 30).oldest_task == 0.0
    with database.write() as session:
        outbox.fail_task(session, task, "gone", NOW)
    assert {"ready": 1, "running": 0, "failed": 1} == read(database, 30).tasks


def test_connections_are_counted_by_state_with_every_pair_stored(database: Database, firm: Firm) -> None:
    """A renewal by any process shows, since each pair raises the version."""
    pair = SealedPair("sealed", "sealed", NOW + HOUR, NOW + HOUR)
    with database.write() as session:
        connections.connect(
            session,
            firm_id=firm.id,
            realm_id=REALM,
            company_name="Firm",
            home_currency="CAD",
            pair=pair,
            by="U1",
            now=NOW,
        )
        connections.store_pair(session, firm.id, 1, pair)
    found = read(database)
    assert ({"ok": 1, "reconnect": 0, "locked": 0, "app": 0}, 2) == (found.connections, found.tokens_stored)
    with database.write() as session:
        connections.mark(session, firm.id, "reconnect", "revoked", now=NOW)
    assert {"ok": 0, "reconnect": 1, "locked": 0, "app": 0} == read(database).connections


def test_the_worker_seen_last_counts(database: Database) -> None:
    """A web process isn't one."""
    with database.write() as session:
        heartbeats.beat(session, "one", "worker", NOW - HOUR)
        heartbeats.beat(session, "two", "worker", NOW - 10 * SECOND)
        heartbeats.beat(session, "three", "web", NOW)
    assert read(database).worker_seen == 10.0


def test_a_scrape_is_one_query(database: Database) -> None:
    """It may be asked every few seconds beside the work."""
    asked: list[str] = []
    event.listen(database.engine, "before_cursor_execute", lambda *given: asked.append(given[2]))
    read(database)
    assert 1 == len([statement for statement in asked if "SELECT" in statement.upper()])


@pytest.mark.parametrize("state", [*effects.State])
def test_every_state_of_a_write_has_its_place(state: effects.State) -> None:
    """A state added later must be thought of here."""
    done = {effects.State.CONFIRMED, effects.State.REJECTED}
    kept = {"review": "under_review"}
    assert state in done or kept.get(state, state) in set(gauges.Writes)
