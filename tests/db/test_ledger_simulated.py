"""The ledger under any order of claims, outcomes, deaths, boots and waits, with a clock of its own."""

import itertools
import shutil
from datetime import timedelta
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

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
    Park,
    Reject,
    Release,
    Review,
    State,
)
from db.engine import Database, open_database
from tests.db.conftest import NOW, a_firm
from tests.db.ledger import FAULT, KEY, REALM, add, close, invoice_effect, payment_effect, read

WAITS = st.sampled_from([timedelta(seconds=1), timedelta(seconds=90), SETTLE, LEASE + SETTLE])


class LedgerMachine(RuleBasedStateMachine):
    """Two workers, one of which may die at any moment, an invoice with its payment, and another invoice."""

    def __init__(self, database: Database) -> None:
        super().__init__()
        self.database = database
        ids = itertools.count(1)
        self.firm = a_firm(database, "T1", lambda: f"00000000-0000-4000-8000-{next(ids):012}")
        self.now = NOW
        parent = add(database, invoice_effect(self.firm))
        add(database, payment_effect(self.firm, parent))
        add(database, invoice_effect(self.firm, subject="invoice|other"))
        self.held: list[Effect] = []  # by workers that live, whether or not they lost it
        self.perhaps_sent: set[str] = set()  # ids QuickBooks may have
        self.documents = itertools.count(1)

    @rule()
    def claim(self) -> None:
        """A worker takes the next effect: never one held, never a doubt forgotten, never a child too soon."""
        with self.database.write() as session:
            taken = effects.claim(session, self.now)
        if taken is None:
            return
        effect = taken.effect
        assert taken.doubt == (effect.id in self.perhaps_sent)
        for other in self.held:
            assert other.id != effect.id or other.lease_until is None or other.lease_until <= self.now
        if effect.depends_on is not None:
            with self.database.read() as session:
                parent = effects.parent_of(session, effect)
            assert parent is not None
            assert parent.state == State.CONFIRMED
        self.held.append(effect)
        self.perhaps_sent.add(effect.id)

    @precondition(lambda self: self.held)
    @rule(which=st.integers(0, 9), how=st.integers(0, 5))
    def end(self, which: int, how: int) -> None:
        """A worker writes an outcome: it counts exactly where its hold is the newest and still open."""
        effect = self.held.pop(which % len(self.held))
        change = self.outcomes()[how]
        before = read(self.database, effect)
        counts = (before.fence, before.state) == (effect.fence, State.SENDING) and before.lease_until
        assert close(self.database, effect, change, self.now) == bool(counts)
        after = read(self.database, effect)
        if not counts:
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

    @precondition(lambda self: self.held)
    @rule(which=st.integers(0, 9))
    def die(self, which: int) -> None:
        """A worker is gone without a word."""
        self.held.pop(which % len(self.held))

    @rule()
    def boot(self) -> None:
        """The process starts anew: all its workers are gone."""
        self.held.clear()
        with self.database.write() as session:
            effects.void_leases(session, self.now)

    @rule(wait=WAITS)
    def wait(self, wait: timedelta) -> None:
        """Time passes."""
        self.now += wait

    @rule()
    def reconnect(self) -> None:
        """The connection is back."""
        with self.database.write() as session:
            effects.unpark(session, self.firm.id, self.now)

    @rule(look=st.booleans())
    def judge(self, *, look: bool) -> None:
        """A person ends every review; who gives up has made sure that it isn't in QuickBooks."""
        for effect in self.everything():
            if effect.state == State.REVIEW:
                outcome = LookAgain() if look else GiveUp("not there")
                with self.database.write() as session:
                    assert effects.resolve_review(
                        session, effect.id, "UBEN", self.now, outcome, firm_id=self.firm.id
                    )

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

    def everything(self) -> tuple[Effect, ...]:
        """All effects of the firm."""
        with self.database.read() as session:
            return effects.of_invoice(session, self.firm.id, REALM, KEY.subject)

    def teardown(self) -> None:
        """Whatever happened, the audit is whole."""
        with self.database.read() as session:
            assert verify(session, self.firm.id) == ()
        self.database.close()


def test_any_order_of_events_keeps_the_ledger_right(migrated_sqlite: Path, tmp_path: Path) -> None:
    """One holder at a time, no doubt forgotten, no refusal believed after a doubt, nothing stuck."""
    numbers = itertools.count(1)

    class Machine(LedgerMachine):
        """On a database of its own."""

        def __init__(self) -> None:
            path = tmp_path / f"{next(numbers)}.db"
            shutil.copyfile(migrated_sqlite, path)
            super().__init__(open_database(f"sqlite:///{path}"))

    # Each example is a database with dozens of commits.
    examples = max(20, settings().max_examples // 5)
    run_state_machine_as_test(Machine, settings=settings(max_examples=examples, stateful_step_count=25))
