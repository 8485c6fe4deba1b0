"""The core of the program at work: real steps over a real database, each point of them in a test's hand."""

from __future__ import annotations

import itertools
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Literal

from sqlalchemy import select

from db import connections, effects, syncs, tables
from db.connections import SealedPair
from db.effects import State
from db.effects.values import effect_of
from db.engine import Database
from qb.contact_orders import add_customer, customer_order
from qb.gateway import Company, Pace, Reconnect, addresses
from qb.gateway.pace import TurnsHere
from qb.lineage import newest
from qb.post import expand, propose, step, try_again
from tests.books.office import MARIA, Clock
from tests.looked import looked, take_up
from tests.nets.harm import runnable
from tests.nets.mutants import NONE, Mutant
from tests.nets.plot import QUIET, Plot
from tests.nets.wire import Wire

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from datetime import datetime

    from sqlalchemy.orm import Session

    from db.effects import Effect, Outcome
    from db.records import InvoiceKey
    from qb.post import StepOutcome
    from tests.nets.remote import Remote, Trouble
    from tests.nets.standing import Standing

NEW_CONTACT = 'René "Ané" O\'Brien \\ 马春梅'
PAYER = "<!channel> & <https://evil|Approve>"
FAST = Pace(per_second=10_000, per_minute=100_000)
COMPANY = {"company_name": "Northgate", "home_currency": "CAD"}
A_MOMENT = timedelta(seconds=1)
ONE_RUN = timedelta(minutes=20)
"""How long a clean run of the program lasts: longer than the longest pause between two tries."""


class Crash(BaseException):
    """The worker's process is gone at this point; nothing in the product hears of it."""


class Watched(Database):
    """A database that says when it is about to commit a write, and when it has."""

    def __init__(self, opened: Database, at: Callable[[str], None], mutant: Mutant) -> None:
        super().__init__(opened.engine, opened.url, opened.dialect, given_clock=True)
        self._at, self._mutant = at, mutant

    @contextmanager
    def write(self, record_of: str = "") -> Iterator[Session]:
        """The product's own write."""
        with super().write(record_of) as session:
            yield session
            self._mutant.before_commit(session)
            self._at("commit")
        self._at("committed")


@dataclass(slots=True)
class Worker:
    """One worker in the middle of a step: which points it has passed."""

    plot: Plot
    passed: list[str] = field(default_factory=list)
    write: Trouble | None = None
    look: Trouble | None = None


Came = Literal["died", "idle"]


class Core:
    """A firm's ledger and one QuickBooks; workers are steps that may pause, meet each other, and die."""

    def __init__(
        self,
        opened: Database,
        standing: Standing,
        clock: Clock,
        remote: Remote,
        mutant: Mutant = NONE,
        first_id: int = 1,
    ) -> None:
        self.standing = standing
        self.clock = clock
        self.remote = remote
        self.mutant = mutant
        self.database = Watched(opened, self._at, mutant)
        self.outcomes: list[StepOutcome] = []
        self.trace: list[str] = []  # the points of the last step
        self._working: list[Worker] = []
        self._numbers = itertools.count(first_id)
        self._tokens = itertools.count(1)
        self._token = ""
        self._boot()

    def approve(self, keys: Sequence[InvoiceKey], presses: int = 1) -> str | None:
        """Preview these invoices, press Book so many times, and write out the effects; None: all held."""
        firm, now = self.standing.firm_id, self.clock()
        with self.database.write() as session:
            proposal = propose(session, firm_id=firm, keys=keys, asked_by=MARIA, now=now, new_id=self._new_id)
        sync = proposal.sync
        if sync is None:
            return None
        for press in range(presses):
            with self.database.write() as session:
                won = syncs.approve(session, firm_id=firm, sync_id=sync.id, version=1, by=MARIA, now=now)
            assert (press == 0) == won
        looked(self.database, firm, self.standing.realm_id, now)
        expand(self.database, firm, sync.id, now, looked_at=now)
        return sync.id

    def add_contact(self) -> None:
        """Somebody orders a new contact."""
        firm = self.standing.firm_id
        with self.database.write() as session:
            order = customer_order(
                session, firm, payer=PAYER, name=NEW_CONTACT, email="r@example.ca", currency="CAD"
            )
            add_customer(session, firm_id=firm, order=order, by=MARIA, now=self.clock())

    def step(self, plot: Plot = QUIET) -> StepOutcome | Came:
        """One step of a worker to whom this happens."""
        snapshot = self.mutant.snapshot(self.database)
        self._working.append(Worker(plot, [], plot.write, plot.look))
        try:
            outcome = step(self.database, self.company_of, self.clock, self.clock.monotonic, self._turns)
        except Crash:
            self.mutant.restore(self.database, snapshot)
            return "died"
        finally:
            self.trace = self._working.pop().passed
        if outcome is None:
            return "idle"
        self.outcomes.append(outcome)
        return outcome

    def run(self, length: timedelta = ONE_RUN) -> None:
        """A clean run from the start of the program: whatever is due within its time is done."""
        self._boot()
        with self.database.write() as session:
            effects.void_leases(session, self.clock())
        until = self.clock() + length
        while True:
            while self.step() != "idle":
                pass
            self.follow()
            due = self.due()
            if due is None or due > until:
                break
            self._sleep_until(max(due, self.clock() + A_MOMENT))  # a company that rests is left for later
        self._sleep_until(until)

    def wait_until_due(self) -> None:
        """Let time pass until something wants a worker."""
        self.follow()
        if (due := self.due()) is not None:
            self._sleep_until(due)

    def follow(self) -> None:
        """Whoever follows a sync looks for what waits for that, where QuickBooks lets us in."""
        take_up(self.database, self.standing.firm_id, self.standing.realm_id, self.clock())

    def due(self) -> datetime | None:
        """When something may go on by itself."""
        return min((each.due_at for each in runnable(self.effects())), default=None)

    def _sleep_until(self, moment: datetime) -> None:
        self.clock.sleep(max(0.0, (moment - self.clock()).total_seconds()))

    def reconnect(self) -> None:
        """An admin connects the same company again."""
        self.remote.consent()
        firm, realm, now = self.standing.firm_id, self.standing.realm_id, self.clock()
        pair = SealedPair("access", "refresh", now + timedelta(days=1), now + timedelta(days=100))
        with self.database.write() as session:
            connections.connect(
                session, firm_id=firm, realm_id=realm, pair=pair, by=MARIA, now=now, **COMPANY
            )
            effects.unpark(session, firm, realm, now)
        self.follow()

    def resolve(self, effect: Effect, outcome: Outcome) -> bool:
        """A person ends a review."""
        with self.database.write() as session:
            return effects.resolve_review(
                session, effect.id, "UBEN", self.clock(), outcome, firm_id=self.standing.firm_id
            )

    def ask_again(self) -> None:
        """People order again what was refused: a payment by itself, the others as they were first asked."""
        for effect in newest(self.effects()):
            if effect.state is State.REJECTED:
                self._ask_again(effect)

    def _ask_again(self, effect: Effect) -> None:
        if effect.operation == "add_invoice":
            self.approve([key for key in self.standing.keys if key.subject == effect.subject])
        elif effect.operation == "add_customer":
            self.add_contact()
        else:
            firm, sync = self.standing.firm_id, effect.sync_id or ""
            looked(self.database, firm, self.standing.realm_id, self.clock())
            with self.database.write() as session:
                again = {"firm_id": firm, "sync_id": sync, "subject": effect.invoice, "by": MARIA}
                try_again(session, now=self.clock(), looked_at=self.clock(), **again)

    def effects(self) -> tuple[Effect, ...]:
        """Every effect ever ordered, each generation."""
        row = tables.Effect
        found = select(row).where(row.firm_id == self.standing.firm_id).order_by(row.generation, row.position)
        with self.database.read() as session:
            return tuple(effect_of(each) for each in session.scalars(found))

    def is_connected(self) -> bool:
        """Whether the connection serves."""
        with self.database.read() as session:
            connection = connections.get(session, self.standing.firm_id)
        return connection is not None and connection.state == connections.OK

    def close(self) -> None:
        """Done."""
        self.database.close()

    def _boot(self) -> None:
        """What a process holds in memory begins anew."""
        self._turns = TurnsHere(FAST, clock=self.clock, sleep=self.clock.sleep)
        self._wire = Wire(self.clock, self.remote, self._at, self._trouble)

    def company_of(self, firm_id: str) -> Company:
        """The firm's company, no call made yet."""
        assert self.standing.firm_id == firm_id
        self._at("books")
        return self.mutant.company(
            self.standing.realm_id,
            self._usable,
            addresses=addresses("sandbox", api="http://127.0.0.1:9"),
            transport=self._wire,
            turns=self._turns,
            clock=self.clock,
            metered=lambda: None,
        )

    def _usable(self, stale: str | None) -> str:
        """As the keyring gives it: none where the connection is lost, another where one was refused."""
        with self.database.read() as session:
            connection = connections.get(session, self.standing.firm_id)
        if connection is None or connection.state != connections.OK:
            raise Reconnect("An admin needs to connect again.")
        if not self._token or self._token == stale:
            self._token = f"token-{next(self._tokens)}"
        token = self._token
        self._at("token")
        return token

    def _trouble(self, *, is_question: bool) -> Trouble | None:
        """What the worker's next write or question meets, once."""
        if not self._working:
            return None
        worker = self._working[-1]
        if is_question:
            met, worker.look = worker.look, None
        else:
            met, worker.write = worker.write, None
        return met

    def _at(self, point: str) -> None:
        if not self._working:
            return
        worker = self._working[-1]
        worker.passed.append(point)
        number = len(worker.passed)
        if number == worker.plot.pauses_at:
            self.clock.sleep(worker.plot.seconds)
            if point != "commit":  # who writes lets nobody else write
                for other in worker.plot.meanwhile:
                    self.step(other)
        if number == worker.plot.dies_at:
            raise Crash(point)

    def _new_id(self) -> str:
        return f"10000000-0000-4000-8000-{next(self._numbers):012}"
