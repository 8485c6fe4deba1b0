"""Consents: a state is good once, for ten minutes, for who asked."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest

from db import connections
from db.connections import ConsentOutcome, ConsentUse
from db.engine import Database
from db.firms import Firm
from tests.db.conftest import NOW

STATE = "5" * 64
SECOND = timedelta(seconds=1)
END = NOW + timedelta(minutes=10)


@pytest.fixture(autouse=True)
def asked(database: Database, firm: Firm) -> None:
    """Alice has pressed Connect."""
    with database.write() as session:
        connections.ask_consent(
            session,
            state_sha256=STATE,
            firm_id=firm.id,
            user_id="UALICE",
            cookie_sha256=None,
            channel="D1",
            message_ts="1700000000.000100",
            now=NOW,
            expires_at=END,
        )


def test_a_state_says_whose_it_is_once(database: Database, firm: Firm) -> None:
    """The second time it is used, whoever brings it."""
    whose = ConsentUse(ConsentOutcome.OK, firm.id, "UALICE", "c" * 64, "D1", "1700000000.000100")
    with database.write() as session:
        assert connections.bind_cookie(session, STATE, "c" * 64, NOW)
        assert whose == connections.peek_consent(session, STATE, NOW)
        assert whose == connections.use_consent(session, STATE, NOW)
    with database.write() as session:
        assert connections.use_consent(session, STATE, NOW).outcome == ConsentOutcome.USED


def test_eight_who_bring_one_state_are_one(database: Database) -> None:
    """At the same instant."""
    ready = threading.Barrier(8)

    def use(_: int) -> ConsentOutcome:
        ready.wait()
        with database.write() as session:
            return connections.use_consent(session, STATE, NOW).outcome

    with ThreadPoolExecutor(8) as threads:
        outcomes = list(threads.map(use, range(8)))
    assert sorted(outcomes) == [ConsentOutcome.OK] + [ConsentOutcome.USED] * 7


@pytest.mark.parametrize(
    ("moment", "outcome"),
    [(END - SECOND, ConsentOutcome.OK), (END, ConsentOutcome.EXPIRED)],
    ids=["a second before", "at its end"],
)
def test_a_state_is_good_until_it_ends(database: Database, moment: datetime, outcome: ConsentOutcome) -> None:
    """To the second."""
    with database.write() as session:
        assert outcome == connections.use_consent(session, STATE, moment).outcome


def test_an_expired_state_still_says_whom_to_tell(database: Database, firm: Firm) -> None:
    """So that the person gets a sentence and not a dead page."""
    with database.write() as session:
        use = connections.use_consent(session, STATE, END)
    assert (firm.id, "UALICE", "D1") == (use.firm_id, use.user_id, use.channel)


def test_a_strange_state_is_unknown(database: Database) -> None:
    """It says nothing about anybody."""
    with database.write() as session:
        assert ConsentUse(ConsentOutcome.UNKNOWN) == connections.use_consent(session, "6" * 64, NOW)


def test_the_first_browser_keeps_the_state(database: Database) -> None:
    """A link passed on can't be bound to a second one; nor can a used or expired one."""
    with database.write() as session:
        assert not connections.bind_cookie(session, STATE, "c" * 64, END)
        assert connections.bind_cookie(session, STATE, "c" * 64, NOW)
        assert not connections.bind_cookie(session, STATE, "d" * 64, NOW)
        assert connections.use_consent(session, STATE, NOW).cookie_sha256 == "c" * 64
    with database.write() as session:
        assert not connections.bind_cookie(session, STATE, "e" * 64, NOW)
