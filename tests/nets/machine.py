"""Any order of events around the core: orders, workers that pause, meet and die, trouble, people, time."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule

from db import effects
from db.audit import verify
from db.effects import LOOK_FIRST, State
from tests.nets.harm import doubled, harm, untrue
from tests.nets.people import MOST_RUNS, bring_to_an_end, decide
from tests.nets.plot import Plot
from tests.nets.remote import AT_LOOKS, AT_WRITES, Ids, Trouble

if TYPE_CHECKING:
    from collections.abc import Callable

    from db.records import InvoiceKey
    from tests.nets.core import Core

LONGEST_POINT = 14
"""More points than a step has: some plots have no pause or no death after all."""
BRIEF = 20.0
"""How long a worker may freeze where nobody can tell: see the hole in docs/how-it-works.md."""
PAUSES = (0.0, BRIEF, 100.0, 300.0)
WAITS = (timedelta(seconds=1), timedelta(seconds=60), timedelta(seconds=130), timedelta(minutes=20))
TOO_LONG = timedelta(hours=73)
LETS_PEOPLE_DECIDE = {Trouble.BLIND, Trouble.CLOSED}
"""Trouble after which a review is right: a look that lied, a refusal that may have been a repeat's."""


def plots(ids: Ids) -> st.SearchStrategy[Plot]:
    """What may happen in one step; where ids are worth nothing, a question that lies doubles by nature."""
    looks = AT_LOOKS if ids is not Ids.IGNORED else AT_LOOKS[:-1]
    happening = {
        "write": often_nothing(AT_WRITES),
        "look": often_nothing(looks),
        "dies_at": st.just(0) | st.integers(1, LONGEST_POINT),
    }
    pausing = {
        "pauses_at": st.integers(1, LONGEST_POINT),
        "seconds": st.sampled_from(PAUSES[:2] if ids is Ids.IGNORED else PAUSES),
        "meanwhile": st.lists(st.builds(Plot, **happening), min_size=1, max_size=2).map(tuple),
    }
    return st.builds(Plot, **happening) | st.builds(Plot, **happening, **pausing)


def often_nothing(troubles: tuple[Trouble, ...]) -> st.SearchStrategy[Trouble | None]:
    """Trouble every other time: where everything goes wrong nothing gets far enough to be doubled."""
    return st.none() | st.sampled_from(troubles)


class CoreMachine(RuleBasedStateMachine):
    """One firm, one QuickBooks, any number of workers."""

    new_core: Callable[[Ids], Core]

    def __init__(self) -> None:
        super().__init__()
        self.core: Core | None = None
        self.left: list[InvoiceKey] = []
        self.contacts = 0
        self.long = False

    @property
    def at(self) -> Core:
        """The core, once it has begun."""
        assert self.core is not None
        return self.core

    @initialize(ids=st.sampled_from(Ids))
    def begin(self, ids: Ids) -> None:
        """A firm made ready, its first invoice ordered."""
        self.core = type(self).new_core(ids)
        self.left = list(self.core.standing.keys[1:])

    @precondition(lambda self: self.left)
    @rule(presses=st.integers(1, 2))
    def order(self, presses: int) -> None:
        """Somebody asks for another invoice and Book is pressed, perhaps twice."""
        self.at.approve([self.left.pop()], presses)

    @precondition(lambda self: self.contacts < 2)
    @rule()
    def add_contact(self) -> None:
        """Somebody adds a contact, perhaps once more."""
        self.contacts += 1
        self.at.add_contact()

    @rule(drawn=st.data())
    def work(self, drawn: st.DataObject) -> None:
        """The next thing due is taken by a worker to whom something happens."""
        plot = drawn.draw(plots(self.at.remote.ids))
        self.at.wait_until_due()
        self.at.step(plot)
        self.check()

    @rule(wait=st.sampled_from(WAITS))
    def wait(self, wait: timedelta) -> None:
        """Time passes."""
        self.at.clock.sleep(wait.total_seconds())

    @precondition(lambda self: not self.long)
    @rule()
    def lie_idle(self) -> None:
        """Nothing runs for days."""
        self.long = True
        self.at.clock.sleep(TOO_LONG.total_seconds())

    @rule()
    def boot(self) -> None:
        """The one process on SQLite starts anew, and knows when something is due."""
        self.at.run(timedelta())
        with self.at.database.read() as session:
            assert effects.next_due(session) == self.at.due()
        self.check()

    @rule()
    def lose_the_connection(self) -> None:
        """Somebody disconnects us in QuickBooks."""
        self.at.remote.revoke()

    @rule()
    def reconnect(self) -> None:
        """An admin connects, needed or not."""
        self.at.reconnect()

    @rule(look_again=st.booleans())
    def decide(self, look_again: bool) -> None:  # noqa: FBT001 - drawn by Hypothesis
        """A person ends every review."""
        decide(self.at, look_again=look_again)
        self.check()

    @rule()
    def ask_again(self) -> None:
        """What was refused is ordered again."""
        self.at.ask_again()
        self.check()

    def check(self) -> None:
        """Nothing doubled, nothing untrue, and everything has a way out."""
        found = self.at.effects()
        assert [] == doubled(self.at) + untrue(self.at, found)
        states = {effect.state for effect in found if effect.reason != LOOK_FIRST}
        assert State.PARKED not in states or not self.at.is_connected()
        assert State.REVIEW not in states or self.a_person_may_be_asked()

    def a_person_may_be_asked(self) -> bool:
        """Whether what happened allows a review at all."""
        refused_repeat = self.at.remote.ids is Ids.REFUSED and self.at.remote.met[Trouble.LATE] > 0
        return self.long or refused_repeat or any(self.at.remote.met[each] for each in LETS_PEOPLE_DECIDE)

    def teardown(self) -> None:
        """Without further trouble everything ordered is in the books, once, within a few clean runs."""
        if self.core is None:
            return
        runs = bring_to_an_end(self.core)
        assert [] == harm(self.core)
        assert runs <= MOST_RUNS
        with self.core.database.read() as session:
            assert () == verify(session, self.core.standing.firm_id)
