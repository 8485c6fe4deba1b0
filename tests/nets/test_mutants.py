"""Each net of the core cut in turn: a named schedule shows the harm, and none with the net whole."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from tests.nets.harm import harm
from tests.nets.mutants import M1, M2, M3, M4, M5, M6, M7, M8, NONE, Mutant
from tests.nets.people import bring_to_an_end
from tests.nets.plot import QUIET, Plot
from tests.nets.remote import Ids, Trouble
from tests.proof_lines import say

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.nets.core import Core

    NewCore = Callable[..., Core]

FIRST = ("commit", "committed", "books", "token", "before the send", "after the send", "commit", "committed")
"""The points of a first step."""
AGAIN = (*FIRST[:4], "before the look", "after the look", "token", *FIRST[4:])
"""The points of a step in doubt whose look finds nothing."""
SENT = FIRST.index("after the send") + 1
SENDING = FIRST.index("before the send") + 1
SENT_AGAIN = AGAIN.index("after the send") + 1


@dataclass(frozen=True, slots=True)
class Schedule:
    """What the one invoice meets, step after step, and what request ids are worth."""

    ids: Ids
    steps: tuple[Plot, ...]


LOST = Plot(write=Trouble.CUT_AFTER)
OTHER_DIES = Plot(dies_at=SENT_AGAIN)
KILLERS: dict[type[Mutant], Schedule] = {
    M1: Schedule(Ids.IGNORED, (LOST,)),
    M2: Schedule(Ids.HONOURED, (LOST,)),
    M3: Schedule(Ids.IGNORED, (Plot(write=Trouble.LATE), QUIET)),
    M4: Schedule(Ids.IGNORED, (Plot(dies_at=SENT),)),
    M5: Schedule(Ids.HONOURED, (LOST,)),
    M6: Schedule(Ids.IGNORED, (Plot(pauses_at=SENDING, meanwhile=(QUIET,)),)),
    M7: Schedule(
        Ids.IGNORED,
        (Plot(write=Trouble.CLOSED, pauses_at=SENT, seconds=300, meanwhile=(OTHER_DIES,)),),
    ),
    M8: Schedule(Ids.HONOURED, (LOST, Plot(look=Trouble.BLIND))),
}


def played(new_core: NewCore, schedule: Schedule, mutant: Mutant) -> list[str]:
    """What harm is done once one invoice with its payment has met this schedule, and its end."""
    core = new_core(schedule.ids, mutant)
    core.approve(core.standing.keys[:1])
    for plot in schedule.steps:
        core.wait_until_due()
        core.step(plot)
    bring_to_an_end(core)
    found = harm(core)
    core.close()
    return found


def killed(new_core: NewCore, mutant: type[Mutant]) -> bool:
    """Whether its schedule doubles the invoice with the mutant, and does no harm without it."""
    schedule = KILLERS[mutant]
    assert [] == played(new_core, schedule, NONE)
    return "Invoice INV-1 doubled" in played(new_core, schedule, mutant())


def test_the_points_of_a_step_are_known(new_core: NewCore) -> None:
    """What the schedules below count from 1: two commits, and between them each question and the send."""
    core = new_core(Ids.HONOURED)
    core.approve(core.standing.keys[:1])
    core.step(Plot(write=Trouble.CUT_BEFORE))
    assert FIRST == tuple(core.trace)
    core.clock.sleep(130)
    core.step()
    assert AGAIN == tuple(core.trace)


def test_mutant_m1_no_look_is_killed(new_core: NewCore) -> None:
    """The answer is lost, ids are worth nothing: who doesn't look sends it twice."""
    assert killed(new_core, M1)


def test_mutant_m2_a_fresh_id_and_no_look_is_killed(new_core: NewCore) -> None:
    """The answer is lost: even where ids are honoured a fresh one books it twice."""
    assert killed(new_core, M2)


def test_mutant_m3_no_settling_is_killed(new_core: NewCore) -> None:
    """The write lands a minute after the connection broke: who looks at once sees nothing and sends again."""
    assert killed(new_core, M3)


def test_mutant_m4_an_intent_not_durable_is_killed(new_core: NewCore) -> None:
    """Killed after the send: who remembers no intent doesn't look."""
    assert killed(new_core, M4)


def test_mutant_m5_a_time_out_taken_for_a_no_is_killed(new_core: NewCore) -> None:
    """The answer is lost and called a refusal: the person orders it again, under its next generation."""
    assert killed(new_core, M5)


def test_mutant_m6_a_lease_ignored_is_killed(new_core: NewCore) -> None:
    """One worker is about to send when another takes the effect from its hand."""
    assert killed(new_core, M6)


def test_mutant_m7_a_fence_ignored_is_killed(new_core: NewCore) -> None:
    """Frozen with a refusal in hand while another books it and dies: the late refusal must not count."""
    assert killed(new_core, M7)


def test_mutant_m8_a_fresh_id_is_killed_though_we_look(new_core: NewCore) -> None:
    """The answer is lost and the look is blind: only the same id keeps it from being booked again."""
    assert killed(new_core, M8)


@pytest.mark.prove
def test_every_mutant_is_killed_on_either_database(shared_core: NewCore) -> None:
    """All eight, for the page; M4 undoes a commit by putting SQLite's file back."""
    dialect = shared_core(Ids.HONOURED).database.dialect
    possible = [mutant for mutant in KILLERS if dialect == "sqlite" or mutant is not M4]
    dead = [mutant.__name__ for mutant in possible if killed(shared_core, mutant)]
    assert len(possible) == len(dead)
    say("Each net alone", f"mutants, a named schedule each, {dialect}", f"killed: {', '.join(dead)}")


@pytest.mark.parametrize("ids", Ids)
def test_without_trouble_all_is_booked_in_one_run(new_core: NewCore, ids: Ids) -> None:
    """Three invoices, four payments, a contact of a hostile name: what the harm is measured against."""
    core = new_core(ids)
    core.approve(core.standing.keys, presses=2)
    core.add_contact()
    assert (1, []) == (bring_to_an_end(core), harm(core))
    assert (3, 4, 1) == tuple(len(core.remote.documents(kind)) for kind in ("Invoice", "Payment", "Customer"))
