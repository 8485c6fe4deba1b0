"""The request id and the look, each with the other switched off, over every trouble: nothing is doubled."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from tests.nets.harm import harm
from tests.nets.mutants import M1, NONE, Mutant
from tests.nets.people import MOST_RUNS, bring_to_an_end
from tests.nets.plot import QUIET, Plot
from tests.nets.remote import AT_LOOKS, AT_WRITES, Ids, Trouble
from tests.nets.test_mutants import FIRST, SENT, SENT_AGAIN
from tests.proof_lines import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.nets.core import Core

    NewCore = Callable[..., Core]


@dataclass(frozen=True, slots=True)
class Net:
    """What still holds, and what may go wrong with a question without making that net's work impossible."""

    ids: Ids
    mutant: Mutant
    looks: tuple[Trouble, ...]


NETS = {
    # A blind look where ids are worth nothing leaves no net at all.
    "looking alone": Net(Ids.IGNORED, NONE, AT_LOOKS[:-1]),
    "ids alone": Net(Ids.HONOURED, M1(), AT_LOOKS),
}
# A payment dies anywhere, the others after the send; a contact's comes after four questions, each with its
# token: who is there already.
DEATHS = {
    "payment": range(len(FIRST) + 1),
    "invoice": (0, SENT),
    "contact": (0, SENT + 4 * 3),
}
WRITES = (None, *AT_WRITES)


def holds(new_core: NewCore, net: Net, what: str, *schedule: Plot) -> None:
    """The invoice, its payment or the contact meets this, and ends in the books once."""
    core = new_core(net.ids, net.mutant)
    if what == "contact":
        core.add_contact()
    else:
        core.approve(core.standing.keys[:1])
    if what == "payment":
        core.step()
    for plot in schedule:
        core.wait_until_due()
        core.step(plot)
    runs = bring_to_an_end(core)
    assert [] == harm(core), (what, schedule)
    assert runs <= MOST_RUNS, (what, schedule)


def first_steps(what: str) -> Iterator[Plot]:
    """Every trouble with every death."""
    for write in WRITES:
        yield from (Plot(write=write, dies_at=dies_at) for dies_at in DEATHS[what])


def second_steps(net: Net) -> Iterator[Plot]:
    """What the step after the first one meets."""
    yield QUIET
    yield Plot(dies_at=SENT_AGAIN)
    yield from (Plot(look=trouble) for trouble in net.looks)


@pytest.mark.parametrize("name", NETS)
@pytest.mark.parametrize("write", WRITES)
def test_each_net_alone_keeps_a_payment_single(new_core: NewCore, name: str, write: Trouble | None) -> None:
    """Each trouble at the send, with and without a death; where the answer is lost, at the look too."""
    net = NETS[name]
    for dies_at in (0, SENT):
        holds(new_core, net, "payment", Plot(write=write, dies_at=dies_at))
    for look in net.looks if write is Trouble.CUT_AFTER else ():
        holds(new_core, net, "payment", Plot(write=write), Plot(look=look))


@pytest.mark.prove
@pytest.mark.parametrize("name", NETS)
def test_each_net_alone_over_the_whole_list(new_core: NewCore, name: str) -> None:
    """Invoice, payment and contact, every first step with every second one."""
    net, played = NETS[name], 0
    for what in DEATHS:
        for first in first_steps(what):
            for second in second_steps(net):
                holds(new_core, net, what, first, second)
                played += 1
    say("Each net alone", name, f"{played:,} schedules, nothing doubled, lost or stuck")
