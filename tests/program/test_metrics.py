"""The numbers for operators: right for a known ledger, and silent about everybody in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest
from prometheus_client.parser import text_string_to_metric_families

from bot.metrics import HTTP, SOCKET, Metrics
from db import connections, effects, firms, heartbeats, outbox
from db.connections import SealedPair
from db.effects import NewEffect
from db.engine import Database, open_database
from tests.program.test_web import client_of

if TYPE_CHECKING:
    from collections.abc import Iterator

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
HOSTILE = "<!channel> & <https://evil|Approve>"
LONG = 'René "Ané" O\'Brien \\ 马春梅\n# HELP canary canary'
REALM = "4620816365291"
FIRM, TEAM, MARIA = "f1f1f1f1-firm", "T0CANARY", "U0CANARY"
NAMES = (HOSTILE, LONG, REALM, FIRM, TEAM, MARIA, "evil", "马春梅", "canary", "CANARY", "12345.67", "00002")


class Stopwatch:
    """Seconds that pass only when told."""

    def __init__(self) -> None:
        self.seconds = 1000.0

    def __call__(self) -> float:
        """What it shows."""
        return self.seconds


@pytest.fixture
def database(database_url: str) -> Iterator[Database]:
    """A migrated database whose leases run by the test's clock."""
    database = open_database(database_url, given_clock=True)
    yield database
    database.close()


def metrics_of(database: Database, stopwatch: Stopwatch | None = None) -> Metrics:
    """The numbers one minute after everything was written down; one of two worker threads lives."""
    after = NOW + timedelta(seconds=60)
    return Metrics(database, lambda: after, stopwatch or Stopwatch(), lambda: (1, 2))


def told(metrics: Metrics) -> dict[str, float]:
    """Each of our numbers under its name and labels."""
    return {
        sample.name + "".join(f" {value}" for value in sample.labels.values()): sample.value
        for family in text_string_to_metric_families(metrics.page().decode())
        for sample in family.samples
        if sample.name.startswith("caseledger_")
    }


def write_down(database: Database) -> None:
    """A firm whose every name is hostile: one write ready, one in doubt, one parked, one under review."""
    write = NewEffect(
        firm_id=FIRM,
        realm_id=REALM,
        subject="",
        operation="add_invoice",
        entity="Invoice",
        content={"client": LONG, "total": "12345.67"},
        asked_by=MARIA,
        invoice=f"00002-{HOSTILE}",
    )
    changes: tuple[effects.Change | None, ...] = (
        effects.Doubt(NOW + timedelta(hours=1), HOSTILE),
        effects.Park(LONG),
        effects.Review(HOSTILE, {"message": LONG}),
        None,
    )
    with database.write() as session:
        firms.meet_firm(session, team_id=TEAM, name=LONG, timezone="UTC", now=NOW, new_id=lambda: FIRM)
        pair = SealedPair("sealed-canary", "sealed-canary", NOW, NOW)
        connections.connect(
            session,
            firm_id=FIRM,
            realm_id=REALM,
            company_name=HOSTILE,
            home_currency="CAD",
            pair=pair,
            by=MARIA,
            now=NOW,
        )
        connections.store_pair(session, FIRM, 1, pair)
        outbox.add_task(
            session, firm_id=FIRM, kind="canary", content={"to": HOSTILE}, now=NOW, new_id=lambda: "t"
        )
        heartbeats.beat(session, "canary:1:worker", "worker", NOW)
    for number, change in enumerate(changes):
        with database.write() as session:
            effects.add(session, replace(write, subject=f"{LONG}{number}"), NOW)
        if change is not None:
            with database.write() as session:
                held = effects.claim(session, NOW)
                assert held is not None
                effects.close(session, held.effect, change, NOW)


def test_every_number_is_right_for_a_known_ledger(database: Database) -> None:
    """All processes give the database's numbers alike, whoever did the work."""
    write_down(database)
    expected = {
        "caseledger_database_up": 1.0,
        "caseledger_writes ready": 1.0,
        "caseledger_writes sending": 0.0,
        "caseledger_writes in_doubt": 1.0,
        "caseledger_writes parked": 1.0,
        "caseledger_writes under_review": 1.0,
        "caseledger_writes held_up": 0.0,
        "caseledger_oldest_write_seconds": 60.0,
        "caseledger_tasks ready": 1.0,
        "caseledger_tasks running": 0.0,
        "caseledger_tasks failed": 0.0,
        "caseledger_oldest_task_seconds": 60.0,
        "caseledger_connections ok": 1.0,
        "caseledger_connections reconnect": 0.0,
        "caseledger_connections locked": 0.0,
        "caseledger_connections app": 0.0,
        "caseledger_token_pairs_total": 2.0,
        "caseledger_worker_seen_seconds": 60.0,
        "caseledger_worker_threads_alive": 1.0,
        "caseledger_worker_threads": 2.0,
        "caseledger_quickbooks_throttles_total": 0.0,
        "caseledger_quickbooks_calls_total": 0.0,
        "caseledger_quickbooks_calls_last_minute": 0.0,
    }
    found = told(metrics_of(database))
    assert expected == {name: found[name] for name in expected}


def test_nothing_about_clients_is_told(database: Database) -> None:
    """No name, firm, company, person, amount or reason, however hostile, and in no label."""
    write_down(database)
    metrics = metrics_of(database)
    metrics.called(REALM)
    page = metrics.page().decode()
    assert "caseledger_writes" in page
    lines = [line if line.startswith("#") else line.rpartition(" ")[0] for line in page.splitlines()]
    assert [] == [name for name in NAMES for line in lines if name in line]  # a figure may hold any digits


def test_labels_are_a_short_list_of_words(database: Database) -> None:
    """A label whose values grow would tell something, and fill the operator's disk."""
    write_down(database)
    labels = {
        (name, value)
        for family in text_string_to_metric_families(metrics_of(database).page().decode())
        for sample in family.samples
        for name, value in sample.labels.items()
        if name not in {"le", "version"}
    }
    assert {"state", "way"} == {name for name, _ in labels}
    assert {
        *("ready", "sending", "in_doubt", "parked", "under_review", "held_up", "running", "failed"),
        *("ok", "reconnect", "locked", "app", HTTP, SOCKET),
    } == {value for _, value in labels}


def test_counters_are_the_processs_own(database: Database) -> None:
    """What it answered, how fast, whom it called; the busiest company stands for the pace, unnamed."""
    stopwatch = Stopwatch()
    metrics = metrics_of(database, stopwatch)
    metrics.called("another")
    stopwatch.seconds += 30
    for _ in range(2):
        metrics.called(REALM)
    metrics.throttled()
    metrics.acknowledged(SOCKET, 0.15)
    found = told(metrics)
    assert 3.0 == found["caseledger_quickbooks_calls_total"]
    assert 2.0 == found["caseledger_quickbooks_calls_last_minute"]
    assert 1.0 == found["caseledger_quickbooks_throttles_total"]
    assert 0.0 == found["caseledger_acknowledgement_seconds_bucket 0.1 socket"]
    assert 1.0 == found["caseledger_acknowledgement_seconds_bucket 0.2 socket"]
    stopwatch.seconds += 60
    assert 0.0 == told(metrics)["caseledger_quickbooks_calls_last_minute"]


def test_the_line_to_slack_is_told_of_where_there_is_one(database: Database) -> None:
    """By Socket Mode; without it there is no such number."""
    metrics, lost = metrics_of(database), [False]
    assert "caseledger_slack_line_up" not in told(metrics)
    metrics.watch_line(lambda: lost[0])
    assert 1 == told(metrics)["caseledger_slack_line_up"]
    lost[0] = True
    assert 0 == told(metrics)["caseledger_slack_line_up"]


def test_a_database_that_is_down_is_a_number_not_a_failure() -> None:
    """The operator must learn it from the very page that is asked."""
    metrics = metrics_of(open_database("sqlite:////nowhere/at/all.db"))
    found = told(metrics)
    assert 0.0 == found["caseledger_database_up"]
    assert [] == [name for name in found if name.startswith("caseledger_writes")]


def test_requests_are_counted_by_rule_never_by_address() -> None:
    """Addresses hold states and codes, and anybody can invent them."""
    browser = client_of()
    browser.get("/quickbooks/callback?state=canary&code=canary")
    browser.get("/wp-login.php")
    browser.get("/canary")
    answer = browser.get("/metrics")
    assert (200, "text/plain; version=0.0.4; charset=utf-8") == (
        answer.status_code,
        answer.headers["Content-Type"],
    )
    assert 'caseledger_http_requests_total{route="/quickbooks/callback",status="400"} 1.0' in answer.text
    assert 'caseledger_http_requests_total{route="none",status="404"} 2.0' in answer.text
    assert "canary" not in answer.text
