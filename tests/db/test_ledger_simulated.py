"""The ledger under any order of claims, outcomes, deaths, boots and waits, with a clock of its own."""

import itertools
import shutil
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import event

from db import effects
from db.audit import verify
from db.effects import (
    CHECK_BEFORE_SENDING,
    LEASE,
    SETTLE,
    Change,
    Confirm,
    Doubt,
    Effect,
    GiveUp,
    LookAgain,
    Outcome,
    Park,
    Reject,
    Release,
    Review,
    State,
)
from db.engine import Database, open_database
from tests.db.conftest import NOW, a_firm
from tests.db.ledger import FAULT, KEY, REALM, a_sync, add, close, invoice_effect, payment_effect, read
from tests.proof_lines import say

MANY = 1000


class LedgerMachine(RuleBasedStateMachine):
    """Workers that may sleep or die at any moment, an invoice with its payment, and another invoice."""

    def __init__(self, database: Database) -> None:
        super().__init__()
        self.database = database
        ids = itertools.count(1)
        self.firm = a_firm(database, "T1", lambda: f"00000000-0000-4000-8000-{next(ids):012}")
        self.now = NOW
        sync_id = a_sync(database, self.firm)
        parent = add(database, invoice_effect(self.firm, sync_id=sync_id))
        add(database, payment_effect(self.firm, parent))
        add(database, invoice_effect(self.firm, subject="invoice|other", sync_id=sync_id))
        self.sync_id = sync_id
        self.sleeping: list[Effect] = []  # in the hands of workers that will wake
        self.perhaps_sent: set[str] = set()  # ids QuickBooks may have
        self.documents = itertools.count(1)

    @rule(how=st.integers(0, 7))
    def work(self, how: int) -> None:
        """A worker takes the next effect, then writes an outcome, or sleeps on it, or dies without a word."""
        with self.database.write() as session:
            taken = effects.claim(session, self.now)
        if taken is None:
            return
        effect = taken.effect
        assert taken.doubt == (effect.id in self.perhaps_sent)
        assert self.may_run(effect)
        for sleeper in self.sleeping:
            assert sleeper.id != effect.id or (sleeper.lease_until or self.now) <= self.now
        self.perhaps_sent.add(effect.id)
        if how < len(self.outcomes()):
            self.end(effect, self.outcomes()[how])
        elif how == len(self.outcomes()):
            self.sleeping.append(effect)

    @precondition(lambda self: self.sleeping)
    @rule(which=st.integers(0, 9), how=st.integers(0, 5))
    def wake(self, which: int, how: int) -> None:
        """A sleeper wakes and writes its outcome, whoever has taken over since."""
        self.end(self.sleeping.pop(which % len(self.sleeping)), self.outcomes()[how])

    def end(self, effect: Effect, change: Change) -> None:
        """The outcome counts exactly where the hold is the newest and still open."""
        before = read(self.database, effect)
        mine = before.fence == effect.fence and before.lease_until is not None
        assert close(self.database, effect, change, self.now) == mine
        after = read(self.database, effect)
        if not mine:
            assert before == after
            return
        if isinstance(change, Release | Park) and not effect.doubtful:
            self.perhaps_sent.discard(effect.id)
        if isinstance(change, Reject):
            assert after.state == (State.REVIEW if effect.doubtful else State.REJECTED)
        assert (after.state == State.CONFIRMED) == isinstance(change, Confirm)

    def outcomes(self) -> list[Change]:
        """One of each kind."""
        return [
            Confirm(str(next(self.documents))),
            Reject(FAULT),
            Doubt(self.now + SETTLE, "time-out"),
            Release(self.now),
            Review("Two were found."),
            Park("no connection"),
        ]

    @rule(wait=st.sampled_from([timedelta(seconds=1), LEASE, LEASE + SETTLE]))
    def wait(self, wait: timedelta) -> None:
        """Time passes."""
        self.now += wait

    @rule()
    def boot(self) -> None:
        """The process starts anew: all its workers are gone."""
        self.sleeping.clear()
        with self.database.write() as session:
            effects.void_leases(session, self.now)

    @rule(outcome=st.sampled_from([LookAgain(), GiveUp("not there")]))
    def mend(self, outcome: Outcome) -> None:
        """The connection is back, and a person ends every review."""
        with self.database.write() as session:
            effects.unpark(session, self.firm.id, REALM, self.now)
            effects.go_on(session, self.firm.id, [one.id for one in self.everything()], self.now)
        for effect in self.everything():
            if effect.state == State.REVIEW:
                with self.database.write() as session:
                    assert effects.resolve_review(
                        session, effect.id, "UBEN", self.now, outcome, firm_id=self.firm.id
                    )

    @rule()
    def stop(self) -> None:
        """A person stops the sync: of what is taken back, nothing can be on its way."""
        before = {effect.id for effect in self.everything() if effects.stopped_by(effect)}
        with self.database.write() as session:
            number = effects.stop(session, self.sync_id, "UBEN", self.now, firm_id=self.firm.id)
        stopped = {effect.id for effect in self.everything() if effects.stopped_by(effect)}
        assert number == len(stopped - before)
        assert not self.perhaps_sent & (stopped - before)

    @rule()
    def resume(self) -> None:
        """It goes on: what was taken back is ordered anew, once."""
        for effect in self.everything():
            if effects.stopped_by(effect):
                with self.database.write() as session:
                    effects.again(session, effect.id, "UMARIA", self.now, firm_id=self.firm.id)

    @invariant()
    def nothing_is_stuck(self) -> None:
        """What may run is due some time; what is held, once its last request must be over."""
        every = {effect.id: effect for effect in self.everything()}
        runnable = [
            effect
            for effect in every.values()
            if effect.state in {State.READY, State.SENDING}
            and (effect.depends_on is None or every[effect.depends_on].state == State.CONFIRMED)
        ]
        with self.database.read() as session:
            assert effects.next_due(session) == min((each.due_at for each in runnable), default=None)
        for effect in runnable:
            if effect.lease_until is not None:
                assert effect.due_at == effect.lease_until - CHECK_BEFORE_SENDING + SETTLE

    def may_run(self, effect: Effect) -> bool:
        """Whether its parent is confirmed."""
        with self.database.read() as session:
            return effects.waits_for(session, effect) is None

    def everything(self) -> tuple[Effect, ...]:
        """All effects of the firm."""
        with self.database.read() as session:
            return effects.of_invoice(session, self.firm.id, REALM, KEY.subject)

    def teardown(self) -> None:
        """Whatever happened, the audit is whole."""
        with self.database.read() as session:
            assert verify(session, self.firm.id) == ()
        self.database.close()


def unsafe_and_fast(connection: sqlite3.Connection, record: object) -> None:
    """Only the program dies here, not the machine: nothing need wait for the disk."""
    connection.execute("PRAGMA synchronous = OFF").close()


def simulate(template: Path, folder: Path, examples: int) -> None:
    """Play so many examples, each on a copy of the template in the place of the one before."""
    path = folder / "simulated.db"
    database = open_database(f"sqlite:///{path}")  # once: what it has compiled it needn't again
    event.listen(database.engine, "connect", unsafe_and_fast)

    class Machine(LedgerMachine):
        """On a database of its own."""

        def __init__(self) -> None:
            database.close()
            shutil.copyfile(template, path)
            super().__init__(database)

    run_state_machine_as_test(Machine, settings=settings(max_examples=examples, stateful_step_count=25))


def test_any_order_of_events_keeps_the_ledger_right(migrated_sqlite: Path, database_folder: Path) -> None:
    """One holder at a time, no doubt forgotten, no refusal believed after a doubt, nothing stuck."""
    # Each example is dozens of commits.
    simulate(migrated_sqlite, database_folder, max(20, settings().max_examples // 5))


@pytest.mark.prove
def test_a_thousand_orders_of_events_keep_the_ledger_right(
    migrated_sqlite: Path, database_folder: Path
) -> None:
    """The same at length; what the far side makes of it is proved in tests/nets."""
    simulate(migrated_sqlite, database_folder, MANY)
    say("Simulation", f"{MANY:,} examples of the ledger alone", "one holder at a time, no doubt forgotten")
