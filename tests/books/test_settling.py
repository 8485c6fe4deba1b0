"""Whatever is in doubt is settled within five minutes, by the numbers: no person has to wait for longer."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from db import effects
from db.effects import CHECK_BEFORE_SENDING, LEASE, SETTLE, State
from qb.sandbox import Fault
from tests.books.exports import INSTALMENTS, ONTARIO

if TYPE_CHECKING:
    from tests.books.office import Office

FIVE_MINUTES = timedelta(minutes=5)
TROUBLES = {
    "written, then cut": Fault("cut", after=True),
    "written late": Fault("late", seconds=100),
    "cut": Fault("cut"),
    "504, written": Fault("gateway", after=True),
}


def test_the_numbers_allow_it() -> None:
    """From a claim to the first look after a crash, with the longest call still under way."""
    assert timedelta(seconds=215) == LEASE - CHECK_BEFORE_SENDING + SETTLE


@pytest.mark.parametrize("trouble", TROUBLES)
def test_a_doubt_is_settled_in_five_minutes(office: Office, trouble: str) -> None:
    """The call came to nothing we understood."""
    office.ready(ONTARIO)
    office.sandbox.faults.add(office.aimed(TROUBLES[trouble], "invoice"))
    sync_id, begun = office.order(), office.clock()
    office.work(minutes=5)
    assert {State.CONFIRMED} == {effect.state for effect in office.effects(sync_id)}
    assert office.clock() - begun < FIVE_MINUTES


@pytest.mark.parametrize("booted", [True, False])
def test_what_a_killed_process_held_is_settled_soon(either_office: Office, *, booted: bool) -> None:
    """By its next start, or by another process that waits for its lease to end."""
    office = either_office
    office.ready(ONTARIO, INSTALMENTS)
    sync_id, killed = office.order(), office.clock()
    with pytest.raises(KeyboardInterrupt):
        office.die_while_sending()
    if booted:
        with office.database.write() as session:
            effects.void_leases(session, office.clock())
    office.work(minutes=5)
    assert {State.CONFIRMED} == {effect.state for effect in office.effects(sync_id)}
    assert office.clock() - killed < FIVE_MINUTES
    assert 2 == len(office.sandbox.books.entities("Invoice"))
